import { describe, expect, it, onTestFinished } from 'vitest'
import type { PixelLayout, Plane } from '../picture/pixelLayout.ts'
import { FrameComposer } from '../chroma/composeFrame.ts'
import { ComposeThread } from './composeThread.ts'

const layout: PixelLayout = {
  width: 90,
  height: 61,
  sampling: '420',
  bitDepth: 10,
  range: 'limited',
  matrix: 'bt709',
  ffmpegName: 'yuv420p10le',
}
const sizes = { layout, networkWidth: 64, networkHeight: 32 }

/** A picture of waves, another one for each number. */
const luma = (n: number) => ({
  width: 64,
  height: 32,
  values: Float32Array.from({ length: 64 * 32 }, (_, i) => 0.5 + 0.4 * Math.sin(i / (5 + n))),
})
const chroma = (n: number) => ({
  width: 32,
  height: 16,
  values: Float32Array.from({ length: 2 * 32 * 16 }, (_, i) => 0.3 * Math.cos(i / (9 + n))),
})
const plane = (n: number): Plane =>
  Uint16Array.from({ length: layout.width * layout.height }, (_, i) => 500 + 300 * Math.sin(i / (7 + n)))

describe('composing on a thread of its own', () => {
  it('gives the very planes that composing here gives, frame after frame', async () => {
    const thread = new ComposeThread(sizes)
    onTestFinished(() => thread.close())
    const composer = new FrameComposer(sizes)
    const made = await Promise.all(
      [0, 1, 2, 3].map((n) => {
        const [u, v] = composer.allocate()
        return thread.compose(luma(n), chroma(n), { y: plane(n), u, v })
      }),
    )
    made.forEach((planes, n) => {
      const [u, v] = composer.allocate()
      composer.compose(plane(n), luma(n), chroma(n), u, v)
      expect(planes).toEqual({ y: plane(n), u, v })
    })
  })

  it('fails when the thread is gone, for what waits and for what comes later', async () => {
    const thread = new ComposeThread(sizes)
    const composer = new FrameComposer(sizes)
    const ask = (): Promise<unknown> => {
      const [u, v] = composer.allocate()
      return thread.compose(luma(0), chroma(0), { y: plane(0), u, v })
    }
    const waiting = ask()
    waiting.catch(() => undefined)
    await thread.close()
    await expect(waiting).rejects.toThrow(/ended/)
    await expect(ask()).rejects.toThrow(/ended/)
  })
})
