/** Jobs of the engine on real networks: progress, cache, pause, cancel, pins. */
import { closeSync, openSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JobProgress } from '../../electron/contract/schemas.ts'
import type { EngineCalls } from '../../electron/engine/protocol.ts'
import { recordsOf } from '../../electron/engine/cache/packFile.ts'
import { countFrames } from '../../electron/contract/ranges.ts'
import { drawFilm, ffmpeg, ffv1 } from '../material/films.ts'
import { english } from '../material/english.ts'
import { smallDisk } from '../material/smallDisk.ts'
import { meanChroma, partHashes, pictureHashes } from '../material/inspect.ts'
import { startTestEngine, type TestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

const progressOf = ({ messages }: TestEngine, jobId: string): JobProgress[] =>
  messages.flatMap((message) =>
    message.type === 'progress' && message.progress.jobId === jobId ? [message.progress] : [],
  )

const finishedFrames = (test: TestEngine, jobId: string): number =>
  progressOf(test, jobId)
    .flatMap(({ finished }) => finished)
    .reduce((sum, { from, to }) => sum + to - from, 0)

/** Colorings that were written to a cache. */
const recordsIn = (folder: string): number =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.colors'))
    .reduce((sum, name) => {
      const pack = openSync(join(folder, name), 'r')
      const count = [...recordsOf(pack)].length
      closeSync(pack)
      return sum + count
    }, 0)

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** A picture in one color that ffmpeg keeps exactly through RGB. */
async function flatPicture(path: string, color: string, size = '96x64'): Promise<string> {
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    `color=c=${color}:s=${size}`,
    '-frames:v',
    '1',
    '-pix_fmt',
    'rgb24',
    `file:${path}`,
  ])
  return path
}

describe('coloring a film', () => {
  it('stops, and says why, where the color cache takes nothing more, and goes on at once when there is room', async () => {
    const folder = workFolder()
    const film = await drawFilm(folder, 'film.mkv', { frames: 60, size: '256x192' })
    const disk = await smallDisk(folder)
    // Where no small disk can be mounted, a file stands where the cache's folder should be.
    const cache = join(disk.folder, 'cache')
    const filler = disk.isWhole ? join(disk.folder, 'filler') : cache
    if (disk.isWhole) writeFileSync(filler, Buffer.alloc(200 * 1024))
    else writeFileSync(filler, '')
    const test = startTestEngine(folder, { COLORNN_CACHE: cache })
    await test.open(film, 'film')
    const end = await test.colorize('job', 'film')
    expect(end.state).toBe('failed')
    const [code, said] = disk.isWhole
      ? ['disk-full', 'The disk that holds the color cache is full, so further colors can not be kept.']
      : ['target-not-writable', 'The color cache can not be written to, so further colors can not be kept.']
    expect(end.error?.code).toBe(code)
    expect(english(end.error!.message)).toBe(said)
    expect(end.done).toBeLessThan(60)
    expect(finishedFrames(test, 'job')).toBe(end.done)
    expect(countFrames(await test.engine.calls.coloredRanges('film'))).toBe(end.done)

    rmSync(filler)
    expect((await test.colorize('again', 'film')).state).toBe(disk.isWhole ? 'failed' : 'done')
    expect(countFrames(await test.engine.calls.coloredRanges('film'))).toBeGreaterThan(end.done)
  })

  it('tells of every frame once, at most ten times a second, and ends with done', async () => {
    const folder = workFolder()
    const test = startTestEngine(folder)
    await test.open(await drawFilm(folder, 'film.mkv', { frames: 30 }), 'film')
    const started = performance.now()
    const end = await test.colorize('job', 'film')
    const seconds = (performance.now() - started) / 1000
    expect(end).toMatchObject({ state: 'done', done: 30, total: 30, kind: 'colorize', footageId: 'film' })
    const messages = progressOf(test, 'job')
    expect(messages.flatMap(({ finished }) => finished).reduce((sum, { from, to }) => sum + to - from, 0)).toBe(30)
    expect(messages.length).toBeLessThan(10 * seconds + 4)
    expect(await test.engine.calls.coloredRanges('film')).toEqual([{ from: 0, to: 30 }])
  })

  it('does not color again what is in the cache, even after a new start', async () => {
    const folder = workFolder()
    const path = await drawFilm(folder, 'film.mkv', { frames: 20 })
    const first = startTestEngine(folder)
    await first.open(path, 'film')
    await first.colorize('one', 'film', { from: 5, to: 15 })
    await first.engine.shutdown()

    const second = startTestEngine(folder)
    await second.open(path, 'other-id')
    // Colors come from the start of the shot by way of every frame.
    expect(await second.engine.calls.coloredRanges('other-id')).toEqual([{ from: 0, to: 15 }])
    await second.colorize('two', 'other-id')
    // What was there already counts as finished, but is not written a second time.
    expect(finishedFrames(second, 'two')).toBe(20)
    expect(recordsIn(join(folder, 'cache'))).toBe(20)
    expect(await second.engine.calls.coloredRanges('other-id')).toEqual([{ from: 0, to: 20 }])
  })

  it('comes out the same whether the colors are fresh or from the cache', async () => {
    const folder = workFolder()
    const path = await drawFilm(folder, 'film.mkv', { frames: 12 })
    const test = startTestEngine(folder)
    await test.open(path, 'film')
    const exportTo = async (name: string): Promise<string> => {
      const target = join(folder, name)
      expect(
        await test.export({ jobId: name, footageId: 'film', target, format: 'ffv1-mkv', overwrite: false }),
      ).toMatchObject({ state: 'done', target })
      return target
    }
    expect(await pictureHashes(await exportTo('fresh.mkv'))).toEqual(await pictureHashes(await exportTo('cached.mkv')))
  })

  it('cuts the black beside the pictures off, and leaves every other sample as it is, in comparisons too', async () => {
    const folder = workFolder()
    const path = await drawFilm(folder, 'film.mov', {
      frames: 6,
      size: '96x64',
      filters: 'pad=160:112:24:40',
      codec: ['-c:v', 'libx264', '-qp', '0'],
    })
    const test = startTestEngine(folder)
    await test.open(path, 'film')
    const crop = await test.engine.calls.blackBars('film')
    expect(crop).toEqual({ left: 24, top: 40, right: 40, bottom: 8 })
    const exported = async (name: string, more: Partial<EngineCalls['startExport']['args'][0]>) => {
      const order = { jobId: name, footageId: 'film', target: join(folder, name), overwrite: false } as const
      const end = await test.export({ ...order, format: 'ffv1-mkv', delivery: { crop: crop! }, ...more })
      expect(end).toMatchObject({ state: 'done' })
      return english(...(end.found ?? []))
    }
    const luma = async (name: string, cut: string): Promise<string[]> =>
      (await partHashes(join(folder, name), `${cut},extractplanes=y`)).map(({ md5 }) => md5)
    const alone = await exported('cropped.mkv', {})
    expect(alone).toMatch(/luma bit for bit as in the film.*They are 96 × 64\./)
    const own = await luma('film.mov', 'crop=96:64:24:40')
    expect(await luma('cropped.mkv', 'null')).toEqual(own)
    await exported('both.mkv', { comparison: { kind: 'side' } })
    for (const half of ['crop=96:64:0:0', 'crop=96:64:96:0']) expect(await luma('both.mkv', half)).toEqual(own)
    const tooMuch = { left: 60, top: 0, right: 100, bottom: 0 }
    const refused = { footageId: 'film', target: join(folder, 'no.mkv'), format: 'ffv1-mkv', overwrite: false } as const
    await expect(test.engine.calls.checkExport({ ...refused, delivery: { crop: tooMuch } })).rejects.toThrow(
      'The film’s picture is 160 × 112; nothing would be left of it.',
    )
  })

  it('pauses, goes on and cancels at once, and leaves no half file', async () => {
    const folder = workFolder()
    const test = startTestEngine(folder)
    await test.open(await drawFilm(folder, 'film.mkv', { frames: 400, size: '320x240' }), 'film')
    await test.engine.calls.startExport({
      jobId: 'job',
      footageId: 'film',
      target: join(folder, 'out.mkv'),
      format: 'ffv1-mkv',
      overwrite: false,
    })
    while ((progressOf(test, 'job').at(-1)?.done ?? 0) < 3) await pause(20)

    const asked = performance.now()
    await test.engine.calls.pauseJob('job')
    const answered = performance.now() - asked
    expect(progressOf(test, 'job').at(-1)!.state).toBe('paused')
    expect(answered).toBeLessThan(500)
    // What is under way ends: a frame at the networks, one that is composed, one that is written.
    const done = (): number => progressOf(test, 'job').at(-1)!.done
    const atFirst = done()
    let held = -1
    while (held !== done()) {
      held = done()
      await pause(400)
    }
    expect(held - atFirst).toBeLessThanOrEqual(4)

    await test.engine.calls.resumeJob('job')
    while (progressOf(test, 'job').at(-1)!.done < held + 2) await pause(20)
    await test.engine.calls.cancelJob('job')
    expect(progressOf(test, 'job').at(-1)!.state).toBe('cancelled')
    expect(progressOf(test, 'job').at(-1)!.error).toBeUndefined()
    expect(readdirSync(folder).sort()).toEqual(['cache', 'film.mkv'])
  })

  it('lets jobs started later wait, and overtake a paused one', async () => {
    const folder = workFolder()
    const test = startTestEngine(folder)
    await test.open(await drawFilm(folder, 'a.mkv', { frames: 60 }), 'a')
    await test.open(await drawFilm(folder, 'b.mkv', { frames: 5, rate: '25' }), 'b')
    await test.engine.calls.startColorize({ jobId: 'long', footageId: 'a', ranges: [{ from: 0, to: 60 }] })
    await test.engine.calls.pauseJob('long')
    expect(await test.colorize('short', 'b')).toMatchObject({ state: 'done', done: 5 })
    await test.engine.calls.resumeJob('long')
    expect(await test.ended('long')).toMatchObject({ state: 'done', done: 60 })
  })
})

describe('pinned frames', () => {
  it("come out with exactly the picture's chroma, and their colors spread to both sides", async () => {
    const folder = workFolder()
    // A still scene, so that nothing but the pin decides.
    const path = join(folder, 'still.mkv')
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=96x64:rate=24',
      '-vf',
      "select='eq(n,0)',loop=23:1,setpts=N/24/TB,format=yuv444p",
      '-frames:v',
      '24',
      ...ffv1,
      `file:${path}`,
    ])
    const test = startTestEngine(folder)
    await test.open(path, 'film')
    await test.colorize('automatic', 'film')
    const picture = await flatPicture(join(folder, 'pin.png'), '0x607080')
    test.messages.length = 0
    await test.sketch('film', { keyframes: [{ frame: 10, picturePath: picture }] })
    const changed = test.messages.flatMap((message) => (message.type === 'changed' ? [message] : []))
    expect(changed.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(24)
    expect(await test.engine.calls.coloredRanges('film')).toEqual([{ from: 10, to: 11 }])

    const target = join(folder, 'out.mkv')
    expect(
      await test.export({ jobId: 'job', footageId: 'film', target, format: 'ffv1-mkv', overwrite: false }),
    ).toMatchObject({ state: 'done', done: 24 })
    const means = await meanChroma(target)
    const [expected] = await meanChroma(await asFilmChroma(folder, picture))
    expect(means[10]).toEqual(expected)
    for (const frame of [0, 5, 9, 11, 15, 23]) {
      expect(Math.abs(means[frame]![0] - expected![0])).toBeLessThan(4)
      expect(Math.abs(means[frame]![1] - expected![1])).toBeLessThan(4)
    }
    expect(await test.engine.calls.coloredRanges('film')).toEqual([{ from: 0, to: 24 }])

    // Pieces of it, one behind the other, are what they are in the whole film.
    const pieces = [
      { from: 2, to: 5 },
      { from: 20, to: 24 },
    ]
    const pieced = { target: join(folder, 'pieces.mkv'), format: 'ffv1-mkv', overwrite: false, pieces } as const
    expect(await test.export({ jobId: 'pieces', footageId: 'film', ...pieced })).toMatchObject({ done: 7, total: 7 })
    expect(await meanChroma(pieced.target)).toEqual([...means.slice(2, 5), ...means.slice(20, 24)])
    const handles = { jobId: 'refused', footageId: 'film', ...pieced, overwrite: true, delivery: { handles: 1 } }
    await expect(test.engine.calls.startExport(handles)).rejects.toThrow(/without more frames between/)
  })

  it('do nothing beyond a cut', async () => {
    const folder = workFolder()
    const path = join(folder, 'cut.mkv')
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=192x128:rate=24:duration=0.5',
      '-f',
      'lavfi',
      '-i',
      'mandelbrot=size=192x128:rate=24:start_scale=0.6',
      '-filter_complex',
      '[0]trim=end_frame=12[a];[1]trim=end_frame=12,setpts=PTS-STARTPTS[b];[a][b]concat=n=2,format=gray',
      '-frames:v',
      '24',
      ...ffv1,
      `file:${path}`,
    ])
    const test = startTestEngine(folder)
    await test.open(path, 'film', { cuts: [12] })
    await test.colorize('automatic', 'film')
    test.messages.length = 0
    const picturePath = await flatPicture(join(folder, 'pin.png'), '0x804020', '192x128')
    await test.sketch('film', { cuts: [12], keyframes: [{ frame: 3, picturePath }] })
    expect(test.messages).toContainEqual({ type: 'changed', footageId: 'film', from: 0, to: 12 })
    expect(await test.engine.calls.coloredRanges('film')).toEqual([
      { from: 3, to: 4 },
      { from: 12, to: 24 },
    ])
    await test.colorize('again', 'film')
    // Eleven frames, and the picture at the networks' size.
    expect(finishedFrames(test, 'again')).toBe(24)
    expect(recordsIn(join(folder, 'cache'))).toBe(24 + 11 + 1)
  })

  it('may be changed while an export runs: it keeps to the document that it began with', async () => {
    const folder = workFolder()
    const test = startTestEngine(folder)
    const pinned = async (frame: number, color: string) => ({
      keyframes: [{ frame, picturePath: await flatPicture(join(folder, `${color}.png`), color) }],
    })
    await test.open(await drawFilm(folder, 'film.mkv', { frames: 40 }), 'film', await pinned(20, 'red'))
    const target = join(folder, 'out.mkv')
    const other = await pinned(30, 'blue')
    await test.engine.calls.startExport({
      jobId: 'export',
      footageId: 'film',
      target,
      format: 'ffv1-mkv',
      overwrite: false,
    })
    while ((progressOf(test, 'export').at(-1)?.done ?? 0) < 1) await pause(2)
    await test.engine.calls.pauseJob('export')
    await test.sketch('film', other)
    await test.engine.calls.resumeJob('export')
    expect(await test.ended('export')).toMatchObject({ state: 'done', done: 40 })
    const means = await meanChroma(target)
    for (const frame of [5, 20, 30, 39]) expect(means[frame]![1]).toBeGreaterThan(140)
  })

  it('are refused with a sentence when the picture does not fit, and the pins before stay', async () => {
    const folder = workFolder()
    const test = startTestEngine(folder)
    await test.open(await drawFilm(folder, 'film.mkv', { frames: 4 }), 'film')
    const good = { frame: 1, picturePath: await flatPicture(join(folder, 'good.png'), 'red') }
    await test.sketch('film', { keyframes: [good] })
    const tall = await flatPicture(join(folder, 'tall.png'), 'red', '64x96')
    writeFileSync(join(folder, 'text.png'), 'not a picture')
    writeFileSync(join(folder, 'empty.png'), '')
    const refused: [string, string][] = [
      [tall, 'bad-picture'],
      [join(folder, 'text.png'), 'bad-picture'],
      [join(folder, 'empty.png'), 'empty-file'],
      [join(folder, 'gone.png'), 'not-found'],
      [folder, 'is-a-folder'],
    ]
    for (const [picturePath, code] of refused) {
      await expect(test.sketch('film', { keyframes: [good, { frame: 2, picturePath }] })).rejects.toMatchObject({
        code,
      })
    }
    await expect(test.sketch('film', { keyframes: [{ ...good, frame: 4 }] })).rejects.toMatchObject({
      code: 'bad-argument',
    })
    expect(await test.engine.calls.coloredRanges('film')).toEqual([{ from: 1, to: 2 }])
    expect(statSync(good.picturePath).size).toBeGreaterThan(0)
  })
})

/** The picture turned into a film's chroma by ffmpeg itself, apart from the code under test. */
async function asFilmChroma(folder: string, picture: string): Promise<string> {
  const path = join(folder, 'expected.mkv')
  await ffmpeg([
    '-i',
    `file:${picture}`,
    '-vf',
    'scale=out_color_matrix=bt601:out_range=limited:flags=accurate_rnd+full_chroma_int,format=yuv444p',
    ...ffv1,
    `file:${path}`,
  ])
  return path
}
