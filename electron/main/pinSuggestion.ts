/** Where a new pin would help most, by what the engine has measured. */
import type { FrameRange } from '../contract/schemas.ts'
import { smoothConfidence } from '../contract/smoothConfidence.ts'
import { suggestNextPin, type PinSuggestion } from '../project/passes/suggestPin.ts'
import type { Studio } from './studio.ts'

/** @param range what to look at; all of the film if left out */
export async function suggestPin(
  { clips, engine }: Pick<Studio, 'clips' | 'engine'>,
  id: string,
  range?: FrameRange,
): Promise<PinSuggestion | null> {
  await clips.settled(id)
  const clip = clips.clip(id)
  // A film that became shorter while it was open has measures as far as it goes.
  const end = Math.min(clip.frameCount, (await clips.info(id)).frameCount)
  const asked = { from: range?.from ?? 0, to: Math.min(range?.to ?? end, end) }
  if (asked.from >= asked.to) return null
  const { confidence } = await engine.call('measures', id, asked)
  const all = new Float32Array(clip.frameCount).fill(Number.NaN)
  all.set(smoothConfidence(confidence, asked, clip.shots), asked.from)
  return suggestNextPin(clip, all, range)
}
