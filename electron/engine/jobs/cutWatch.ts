/** Frames on their way through, each with its small luma and whether a shot begins with it. */
import type { FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import { decodeFrames } from '../reading/decode.ts'
import type { SourceFrame } from '../reading/footage.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { CutDetector } from '../shots/detectCuts.ts'
import { trace } from './trace.ts'

export interface WatchedFrame {
  readonly source: SourceFrame
  readonly luma: NetworkLuma
  readonly isCut: boolean
}

/**
 * Decodes a range. Where nobody says where the shots are, it passes frames on a few frames late, when it is decided
 * whether they begin a shot, and notes that for the film. What was decided before stands: the same film always has the
 * same cuts.
 */
export async function* watchCuts(film: Film, range: FrameRange, signal: AbortSignal): AsyncGenerator<WatchedFrame, void, void> {
  const frames = decodeFrames(film.tools, film.footage, range, { signal })
  if (!film.plansItself || film.cuts.unknownIn(range).length === 0) {
    for await (const source of frames) {
      yield { source, luma: trace('luma', () => film.lumaMaker.make(source)), isCut: film.plansItself && film.isCut(source.number) }
    }
    return
  }
  const detector = new CutDetector()
  const waiting: { source: SourceFrame; luma: NetworkLuma }[] = []
  let first = true
  function* decided(decisions: readonly boolean[]): Generator<WatchedFrame> {
    for (const decision of decisions) {
      const { source, luma } = waiting.shift()!
      // Of the very first frame the detector can't tell: it has not seen the one before.
      if (!first || source.number === 0) film.noteCut(source.number, decision)
      first = false
      yield { source, luma, isCut: film.isCut(source.number) }
    }
  }
  for await (const source of frames) {
    const luma = trace('luma', () => film.lumaMaker.make(source))
    waiting.push({ source, luma })
    yield* decided(trace('cuts', () => detector.push(luma)))
  }
  yield* decided(detector.finish())
}

/**
 * Looks for cuts wherever the engine's own plan depends on them and nobody has looked yet: between the pins and the range.
 * Without pins nothing is looked at ahead; cuts are then found in passing.
 */
export async function findCutsAround(film: Film, range: FrameRange, context: { readonly signal: AbortSignal; readonly turn: () => Promise<void> }): Promise<void> {
  if (!film.plansItself) return
  const pins = film.view.wanted.flatMap((segment) => (segment.kind === 'pin' ? [segment.from] : []))
  const before = pins.filter((pin) => pin < range.from).at(-1)
  const last = pins.filter((pin) => pin < range.to).at(-1)
  const after = pins.find((pin) => pin >= range.to)
  if (before === undefined && last === undefined && after === undefined) return
  const from = before ?? range.from
  const to = Math.min(film.info.frameCount, (after ?? last ?? range.from) + 1)
  for (const gap of film.cuts.unknownIn({ from, to })) {
    const withLead = { from: Math.max(0, gap.from - 1), to: gap.to }
    for await (const _ of watchCuts(film, withLead, context.signal)) await context.turn()
  }
  film.cuts.save()
}
