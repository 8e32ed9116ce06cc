/** That an export says of itself what is true: colors, fields, the shape of its pixels. Read back by ffmpeg alone. */
import { readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { exportFormat, exportFormatIds, exportFormats, type ExportFormatId } from '../../electron/contract/formats.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { crc32 } from '../../electron/content/crc32.ts'
import {
  bytesAt,
  matroskaIds,
  partsOf,
  readElement,
  tracksOf,
} from '../../electron/engine/reading/opening/containerParts.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { openFilmWriter } from '../../electron/engine/writing/encode.ts'
import { coloredLayout } from '../../electron/engine/writing/segments/encoders.ts'
import { unwritableFormats } from '../../electron/engine/writing/files/writable.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { describe as describeFile, ffmpegLog, firstFrame, lumaHashes } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Whether the checksum of a Matroska file's list of tracks is right. */
async function isChecksumRight(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  const tracks = (await tracksOf(file, (await file.stat()).size))!
  const [sum] = await partsOf(file, readElement, tracks)
  const [stored, covered] = [await bytesAt(file, sum!.from, 4), await bytesAt(file, sum!.to, tracks.to - sum!.to)]
  await file.close()
  return sum!.name === matroskaIds.crc32 && stored.readUInt32LE() === crc32(covered)
}

/** One of each encoder and container; what this ffmpeg can't write is left out. */
const unwritable = await unwritableFormats(await locateFfmpeg())
const films = exportFormatIds.filter((id, n) => {
  const { container, encoder } = exportFormats[id]
  const first = exportFormatIds.findIndex((other) => {
    return exportFormats[other].container === container && exportFormats[other].encoder === encoder
  })
  return container !== 'image2' && n === first && !unwritable.has(id)
})
const [size, rate] = ['256x144', '25']
const targetOf = (name: string, format: ExportFormatId): string =>
  join(folder, `${name}-${format}.out${exportFormats[format].endings[0] ?? ''}`)

describe('the color tags of an export', () => {
  it.each(films)('are those of the film, in %s', async (format) => {
    const tagged = await drawFilm(folder, `tagged-${format}.mkv`, {
      size,
      frames: 3,
      filters: 'setparams=range=limited:color_primaries=bt470bg:color_trc=smpte170m:colorspace=bt470bg',
    })
    const { path } = await recolor(tagged, targetOf('tagged', format), format)
    // DNxHR's own header says BT.709 (SMPTE ST 2019-1); its colors are written so.
    const matrix = exportFormat(format).matrix ?? 'bt470bg'
    const { transfer, ...rest } = await firstFrame(path)
    expect(rest).toMatchObject({ range: 'tv', matrix, primaries: 'bt470bg' })
    // MXF has one label for curves that are the same; newer versions of ffmpeg look at ProRes’s own head as well.
    const isMxf = exportFormat(format).container === 'mxf'
    expect(isMxf ? ['bt709', 'smpte170m'] : ['smpte170m']).toContain(transfer)
  })

  it.each(['ffv1-mkv', 'h264-mp4'] as const)('say full range where it is, and keep its samples: %s', async (format) => {
    const source = await drawFilm(folder, `full-${format}.mkv`, { size, frames: 3, range: 'full' })
    const { path } = await recolor(source, targetOf('full', format), format)
    expect(await firstFrame(path)).toMatchObject({ range: 'pc', matrix: 'bt709' })
    if (format !== 'ffv1-mkv') return
    expect(await lumaHashes(path)).toEqual(await lumaHashes(source))
    expect(await isChecksumRight(path)).toBe(true)
  })

  it('fit the colors: a film of another matrix is the same in all formats, read as each says of itself', async () => {
    const source = await drawFilm(folder, 'matrix.mkv', {
      size,
      frames: 2,
      filters: 'setparams=range=limited:colorspace=bt470bg',
    })
    const tools = await locateFfmpeg()
    const footage = await openFootage(tools, source)
    const layout = coloredLayout(footage.layout)
    const seen: [ExportFormatId, number[]][] = []
    for (const format of ['ffv1-mkv', 'dnxhr-mov', 'prores-mov'] as const) {
      const writer = await openFilmWriter(tools, { footage, target: targetOf('matrix', format), format, layout })
      const plane = (samples: number, code: number): Uint8Array => new Uint8Array(samples).fill(code)
      const planes = { layout, y: plane(256 * 144, 126), u: plane(128 * 72, 90), v: plane(128 * 72, 170) }
      for (let n = 0; n < 2; n++) await writer.write(planes)
      const { path, notes } = await writer.finish()
      expect(english(...notes)).toBe('')
      const raw = `${path}.rgb`
      await ffmpeg(['-y', '-i', path, '-frames:v', '1', '-pix_fmt', 'rgb24', '-f', 'rawvideo', raw])
      seen.push([format, [...readFileSync(raw).subarray(0, 3)]])
    }
    const [, [red, , blue]] = seen[0]! as [ExportFormatId, [number, number, number]]
    for (const [format, [r, , b]] of seen as [ExportFormatId, [number, number, number]][]) {
      expect(Math.abs(r - red), `red in ${format}`).toBeLessThanOrEqual(2)
      expect(Math.abs(b - blue), `blue in ${format}`).toBeLessThanOrEqual(2)
    }
  })

  it('do not call pictures for showing linear, as the headers of scans have it', async () => {
    const scans = { dpx: ['gray10le', 'dpx'], tif: ['gray16le', 'tiff'], png: ['rgb24', 'png'] } as const
    for (const [ending, [pixelFormat, codec]] of Object.entries(scans)) {
      const source = await drawFilm(folder, `scan_%03d.${ending}`, { frames: 2, pixelFormat, codec: ['-c:v', codec] })
      const { path } = await recolor(source.replace('%03d', '001'), targetOf(ending, 'prores-mov'), 'prores-mov')
      expect((await firstFrame(path)).transfer, ending).toBe('bt709')
    }
  })

  it.each([
    ['linear', /^(smpte170m|bt709|unknown)$/],
    ['log100', /^(smpte170m|bt709|unknown)$/],
    ['smpte2084', /^smpte2084$/],
    ['arib-std-b67', /^arib-std-b67$/],
  ])('of a film that says %s are true of its samples', async (transfer, written) => {
    const source = await drawFilm(folder, `${transfer}.mkv`, { frames: 2, filters: `setparams=color_trc=${transfer}` })
    const { path } = await recolor(source, targetOf(transfer, 'ffv1-mkv'))
    expect((await firstFrame(path)).transfer).toMatch(written)
  })

  /** One curve under several names, of which MXF has one. */
  const alike = [['bt709', 'smpte170m', 'bt2020-10', 'bt2020-12']]
  // All that H.273 has in ffmpeg 5.1 but for light and its logarithms, in pairs.
  it.each([
    ['bt709', 'bt709'],
    ['bt470m', 'bt470m'],
    ['bt470bg', 'bt470bg'],
    ['smpte170m', 'smpte170m'],
    ['smpte240m', 'smpte240m'],
    ['iec61966-2-4', 'film'],
    ['bt1361e', 'ebu3213'],
    ['iec61966-2-1', 'bt709'],
    ['bt2020-10', 'bt2020'],
    ['bt2020-12', 'smpte432'],
    ['smpte2084', 'smpte431'],
    ['smpte428', 'smpte428'],
    ['arib-std-b67', 'bt2020'],
  ])('are kept, or it is said that they are not: %s, %s', async (transfer, primaries) => {
    const source = await drawFilm(folder, `${transfer}-${primaries}.mkv`, {
      size,
      frames: 1,
      filters: `setparams=color_trc=${transfer}:color_primaries=${primaries}`,
    })
    expect(await firstFrame(source)).toMatchObject({ transfer, primaries })
    // The others are much like one of these.
    for (const format of ['ffv1-mkv', 'h265-mp4', 'dnxhr-mxf'] as const) {
      const { path, warnings } = await recolor(source, targetOf(`${transfer}-${primaries}`, format), format)
      const { transfer: curve, primaries: colors } = await firstFrame(path)
      const said = english(...warnings)
      const isSaid = { curve: said.includes('which transfer curve'), colors: said.includes('which primaries') }
      if (format === 'ffv1-mkv') expect(isSaid).toEqual({ curve: false, colors: false })
      const same = alike.find((names) => names.includes(transfer) && format === 'dnxhr-mxf') ?? [transfer]
      expect(isSaid.curve ? ['unknown'] : same, format).toContain(curve)
      expect(colors, format).toBe(isSaid.colors ? 'unknown' : primaries)
    }
  })

  it('come with the very shape of the pixels', async () => {
    for (const shape of ['152/135', '2740/2739']) {
      const source = join(folder, `shape-${shape.replace('/', '-')}.mov`)
      await ffmpeg([
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=64x48:r=25:d=0.1',
        '-vf',
        `setsar=${shape}:max=100000`,
        '-c:v',
        'mjpeg',
        '-pix_fmt',
        'yuvj420p',
        source,
      ])
      for (const format of ['prores-mov', 'h264-mp4'] as const) {
        expect(
          (await firstFrame((await recolor(source, targetOf(shape.replace('/', '-'), format), format)).path)).shape,
        ).toBe(shape)
      }
    }
  })
})

describe('an interlaced film', () => {
  const orders = [
    ['top first', 'tff'],
    ['bottom first', 'bff'],
  ] as const
  for (const [order, mode] of orders) {
    it.each(films)(`${order} is so in its frames and in its container: %s`, async (format) => {
      const source = await drawFilm(folder, `${mode}-${format}.mkv`, {
        size,
        rate,
        frames: 6,
        filters: `setfield=${mode}`,
      })
      const { path, warnings } = await recolor(source, targetOf(mode, format), format)
      if (exportFormat(format).wholeFramesOnly) {
        expect(english(...warnings)).toContain('no interlaced form')
      } else {
        expect((await firstFrame(path)).fields).toBe(order)
        // ffmpeg's muxer of MXF does not say it of ProRes, nor do newer demuxers of FFV1: the pictures do themselves.
        if (exportFormat(format).container !== 'mxf') {
          expect(await describeFile(path)).toMatch(order === 'top first' ? /Video: .*\btop / : /Video: .*\bbottom /)
        }
        expect(warnings).toEqual([])
      }
      expect(await lumaHashes(path)).toHaveLength(6)
    })
  }

  it('says that PNG pictures have no interlaced form', async () => {
    const source = await drawFilm(folder, 'fields.mkv', { rate, frames: 2, filters: 'setfield=tff' })
    expect(english(...(await recolor(source, targetOf('fields', 'png-sequence'), 'png-sequence')).warnings)).toContain(
      'no interlaced form',
    )
  })
})

describe('where chroma lies', () => {
  it.each(['left', 'center', 'topleft'])('is read and written: %s', async (siting) => {
    const source = join(folder, `${siting}.mp4`)
    const type = ['left', 'center', 'topleft'].indexOf(siting)
    await ffmpeg([
      '-i',
      await drawFilm(folder, `${siting}.mkv`, { size, frames: 3 }),
      '-c:v',
      'libx264',
      '-bsf:v',
      `h264_metadata=chroma_sample_loc_type=${type}`,
      source,
    ])
    for (const format of ['ffv1-mkv', 'h264-mp4', 'h265-mp4'] as const) {
      const { path, footage } = await recolor(source, targetOf(siting, format), format)
      expect(footage.layout.siting).toBe(siting)
      expect((await openFootage(await locateFfmpeg(), path)).layout.siting, format).toBe(siting)
    }
  })
})

describe('mastering and light-level data of a film of high dynamic range', () => {
  /** All that ffmpeg says of the light of a film's first picture. */
  async function lightOf(path: string): Promise<string[]> {
    const said = await ffmpegLog(['-i', path, '-vf', 'showinfo', '-frames:v', '1', '-f', 'null', '-'])
    const lines = said.matchAll(/(?:has_primaries:1 has_luminance:1 (.*)|(MaxCLL=\d+, MaxFALL=\d+))/g)
    return [...new Set(Array.from(lines, ([, display, content]) => (display ?? content!).trim()))].sort()
  }

  it('reach every movie file, and where there is no place for them the export says so', async () => {
    const display = 'master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)'
    const color = 'colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc'
    const source = await drawFilm(folder, 'hdr.mp4', {
      size: '256x128',
      frames: 3,
      pixelFormat: 'yuv420p10le',
      codec: ['-c:v', 'libx265', '-x265-params', `log-level=error:${display}:max-cll=1000,400:hdr-opt=1:${color}`],
    })
    const light = await lightOf(source)
    expect(light).toEqual([
      'MaxCLL=1000, MaxFALL=400',
      expect.stringMatching(/^r\(0\.6800,.*min_luminance=0\.005000, max_luminance=1000\.000000$/),
    ])
    for (const format of ['ffv1-mkv', 'prores-mov', 'h265-mp4'] as const) {
      const { path, warnings } = await recolor(source, targetOf('hdr', format), format)
      expect(await lightOf(path), format).toEqual(light)
      expect(english(...warnings)).not.toContain('the light it was made for')
      if (format !== 'h265-mp4') continue
      // Broadcasts have no container of movies: the pictures say it themselves as well.
      const pictures = join(folder, 'hdr.hevc')
      await ffmpeg(['-i', path, '-map', '0:v', '-c', 'copy', pictures])
      expect(await lightOf(pictures)).toEqual(light)
    }
    for (const format of ['dnxhr-mxf', 'png-sequence'] as const) {
      const { warnings } = await recolor(source, targetOf('hdr', format), format)
      expect(english(...warnings), format).toContain('(mastering display, MaxCLL, MaxFALL) could not be written')
    }
  })
})

describe('what an export says of how its colors were made', () => {
  const label = { program: { name: 'ColoRNN Studio', version: '1.2' }, words: 'Colors made by a program.' }

  it.each(['ffv1-mkv', 'prores-mov'] as const)(
    'takes nothing from what the film says of itself, and is its comment where it has none: %s',
    async (format) => {
      for (const [name, said] of [
        ['said', ['-metadata', 'title=Harbour', '-metadata', 'comment=by my uncle', '-metadata', 'reel=7']],
        ['silent', []],
      ] as const) {
        const plain = await drawFilm(folder, `${name}-${format}-plain.mkv`, { size, frames: 2 })
        const source = join(folder, `${name}-${format}.mkv`)
        await ffmpeg(['-i', plain, '-c', 'copy', '-map_metadata', '-1', ...said, source])
        const { path } = await recolor(source, targetOf(name, format), format, { label })
        const text = await describeFile(path)
        const tags = [...text.matchAll(/^ {4}(title|comment|reel) *: (.*)$/gim)].map(
          ([, key, value]) => `${key}=${value}`,
        )
        expect(tags.map((tag) => tag.toLowerCase()).sort()).toEqual(
          name === 'said' ? ['comment=by my uncle', 'reel=7', 'title=harbour'] : ['comment=colors made by a program.'],
        )
        expect(await firstFrame(path)).toMatchObject({ fields: 'progressive' })
      }
    },
  )
})
