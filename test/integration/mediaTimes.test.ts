import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { drawFilm, ffmpeg, ffv1, longGopH264, openGopH264, type Film } from '../material/films.ts'
import { describe as describeFile, lumaHashes, soundPackets, soundSpan } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder } from '../material/workFolder.ts'
import { english } from '../material/english.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const aac = ['-c:a', 'aac'] as const
const wav = ['-c:a', 'pcm_s16le'] as const
const varying = "setpts='(N+floor(N/7)*2+gt(N\\,20)*11)/TB/24'"

/** Largest difference between the times of two films' frames, in seconds; infinite when their numbers differ. */
async function timeError(a: string, b: string): Promise<number> {
  const [first, second] = [await lumaHashes(a), await lumaHashes(b)]
  if (first.length !== second.length || first.length === 0) return Infinity
  return Math.max(...first.map((frame, n) => Math.abs(frame.seconds - (second[n]?.seconds ?? Infinity))))
}

describe('the times of an export', () => {
  const films: Record<string, Film & { name: string }> = {
    'an mp4 at 24000/1001': { name: 'ntsc.mp4', rate: '24000/1001', codec: longGopH264, sound: aac },
    'an mp4 at 60000/1001': { name: 'sixty.mp4', rate: '60000/1001', codec: longGopH264 },
    'an mp4 of varying rate': { name: 'vfr.mp4', codec: longGopH264, filters: varying, sound: aac },
    'a mov that starts late': { name: 'late.mov', codec: longGopH264, filters: 'setpts=PTS+1.5/TB', sound: aac },
    'a Matroska film at 30000/1001': { name: 'ntsc.mkv', rate: '30000/1001', sound: wav },
    'an AVI': { name: 'plain.avi', rate: '25', codec: ['-c:v', 'mpeg4', '-q:v', '3'], sound: wav },
  }
  for (const [title, { name, ...film }] of Object.entries(films)) {
    for (const [format, extension, exact] of [
      ['ffv1-mkv', 'mkv', 0.0011],
      ['prores-mov', 'mov', 0.00051],
      ['h264-mp4', 'mp4', 0.00051],
    ] as const) {
      it(`are those of ${title}, as ${format}`, async () => {
        const source = await drawFilm(folder, `${extension}-${name}`, { frames: 40, ...film })
        const { path } = await recolor(source, join(folder, `${name}.out.${extension}`), format)
        // Matroska counts milliseconds, and the source may have been rounded to them.
        expect(await timeError(source, path)).toBeLessThan(name.endsWith('mkv') || extension === 'mkv' ? exact : 3e-6)
        if (film.sound && !(format === 'h264-mp4' && film.sound === wav)) {
          expect((await soundPackets(path)).map((packet) => packet.md5)).toEqual(
            (await soundPackets(source)).map((packet) => packet.md5),
          )
          expect((await soundSpan(path)).from).toBeCloseTo((await soundSpan(source)).from, 2)
        }
      })
    }
  }

  it('keep the rate exact when the source counts milliseconds', async () => {
    const source = await drawFilm(folder, 'coarse.mkv', { rate: '24000/1001', frames: 60 })
    const { path, footage } = await recolor(source, join(folder, 'coarse.out.mov'), 'prores-mov')
    expect(footage.info).toMatchObject({ rate: { num: 24000, den: 1001 }, variableRate: false, frameCount: 60 })
    const frames = await lumaHashes(path)
    frames.forEach((frame, n) => expect(frame.seconds).toBeCloseTo((n * 1001) / 24000, 5))
  })

  it('of a broadcast stream start at zero and keep sound and picture together', async () => {
    const source = await drawFilm(folder, 'clock.ts', {
      rate: '25',
      frames: 50,
      codec: openGopH264,
      sound: ['-c:a', 'mp2'],
      output: ['-output_ts_offset', '36000'],
    })
    const { path, footage } = await recolor(source, join(folder, 'clock.mkv'))
    expect(footage.info.frameCount).toBe(50)
    const shift = (await soundSpan(source)).from - ((await lumaHashes(source))[0]?.seconds ?? NaN)
    const out = (await soundSpan(path)).from - ((await lumaHashes(path))[0]?.seconds ?? NaN)
    expect((await lumaHashes(path))[0]?.seconds).toBeLessThan(1)
    expect(out).toBeCloseTo(shift, 2)
  })

  it('of a part start at zero, with the sound of that part', async () => {
    const source = await drawFilm(folder, 'part.mp4', { frames: 96, codec: openGopH264, sound: aac })
    const { path } = await recolor(source, join(folder, 'part.mkv'), 'ffv1-mkv', { range: { from: 24, to: 72 } })
    const [whole, part] = [await lumaHashes(source), await lumaHashes(path)]
    expect(part.map((frame) => frame.md5)).toEqual(whole.slice(24, 72).map((frame) => frame.md5))
    expect(part[0]?.seconds).toBe(0)
    const span = await soundSpan(path)
    expect(span.from).toBeGreaterThanOrEqual(-0.03)
    expect(span.from).toBeLessThan(0.05)
    expect(span.to).toBeGreaterThan(1.9)
    expect(span.to).toBeLessThan(2.05)
    // The packets are those around second 1 of the source.
    const sound = await soundPackets(source)
    const first = (await soundPackets(path))[1]
    expect(sound.find((packet) => packet.md5 === first?.md5)?.seconds).toBeCloseTo(1 + (first?.seconds ?? NaN), 1)
  })

  it('of a part have its very sound as well where that is encoded anew', async () => {
    const samples = async (path: string): Promise<Buffer> => {
      await ffmpeg(['-i', path, '-map', '0:a', '-f', 's16le', `${path}.pcm`])
      return readFile(`${path}.pcm`)
    }
    const pictures = await drawFilm(folder, 'part without sound.mkv', { rate: '25', frames: 100, size: '256x128' })
    const source = join(folder, 'part that sweeps.mkv')
    const sweep = 'aevalsrc=0.5*sin(2*PI*t*(200+300*t)):s=48000:d=4'
    await ffmpeg(['-i', pictures, '-f', 'lavfi', '-i', sweep, '-c:v', 'copy', '-c:a', 'pcm_s16le', source])
    const own = await samples(source)
    for (const [format, ending] of [
      ['prores-mov', 'mov'],
      ['dnxhr-mxf', 'mxf'],
    ] as const) {
      const { path } = await recolor(source, join(folder, `part that sweeps.${ending}`), format, {
        range: { from: 60, to: 85 },
      })
      const span = await soundSpan(path)
      // Films are sought by packets: so much may be missing at the part's edges.
      expect(span.from, format).toBeLessThan(0.03)
      expect(span.to, format).toBeGreaterThan(0.95)
      // All samples but those, at the very place where they are in the film.
      const at = own.indexOf((await samples(path)).subarray(0.05 * 96000, 0.95 * 96000))
      expect(at / 96000, format).toBeCloseTo(60 / 25 + span.from + 0.05, 3)
    }
    const { path } = await recolor(source, join(folder, 'part that sweeps.mp4'), 'h264-mp4', {
      range: { from: 60, to: 85 },
    })
    expect(await soundSpan(path)).toEqual({ from: expect.closeTo(0, 1) as number, to: expect.closeTo(1, 1) as number })
  })
})

describe('a film whose file stores no times to show its pictures at', () => {
  it.each([
    ['bare.m1v', ['-c:v', 'mpeg1video', '-bf', '2']],
    ['exchanged.gxf', ['-c:v', 'mpeg2video', '-b:v', '10M']],
    ['bare.drc', ['-c:v', 'vc2', '-f', 'dirac']],
  ])('goes on evenly from its first picture to its last: %s', async (name, codec) => {
    const size = name.endsWith('.gxf') ? '720x576' : '96x64'
    const source = await drawFilm(folder, name, { rate: '25', frames: 8, size, codec })
    const { index, info } = await openFootage(await locateFfmpeg(), source)
    expect(english(...info.warnings)).not.toContain('varies')
    expect(info).toMatchObject({ rate: { num: 25, den: 1 }, variableRate: false, frameCount: 8 })
    const seconds = [...index.pts].map((ticks) => (ticks * index.timeBase.num) / index.timeBase.den)
    seconds.forEach((second, n) => expect(second - seconds[0]!).toBeCloseTo(n / 25, 6))
  })
})

describe('what is counted as the film', () => {
  it('leaves out frames that an edit list hides', async () => {
    const long = await drawFilm(folder, 'uncut.mp4', { frames: 72, codec: longGopH264, sound: aac })
    const source = join(folder, 'cut.mp4')
    await ffmpeg(['-ss', '1', '-i', long, '-c', 'copy', source])
    const tools = await locateFfmpeg()
    const shown = await lumaHashes(source)
    for (const checkedPixels of [0, 1e9]) {
      const footage = await openFootage(tools, source, { checkedPixels })
      expect(footage.info.frameCount).toBe(shown.length)
    }
    const { path } = await recolor(source, join(folder, 'cut.mkv'))
    expect((await lumaHashes(path)).map((frame) => frame.md5)).toEqual(shown.map((frame) => frame.md5))
  })

  it('leaves out leading frames that can not be decoded, as in a recording that starts midway', async () => {
    const long = await drawFilm(folder, 'uncut.ts', { frames: 72, codec: openGopH264 })
    const source = join(folder, 'midway.ts')
    await ffmpeg(['-ss', '1.1', '-i', long, '-c', 'copy', '-copyinkf', source])
    const tools = await locateFfmpeg()
    const shown = await lumaHashes(source)
    expect(shown.length).toBeGreaterThan(20)
    for (const checkedPixels of [0, 1e9]) {
      expect((await openFootage(tools, source, { checkedPixels })).info.frameCount).toBe(shown.length)
    }
  })

  it('is a film of one frame for one frame, and for one picture', async () => {
    const film = await drawFilm(folder, 'one.mp4', { frames: 1, codec: longGopH264 })
    const picture = await drawFilm(folder, 'still.png', { frames: 1, pixelFormat: 'gray', codec: ['-c:v', 'png'] })
    for (const source of [film, picture]) {
      const { path, footage } = await recolor(source, join(folder, 'one.out.mkv'), 'ffv1-mkv', { overwrite: true })
      expect(footage.info.frameCount).toBe(1)
      expect((await lumaHashes(path)).map((frame) => frame.md5)).toEqual(
        (await lumaHashes(source)).map((frame) => frame.md5),
      )
    }
  })
})

describe('a numbered sequence of pictures', () => {
  it('opens whole from one of its pictures, or from its pattern, and reads any of them', async () => {
    const run = join(folder, '100% run')
    await ffmpeg(['-f', 'lavfi', '-i', 'color=black:size=2x2', '-frames:v', '1', join(folder, 'x.png')])
    mkdirSync(run)
    await drawFilm(run.replaceAll('%', '%%'), 'scan_%05d.tif', {
      frames: 12,
      pixelFormat: 'gray16le',
      codec: ['-c:v', 'tiff'],
      output: ['-start_number', '95'],
    })
    const tools = await locateFfmpeg()
    for (const path of [join(run, 'scan_00099.tif'), join(run, 'scan_%05d.tif')]) {
      const footage = await openFootage(tools, path)
      expect(footage.info.path.startsWith(join(run, 'scan_000'))).toBe(true)
      expect(footage.info).toMatchObject({ frameCount: 12, rate: { num: 24, den: 1 }, bitDepth: 16, range: 'full' })
      expect(english(...footage.info.warnings)).toContain('24 frames per second')
    }
    const { path } = await recolor(join(run, 'scan_00095.tif'), join(folder, 'scans.mkv'), 'ffv1-mkv', {
      range: { from: 5, to: 9 },
    })
    const fifth = await lumaHashes(join(run, 'scan_00100.tif'))
    expect((await lumaHashes(path))[0]?.md5).toBe(fifth[0]?.md5)
  })

  it('opens whole whatever kind of pictures it is of', async () => {
    const endings = ['pbm', 'pam', 'pfm', 'pcx', 'qoi', 'ras', 'xwd', 'jls', 'j2c']
    const run = join(folder, 'kinds')
    mkdirSync(run)
    const drawn = ['-f', 'lavfi', '-i', 'testsrc2=size=32x32:rate=24', '-frames:v', '3']
    const outputs = endings.flatMap((ending) => [
      ...drawn.slice(4),
      '-f',
      'image2',
      join(run, `${ending}_%03d.${ending}`),
    ])
    await ffmpeg([...drawn.slice(0, 4), ...outputs])
    for (const ending of endings) {
      const { info } = await openFootage(await locateFfmpeg(), join(run, `${ending}_002.${ending}`))
      expect(info, ending).toMatchObject({ frameCount: 3, rate: { num: 24, den: 1 } })
    }
  })

  it('ends before a missing picture, and says so', async () => {
    const run = sharedFolder()
    const picture = await drawFilm(run, 'one.png', { frames: 1, codec: ['-c:v', 'png'], pixelFormat: 'gray' })
    for (const n of [1, 2, 3, 5, 6]) copyFileSync(picture, join(run, `f${n}.png`))
    const footage = await openFootage(await locateFfmpeg(), join(run, 'f2.png'))
    expect(footage.info.frameCount).toBe(3)
    expect(english(...footage.info.warnings)).toContain('“f4.png” is missing')
    rmSync(run, { recursive: true })
  })
})

describe('what goes along into an export', () => {
  it('keeps chapters, titles, subtitles and several sound tracks', async () => {
    const plain = await drawFilm(folder, 'plain.mkv', { frames: 48, sound: wav })
    writeFileSync(
      join(folder, 'chapters.txt'),
      ';FFMETADATA1\ntitle=Der Fluß\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=First\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=1000\nEND=2000\ntitle=Second\n',
    )
    writeFileSync(join(folder, 'titles.srt'), '1\n00:00:00,200 --> 00:00:01,000\nAm Fluß\n')
    const source = join(folder, 'rich.mkv')
    await ffmpeg([
      '-i',
      plain,
      '-i',
      join(folder, 'chapters.txt'),
      '-i',
      join(folder, 'titles.srt'),
      '-map',
      '0:v',
      '-map',
      '0:a',
      '-map',
      '0:a',
      '-map',
      '2',
      '-map_metadata',
      '1',
      '-c',
      'copy',
      '-c:a:1',
      'libopus',
      '-metadata:s:a:1',
      'language=deu',
      source,
    ])
    const rich = await describeFile((await recolor(source, join(folder, 'rich.out.mkv'))).path)
    expect(rich).toMatch(/title\s+: Der Fluß/)
    expect(rich).toContain('Chapter #0:1')
    expect(rich).toMatch(/Audio: pcm_s16le/)
    expect(rich).toMatch(/\(ger\): Audio: opus|\(deu\): Audio: opus/)
    expect(rich).toMatch(/Subtitle: subrip/)
    const mov = await recolor(source, join(folder, 'rich.mov'), 'prores-mov')
    expect(english(...mov.warnings)).toContain('opus sound; it is converted to PCM')
    expect(await describeFile(mov.path)).toMatch(/Subtitle: mov_text/)
  })

  it('keeps the start timecode of a whole film', async () => {
    const source = await drawFilm(folder, 'timecode.mov', {
      frames: 6,
      codec: ['-c:v', 'mjpeg'],
      pixelFormat: 'yuvj422p',
      output: ['-timecode', '10:00:00:00'],
    })
    expect(await describeFile((await recolor(source, join(folder, 'timecode.out.mov'), 'prores-mov')).path)).toContain(
      '10:00:00:00',
    )
  })

  it('keeps pixel shape and the turn of a film that lies on its side', async () => {
    const source = await drawFilm(folder, 'shape.mp4', { frames: 4, codec: longGopH264, filters: 'setsar=16/11' })
    const turned = join(folder, 'turned.mp4')
    const old = (await locateFfmpeg()).version.startsWith('5.')
    const turn = old ? ['-i', source, '-metadata:s:v:0', 'rotate=90'] : ['-display_rotation:v:0', '90', '-i', source]
    await ffmpeg([...turn, '-c', 'copy', turned])
    const { path, footage } = await recolor(turned, join(folder, 'shape.out.mov'), 'prores-mov')
    expect([90, 270]).toContain(footage.info.rotation)
    const again = await openFootage(await locateFfmpeg(), path)
    for (const film of [footage, again]) {
      expect(film.info).toMatchObject({
        pixelAspect: { num: 16, den: 11 },
        rotation: footage.info.rotation,
        width: 96,
        height: 64,
      })
    }
  })
})

describe('an interlaced film', () => {
  it('is one most of whose pictures are, wherever the others are', async () => {
    const drawn = async (name: string, frames: number, filters: string, x264: string): Promise<Buffer> =>
      readFile(await drawFilm(folder, name, { frames, filters, codec: [...longGopH264, '-x264-params', x264] }))
    const whole = await drawn('whole.h264', 3, 'setfield=prog', 'scenecut=0')
    const fields = await drawn('fields.h264', 6, 'setfield=tff', 'interlaced=1:tff=1')
    const rest = await drawn('rest.h264', 9, 'setfield=prog', 'scenecut=0')
    const taken = async (name: string, ...parts: readonly Buffer[]): Promise<unknown> => {
      const path = join(folder, name)
      await writeFile(path, Buffer.concat(parts))
      const { info, source, layout } = await openFootage(await locateFfmpeg(), path)
      const said = /(?:Some|Most) pictures [^.]*\./.exec(english(...info.warnings))
      return [info.frameCount, source.field, layout.interlaced ?? false, said?.[0] ?? '']
    }
    expect(await taken('recorded.h264', whole, fields)).toEqual([
      9,
      'top first',
      true,
      'Most pictures of the film are interlaced, some are not.',
    ])
    expect(await taken('begun.h264', fields, rest)).toEqual([
      15,
      'progressive',
      false,
      'Some pictures of the film are interlaced, most are not.',
    ])
    expect(await taken('alike.h264', fields, fields)).toEqual([12, 'top first', true, ''])
  })

  it('is told where the other field comes first midway, also where only keyframes are decoded on opening', async () => {
    const part = async (order: 'tff' | 'bff'): Promise<Buffer> =>
      readFile(
        await drawFilm(folder, `${order}.m2v`, {
          ...{ frames: 12, filters: `setfield=${order}` },
          codec: ['-c:v', 'mpeg2video', '-q:v', '2', '-g', '6', '-bf', '0', '-flags', '+ildct+ilme'],
        }),
      )
    const [top, bottom] = [await part('tff'), await part('bff')]
    const said = async (name: string, parts: readonly Buffer[], checkedPixels?: number): Promise<string> => {
      const path = join(folder, name)
      await writeFile(path, Buffer.concat(parts))
      const options = checkedPixels === undefined ? {} : { checkedPixels }
      const { info } = await openFootage(await locateFfmpeg(), path, options)
      expect(info.frameCount).toBe(12 * parts.length)
      return /From frame [^.]*\./.exec(english(...info.warnings))?.[0] ?? ''
    }
    const toBottom = 'From frame 12 on, pictures say that their bottom field comes first, not the top one as before.'
    expect(await said('to bottom.m2v', [top, bottom])).toBe(toBottom)
    expect(await said('to top.m2v', [bottom, top])).toMatch(/^From frame 12 on, .* top field comes first/)
    expect(await said('once more.m2v', [top, top])).toBe('')
    expect(await said('keyframes.m2v', [top, bottom], 0)).toBe(toBottom)
  })

  it('keeps its lines as they are and stays marked as interlaced', async () => {
    const source = await drawFilm(folder, 'fields.mpg', {
      frames: 10,
      rate: '25',
      size: '96x64',
      filters: 'setfield=tff',
      codec: ['-c:v', 'mpeg2video', '-q:v', '2', '-flags', '+ildct+ilme', '-bf', '2'],
    })
    const { path, footage } = await recolor(source, join(folder, 'fields.mkv'))
    expect(english(...footage.info.warnings)).toContain('interlaced')
    expect((await lumaHashes(path)).map((frame) => frame.md5)).toEqual(
      (await lumaHashes(source)).map((frame) => frame.md5),
    )
    expect(await describeFile(path)).toMatch(/Video: ffv1\b.*top (coded )?first/)
  })
})

describe('every export format', () => {
  for (const format of ['ffv1-mkv', 'prores-mov', 'dnxhr-mov', 'h264-mp4', 'h265-mp4'] as const) {
    it(`writes all frames and the sound: ${format}`, async () => {
      for (const pixelFormat of ['gray', 'yuv420p10le']) {
        const source = await drawFilm(folder, `${format}-${pixelFormat}.mkv`, {
          frames: 12,
          size: '256x144',
          pixelFormat,
          range: pixelFormat === 'gray' ? 'full' : 'limited',
          codec: ffv1,
          sound: wav,
        })
        const extension = format.slice(-3)
        const { path } = await recolor(source, join(folder, `all-${format}-${pixelFormat}.${extension}`), format)
        const again = await openFootage(await locateFfmpeg(), path)
        expect(again.info).toMatchObject({ frameCount: 12, width: 256, height: 144, matrix: 'bt709' })
        expect(again.info.audio).toHaveLength(1)
      }
    })
  }

  it('writes pictures numbered as the frames are', async () => {
    const source = await drawFilm(folder, 'pictures.mkv', { frames: 8, sound: wav })
    const { path, warnings } = await recolor(source, join(folder, '50% done'), 'png-sequence', {
      range: { from: 3, to: 6 },
    })
    const { readdirSync } = await import('node:fs')
    expect(readdirSync(path).sort()).toEqual(['frame_000003.png', 'frame_000004.png', 'frame_000005.png'])
    expect(english(...warnings)).toContain('no sound')
  })
})
