/**
 * That each format holds what its name says: depth, sampling, range, shape, rate and timecode. Read back by ffmpeg
 * alone.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { crc32 } from '../../electron/content/crc32.ts'
import { exportFormat, exportFormatIds, type ExportFormatId } from '../../electron/contract/formats.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { readPictureHeader } from '../../electron/engine/reading/pictures/pictureHeader.ts'
import { unwritableFormats } from '../../electron/engine/writing/files/writable.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg, type Film } from '../material/films.ts'
import { describe as describeFile, ffmpegLog, lumaHashes } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { eachArgument, scriptedFfmpeg } from '../material/scriptedFfmpeg.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const unwritable = await unwritableFormats(await locateFfmpeg())
const writable = exportFormatIds.filter((id) => !unwritable.has(id))
const targetOf = (name: string, format: ExportFormatId): string =>
  join(folder, `${name}-${format}${exportFormat(format).endings[0] ?? ''}`)
/** What ffmpeg is to read: the file, or the pictures of a folder. */
const readable = (path: string): string => {
  const [first] =
    readdirSync(folder).includes(path.slice(folder.length + 1)) && !/\.\w+$/.test(path) ? readdirSync(path).sort() : []
  return first === undefined
    ? path
    : join(
        path,
        first.replace(/\d+/, (digits) => `%0${digits.length}d`),
      )
}

/** What ffmpeg says of the pictures of each. */
const held: Readonly<Record<ExportFormatId, RegExp>> = {
  'ffv1-mkv': /ffv1/,
  'ffv1-mxf': /ffv1/,
  'dpx-sequence': /dpx, gbrp10[lb]e/,
  'tiff-sequence': /tiff, rgb48le/,
  // It has limited range alone, which ffmpeg says of it up to 5 and from 9 on.
  'prores-mov': /prores \(HQ\).*yuv422p10le\((?!pc)/,
  'prores-mxf': /prores \(HQ\).*yuv422p10le\((?!pc)/,
  'prores4444-mov': /prores \(4444\).*yuv444p1[02]le/,
  'prores4444-mxf': /prores \(4444\).*yuv444p1[02]le/,
  'dnxhr-mov': /dnxhd \(DNXHR HQX\).*yuv422p10le\(tv/,
  'dnxhr-mxf': /dnxhd \(DNXHR HQX\).*yuv422p10le\(tv/,
  'dnxhr444-mov': /dnxhd \(DNXHR 444\).*yuv444p10le/,
  'dnxhr444-mxf': /dnxhd \(DNXHR 444\).*yuv444p10le/,
  // 9 and newer ones read half floats as such.
  'exr-sequence': /exr, gbrpf(16|32)le/,
  'png-sequence': /png, rgb48be/,
  'h264-mp4': /h264 \(High\).*yuv420p\(tv/,
  'h264-10bit-mp4': /h264 \(High 10\).*yuv420p10le\(tv/,
  'h265-mp4': /hevc \(Main 10\).*yuv420p10le\(tv/,
  'h265-8bit-mp4': /hevc \(Main\).*yuv420p\(tv/,
}

/** Of different depth, sampling, range, rate and fields; with sound of a rate that MXF does not hold. */
const sources: Readonly<Record<string, Film>> = {
  '8 bits, 4:2:0, fields': {
    pixelFormat: 'yuv420p',
    range: 'limited',
    rate: '25',
    filters: 'setfield=tff',
    sound: ['-c:a', 'flac', '-ar', '44100'],
  },
  'gray of 16 bits': { pixelFormat: 'gray16le', range: 'limited', rate: '30' },
}
const someLabel = { program: { name: 'ColoRNN Studio', version: '1.2' }, words: 'Colors made by "a" & <b>.' }

/** What an export says of how its colors were made: what ffmpeg reads there, and of pictures their bytes as well. */
async function labelIn(path: string, format: ExportFormatId): Promise<string> {
  const { container, pictures } = exportFormat(format)
  if (container !== 'image2') {
    const xmp = container === 'mov' || container === 'mp4' ? ['-export_xmp', '1'] : []
    return (await ffmpeg([...xmp, '-i', path, '-f', 'ffmetadata', '-'])).replace(/\\(.)/g, '$1')
  }
  const first = join(path, readdirSync(path).sort()[0]!)
  const bytes = readFileSync(first, 'utf8')
  // DPX has no place for it that ffmpeg reads, and of PNG's texts only newer ones read this kind.
  if (pictures === '.dpx' || pictures === '.png') return bytes
  const said = await ffmpeg(['-i', first, '-vf', 'metadata=print:file=-', '-f', 'null', '-'])
  return `${said}${/digital.*/i.exec(bytes)?.[0] ?? ''}`
}

/** Pixels of 16:15 beside each other. */
const shape = 'setsar=16/15'

for (const [name, film] of Object.entries(sources)) {
  describe(`a film of ${name}`, () => {
    let source: string
    beforeAll(async () => {
      const filters = film.filters ? `${film.filters},${shape}` : shape
      source = await drawFilm(folder, `${name}.mkv`, { size: '256x144', frames: 3, ...film, filters })
    })

    it.each(writable)('is what its format says, with all that it had: %s', async (format) => {
      const options = { timecode: '01:00:00:00', label: someLabel }
      const { path, warnings } = await recolor(source, targetOf(name, format), format, options)
      const said = await describeFile(readable(path))
      expect(said).toMatch(held[format])
      expect(english(...warnings)).not.toMatch(/did not|could not|instead of|missing|shorter|lacks/)
      const { container, lossless } = exportFormat(format)
      if (container === 'image2') expect(readdirSync(path)).toHaveLength(3)
      else expect(said).toMatch(/timecode\s*: 01:00:00:00/i)
      const label = await labelIn(path, format)
      expect(label).toContain(someLabel.words)
      expect(label).toMatch(/http\S+\/digitalsourcetype\/compositeWithTrainedAlgorithmicMedia/)
      if (format !== 'tiff-sequence' && format !== 'png-sequence') expect(said).toMatch(/SAR 16:15/)
      if (film.sound && container !== 'image2') {
        expect(said).toMatch(container === 'mxf' ? /Audio: pcm_s16le, 48000 Hz/ : /Audio: /)
      }
      if (!lossless) return
      const luma = async (of: string): Promise<string[]> => (await lumaHashes(of)).map(({ md5 }) => md5)
      expect(await luma(path)).toEqual(await luma(source))
    })
  })
}

describe('FFV1', () => {
  it('is written as level 3, in slices that have checksums, each picture on its own', async () => {
    const source = await drawFilm(folder, 'slices.mkv', { size: '96x64', frames: 3 })
    const { path } = await recolor(source, targetOf('slices', 'ffv1-mkv'), 'ffv1-mkv')
    const said = await ffmpegLog(['-v', 'debug', '-threads', '1', '-debug:v', 'pict', '-i', path, '-f', 'null', '-'])
    const pictures = [...said.matchAll(/ver:(\d) keyframe:(\d) coder:\d ec:(\d) slices:(\d+)/g)].map(([, ...of]) =>
      of.join(' '),
    )
    expect(pictures.length).toBeGreaterThanOrEqual(3)
    expect(new Set(pictures)).toEqual(new Set(['3 1 1 4']))
  })

  // Versions of ffmpeg before 7 write none.
  // oxlint-disable-next-line vitest/no-conditional-tests -- what is skipped counts as failed
  if (!unwritable.has('ffv1-mxf'))
    it('keeps full range in MXF, and its samples', async () => {
      const source = await drawFilm(folder, 'full.mkv', {
        size: '64x48',
        frames: 2,
        range: 'full',
        pixelFormat: 'yuv420p10le',
        rate: '25',
      })
      const { path, warnings } = await recolor(source, targetOf('full', 'ffv1-mxf'), 'ffv1-mxf')
      expect(english(...warnings)).toBe('')
      expect(await describeFile(path)).toMatch(/ffv1, yuv420p10le\(pc/)
      expect((await lumaHashes(path)).map(({ md5 }) => md5)).toEqual((await lumaHashes(source)).map(({ md5 }) => md5))
    })
})

describe('pictures', () => {
  /** The codes of a flat film, as ffmpeg reads the first picture of an export. */
  async function red(path: string, as: 'gbrp16le' | 'gbrpf32le'): Promise<number> {
    const raw = join(folder, 'red.raw')
    await ffmpeg(['-y', '-i', readable(path), '-frames:v', '1', '-vf', `format=${as}`, '-f', 'rawvideo', raw])
    const bytes = readFileSync(raw)
    // Planes in the order green, blue, red.
    return as === 'gbrpf32le' ? bytes.readFloatLE(bytes.length - 4) : bytes.readUInt16LE(bytes.length - 2)
  }

  it.each([
    ['yuv420p', 'limited', 235],
    ['yuv422p12le', 'limited', 3760],
    ['gray10le', 'full', 1023],
  ] as const)('have white where the film has it: %s, %s', async (pixelFormat, range, white) => {
    for (const [level, name] of [
      [white, 'white'],
      [range === 'full' ? 0 : Math.round((white * 16) / 235), 'black'],
    ] as const) {
      const source = join(folder, `${name}-${pixelFormat}.nut`)
      const luma = `geq=lum=${level}:cb=${pixelFormat === 'yuv422p12le' ? 2048 : 128}:cr=${pixelFormat === 'yuv422p12le' ? 2048 : 128}`
      const gray = pixelFormat.startsWith('gray') ? `geq=lum=${level}` : luma
      await ffmpeg([
        '-f',
        'lavfi',
        '-i',
        'color=s=32x32:r=24:d=0.05',
        '-vf',
        `format=${pixelFormat},${gray},setparams=range=${range}`,
        '-c:v',
        'rawvideo',
        '-color_range',
        range === 'full' ? 'pc' : 'tv',
        source,
      ])
      for (const format of ['png-sequence', 'tiff-sequence', 'exr-sequence', 'dpx-sequence'] as const) {
        const { path } = await recolor(source, targetOf(`${name}-${pixelFormat}`, format), format)
        const [most, as] = format === 'exr-sequence' ? [1, 'gbrpf32le' as const] : [65535, 'gbrp16le' as const]
        // 10 bits brought to 16 by ffmpeg are shifted.
        const least = format === 'dpx-sequence' ? 1023 << 6 : most
        const found = await red(path, as)
        if (name === 'white') expect(found, format).toBeGreaterThanOrEqual(least * 0.9999)
        else expect(found, format).toBe(0)
      }
    }
  })

  it('of a compositor hold light itself: middle gray of an sRGB screen is 0.214, and comes back as it was', async () => {
    const source = join(folder, 'middle.nut')
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      'color=s=32x32:r=24:d=0.05',
      '-vf',
      'format=gray16le,geq=lum=32768,setparams=range=full',
      '-c:v',
      'rawvideo',
      '-color_range',
      'pc',
      source,
    ])
    const { path } = await recolor(source, targetOf('middle', 'exr-sequence'), 'exr-sequence')
    expect(await red(path, 'gbrpf32le')).toBeCloseTo(0.214, 3)
  })

  it('have no timecode where theirs does not tell all frames apart, and all else that they say', async () => {
    for (const [rate, timecode, formats] of [
      ['120', '10:00:00:105', []],
      ['120', '01:00:00:005', []],
      ['100', '10:00:00:98', ['dpx-sequence']],
      ['50', '10:00:00:44', ['dpx-sequence']],
      ['30', '10:00:00:28', ['dpx-sequence', 'exr-sequence']],
    ] as const) {
      const source = await drawFilm(folder, `fast at ${rate}.mkv`, { rate, frames: 2 })
      for (const format of ['dpx-sequence', 'exr-sequence'] as const) {
        const expected = (formats as readonly string[]).includes(format) ? timecode : null
        const name = `fast ${timecode.replaceAll(':', '')}`
        const { path, warnings } = await recolor(source, targetOf(name, format), format, { timecode })
        const first = join(path, readdirSync(path).sort()[0]!)
        expect((await readPictureHeader(first)).timecode, `${format} ${timecode}`).toBe(expected)
        const said = english(...warnings)
        if (expected === null)
          expect(said).toMatch(/The timecode of \S+ .*files counts no more than \d+ frames a second/)
        else expect(said).not.toContain('timecode')
        expect(said).not.toContain('Not all that this export says of itself')
        if (format !== 'dpx-sequence') continue
        const head = readFileSync(first)
        expect(head.toString('latin1', 160, 174)).toBe('ColoRNN Studio')
        expect((await readPictureHeader(first)).rate).toEqual({ num: Number(rate), den: 1 })
      }
    }
  })

  it('of PNG have fewer pixels to a unit across where these are wide, and come back in their shape', async () => {
    const source = await drawFilm(folder, 'wide.mkv', { size: '32x32', frames: 2, filters: shape })
    const { path } = await recolor(source, targetOf('wide', 'png-sequence'), 'png-sequence')
    const first = join(path, readdirSync(path).sort()[0]!)
    const bytes = readFileSync(first)
    const chunk = bytes.indexOf('pHYs', 0, 'latin1')
    expect([bytes.readUInt32BE(chunk + 4), bytes.readUInt32BE(chunk + 8)]).toEqual([15, 16])
    expect(bytes.readUInt32BE(chunk + 13)).toBe(crc32(bytes.subarray(chunk, chunk + 13)))
    const { info } = await openFootage(await locateFfmpeg(), first)
    expect(info.pixelAspect).toEqual({ num: 16, den: 15 })
  })

  it('say their rate, their timecode and their number where their format has a place for it', async () => {
    const source = await drawFilm(folder, 'timed.mov', {
      size: '32x32',
      frames: 5,
      rate: '24000/1001',
      codec: ['-c:v', 'prores'],
      output: ['-timecode', '10:00:59:22'],
    })
    for (const format of ['dpx-sequence', 'exr-sequence'] as const) {
      const { path } = await recolor(source, targetOf('timed', format), format, { range: { from: 1, to: 4 } })
      const names = readdirSync(path).sort()
      expect(names.map((name) => name.replace(/\D/g, ''))).toEqual(['000001', '000002', '000003'])
      const heads = await Promise.all(names.map((name) => readPictureHeader(join(path, name))))
      expect(
        heads.map(({ timecode }) => timecode),
        format,
      ).toEqual(['10:00:59:23', '10:01:00:00', '10:01:00:01'])
      expect(heads[0]!.rate).toEqual({ num: 24000, den: 1001 })
      // Opened again it is the same film.
      const { info, source: read } = await openFootage(await locateFfmpeg(), join(path, names[0]!))
      expect([info.frameCount, info.rate, read.banner.timecode ?? null]).toEqual([
        3,
        { num: 24000, den: 1001 },
        '10:00:59:23',
      ])
      // Written again, counted as the laboratory counts.
      const counted = await recolor(source, targetOf('counted', format), format, {
        range: { from: 1, to: 4 },
        firstNumber: 86399,
      })
      expect(
        readdirSync(counted.path)
          .sort()
          .map((name) => name.replace(/\D/g, '')),
      ).toEqual(['086399', '086400', '086401'])
      // Beyond six digits all names are as long, so that they sort as the pictures follow one another.
      const many = await recolor(source, targetOf('many', format), format, {
        range: { from: 1, to: 4 },
        firstNumber: 999_998,
      })
      const numbers = readdirSync(many.path).sort()
      expect(numbers.map((name) => name.replace(/\D/g, ''))).toEqual(['0999998', '0999999', '1000000'])
      expect((await openFootage(await locateFfmpeg(), join(many.path, numbers[0]!))).info.frameCount).toBe(3)
      if (format !== 'dpx-sequence') continue
      expect(readFileSync(join(counted.path, 'frame_086400.dpx')).readUInt32BE(1712)).toBe(86400)
      const head = readFileSync(join(path, names[1]!))
      // Video of BT.601's 525 lines or BT.709, not linear light; number 2 of a run of 3.
      expect([6, 7, 8]).toContain(head[801])
      expect([head.readUInt32BE(1712), head.readUInt32BE(1716)]).toEqual([2, 3])
    }
  })
})

describe('what is dropped of a film’s bits', () => {
  it('is dithered: the mean of a flat 12-bit film is the same in pictures of 10 bits', async () => {
    const source = join(folder, 'flat.nut')
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      'color=s=64x64:r=24:d=0.05',
      '-vf',
      'format=yuv444p12le,geq=lum=2001:cb=2048:cr=2048',
      '-c:v',
      'rawvideo',
      source,
    ])
    const { path } = await recolor(source, targetOf('flat', 'dpx-sequence'), 'dpx-sequence')
    const raw = join(folder, 'flat.raw')
    await ffmpeg(['-y', '-i', readable(path), '-frames:v', '1', '-pix_fmt', 'gbrp10le', '-f', 'rawvideo', raw])
    const bytes = readFileSync(raw)
    const codes = new Uint16Array(bytes.buffer, bytes.byteOffset, 64 * 64)
    // Of 219 steps of 16 codes each, behind 256, to 1023.
    expect(codes.reduce((sum, code) => sum + code, 0) / codes.length).toBeCloseTo(((2001 - 256) / 3504) * 1023, 1)
    expect(new Set(codes).size).toBeGreaterThan(1)
  })
})

describe('an export', () => {
  it('gets no timecode that its rate does not have: that is said before anything is written', async () => {
    const source = await drawFilm(folder, 'plain.mkv', { size: '32x32', frames: 2, rate: '25' })
    const refused = (timecode: string): Promise<string> =>
      recolor(source, targetOf('refused', 'prores-mov'), 'prores-mov', { timecode }).then(
        () => 'written',
        (error: Error) => error.message,
      )
    expect(await refused('01:00:00:25')).toContain('frames go to 24')
    expect(await refused('01:00:00;00')).toContain('29.97 and 59.94 frames/s alone')
    expect(readdirSync(folder).filter((name) => name.includes('refused'))).toEqual([])
  })

  it.each(['y', 'u', 'v'])(
    'whose pictures are not as written in %s has failed, and has another name',
    async (plane) => {
      const source = await drawFilm(folder, `changed ${plane}.mkv`, { size: '64x48', frames: 4 })
      const target = targetOf(`differs ${plane}`, 'ffv1-mkv')
      // An ffmpeg that writes one value for another.
      const values = ['y', 'u', 'v'].map((each) => `${each}=val${each === plane ? '+1' : ''}`).join(':')
      const change = eachArgument(`case $a in setsar=*) a="lutyuv=${values},$a";; esac`)
      const tools = await scriptedFfmpeg(workFolder(), change)
      await expect(recolor(source, target, 'ffv1-mkv', { tools })).rejects.toThrow(
        'Picture 0 of the export is not as it was to be written',
      )
      const left = readdirSync(folder).filter((name) => name.startsWith(`differs ${plane}`))
      expect(left).toEqual([`differs ${plane}-ffv1-mkv (failed).mkv`])
    },
  )
})

describe('an export that reads back otherwise than it was ordered', () => {
  it('has failed with what differs, and is kept under another name', async () => {
    const source = await drawFilm(folder, 'clocked.mkv', { size: '64x48', frames: 4 })
    const target = targetOf('unclocked', 'prores-mov')
    // An ffmpeg that leaves a timecode out without a word.
    const forget = eachArgument(
      'if [ -n "$skip" ]; then skip=; continue; fi; case $a in -timecode) skip=1; continue;; esac',
    )
    const tools = await scriptedFfmpeg(workFolder(), forget)
    const failed = recolor(source, target, 'prores-mov', { tools, timecode: '01:00:00:00' })
    await expect(failed).rejects.toThrow('could not write the timecode 01:00:00:00 into the export')
    // And once more, beside the first.
    await expect(recolor(source, target, 'prores-mov', { tools, timecode: '01:00:00:00' })).rejects.toThrow('timecode')
    expect(readdirSync(folder).filter((name) => name.startsWith('unclocked'))).toEqual([
      'unclocked-prores-mov (failed 2).mov',
      'unclocked-prores-mov (failed).mov',
    ])
  })
})

describe('a part of a film', () => {
  it('lacks no sound where the film has none, and has failed where its sound is lost', async () => {
    const plain = await drawFilm(folder, 'plain silent.mkv', { size: '64x48', frames: 24 })
    const source = join(folder, 'soon silent.mkv')
    const sound = [
      '-f',
      'lavfi',
      '-i',
      'sine=duration=0.4',
      '-map',
      '0:v',
      '-map',
      '1:a',
      '-c:v',
      'copy',
      '-c:a',
      'flac',
    ]
    await ffmpeg(['-i', plain, ...sound, source])
    const silent = { range: { from: 16, to: 20 } }
    await recolor(source, targetOf('silent', 'prores-mov'), 'prores-mov', silent)

    const silence = eachArgument('case $a in -copypriorss) set -- "$@" -an;; esac')
    const deaf = { tools: await scriptedFfmpeg(workFolder(), silence), range: { from: 0, to: 8 } }
    const lost = recolor(source, targetOf('deaf', 'prores-mov'), 'prores-mov', deaf)
    await expect(lost).rejects.toThrow('is missing from the export')
  })
})

describe('what can’t be written', () => {
  it('is named with the reason: no encoder, or no place in MXF', async () => {
    const tools = { ...(await locateFfmpeg()), encoders: new Set(['ffv1', 'dnxhd', 'libx264']) }
    const { version } = tools
    const found = await unwritableFormats(tools)
    expect(english(found.get('h265-mp4')!)).toContain(
      `(${version}) can not write H.265: it was built without the encoder libx265`,
    )
    expect([...found.keys()]).not.toContain('dnxhr-mxf')
    expect(
      found.get('ffv1-mxf') === undefined || english(found.get('ffv1-mxf')!).includes('can not put FFV1 into MXF'),
    ).toBe(true)
  })

  it('is refused before anything is computed: a varying or an unknown rate in MXF', async () => {
    const slow = await drawFilm(folder, 'slow.mkv', { size: '256x144', frames: 3, rate: '18' })
    const said = await recolor(slow, targetOf('slow', 'dnxhr-mxf'), 'dnxhr-mxf').catch((error: Error) => error.message)
    expect(said).toMatch(/DNxHR HQX \(MXF\) knows 23.976, 24, 25, .* this film has 18/)
    const varying = await drawFilm(folder, 'varying.mkv', {
      size: '256x144',
      frames: 12,
      rate: '24',
      filters: "setpts='if(lt(N,6),N,2*N-5)/24/TB'",
    })
    expect(
      await recolor(varying, targetOf('varying', 'dnxhr-mxf'), 'dnxhr-mxf').catch((error: Error) => error.message),
    ).toMatch(/one steady frame rate/)
    const pictures = await recolor(varying, targetOf('varying', 'png-sequence'), 'png-sequence')
    expect(english(...pictures.warnings)).toContain('that the film’s frame rate varies is not in this export')
  })
})
