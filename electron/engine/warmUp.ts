/** Runs what an artist's first edit needs once, so that it is ready by then: the first run takes many times as long. */
import type { HintOperation } from '../contract/operations.ts'
import type { ColorModel } from './network/networks.ts'
import { applyOperations } from './overrides/applyOperations.ts'

/** After the start-up, which is in more of a hurry. */
const AFTER_MS = 1500
const ROUNDS = 3

const stroke: HintOperation = {
  id: 'warm-up',
  enabled: true,
  type: 'hint',
  kind: 'color',
  color: { u: 0.1, v: -0.1 },
  points: [
    [0.2, 0.2],
    [0.6, 0.7],
  ],
  radius: 0.02,
}

let done = false

const sizes = new Set<string>()

/**
 * Lets the color model see one picture of a film's size, once a process.
 * @param afterMs where something else is in more of a hurry
 */
export function warmUpColorModel(model: ColorModel, width: number, height: number, afterMs = AFTER_MS): void {
  const size = `${width} x ${height}`
  if (sizes.has(size)) return
  sizes.add(size)
  const run = async (): Promise<void> => {
    try {
      await model.color({ width, height, values: new Float32Array(width * height) })
    } catch {
      // Whoever needs the color model will hear of it.
    }
  }
  setTimeout(() => void run(), afterMs).unref()
}

/** Compiles the spreading of strokes, once a process. @param shortSide of the networks' picture */
export function warmUpStrokes(shortSide: number): void {
  if (done) return
  done = true
  let round = 0
  const run = (): void => {
    const [width, height] = [shortSide, shortSide]
    const luma = {
      width,
      height,
      values: Float32Array.from(
        { length: width * height },
        (_, i) => 0.5 + 0.4 * Math.sin((i % width) / 9) * Math.cos(i / width / 7),
      ),
    }
    const chroma = { width: width >> 1, height: height >> 1, values: new Float32Array((width * height) / 2) }
    applyOperations(luma, chroma, [stroke], { aspect: 1, pictures: new Map() })
    // In between, messages are handled.
    if (++round < ROUNDS) setTimeout(run, 20).unref()
  }
  setTimeout(run, AFTER_MS).unref()
}
