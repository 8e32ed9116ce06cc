/** Films whose stored times do not tell their frames apart. */
import { appendFileSync, copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { decodeFrames } from '../../electron/engine/reading/decoding/decode.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { createFrameReader } from '../../electron/engine/reading/decoding/reader.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg, longGopH264, openGopH264 } from '../material/films.ts'
import {
  describe as describeFile,
  frameHash,
  lumaHashes,
  pictureHashes,
  soundSpan,
  type HashedFrame,
} from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hashes = (frames: readonly HashedFrame[]): string[] => frames.map(({ md5 }) => md5)
const steps = (frames: readonly HashedFrame[]): number[] =>
  frames.slice(1).map(({ seconds }, n) => seconds - frames[n]!.seconds)

describe('joined recordings', () => {
  const mp2 = ['-c:a', 'mp2'] as const
  const mpeg2 = ['-c:v', 'mpeg2video', '-g', '12', '-bf', '2', '-q:v', '3'] as const

  it.each([
    ['a transport stream', 'ts', openGopH264],
    ['a program stream', 'mpg', mpeg2],
  ] as const)('keep every picture of %s once, in the order of storing, evenly', async (_title, extension, codec) => {
    const a = await drawFilm(folder, `a.${extension}`, { rate: '25', frames: 30, codec, sound: mp2 })
    const b = await drawFilm(folder, `b.${extension}`, { rate: '25', frames: 45, codec, sound: mp2, filters: 'hflip' })
    const joined = join(folder, `joined.${extension}`)
    copyFileSync(a, joined)
    appendFileSync(joined, readFileSync(b))
    const { path, footage, damaged } = await recolor(joined, join(folder, `joined.${extension}.mkv`))
    expect(footage.info).toMatchObject({
      frameCount: 75,
      rate: { num: 25, den: 1 },
      variableRate: false,
      durationSeconds: 3,
    })
    expect(english(...footage.info.warnings)).toMatch(/at frame 30 it runs back by/)
    expect(damaged).toEqual([])
    const written = await lumaHashes(path)
    expect(hashes(written)).toEqual([...hashes(await lumaHashes(a)), ...hashes(await lumaHashes(b))])
    for (const step of steps(written)) expect(step).toBeCloseTo(0.04, 2)

    const tools = await locateFfmpeg()
    const whole = hashes([...(await pictureHashes(a)), ...(await pictureHashes(b))])
    const reader = createFrameReader(tools, footage)
    for (const frame of [74, 31, 0, 29, 60, 5]) expect(frameHash(await reader.read(frame))).toBe(whole[frame])
    await reader.close()
    const part: string[] = []
    for await (const frame of decodeFrames(tools, footage, { from: 50, to: 53 })) part.push(frameHash(frame))
    expect(part).toEqual(whole.slice(50, 53))
  })

  it('whose clock leaps by an hour follow one another without the hour', async () => {
    const a = await drawFilm(folder, 'first.ts', { rate: '25', frames: 30, codec: openGopH264 })
    const b = await drawFilm(folder, 'second.ts', {
      rate: '25',
      frames: 30,
      codec: openGopH264,
      filters: 'hflip',
      output: ['-output_ts_offset', '3600'],
    })
    const leap = join(folder, 'leap.ts')
    copyFileSync(a, leap)
    appendFileSync(leap, readFileSync(b))
    for (const checkedPixels of [0, 1e9]) {
      const { info } = await openFootage(await locateFfmpeg(), leap, { checkedPixels })
      expect(info).toMatchObject({
        frameCount: 60,
        rate: { num: 25, den: 1 },
        variableRate: false,
        durationSeconds: 2.4,
      })
      expect(english(...info.warnings)).toMatch(/at frame 30 it leaps by (59|60) min/)
    }
    const { path } = await recolor(leap, join(folder, 'leap.mkv'), 'ffv1-mkv', { range: { from: 28, to: 33 } })
    expect(hashes(await lumaHashes(path))).toEqual([
      ...hashes(await lumaHashes(a)).slice(28),
      ...hashes(await lumaHashes(b)).slice(0, 3),
    ])
  })
})

describe('pictures that share a time', () => {
  it('are all kept, with times of their own', async () => {
    // A clock of 24 ticks a second under 48 pictures; and a last picture at the time of the one before.
    const coarse = await drawFilm(folder, 'coarse.nut', {
      rate: '48',
      frames: 24,
      filters: "settb=1/24,setpts='floor(N/2)'",
      output: ['-enc_time_base', '1:24'],
    })
    const twice = await drawFilm(folder, 'twice.mkv', { rate: '24', frames: 12, filters: "setpts='min(N\\,10)/24/TB'" })
    for (const [source, count, num] of [
      [coarse, 24, 48],
      [twice, 12, 24],
    ] as const) {
      const { path, footage } = await recolor(source, join(folder, 'shared.mkv'), 'ffv1-mkv', { overwrite: true })
      expect(footage.info).toMatchObject({ frameCount: count, rate: { num, den: 1 }, variableRate: false })
      expect(hashes(await lumaHashes(path))).toEqual(hashes(await lumaHashes(source)))
      for (const step of steps(await lumaHashes(path))) expect(step).toBeCloseTo(1 / num, 2)
    }
  })
})

describe('a film whose times number its pictures as they are stored, not as they are shown', () => {
  const mpeg4 = ['-c:v', 'mpeg4', '-g', '12', '-bf', '2', '-q:v', '3'] as const

  it.each([
    ['H.264 in Matroska', 'mkv', longGopH264],
    ['MPEG-4 in QuickTime', 'mov', mpeg4],
    ['H.264 in MP4', 'mp4', openGopH264],
  ] as const)('is even, and every frame the right one: %s', async (_title, extension, codec) => {
    const shown = await drawFilm(folder, `shown-${extension}.mkv`, { rate: '25', frames: 80, codec })
    const [counted, numbered] = [join(folder, `counted-${extension}.mkv`), join(folder, `numbered.${extension}`)]
    await ffmpeg(['-i', shown, '-c', 'copy', '-bsf:v', 'setts=pts=N*40:dts=N*40', counted])
    await ffmpeg(['-i', counted, '-c', 'copy', numbered])
    const whole = hashes(await pictureHashes(shown))
    const tools = await locateFfmpeg()
    // Seen by decoding all of it, and by its head alone.
    for (const checkedPixels of [1e9, 0]) {
      const footage = await openFootage(tools, numbered, { checkedPixels })
      expect(footage.info).toMatchObject({ frameCount: 80, rate: { num: 25, den: 1 }, variableRate: false })
      expect(english(...footage.info.warnings)).not.toMatch(/clock|rate varies|decoded/)
      const reader = createFrameReader(tools, footage)
      for (const frame of [79, 13, 0, 40, 1]) expect(frameHash(await reader.read(frame))).toBe(whole[frame])
      await reader.close()
    }
    const part = join(folder, `numbered.${extension}.mkv`)
    const { path, damaged } = await recolor(numbered, part, 'ffv1-mkv', { range: { from: 50, to: 70 } })
    expect(damaged).toEqual([])
    const written = await lumaHashes(path)
    expect(hashes(written)).toEqual(hashes(await lumaHashes(shown)).slice(50, 70))
    for (const step of steps(written)) expect(step).toBeCloseTo(0.04, 2)
  })
})

describe('a film that starts below zero', () => {
  it('is shifted with its sound, and loses no picture', async () => {
    const drawn = [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=64x48:r=25:d=1',
      '-f',
      'lavfi',
      '-i',
      'sine=d=1',
      '-c:v',
      'libx264',
      '-bf',
      '0',
      '-c:a',
      'flac',
    ]
    const [plain, below] = [join(folder, 'plain.mkv'), join(folder, 'below.mkv')]
    await ffmpeg([...drawn, plain])
    // Blocks below zero have no time that a reader would believe.
    await ffmpeg([...drawn, '-output_ts_offset', '-0.3', '-avoid_negative_ts', 'disabled', below])
    const { path, footage, damaged } = await recolor(below, join(folder, 'below.out.mkv'))
    expect(footage.info).toMatchObject({ frameCount: 25, rate: { num: 25, den: 1 }, variableRate: false })
    expect(damaged).toEqual([])
    const written = await lumaHashes(path)
    expect(hashes(written)).toEqual(hashes(await lumaHashes(plain)))
    expect(written[0]!.seconds).toBeGreaterThanOrEqual(0)
    expect((await soundSpan(path)).from - written[0]!.seconds).toBeCloseTo(0, 1)
  })
})

describe('film in the fields of television', () => {
  it('is at its own rate, constant', async () => {
    const source = await drawFilm(folder, 'soft.mkv', {
      rate: '24000/1001',
      frames: 60,
      codec: [...longGopH264, '-bf', '0'],
      filters: "settb=1001/60000,setpts='floor(N*5/2)'",
      output: ['-enc_time_base', '1001:60000'],
    })
    const { path, footage } = await recolor(source, join(folder, 'soft.mov'), 'prores-mov')
    expect(footage.info).toMatchObject({ frameCount: 60, rate: { num: 24000, den: 1001 }, variableRate: false })
    for (const step of steps(await lumaHashes(path))) expect(step).toBeCloseTo(1001 / 24000, 5)
    // The last picture keeps step with the others, though the film rounds its length to milliseconds.
    expect((await openFootage(await locateFfmpeg(), path)).index).toMatchObject({
      timeBase: { num: 1, den: 24000 },
      end: 60 * 1001,
    })
  })
})

describe('the last picture', () => {
  const seconds = async (path: string): Promise<number> => {
    const [, h, m, s] = /Duration: (\d+):(\d+):([\d.]+)/.exec(await describeFile(path)) ?? []
    return Number(h) * 3600 + Number(m) * 60 + Number(s)
  }

  it('keeps its own duration, in a whole film and in a part', async () => {
    const drawn = await drawFilm(folder, 'slides0.mp4', {
      rate: '1',
      frames: 3,
      codec: [...longGopH264, '-bf', '0'],
      filters: "setpts='if(eq(N\\,2)\\,3\\,N)/TB'",
    })
    const source = join(folder, 'slides.mp4')
    await ffmpeg(['-i', drawn, '-c', 'copy', '-bsf:v', "setts=duration='if(eq(N,2),5/TB,DURATION)'", source])
    for (const [format, extension] of [
      ['h264-mp4', 'mp4'],
      ['prores-mov', 'mov'],
      ['ffv1-mkv', 'mkv'],
    ] as const) {
      const { path, footage, warnings } = await recolor(source, join(folder, `slides.out.${extension}`), format)
      expect(english(...warnings)).toBe('')
      expect(footage.info).toMatchObject({ frameCount: 3, durationSeconds: 8 })
      expect(english(...footage.info.warnings)).not.toMatch(/cut off/)
      expect(await seconds(path)).toBeCloseTo(8, 1)
      expect((await openFootage(await locateFfmpeg(), path)).info.durationSeconds).toBeCloseTo(8, 1)
    }
    // Sound that begins a second earlier costs it none of that.
    const late = join(folder, 'slides.late.mov')
    await ffmpeg([
      '-itsoffset',
      '1',
      '-i',
      source,
      '-f',
      'lavfi',
      '-i',
      'sine=d=3',
      '-map',
      '0',
      '-map',
      '1',
      '-c:v',
      'copy',
      '-c:a',
      'aac',
      late,
    ])
    const kept = await recolor(late, join(folder, 'slides.late.out.mp4'), 'h264-mp4')
    expect(kept.footage.info.durationSeconds).toBeCloseTo(8, 2)
    expect(await seconds(kept.path)).toBeCloseTo(9, 1)
    // The second picture, held for two seconds, ends this part.
    const part = await recolor(source, join(folder, 'slides.part.mov'), 'prores-mov', { range: { from: 0, to: 2 } })
    expect(await seconds(part.path)).toBeCloseTo(3, 1)
  })
})
