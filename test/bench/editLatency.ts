/** From an edit to the picture that shows it: what an artist waits for at each move of the hand. */
import { MessageChannel } from 'node:worker_threads'
import type { FilmEdits } from '../../electron/contract/filmEdits.ts'
import type { FrameAnswer, FrameRequest } from '../../electron/contract/frames.ts'
import type { HintOperation } from '../../electron/contract/operations.ts'
import { Engine } from '../../electron/engine/engine.ts'
import { serveFrames } from '../../electron/engine/frames/framePort.ts'
import type { Folders } from './runJob.ts'

const STROKES = 5
const ROUNDS = 20
/** The window does not send its first edit sooner either: the engine makes ready meanwhile. */
const SETTLE_MS = 3000

export interface EditLatency {
  readonly width: number
  readonly height: number
  /** Of the very first edit, on a frame without any color. */
  readonly firstMs: number
  readonly medianMs: number
  readonly worstMs: number
}

function strokes(round: number): HintOperation[] {
  return Array.from({ length: STROKES }, (_, n) => ({
    id: `${n}`,
    enabled: true,
    type: 'hint',
    kind: 'color',
    color: { u: 0.1 * n - 0.2, v: 0.2 - 0.1 * n },
    points: Array.from(
      { length: 40 + round },
      (_, i) => [0.1 + 0.15 * n + 0.003 * i, 0.2 + 0.1 * n + 0.002 * i] as [number, number],
    ),
    radius: 0.02,
  }))
}

/** Draws the last of five strokes on, step by step, and waits for the frame each time. */
export async function measureEditLatency(folders: Omit<Folders, 'engineFile'>, film: string): Promise<EditLatency> {
  const engine = new Engine(
    { COLORNN_CACHE: folders.cache, COLORNN_WEIGHTS: folders.weights, COLORNN_CACHE_LIMIT: '' },
    () => undefined,
  )
  const { port1, port2 } = new MessageChannel()
  try {
    serveFrames(port2, engine)
    await engine.windowIsThere()
    const { width, height, frameCount } = await engine.calls.openFootage(film, 'film')
    const frame = frameCount >> 1
    let requestId = 0
    const picture = (): Promise<void> =>
      new Promise((resolve, reject) => {
        const request: FrameRequest = {
          type: 'frame',
          requestId: ++requestId,
          footageId: 'film',
          frame,
          maxSide: 1600,
          slot: 'view',
        }
        port1.once('message', (answer: FrameAnswer) =>
          answer.type === 'frame' ? resolve() : reject(new Error(JSON.stringify(answer))),
        )
        port1.postMessage(request)
      })
    await picture()
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const edits: FilmEdits = {
        complete: false,
        frames: [[frame, { base: { kind: 'automatic' }, operations: strokes(round), pinned: false }]],
        pictures: {},
      }
      const started = performance.now()
      await engine.calls.setEdits('film', edits)
      await picture()
      times.push(performance.now() - started)
    }
    const [firstMs = NaN, ...later] = times
    const sorted = later.sort((a, b) => a - b)
    return { width, height, firstMs, medianMs: sorted[sorted.length >> 1] ?? NaN, worstMs: sorted.at(-1) ?? NaN }
  } finally {
    port1.close()
    await engine.shutdown()
  }
}
