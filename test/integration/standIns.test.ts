/** Small pictures that stand in for far frames: how they are made, kept, and shown. */
import { readdirSync, readFileSync, truncateSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StandInReply } from '../../electron/contract/frames.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { logRuns } from '../../electron/engine/ffmpeg/runFfmpeg.ts'
import type { Film } from '../../electron/engine/film/film.ts'
import { STAND_IN_REACH } from '../../electron/engine/film/standIns.ts'
import { serveFrames } from '../../electron/engine/frames/framePort.ts'
import { decodeFrames } from '../../electron/engine/reading/decoding/decode.ts'
import { decodeSmall } from '../../electron/engine/reading/decoding/decodeSmall.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { createFrameReader } from '../../electron/engine/reading/decoding/reader.ts'
import { FrameSource, type FramesPort } from '../../renderer/state/frameSource.ts'
import { drawFilm } from '../material/films.ts'
import { drawNumberedFilm, groupsOf, lumasOf, numberIn } from '../material/numberedFilm.ts'
import { startTestEngine, type TestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

/** Opens a film and looks it through. */
async function lookThrough(test: TestEngine, path: string): Promise<Film> {
  await test.open(path, path)
  await test.engine.calls.startFindShots({ jobId: path, footageId: path })
  expect((await test.ended(path)).state).toBe('done')
  return test.engine.film(path)
}

async function startWithWindow(folder: string): Promise<TestEngine> {
  const test = startTestEngine(folder)
  await test.engine.windowIsThere()
  return test
}

/** What stands in for each frame. */
function standInsOf(film: Film): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>()
  for (let frame = 0; frame < film.info.frameCount; frame++) {
    const standIn = film.standIns.near(frame)
    if (!standIn) continue
    expect(Math.abs(standIn.of - frame)).toBeLessThanOrEqual(STAND_IN_REACH)
    found.set(standIn.of, standIn.jpeg)
  }
  return found
}

async function numbersOf(film: Film): Promise<number[]> {
  const numbers: number[] = []
  const { frameCount } = film.info
  for await (const { y, layout } of decodeFrames(film.tools, film.footage, { from: 0, to: frameCount }))
    numbers.push(numberIn(y, layout.width, layout.height))
  return numbers
}

describe('a stand-in', () => {
  it('shows a frame that is near, of all kinds of films', async () => {
    const folder = workFolder()
    const test = await startWithWindow(folder)
    const gaps = ["select='gt(mod(n,7),1)*not(between(n,200,240))'", 'setpts=PTS+5/TB']
    const films: [string, Partial<Parameters<typeof drawNumberedFilm>[2]>, cut?: number][] = [
      ['groups.mp4', { codec: groupsOf(250) }],
      ['late, with gaps, at a rate that varies.mkv', { filters: gaps }],
      ['transport stream.ts', { codec: groupsOf(250), output: ['-f', 'mpegts'] }],
      ['one group, cut off.mkv', {}, 0.8],
    ]
    for (const [name, drawn, cut] of films) {
      const path = await drawNumberedFilm(folder, name, { frames: 360, codec: groupsOf(9999), ...drawn })
      if (cut !== undefined) truncateSync(path, Math.floor(statSync(path).size * cut))
      const film = await lookThrough(test, path)
      const numbers = await numbersOf(film)
      const standIns = standInsOf(film)
      expect(standIns.size, name).toBeGreaterThanOrEqual(Math.floor(film.info.frameCount / 24))
      const lumas = await lumasOf([...standIns.values()], 352, 180)
      const shown = lumas.map((luma) => numberIn(luma, 352, 180))
      expect(shown, name).toEqual([...standIns.keys()].map((of) => numbers[of]))
      expect(new Set(numbers).size, name).toBeGreaterThan(200)
    }
  })

  it('is as bright as the frame, of whatever samples', async () => {
    const folder = workFolder()
    const test = await startWithWindow(folder)
    const codec = ['-c:v', 'ffv1', '-level', '3', '-g', '300', '-context', '1']
    for (const [pixelFormat, range] of [
      ['gray', 'limited'],
      ['gray10le', 'limited'],
      ['yuv420p', 'limited'],
      ['yuv420p', 'full'],
      ['bgr0', undefined],
    ] as const) {
      const name = `${pixelFormat} ${range}.mkv`
      const path = await drawFilm(folder, name, { frames: 60, pixelFormat, codec, ...(range && { range }) })
      const film = await lookThrough(test, path)
      const { of, jpeg } = film.standIns.near(36)!
      const { luma } = (await connect(test).source.view(path, of, 4096))!
      const [standIn] = await lumasOf([jpeg], 96, 64)
      const mean = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
      expect(Math.abs(mean(luma) - mean(standIn!)), name).toBeLessThan(1)
      const apart = luma.reduce((sum, value, n) => sum + Math.abs(value - standIn![n]!), 0) / luma.length
      expect(apart, name).toBeLessThan(6)
    }
  })

  it('changes nothing of what shots are found by', async () => {
    const path = await drawFilm(workFolder(), 'film.mp4', { frames: 90, size: '320x240', codec: groupsOf(250) })
    const tools = await locateFfmpeg()
    const footage = await openFootage(tools, path)
    const small = async (standIns?: () => void): Promise<string> => {
      const values: Float32Array[] = []
      for await (const frame of decodeSmall(tools, footage, { from: 0, to: 90 }, { standIns }))
        values.push(frame.values, frame.chroma!.u, frame.chroma!.v)
      return Buffer.concat(values.map((each) => Buffer.from(each.buffer))).toString('base64')
    }
    let count = 0
    const beside = await small(() => void count++)
    expect(count).toBe(8)
    expect(beside === (await small())).toBe(true)
  })

  it('is not made where there is no window, nor of a film whose pictures are all keyframes', async () => {
    const folder = workFolder()
    const test = startTestEngine(folder)
    const far = await drawNumberedFilm(folder, 'far.mkv', { frames: 90, codec: groupsOf(250) })
    expect(standInsOf(await lookThrough(test, far)).size).toBe(0)
    await test.engine.windowIsThere()
    expect(standInsOf(await lookThrough(test, await drawFilm(folder, 'intra.mkv', { frames: 90 }))).size).toBe(0)
  })

  it('is there at the next opening, counts in the cache, and goes with it; a damaged one is none', async () => {
    const folder = workFolder()
    const path = await drawNumberedFilm(folder, 'film.mkv', { frames: 240, codec: groupsOf(250) })
    const first = await startWithWindow(folder)
    const made = standInsOf(await lookThrough(first, path))
    expect(made.size).toBe(20)
    await first.engine.shutdown()
    const pack = join(
      folder,
      'cache',
      readdirSync(join(folder, 'cache')).find((name) => name.endsWith('.colors'))!,
    )
    const bytes = readFileSync(pack)
    const harmed = [...made.keys()][3]!
    const at = bytes.indexOf(Buffer.from(made.get(harmed)!)) + 500
    bytes[at] = bytes[at]! ^ 255
    writeFileSync(pack, bytes)
    const { engine, open } = startTestEngine(folder)
    await open(path, 'film')
    const kept = standInsOf(engine.film('film'))
    made.delete(harmed)
    expect(kept).toEqual(made)
    const size = [...made.values()].reduce((sum, jpeg) => sum + jpeg.length, 0)
    expect((await engine.calls.cache()).bytes).toBeGreaterThan(size)
    await engine.calls.cache(1)
    expect(standInsOf(engine.film('film')).size).toBe(0)
    expect((await connect({ engine }).source.view('film', 200, 4096))?.frame).toBe(200)
  })
})

/** The page's end of the line. */
function connect({ engine }: Pick<TestEngine, 'engine'>): { source: FrameSource; messages: { type: string }[] } {
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => port1.close())
  serveFrames(port2, engine)
  const messages: { type: string }[] = []
  const port: FramesPort = {
    postMessage: (message) => port1.postMessage(message),
    start: () => undefined,
    close: () => port1.close(),
    onmessage: null,
  }
  port1.on('message', (data: { type: string }) => {
    messages.push(data)
    port.onmessage?.({ data } as MessageEvent)
  })
  const source = new FrameSource()
  source.connect(port)
  return { source, messages }
}

/** Counts the ffmpegs that are started while the running test lasts. */
function countStarts(): () => number {
  let count = 0
  logRuns({
    begin: () => {
      count++
      return { heard: () => undefined, ended: () => undefined }
    },
  })
  onTestFinished(() => logRuns({ begin: () => ({ heard: () => undefined, ended: () => undefined }) }))
  return () => count
}

describe('a far jump', () => {
  it('shows a stand-in and then the frame; dragging begins few decodes and ends with the exact frame', async () => {
    const folder = workFolder()
    const test = await startWithWindow(folder)
    const path = await drawNumberedFilm(folder, 'film.mkv', { frames: 1200, codec: groupsOf(9999) })
    const film = await lookThrough(test, path)
    const { source, messages } = connect(test)
    const seen: StandInReply[] = []
    const view = (frame: number) => source.view(path, frame, 4096, undefined, (reply) => seen.push(reply))
    await view(0)
    const far = await view(1190)
    expect(seen.map(({ frame }) => frame)).toEqual([1190])
    expect(Math.abs(seen[0]!.of - 1190)).toBeLessThanOrEqual(STAND_IN_REACH)
    expect(numberIn(far!.luma, far!.width, far!.height)).toBe(1190)
    const starts = countStarts()
    const replies: Promise<{ frame: number } | null>[] = []
    for (let n = 0; n < 20; n++) {
      replies.push(view(930 - 30 * n))
      await new Promise((resolve) => setTimeout(resolve, 16))
    }
    const last = await source.view(path, 337, 4096, undefined, (reply) => seen.push(reply))
    expect(numberIn(last!.luma, last!.width, last!.height)).toBe(337)
    expect((await Promise.all(replies)).filter((reply) => reply !== null).length).toBeLessThanOrEqual(2)
    expect(starts()).toBeLessThanOrEqual(3)
    expect(new Set(seen.map(({ frame }) => frame)).size).toBeGreaterThan(10)
    // What is near, and whoever does not ask for it, gets the frame alone.
    messages.length = 0
    for (const frame of [338, 339, 336]) await view(frame)
    await source.view(path, 20, 4096)
    expect(messages.map(({ type }) => type)).toEqual(['frame', 'frame', 'frame', 'frame'])

    // A decode is given up at once for another frame, and goes on for one that lies on its way.
    const reader = createFrameReader(film.tools, film.footage, 0)
    const before = starts()
    const giveUp = new AbortController()
    const given = reader.read(900, giveUp.signal)
    setTimeout(() => giveUp.abort(), 60)
    await expect(given).rejects.toThrow()
    const onward = await reader.read(905)
    expect(numberIn(onward.y, 352, 180)).toBe(905)
    expect(starts()).toBe(before + 1)
    const again = new AbortController()
    const late = reader.read(1198, again.signal)
    again.abort()
    await expect(late).rejects.toThrow()
    const back = await reader.read(12)
    expect(numberIn(back.y, 352, 180)).toBe(12)
    await reader.close()
  })
})
