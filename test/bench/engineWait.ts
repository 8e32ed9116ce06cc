/** How long an engine at work takes to begin with something else that is asked of it: a viewer's frame, an edit. */
import { setTimeout as passed } from 'node:timers/promises'
import type { BenchEngine } from './runJob.ts'

export interface EngineWait {
  readonly frames: number
  readonly medianMs: number
  readonly worstMs: number
}

const ASKED_EVERY_MS = 40

/** Of a question that takes no time to answer, asked again and again while a film is colored. */
export async function measureEngineWait(engine: BenchEngine, film: string): Promise<EngineWait> {
  const footageId = 'wait'
  const { frameCount } = await engine.open(film, footageId)
  let isDone = false
  const waits: number[] = []
  const run = engine.run({ kind: 'colorize', footageId, frameCount }).finally(() => (isDone = true))
  run.catch(() => undefined)
  while (!isDone) {
    const asked = performance.now()
    await engine.client.call('coloredRanges', footageId)
    waits.push(performance.now() - asked)
    await passed(ASKED_EVERY_MS)
  }
  const { frames } = await run
  waits.sort((a, b) => a - b)
  return { frames, medianMs: waits[waits.length >> 1]!, worstMs: waits.at(-1)! }
}
