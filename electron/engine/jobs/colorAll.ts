/** Every frame of a range in ascending order, colored, computing what is missing on the way: what an export reads. */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { StoredColoring } from '../cache/coloringCodec.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import { segmentAt } from '../film/segments.ts'
import { decodeFrames } from '../reading/decode.ts'
import type { SourceFrame } from '../reading/footage.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { colorBackward, colorForward, type ColoringContext } from './coloring.ts'
import { findCutsAround } from './cutWatch.ts'
import { missingRuns, storedIn } from './segmentColors.ts'

/** Colorings held in memory when the disk takes none; beyond that there is no way to go on. */
const HELD_WITHOUT_DISK = 1500

export interface ColoredSourceFrame {
  readonly source: SourceFrame
  readonly luma: NetworkLuma
  readonly segment: PlannedSegment
  /** What the pass gives; null for pinned frames, which have their own. */
  readonly coloring: StoredColoring | null
}

interface Export {
  readonly film: Film
  /** The document as it was when the export began. */
  readonly view: FilmView
  readonly context: ColoringContext
}

/**
 * Goes by the document as it is at the start. Where the engine plans for itself it throws a UserError when the pins change
 * meanwhile: half a film by the old ones and half by the new ones is no export.
 */
export async function* colorAll(film: Film, view: FilmView, range: FrameRange, context: ColoringContext): AsyncGenerator<ColoredSourceFrame, void, void> {
  const { version, plansItself } = film
  const turn = async (): Promise<void> => {
    await context.turn()
    if (!plansItself || film.version === version) return
    throw new UserError('cancelled', sentence`The export was stopped because a keyframe was changed meanwhile.`, sentence`Start the export again; colors that were finished are kept.`)
  }
  yield* inOrder({ film, view, context: { ...context, turn } }, range)
}

async function* inOrder(order: Export, range: FrameRange): AsyncGenerator<ColoredSourceFrame, void, void> {
  const { film, view, context } = order
  await findCutsAround(film, range, context)
  for (let at = range.from; at < range.to; ) {
    // The engine's own plan grows with the cuts it finds.
    const segment = segmentAt(film.plansItself ? film.view.wanted : view.wanted, at)
    const part = { from: at, to: Math.min(segment.to, range.to) }
    if (segment.kind === 'pin') yield* pinned(order, segment, part)
    else if (segment.kind === 'backward') yield* backwardInOrder(order, segment, part)
    else {
      await leadIn(order, segment, part)
      yield* colorForward(film, segment, part, view, context)
    }
    at = part.to
  }
  film.cuts.save()
}

async function* pinned({ film, context }: Export, segment: PlannedSegment, part: FrameRange): AsyncGenerator<ColoredSourceFrame, void, void> {
  await context.turn()
  for await (const source of decodeFrames(film.tools, film.footage, part, { signal: context.signal })) {
    yield { source, luma: film.lumaOf(source), segment, coloring: null }
  }
}

/** What lies between a pin and the part, so that colors arrive there by way of every frame. */
async function leadIn({ film, view, context }: Export, segment: PlannedSegment, part: FrameRange): Promise<void> {
  if (segment.kind !== 'forward') return
  for (const run of missingRuns(film, segment, [part])) {
    if (run.from >= part.from) return
    const to = Math.min(run.to, part.from)
    for await (const _ of colorForward(film, segment, { from: run.from, to }, view, context));
  }
}

async function* backwardInOrder({ film, view, context }: Export, segment: PlannedSegment, part: FrameRange): AsyncGenerator<ColoredSourceFrame, void, void> {
  const held = new Map<number, StoredColoring>()
  for (const run of missingRuns(film, segment, [part])) {
    for await (const { frame, coloring } of colorBackward(film, segment, run, view, context)) {
      if (frame >= part.to || film.isStored(segment.key, frame)) continue
      held.set(frame, coloring)
      if (held.size > HELD_WITHOUT_DISK) {
        throw new UserError('disk-full', sentence`There is no room left for the colors that were computed.`, sentence`Free some space on the disk that holds the color cache, then start again.`)
      }
    }
  }
  for await (const source of decodeFrames(film.tools, film.footage, part, { signal: context.signal })) {
    await context.turn()
    const frame = source.number
    const coloring = held.get(frame) ?? storedIn(film, segment, frame)
    if (!coloring) throw lostColors()
    held.delete(frame)
    yield { source, luma: film.lumaMaker.make(source), segment, coloring }
  }
}

function lostColors(): UserError {
  return new UserError(
    'disk-full',
    sentence`Colors that were just computed are gone from the color cache.`,
    sentence`Allow the color cache more room in the preferences, leave it alone while an export runs, and start the export again.`,
  )
}
