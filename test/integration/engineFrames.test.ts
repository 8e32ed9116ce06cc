/** The window's line for pixels, over a real MessagePort. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, vi } from 'vitest'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { connectFrames, type FrameLine } from '../material/frameLine.ts'
import { commandOf, descendantsOf } from '../material/processes.ts'
import { startTestEngine, type TestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

async function openFilm(
  film: Parameters<typeof drawFilm>[2] = {},
): Promise<{ test: TestEngine; line: FrameLine; folder: string; path: string }> {
  const folder = workFolder()
  const path = await drawFilm(folder, 'film.mkv', film)
  const test = startTestEngine(folder)
  await test.open(path, 'film')
  return { test, line: connectFrames(test.engine), folder, path }
}

/** Half of the steps take no longer: in ms. */
async function usualStep(line: FrameLine, frames: readonly number[]): Promise<number> {
  const times: number[] = []
  for (const frame of frames) {
    const started = performance.now()
    expect((await line.picture({ frame })).frame).toBe(frame)
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** The children that decode a file. */
const decodersOf = (path: string): string[][] =>
  descendantsOf(process.pid)
    .map(commandOf)
    .filter((words) => words.some((word) => word.includes(path)))

describe('frames for the window', () => {
  it('come as soon in a film of forty thousand frames with one keyframe as in any other, on and back, also after a jump', async () => {
    const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-x264-params', 'keyint=infinite:scenecut=0:bframes=0']
    const { line, test } = await openFilm({ frames: 40_000, size: '64x48', filters: 'hue=s=0', codec })
    expect(test.engine.film('film').footage.index.seekable.reduce((sum, key) => sum + key, 0)).toBe(1)
    const control = await openFilm({
      frames: 60,
      size: '64x48',
      filters: 'hue=s=0',
      codec: ['-c:v', 'libx264', '-g', '12'],
    })
    const steps = (from: number): number[] => [
      ...Array.from({ length: 15 }, (_, n) => from + n),
      ...Array.from({ length: 15 }, (_, n) => from + 13 - n),
    ]
    await control.line.picture({ frame: 20 })
    const usual = await usualStep(control.line, steps(20))
    for (const from of [20, 39_500, 12_000]) {
      // The way there is long once.
      await line.picture({ frame: from - 1 })
      expect(await usualStep(line, steps(from))).toBeLessThan(Math.max(150, 3 * usual))
    }
  })

  it("are the film's own luma at full range, whole when there is room", async () => {
    const { line, path, folder } = await openFilm({ frames: 6, pixelFormat: 'gray', range: 'full' })
    const reply = await line.picture({ frame: 4 })
    expect([reply.width, reply.height, reply.frame]).toEqual([96, 64, 4])
    expect(reply.seconds).toBeCloseTo(4 / 24, 2)
    await ffmpeg([
      '-i',
      `file:${path}`,
      '-vf',
      "select='eq(n,4)'",
      '-frames:v',
      '1',
      '-f',
      'rawvideo',
      join(folder, 'raw'),
    ])
    const { readFileSync } = await import('node:fs')
    expect(Buffer.from(reply.luma).equals(readFileSync(join(folder, 'raw')))).toBe(true)
    expect(reply.coloring).toBeNull()
    expect(reply.sourceChroma).toBeNull()
  })

  it('are stretched from limited range and made smaller when asked', async () => {
    const { line } = await openFilm({ frames: 2, pixelFormat: 'yuv420p10le', range: 'limited' })
    const reply = await line.picture({ maxSide: 48 })
    expect([reply.width, reply.height]).toEqual([48, 32])
    expect(Math.max(...reply.luma)).toBeGreaterThan(200)
    // Drawn in color, so it counts as a tinted print.
    expect(reply.sourceChroma?.samples.length).toBe(2 * 24 * 16)
  })

  it('bring their coloring once they are colored, and a new version when it changes', async () => {
    const { test, line, folder } = await openFilm({ frames: 3 })
    expect((await line.picture({ frame: 1 })).coloring).toBeNull()
    await test.colorize('job', 'film')
    const { coloring } = await line.picture({ frame: 1 })
    expect(coloring).toMatchObject({ width: 48, height: 32, pinned: false })
    expect(coloring!.coefficients.length).toBe(48 * 32 * 4)
    expect((await line.picture({ frame: 1 })).coloring!.version).toBe(coloring!.version)
    const thumb = (await line.picture({ frame: 1, slot: 'thumb', maxSide: 32 })).coloring!
    expect(thumb.coefficients.length).toBe(24 * 16 * 4)
    const picture = join(folder, 'pin.png')
    await ffmpeg(['-f', 'lavfi', '-i', 'color=c=teal:s=96x64', '-frames:v', '1', `file:${picture}`])
    await test.sketch('film', { keyframes: [{ frame: 1, picturePath: picture }] })
    const pinned = (await line.picture({ frame: 1 })).coloring!
    expect(pinned).toMatchObject({ pinned: true, confidence: null })
    expect(pinned.version).not.toBe(coloring!.version)
    expect((await line.picture({ frame: 0 })).coloring).toBeNull()
  })

  it('go to the latest request of the viewer; those it overtakes are told so', async () => {
    const { line } = await openFilm({ frames: 40 })
    const answers = await Promise.all(Array.from({ length: 30 }, (_, frame) => line.ask({ frame })))
    expect(answers.at(-1)).toMatchObject({ type: 'frame', frame: 29 })
    const dropped = answers.filter(({ type }) => type === 'dropped').length
    expect(dropped).toBeGreaterThan(20)
    expect(answers.every(({ type }) => type !== 'failed')).toBe(true)
    const thumbs = await Promise.all([3, 17, 30].map((frame) => line.ask({ frame, slot: 'thumb', maxSide: 64 })))
    expect(thumbs.map((answer) => answer.type === 'frame' && answer.frame)).toEqual([3, 17, 30])
  })

  it('are exact in any order', async () => {
    const { line } = await openFilm({ frames: 40, codec: ['-c:v', 'libx264', '-g', '12', '-bf', '3'] })
    const forward: string[] = []
    for (let frame = 0; frame < 40; frame++)
      forward.push(Buffer.from((await line.picture({ frame })).luma).toString('base64'))
    expect(new Set(forward).size).toBe(40)
    for (const frame of [39, 38, 37, 5, 21, 20, 0])
      expect(Buffer.from((await line.picture({ frame })).luma).toString('base64')).toBe(forward[frame])
  })

  it('that come again are those that came first, at every size', async () => {
    const { test, line } = await openFilm({ frames: 8 })
    await test.colorize('job', 'film')
    const asked = [
      { frame: 1, maxSide: 96 },
      { frame: 1, maxSide: 48 },
      { frame: 6, maxSide: 48 },
      { frame: 6, maxSide: 96 },
    ]
    const seen = async (): Promise<unknown[]> => {
      const all: unknown[] = []
      for (const each of asked) {
        const { frame, width, height, luma, coloring } = await line.picture(each)
        all.push([
          frame,
          width,
          height,
          Buffer.from(luma).toString('base64'),
          coloring && [coloring.version, Array.from(coloring.coefficients.slice(0, 400))],
        ])
      }
      return all
    }
    const first = await seen()
    expect(new Set(first.map((one) => JSON.stringify(one))).size).toBe(4)
    expect(await seen()).toEqual(first)
  })

  it('fail with a sentence when the film is closed', async () => {
    const { test, line } = await openFilm({ frames: 2 })
    await test.engine.calls.closeFootage('film')
    expect(await line.ask({ frame: 0 })).toMatchObject({ type: 'failed', error: { code: 'not-found' } })
  })

  it('leave nothing in memory, and no decoder, of a film that was closed while the window goes on', async () => {
    const { test, line, path } = await openFilm({ frames: 300, size: '320x240' })
    const asked = { maxSide: 320, frame: 3 }
    for (const slot of ['view', 'thumb'] as const) await line.picture({ ...asked, slot })
    expect(decodersOf(path)).toHaveLength(2)
    const film = new WeakRef(test.engine.film('film'))
    await test.engine.calls.closeFootage('film')
    expect(decodersOf(path)).toEqual([])
    await vi.waitFor(() => {
      collectGarbage()
      expect(film.deref()).toBeUndefined()
    }, 10_000)
    await test.open(path, 'film')
    expect((await line.picture({ ...asked, slot: 'thumb' })).frame).toBe(3)
  })

  it.each(['view', 'thumb'] as const)(
    'that are being made when their film is closed are not waited for: %s',
    async (slot) => {
      const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '4000']
      const { test, line, path } = await openFilm({ frames: 3000, size: '320x240', codec })
      const coming = line.ask({ frame: 2990, slot, maxSide: 64 })
      await vi.waitFor(() => expect(decodersOf(path)).toHaveLength(1), { timeout: 10_000, interval: 1 })
      await test.engine.calls.closeFootage('film')
      expect(await coming).toMatchObject({ type: 'dropped' })
    },
  )

  it('arrive while a job is running', async () => {
    const { test, line } = await openFilm({ frames: 120, size: '320x240' })
    await test.engine.calls.startColorize({ jobId: 'job', footageId: 'film', ranges: [{ from: 0, to: 120 }] })
    for (let frame = 60; frame < 66; frame++) expect((await line.picture({ frame })).frame).toBe(frame)
    expect(test.messages.some((message) => message.type === 'progress' && message.progress.state === 'done')).toBe(
      false,
    )
    await test.engine.calls.cancelJob('job')
  })

  it('do not wait for a thumbnail that takes its time', async () => {
    const { line } = await openFilm({ frames: 400, size: '320x240' })
    await line.picture({ frame: 0 })
    const order: string[] = []
    const far = line.picture({ frame: 390, slot: 'thumb', maxSide: 64 }).then(() => order.push('thumbnail'))
    const kept = line.picture({ frame: 0 }).then(() => order.push('viewer'))
    await Promise.all([far, kept])
    expect(order).toEqual(['viewer', 'thumbnail'])
  })

  it('keep their thumbnails: once colored they need no decoder', async () => {
    const { test, line, path } = await openFilm({ frames: 3 })
    const thumb = { frame: 1, slot: 'thumb', maxSide: 32 } as const
    const gray = await line.picture(thumb)
    await test.colorize('job', 'film')
    await rm(path)
    const colored = await line.picture(thumb)
    expect([...colored.luma]).toEqual([...gray.luma])
    expect(colored.coloring).not.toBeNull()
    expect(await line.ask({ ...thumb, frame: 0 })).toMatchObject({ type: 'failed' })
  })
})
