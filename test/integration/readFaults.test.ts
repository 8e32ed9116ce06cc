/** A film whose end is not its own: the disk goes away, a decoder is killed, the file changes while it is read. */
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import { IndexCache } from '../../electron/engine/reading/index/indexCache.ts'
import { decodeFrames } from '../../electron/engine/reading/decoding/decode.ts'
import { lookAtFilm } from '../../electron/engine/reading/opening/firstLook.ts'
import { resolveInput } from '../../electron/engine/reading/inputFile.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { createFrameReader } from '../../electron/engine/reading/decoding/reader.ts'
import type { SourceFrame } from '../../electron/engine/reading/footage.ts'
import { openFilmWriter } from '../../electron/engine/writing/encode.ts'
import { connectFrames } from '../material/frameLine.ts'
import { faultyFfmpeg, type FaultyFfmpeg, type ReadError } from '../material/faultyFfmpeg.ts'
import { drawFilm, ffmpeg, ffv1, longGopH264, type Film } from '../material/films.ts'
import { recolor } from '../material/recolor.ts'
import { startTestEngine, type TestEngine } from '../material/testEngine.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'
import { faultsCalls } from '../material/onlyOn.ts'

const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

const FRAMES = 60
let faulty: FaultyFfmpeg
/** 320 x 240, each frame about as large as any other. */
let film: string
beforeAll(async () => {
  faulty = await faultyFfmpeg(shared)
  film = await drawFilm(shared, 'film.mkv', { frames: FRAMES, size: '320x240', codec: ffv1 })
})

/** Leaves the running test out where its fault can't be made, and says why. */
const needsFailingReads = (skip: TestContext['skip']): void =>
  skip(!faulty.canFail, 'reads can not be made to fail here: there is no gcc, or ffmpeg loads no library')

const failed = { code: 'footage-changed', message: expect.stringContaining('could not be read to its end') as string }
/** The same as a job tells it. */
const failedJob = { state: 'failed', error: { code: failed.code, message: { pattern: failed.message } } }
const hash = ({ y }: SourceFrame): string =>
  createHash('md5')
    .update(new Uint8Array(y.buffer, y.byteOffset, y.byteLength))
    .digest('hex')

/** What a reading gives before it fails, and how it fails. */
async function readAll(
  tools: FaultyFfmpeg['tools'],
  path: string,
  checkedPixels?: number,
  onFrame: (n: number) => void = () => undefined,
): Promise<{ hashes: string[]; error: unknown }> {
  const footage = await openFootage(faulty.tools, path, checkedPixels === undefined ? {} : { checkedPixels })
  const hashes: string[] = []
  try {
    for await (const frame of decodeFrames(tools, footage, { from: 0, to: footage.info.frameCount })) {
      hashes.push(hash(frame))
      onFrame(frame.number)
    }
    return { hashes, error: null }
  } catch (error) {
    return { hashes, error }
  }
}

/** A film as it was opened, read while its disk fails from a share of its bytes on. */
async function readBroken(
  path: string,
  share: number,
  error: ReadError = 'EIO',
): Promise<{ hashes: string[]; error: unknown; whole: string[] }> {
  const { hashes: whole } = await readAll(faulty.tools, path)
  const footage = await openFootage(faulty.tools, path)
  const hashes: string[] = []
  faulty.breakReads(path, Math.floor(statSync(path).size * share), error)
  try {
    for await (const frame of decodeFrames(faulty.tools, footage, { from: 0, to: footage.info.frameCount }))
      hashes.push(hash(frame))
    return { hashes, error: null, whole }
  } catch (thrown) {
    return { hashes, error: thrown, whole }
  } finally {
    faulty.mendReads()
  }
}

describe('a read that fails midway', () => {
  const containers: Record<string, Film & { name: string }> = {
    'FFV1 in Matroska': { name: 'a.mkv', codec: ffv1 },
    'H.264 with B-frames in mp4': { name: 'b.mp4', codec: longGopH264, output: ['-movflags', '+faststart'] },
    'H.264 in a transport stream': { name: 'c.ts', codec: longGopH264 },
    'motion JPEG in AVI': { name: 'd.avi', codec: ['-c:v', 'mjpeg', '-q:v', '3'], pixelFormat: 'yuvj420p' },
    'MPEG-2 in MXF': { name: 'e.mxf', codec: ['-c:v', 'mpeg2video', '-b:v', '4M'], rate: '25' },
  }
  for (const [title, { name, ...more }] of Object.entries(containers)) {
    it(`is no end of the film: ${title}`, faultsCalls, async ({ skip }) => {
      needsFailingReads(skip)
      const path = await drawFilm(shared, name, { frames: FRAMES, size: '320x240', ...more })
      const { hashes, error, whole } = await readBroken(path, 0.6)
      expect(error).toMatchObject({ code: 'footage-changed' })
      expect(whole).toHaveLength(FRAMES)
      expect(hashes.length).toBeLessThan(FRAMES)
      // Not even the last one before the fault is half a picture, or another one's.
      expect(hashes).toEqual(whole.slice(0, hashes.length))
    })
  }

  for (const error of ['ESTALE', 'ETIMEDOUT', 'EACCES', 'ENODEV', 'ENXIO'] as const) {
    it(`is no end of the film: ${error}`, faultsCalls, async ({ skip }) => {
      needsFailingReads(skip)
      const { hashes, error: thrown } = await readBroken(film, 0.5, error)
      expect(thrown).toMatchObject(failed)
      expect(hashes.length).toBeLessThan(FRAMES)
    })
  }

  it(
    'does not make a movie file look cut off whose list of pictures lies at its end',
    faultsCalls,
    async ({ skip }) => {
      needsFailingReads(skip)
      const path = await drawFilm(shared, 'list-at-end.mov', { frames: FRAMES, size: '320x240', codec: longGopH264 })
      faulty.breakReads(path, Math.floor(statSync(path).size / 2))
      await expect(openFootage(faulty.tools, path)).rejects.toMatchObject(failed)
      faulty.mendReads()
      truncateSync(path, statSync(path).size - 100)
      await expect(openFootage(faulty.tools, path)).rejects.toMatchObject({ code: 'damaged' })
    },
  )

  it('keeps a film from opening, and no short index of it is remembered', faultsCalls, async ({ skip }) => {
    needsFailingReads(skip)
    const indexes = new IndexCache(join(workFolder(), 'indexes'))
    for (const checkedPixels of [0, 1e9]) {
      faulty.breakReads(film, Math.floor(statSync(film).size / 2))
      await expect(openFootage(faulty.tools, film, { indexes, checkedPixels })).rejects.toMatchObject(failed)
      faulty.mendReads()
      expect((await openFootage(faulty.tools, film, { indexes, checkedPixels })).info.frameCount).toBe(FRAMES)
    }
  })

  // The disk is back before the film is indexed: nobody else would notice.
  it('does not make one of several streams look shorter than another', faultsCalls, async ({ skip }) => {
    needsFailingReads(skip)
    const proxy = await drawFilm(shared, 'proxy.mkv', { frames: FRAMES, size: '160x120' })
    const path = join(shared, 'with-proxy.mkv')
    await ffmpeg(['-i', proxy, '-i', film, '-map', '0', '-map', '1', '-c', 'copy', path])
    const file = await resolveInput(path)
    faulty.breakReads(path, Math.floor(statSync(path).size / 2))
    onTestFinished(() => faulty.mendReads())
    await expect(lookAtFilm(faulty.tools, file, undefined)).rejects.toMatchObject(failed)
    faulty.mendReads()
    expect((await lookAtFilm(faulty.tools, file, undefined)).look.stream).toBe(1)
  })
})

describe('a film that changes while it is read', () => {
  for (const checkedPixels of [0, 1e9]) {
    it(`is cut short: the reading fails (${checkedPixels === 0 ? 'indexed from its packets' : 'decoded on opening'})`, async () => {
      const path = join(workFolder(), 'cut.mkv')
      copyFileSync(film, path)
      const { hashes, error } = await readAll(
        faulty.tools,
        path,
        checkedPixels,
        (n) => n === 2 && truncateSync(path, Math.floor(statSync(film).size * 0.7)),
      )
      expect(error).toMatchObject({ code: 'footage-changed' })
      expect(hashes.length).toBeLessThan(FRAMES)
    })
  }

  it('is replaced by another: the reading fails, also one that begins later', async () => {
    const folder = workFolder()
    const path = join(folder, 'film.mkv')
    copyFileSync(film, path)
    const footage = await openFootage(faulty.tools, path)
    copyFileSync(
      await drawFilm(folder, 'other.mkv', { frames: FRAMES, size: '320x240', filters: 'negate' }),
      join(folder, 'new.mkv'),
    )
    renameSync(join(folder, 'new.mkv'), path)
    await expect(decodeFrames(faulty.tools, footage, { from: 0, to: 5 }).next()).rejects.toMatchObject({
      code: 'footage-changed',
      message: expect.stringContaining('changed'),
    })
  })
})

describe('a decoder that is killed', () => {
  it('is no end of the film', async () => {
    const { hashes, error } = await readAll(
      faulty.tools,
      film,
      undefined,
      (n) => n === 2 && expect(faulty.killAll()).toBeGreaterThan(0),
    )
    expect(error).toMatchObject({ code: 'footage-changed' })
    expect(hashes.length).toBeLessThan(FRAMES)
  })

  it('is started again for a frame that is only looked at', async () => {
    const footage = await openFootage(faulty.tools, film)
    const reader = createFrameReader(faulty.tools, footage, 0)
    const first = hash(await reader.read(3))
    expect(faulty.killAll()).toBeGreaterThan(0)
    // What was in the pipe already comes first.
    for (let n = 4; n < FRAMES; n++) expect((await reader.read(n)).number).toBe(n)
    expect(hash(await reader.read(3))).toBe(first)
    await reader.close()
  })
})

describe('what an export carries over from the film', () => {
  const containers: Record<string, Film & { name: string }> = {
    Matroska: { name: 'sound.mkv', codec: ffv1, sound: ['-c:a', 'pcm_s16le'] },
    MP4: { name: 'sound.mp4', codec: longGopH264, sound: ['-c:a', 'aac'], output: ['-movflags', '+faststart'] },
    'a transport stream': { name: 'sound.ts', codec: longGopH264, sound: ['-c:a', 'mp2'] },
    AVI: { name: 'sound.avi', codec: ['-c:v', 'mjpeg', '-q:v', '3'], pixelFormat: 'yuvj420p', sound: ['-c:a', 'mp3'] },
  }
  const leftIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.includes('out.'))

  it.for(Object.entries(containers))(
    'is not given up in silence where its reading alone fails: %s',
    faultsCalls,
    async ([, { name, ...more }], { skip }) => {
      needsFailingReads(skip)
      const folder = workFolder()
      const path = await drawFilm(folder, name, { frames: FRAMES, size: '320x240', ...more })
      faulty.breakReads(path, Math.floor(statSync(path).size * 0.25), 'EIO', 'exports')
      onTestFinished(() => faulty.mendReads())
      await expect(recolor(path, join(folder, 'out.mkv'), 'ffv1-mkv', { tools: faulty.tools })).rejects.toMatchObject(
        failed,
      )
      expect(leftIn(folder)).toEqual([])
      faulty.mendReads()
      expect((await recolor(path, join(folder, 'out.mkv'), 'ffv1-mkv', { tools: faulty.tools })).warnings).toEqual([])
    },
  )

  it('is not given up where the film can not be read when it is looked at', faultsCalls, async ({ skip }) => {
    needsFailingReads(skip)
    const folder = workFolder()
    const path = await drawFilm(folder, 'sound.ts', {
      frames: FRAMES,
      size: '320x240',
      codec: longGopH264,
      sound: ['-c:a', 'mp2'],
    })
    const footage = await openFootage(faulty.tools, path)
    faulty.breakReads(path, 0)
    onTestFinished(() => faulty.mendReads())
    const target = join(folder, 'out.mkv')
    const opening = openFilmWriter(faulty.tools, { footage, target, format: 'ffv1-mkv', layout: footage.layout })
    await expect(opening).rejects.toMatchObject(failed)
    expect(leftIn(folder)).toEqual([])
  })

  it('is not taken from a film that was cut short when all pictures had come', async () => {
    const folder = workFolder()
    const path = await drawFilm(folder, 'sound.mkv', { frames: FRAMES, size: '320x240', sound: ['-c:a', 'pcm_s16le'] })
    const cut = (n: number): void =>
      void (n === FRAMES - 1 && truncateSync(path, Math.floor(statSync(path).size * 0.7)))
    await expect(recolor(path, join(folder, 'out.mkv'), 'ffv1-mkv', { onFrame: cut })).rejects.toMatchObject({
      code: 'footage-changed',
    })
    expect(leftIn(folder)).toEqual([])
  })

  it('may end early, or be damaged, in a whole film: that fails no export', async () => {
    const folder = workFolder()
    const whole = await drawFilm(folder, 'whole.mkv', { frames: FRAMES, size: '320x240' })
    const short = join(folder, 'short.mkv')
    await ffmpeg([
      '-i',
      whole,
      '-f',
      'lavfi',
      '-i',
      'sine=duration=1',
      '-map',
      '0',
      '-map',
      '1',
      '-c:v',
      'copy',
      '-c:a',
      'flac',
      short,
    ])
    expect((await recolor(short, join(folder, 'out.mkv'))).warnings).toEqual([])
    const cutOff = join(folder, 'cut.ts')
    const stream = await drawFilm(folder, 'stream.ts', {
      frames: FRAMES,
      size: '320x240',
      codec: longGopH264,
      sound: ['-c:a', 'mp2'],
    })
    writeFileSync(cutOff, readFileSync(stream).subarray(0, Math.floor(statSync(stream).size * 0.7)))
    expect((await recolor(cutOff, join(folder, 'out.mp4'), 'h264-mp4')).path).toBe(join(folder, 'out.mp4'))
  })
})

describe('a job', () => {
  /** An engine that uses the faulty ffmpeg, with the film opened. */
  async function open(folder: string, path: string): Promise<TestEngine> {
    const before = process.env.COLORNN_FFMPEG
    process.env.COLORNN_FFMPEG = faulty.tools.path
    onTestFinished(() => {
      if (before === undefined) delete process.env.COLORNN_FFMPEG
      else process.env.COLORNN_FFMPEG = before
    })
    const test = startTestEngine(folder)
    await test.open(path, 'film')
    return test
  }

  /** The U planes of all frames, one after another. */
  async function chroma(path: string): Promise<Buffer> {
    await ffmpeg(['-i', path, '-vf', 'extractplanes=u', '-f', 'rawvideo', `${path}.u`])
    return readFileSync(`${path}.u`)
  }

  const order = (jobId: string, target: string) =>
    ({ jobId, footageId: 'film', target, format: 'ffv1-mkv', overwrite: false }) as const

  it(
    'fails whose film can not be read on, leaves no film, keeps no colors and no cuts of what it did not see, and does all of it when the disk is back',
    faultsCalls,
    async ({ skip }) => {
      needsFailingReads(skip)
      const folder = workFolder()
      const test = await open(folder, film)
      const half = Math.floor(statSync(film).size / 2)
      faulty.breakReads(film, half)
      const out = join(folder, 'out.mkv')
      expect(await test.export(order('export', out))).toMatchObject(failedJob)
      expect(readdirSync(folder).filter((name) => name.includes('out.mkv'))).toEqual([])
      expect(await test.colorize('colorize', 'film')).toMatchObject(failedJob)
      await test.engine.calls.startFindShots({ jobId: 'shots', footageId: 'film' })
      expect(await test.ended('shots')).toMatchObject(failedJob)
      expect(await test.engine.calls.shots('film')).toBeNull()
      const colored = await test.engine.calls.coloredRanges('film')
      expect(Math.max(0, ...colored.map(({ to }) => to))).toBeLessThanOrEqual(FRAMES / 2 + 1)

      faulty.mendReads()
      const again = await test.export(order('again', out))
      expect(again).toMatchObject({ state: 'done', done: FRAMES })
      expect(again.notes ?? []).toEqual([])
      const fresh = await open(workFolder(), film)
      const control = join(folder, 'control.mkv')
      expect(await fresh.export(order('control', control))).toMatchObject({ state: 'done' })
      const [ours, theirs] = [await chroma(out), await chroma(control)]
      expect(ours.length).toBe(theirs.length)
      const ofFrame = ours.length / FRAMES
      for (let n = 0; n < FRAMES; n++) {
        let sum = 0
        for (let i = n * ofFrame; i < (n + 1) * ofFrame; i++) sum += Math.abs(ours[i]! - theirs[i]!)
        expect(sum / ofFrame, `frame ${n}`).toBeLessThan(1)
      }
    },
  )

  it('is not the only one whose decoder is killed: thumbnails and frames in view come all the same, or say so, and are right', async () => {
    const folder = workFolder()
    const path = join(folder, 'film.mkv')
    copyFileSync(film, path)
    const asked = Array.from({ length: 20 }, (_, n) => (n * 7) % FRAMES)
    const pictures = async ({ engine }: TestEngine): Promise<(string | null)[]> => {
      const line = connectFrames(engine)
      const answers: (string | null)[] = []
      for (const [n, frame] of asked.entries()) {
        const answer = await line.ask(n % 2 === 0 ? { frame, slot: 'thumb', maxSide: 40 } : { frame })
        if (answer.type === 'failed') expect(answer.error).toMatchObject({ code: 'footage-changed' })
        answers.push(answer.type === 'frame' ? createHash('md5').update(answer.luma).digest('hex') : null)
      }
      return answers
    }
    const test = await open(folder, path)
    const killing = setInterval(() => faulty.killAll(), 15)
    const meanwhile = await pictures(test).finally(() => clearInterval(killing))
    const right = await pictures(test)
    expect(right).toEqual(await pictures(await open(workFolder(), film)))
    expect(new Set(right).size).toBeGreaterThan(asked.length / 2)
    for (const [n, answer] of meanwhile.entries()) expect([null, right[n]], `frame ${asked[n]}`).toContain(answer)
  })

  it('fails whose decoder is killed, and whose film is cut short meanwhile', async () => {
    const folder = workFolder()
    const path = join(folder, 'film.mkv')
    copyFileSync(film, path)
    const test = await open(folder, path)
    const isFar = (done: number): boolean =>
      test.messages.some((message) => message.type === 'progress' && message.progress.done >= done)
    const colorizing = test.colorize('colorize', 'film')
    while (!isFar(2)) await new Promise((resolve) => setTimeout(resolve, 5))
    faulty.killAll()
    expect(await colorizing).toMatchObject({ state: 'failed', error: { code: 'footage-changed' } })
    expect(await test.engine.calls.coloredRanges('film')).not.toEqual([{ from: 0, to: FRAMES }])
    expect(await test.colorize('again', 'film')).toMatchObject({ state: 'done' })
    expect(await test.engine.calls.coloredRanges('film')).toEqual([{ from: 0, to: FRAMES }])

    const exporting = test.export(order('export', join(folder, 'out.mkv')))
    truncateSync(path, Math.floor(readFileSync(path).length / 3))
    expect(await exporting).toMatchObject({ state: 'failed', error: { code: 'footage-changed' } })
    expect(readdirSync(folder).filter((name) => name.includes('out.mkv'))).toEqual([])
  })
})
