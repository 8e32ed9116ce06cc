/** Runs what an artist's first stroke needs once, so that it is compiled by then: the first run takes several times as long. */
import type { HintOperation } from '../contract/operations.ts'
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
  points: [[0.2, 0.2], [0.6, 0.7]],
  radius: 0.02,
}

let done = false

/** Once a process. @param shortSide of the networks' picture */
export function warmUp(shortSide: number): void {
  if (done) return
  done = true
  let round = 0
  const run = (): void => {
    const [width, height] = [shortSide, shortSide]
    const luma = { width, height, values: Float32Array.from({ length: width * height }, (_, i) => 0.5 + 0.4 * Math.sin(i % width / 9) * Math.cos(i / width / 7)) }
    const chroma = { width: width >> 1, height: height >> 1, values: new Float32Array((width * height) / 2) }
    applyOperations(luma, chroma, [stroke], { aspect: 1, pictures: new Map() })
    // In between, messages are handled.
    if (++round < ROUNDS) setTimeout(run, 20).unref()
  }
  setTimeout(run, AFTER_MS).unref()
}
