/** What the editor asks of the engine beside coloring: shots, measures, masks, single pictures, the cache. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { neutralGrade, type RegionShape } from '../../electron/contract/operations.ts'
import { drawFilm, ffmpeg, ffv1 } from '../material/films.ts'
import { connectFrames } from '../material/frameLine.ts'
import { editsOf, layoutOf, stroke, wantedBy } from '../material/layouts.ts'
import { startTestEngine, type TestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

async function openFilm(
  film: Parameters<typeof drawFilm>[2] = {},
): Promise<TestEngine & { readonly folder: string; readonly path: string }> {
  const folder = workFolder()
  const path = await drawFilm(folder, 'film.mkv', { frames: 12, ...film })
  const test = startTestEngine(folder)
  await test.open(path, 'film')
  return { ...test, folder, path }
}

/** Two drawings of 30 frames each, one after the other. */
async function filmWithCut(folder: string): Promise<string> {
  const path = join(folder, 'cut.mkv')
  const sources = ['testsrc2=size=192x128:rate=24', 'mandelbrot=size=192x128:rate=24:start_scale=0.6'].flatMap(
    (source) => ['-f', 'lavfi', '-i', source],
  )
  const chain = '[0]trim=end_frame=30[a];[1]trim=end_frame=30,setpts=PTS-STARTPTS[b];[a][b]concat=n=2,format=gray'
  await ffmpeg([...sources, '-filter_complex', chain, '-frames:v', '60', ...ffv1, `file:${path}`])
  return path
}

describe('looking for shots', () => {
  it('finds the cuts of the whole film, tells how far it is, and does it only once', async () => {
    const folder = workFolder()
    const path = await filmWithCut(folder)
    const test = startTestEngine(folder)
    await test.open(path, 'film')
    expect(await test.engine.calls.shots('film')).toBeNull()
    await test.engine.calls.startFindShots({ jobId: 'shots', footageId: 'film' })
    expect(await test.ended('shots')).toMatchObject({ kind: 'shots', state: 'done', done: 60, total: 60 })
    expect(await test.engine.calls.shots('film')).toMatchObject({ at: [30] })
    await test.engine.calls.startFindShots({ jobId: 'again', footageId: 'film' })
    expect(await test.ended('again')).toMatchObject({ state: 'done', done: 60, framesPerSecond: 0 })
  })

  it('goes on while another film is colored, and can be cancelled', async () => {
    const { engine, open, ended, folder } = await openFilm({ frames: 300 })
    await open(await filmWithCut(folder), 'cut')
    await engine.calls.startColorize({ jobId: 'long', footageId: 'film', ranges: [{ from: 0, to: 300 }] })
    await engine.calls.startFindShots({ jobId: 'shots', footageId: 'cut' })
    expect(await Promise.race([ended('shots'), ended('long')])).toMatchObject({ kind: 'shots', state: 'done' })
    await engine.calls.cancelJob('long')
    await engine.calls.startFindShots({ jobId: 'stopped', footageId: 'film' })
    await engine.calls.cancelJob('stopped')
    expect(await ended('stopped')).toMatchObject({ state: 'cancelled' })
  })
})

describe('measures of frames', () => {
  it('are those of what is shown, without the look; none where nothing is shown', async () => {
    const { engine, colorize } = await openFilm()
    await colorize('job', 'film', { from: 0, to: 8 })
    const { confidence, u, v } = await engine.calls.measures('film', { from: 2, to: 12 })
    expect([...confidence].map(Number.isNaN)).toEqual([...Array(6).fill(false), ...Array(4).fill(true)])
    for (let n = 0; n < 6; n++) {
      expect(confidence[n]).toBeGreaterThan(0)
      expect(confidence[n]).toBeLessThanOrEqual(1)
      const whole = (await engine.calls.pickColor('film', 2 + n, [0.5, 0.5], 0.5))!
      expect(Math.hypot(u[n]! - whole.u, v[n]! - whole.v)).toBeLessThan(0.15)
    }
    const wanted = wantedBy({ frameCount: 12 })
    const looks = [{ from: 0, to: 12, grade: { ...neutralGrade, saturation: 0 } }]
    await engine.calls.setEdits(
      'film',
      editsOf(layoutOf(wanted, wanted, { looks }), {
        4: { operations: [stroke(0, 0, { kind: 'neutral', radius: 1 })] },
      }),
    )
    const edited = await engine.calls.measures('film', { from: 2, to: 12 })
    expect(edited.u[0]).toBe(u[0])
    expect([edited.u[2], edited.v[2]].map((value) => Math.abs(value!) < 0.02)).toEqual([true, true])
  })

  it('of ten thousand frames come quickly, and let messages in meanwhile', async () => {
    const frames = 10_000
    const { engine, colorize } = await openFilm({
      frames,
      size: '32x32',
      codec: ['-c:v', 'libx264', '-preset', 'ultrafast'],
    })
    await colorize('one', 'film', { from: 0, to: 1 })
    const film = engine.film('film')
    const coloring = film.stored(film.view.layout.wanted[0]!.key, 0)!
    for (let frame = 1; frame < frames; frame++) film.store(film.view.layout.wanted[0]!.key, frame, coloring)
    const measured = async (): Promise<{ ms: number; pause: number }> => {
      let turns = 0
      const timer = setInterval(() => turns++, 1)
      const started = performance.now()
      const { confidence } = await engine.calls.measures('film', { from: 0, to: frames })
      const ms = performance.now() - started
      clearInterval(timer)
      expect(confidence.some(Number.isNaN)).toBe(false)
      // The mean, since the longest says as much of what else the machine has to do.
      return { ms, pause: ms / (turns + 1) }
    }
    const first = await measured()
    const second = await measured()
    expect(first.pause).toBeLessThan(50)
    expect(second.ms).toBeLessThan(1000)
  })
})

describe('one frame as a picture', () => {
  it.each(['yuv420p', 'yuv422p10le'])(
    'of %s is the very one of an export as PNG pictures, in 16 bits',
    async (pixelFormat) => {
      const { engine, colorize, export: runExport, folder } = await openFilm({ pixelFormat, range: 'limited' })
      await colorize('job', 'film')
      const single = join(folder, '100 % blue, frame 5.png')
      await engine.calls.exportFrame('film', 5, single, false)
      await expect(engine.calls.exportFrame('film', 5, single, false)).rejects.toMatchObject({
        code: 'target-not-writable',
      })
      await engine.calls.exportFrame('film', 5, single, true)
      const pictures = join(folder, 'pictures')
      await runExport({
        jobId: 'export',
        footageId: 'film',
        target: pictures,
        format: 'png-sequence',
        overwrite: false,
      })
      const raw = (path: string): Promise<string> => ffmpeg(['-i', `file:${path}`, '-f', 'framemd5', '-'])
      expect(await raw(single)).toBe(await raw(join(pictures, 'frame_000005.png')))
      expect(readFileSync(single)[24]).toBe(16)
      const tiff = join(folder, 'frame 5.tif')
      await engine.calls.exportFrame('film', 5, tiff, false)
      const samples = (path: string): Promise<string> =>
        ffmpeg(['-i', `file:${path}`, '-pix_fmt', 'rgb48le', '-f', 'framemd5', '-'])
      expect(await samples(tiff)).toBe(await samples(single))
      for (const picture of [single, tiff]) expect(readFileSync(picture, 'utf8')).toContain('Colors made by')
      expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
    },
  )

  it('can stand on one picture with others, upright and in their colors', async () => {
    const { engine, colorize, folder } = await openFilm({ pixelFormat: 'yuv420p', size: '192x128' })
    await colorize('job', 'film')
    const sheet = join(folder, 'pins.png')
    await engine.calls.exportSheet('film', [1, 5, 9], sheet, false)
    const read = async (args: readonly string[]): Promise<Buffer> => {
      await ffmpeg([...args, '-frames:v', '1', '-pix_fmt', 'rgb24', '-f', 'rawvideo', join(folder, 'raw')])
      return readFileSync(join(folder, 'raw'))
    }
    // Two beside each other and one below, each 216 high with its number.
    const [width, height] = [12 + 2 * (324 + 12), 12 + 2 * (216 + 16 + 12)]
    const whole = await read(['-i', `file:${sheet}`])
    expect(whole.length).toBe(3 * width * height)
    const single = join(folder, 'frame.png')
    await engine.calls.exportFrame('film', 9, single, false)
    const third = await read(['-i', `file:${single}`, '-vf', 'scale=324:216:flags=area'])
    let off = 0
    for (let row = 0; row < 216; row++)
      for (let x = 0; x < 3 * 324; x++)
        off += Math.abs(third[row * 3 * 324 + x]! - whole[(256 + row) * 3 * width + 36 + x]!)
    expect(off / third.length).toBeLessThan(2)
    await expect(engine.calls.exportSheet('film', [1, 99], join(folder, 'b.png'), false)).rejects.toMatchObject({
      code: 'bad-argument',
    })
  })

  it('brought back unpainted, it changes nothing that can be seen', async () => {
    const { engine, colorize, folder } = await openFilm({ pixelFormat: 'yuv444p', size: '192x128' })
    await colorize('job', 'film')
    const line = connectFrames(engine)
    const before = (await line.picture({ frame: 3, slot: 'thumb' })).coloring!.coefficients
    const path = join(folder, 'frame.png')
    await engine.calls.exportFrame('film', 3, path, false)
    await engine.calls.setEdits('film', editsOf(undefined, { 3: { base: { kind: 'picture', path }, pinned: true } }))
    const after = (await line.picture({ frame: 3, slot: 'thumb' })).coloring!.coefficients
    // Where a color has no room beside its luma it was drawn toward gray in the picture, so the mean counts.
    const mean = before.reduce((sum, value, i) => sum + Math.abs(value - after[i]!), 0) / (before.length / 2)
    expect(mean).toBeLessThan(0.012)
  })

  it('says where it can not be written', async () => {
    const { engine, folder, path } = await openFilm()
    mkdirSync(join(folder, 'folder.png'))
    const refused: [string, string][] = [
      [path, 'target-is-source'],
      [join(folder, 'nowhere', 'a.png'), 'target-folder-missing'],
      [join(folder, 'folder.png'), 'target-not-writable'],
    ]
    for (const [target, code] of refused)
      await expect(engine.calls.exportFrame('film', 0, target, true)).rejects.toMatchObject({ code })
    await expect(engine.calls.exportFrame('film', 12, join(folder, 'a.png'), true)).rejects.toMatchObject({
      code: 'bad-argument',
    })
  })
})

describe('masks for drawing a region', () => {
  it('show the part that its shape takes, and the latest one wins', async () => {
    const { engine } = await openFilm()
    const line = connectFrames(engine)
    const left: RegionShape = {
      kind: 'lasso',
      points: [
        [-1, -1],
        [0.5, -1],
        [0.5, 2],
        [-1, 2],
      ],
    }
    const { width, height, alpha } = await line.mask({ frame: 2, shape: left })
    expect(alpha.length).toBe(width * height)
    expect([alpha[0], alpha[width - 1]]).toEqual([255, 0])
    const inverted = await line.mask({ frame: 2, shape: left, inverted: true })
    expect([...inverted.alpha].every((value, i) => value === 255 - alpha[i]!)).toBe(true)
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => line.mask({ frame: 2, shape: left })))
    expect(answers.at(-1)!.status).toBe('fulfilled')
    expect(answers.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(10)
  })
})

describe('the cache and films that are not open', () => {
  it('can be limited and emptied, and says which frames have lost their colors', async () => {
    const { engine, colorize, messages } = await openFilm()
    await colorize('job', 'film', { from: 0, to: 9 })
    const { bytes } = await engine.calls.cache()
    expect(bytes).toBeGreaterThan(0)
    const limited = await engine.calls.cache(2_000_000_000)
    expect(limited.limitBytes).toBe(2_000_000_000)
    // Looking at what is there finishes the pack that is being written: it gets its small index.
    expect(limited.bytes - bytes).toBeGreaterThanOrEqual(0)
    expect(limited.bytes - bytes).toBeLessThan(4096)
    await engine.calls.clearCache()
    expect((await engine.calls.cache()).bytes).toBe(0)
    expect(messages).toContainEqual({ type: 'changed', footageId: 'film', from: 0, to: 9 })
    await colorize('again', 'film', { from: 0, to: 2 })
    expect(await engine.calls.coloredRanges('film')).toEqual([{ from: 0, to: 2 }])
    expect((await engine.calls.cache(1)).bytes).toBe(0)
    expect(messages).toContainEqual({ type: 'changed', footageId: 'film', from: 0, to: 2 })
  })

  it('is not outlived by what the engine has seen of it: a frame shows what was put there since', async () => {
    const { engine, colorize } = await openFilm()
    await colorize('job', 'film', { from: 0, to: 3 })
    const film = engine.film('film')
    const shown = async () => (await film.composition.base(film.view, 1, film.lumaSource(1)))!
    const { name, chroma } = await shown()
    await engine.calls.clearCache()
    const other = { chroma: { ...chroma, values: chroma.values.map(() => 0.25) }, confidence: 1 }
    film.store(name, 1, other)
    expect((await shown()).chroma.values.every((value) => Math.abs(value - 0.25) < 0.01)).toBe(true)
  })

  it('are told of without being opened', async () => {
    const { engine, path, folder } = await openFilm({ size: '130x70' })
    expect(await engine.calls.probe(path)).toMatchObject({ width: 130, height: 70, frameCount: 12 })
    await expect(engine.calls.probe(join(folder, 'gone.mkv'))).rejects.toMatchObject({ code: 'not-found' })
  })
})
