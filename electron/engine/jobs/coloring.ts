/**
 * Colors the frames of a film that are not colored yet, in the order in which colors run: on from a pin or from the
 * start of a shot, and backward from a shot's first pin. Frames stream through; memory does not grow with the film.
 */
import type { FrameRange } from '../../contract/schemas.ts'
import { UserError } from '../../contract/userError.ts'
import { asStored, type StoredColoring } from '../cache/coloringCodec.ts'
import type { Film } from '../film/film.ts'
import type { Segment } from '../film/segments.ts'
import { decodeFrames } from '../media/decode.ts'
import type { SourceFrame } from '../media/footage.ts'
import type { ColoredFrame, ConsistencyPass, NetworkLuma, Networks } from '../network/networks.ts'
import { watchCuts } from './cutWatch.ts'
import { trace } from './trace.ts'

/** Frames decoded at once when colors run backward; their small lumas are held, not the pictures. */
const BACKWARD_CHUNK = 48
/** Colorings held in memory when the disk takes none; beyond that there is no way to go on. */
const HELD_WITHOUT_DISK = 1500

export interface ColoringContext {
  readonly networks: Networks
  readonly signal: AbortSignal
  /** Awaited before each frame: lets messages in, waits while paused, throws when cancelled. */
  readonly turn: () => Promise<void>
}

export interface ColoredSourceFrame {
  readonly source: SourceFrame
  readonly luma: NetworkLuma
  readonly segment: Segment
  /** Of a pinned frame, the pin's. */
  readonly coloring: StoredColoring
  /** False when it was in the cache already. */
  readonly fresh: boolean
}

/** A pass that is started when first needed, from the frame before if that is known. */
class Propagation {
  #pass: ConsistencyPass | null = null
  #predecessor: ColoredFrame | undefined

  constructor(
    private readonly networks: Networks,
    private readonly pins: readonly ColoredFrame[],
  ) {}

  /** A frame whose coloring is known already; the next one goes on from it. */
  passKnown(known: ColoredFrame): void {
    this.dispose()
    this.#predecessor = known
  }

  color(frame: number, luma: NetworkLuma): StoredColoring {
    const automatic = trace('color model', () => this.networks.colorModel.color(luma))
    this.#pass ??= this.networks.startPass(this.pins, this.#predecessor)
    const pass = this.#pass
    const { chroma, confidence: match } = trace('pass', () => pass.step(frame, luma, automatic.chroma))
    // Without pins there is nothing to match: what counts is how sure the color model is of its own colors.
    const confidence = this.pins.length > 0 ? match : automatic.confidence
    return { chroma: asStored(chroma), confidence: Math.min(1, Math.max(0, confidence)) }
  }

  dispose(): void {
    this.#pass?.dispose()
    this.#pass = null
  }
}

/**
 * Looks for cuts wherever the plan depends on them and nobody has looked yet: between the pins and the range. Without
 * pins nothing is looked at ahead; cuts are then found in passing.
 */
export async function findCutsAround(film: Film, range: FrameRange, context: ColoringContext): Promise<void> {
  const pins = [...film.pins.keys()]
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

/** Frames that have to be computed so that all of `range` is colored, each run within one segment, in order. */
export function missingRuns(film: Film, range: FrameRange): { segment: Segment; from: number; to: number }[] {
  const runs: { segment: Segment; from: number; to: number }[] = []
  for (const segment of film.segments) {
    if (segment.kind === 'pin' || segment.to <= range.from || segment.from >= range.to) continue
    // Colors come from the pin's side, so what lies between the pin and the range is needed too.
    const from = segment.kind === 'forward' ? segment.from : Math.max(segment.from, range.from)
    const to = segment.kind === 'backward' ? segment.to : Math.min(segment.to, range.to)
    const stored = film.storedFrames(segment)
    let start = -1
    for (let frame = from; frame <= to; frame++) {
      const missing = frame < to && !stored.has(frame)
      if (missing && start < 0) start = frame
      if (!missing && start >= 0) {
        runs.push({ segment, from: start, to: frame })
        start = -1
      }
    }
  }
  return runs
}

/**
 * Frames from..to of a segment in ascending order, colored: from the cache where they are in it, else computed. On a
 * cut that was not known the rest of the segment is taken for a shot of its own without pins.
 */
export async function* colorForward(film: Film, segment: Segment, range: FrameRange, context: ColoringContext): AsyncGenerator<ColoredSourceFrame, void, void> {
  const pinsOf = (read: readonly number[]): ColoredFrame[] => read.flatMap((frame) => film.pins.get(frame)?.memory ?? [])
  let current = segment
  let propagation = new Propagation(context.networks, pinsOf(segment.pins))
  // The frame before is read too where its coloring is known: colors go on from it, and cuts are seen.
  const lead = range.from > 0 ? range.from - 1 : range.from
  try {
    for await (const { source, luma, isCut } of watchCuts(film, { from: lead, to: range.to }, context.signal)) {
      await context.turn()
      const frame = source.number
      if (isCut && frame > current.from) {
        propagation.dispose()
        current = film.segmentAt(frame)
        propagation = new Propagation(context.networks, pinsOf(current.pins))
      }
      const stored = knownColoring(film, frame < range.from ? film.segmentAt(frame) : current, frame)
      if (frame < range.from) {
        const sameShot = frame >= current.from || film.segmentAt(frame).kind === 'pin'
        if (stored && sameShot && !film.isCut(frame + 1)) propagation.passKnown({ frame, luma, chroma: stored.chroma })
        continue
      }
      if (stored) {
        propagation.passKnown({ frame, luma, chroma: stored.chroma })
        yield { source, luma, segment: current, coloring: stored, fresh: false }
        continue
      }
      const coloring = propagation.color(frame, luma)
      film.store(current, frame, coloring)
      yield { source, luma, segment: current, coloring, fresh: true }
    }
  } finally {
    propagation.dispose()
  }
}

function knownColoring(film: Film, segment: Segment, frame: number): StoredColoring | null {
  if (segment.kind !== 'pin') return film.stored(segment, frame)
  const pin = film.pins.get(frame)
  return pin ? { chroma: pin.chroma, confidence: 1 } : null
}

export interface BackwardColoring {
  readonly frame: number
  readonly coloring: StoredColoring
}

/** Computes frames to-1 down to from of a backward segment, chunk by chunk. Frames in the cache are passed over. */
export async function* colorBackward(film: Film, segment: Segment, range: FrameRange, context: ColoringContext): AsyncGenerator<BackwardColoring, void, void> {
  const pins = segment.pins.flatMap((frame) => film.pins.get(frame)?.memory ?? [])
  const propagation = new Propagation(context.networks, pins)
  let atEdge = true
  try {
    for (let end = range.to; end > range.from; ) {
      const start = Math.max(range.from, end - BACKWARD_CHUNK)
      const lumas: NetworkLuma[] = []
      // The run's own predecessor is the frame after it: the pin, or one that is colored already.
      const top = atEdge ? Math.min(film.info.frameCount, end + 1) : end
      for await (const source of decodeFrames(film.tools, film.footage, { from: start, to: top }, { signal: context.signal })) {
        await context.turn()
        lumas.push(film.lumaMaker.make(source))
      }
      if (atEdge && top > end) {
        const known = knownColoring(film, film.segmentAt(end), end)
        if (known) propagation.passKnown({ frame: end, luma: lumas[end - start]!, chroma: known.chroma })
        atEdge = false
      }
      for (let frame = end - 1; frame >= start; frame--) {
        await context.turn()
        const luma = lumas[frame - start]!
        const stored = film.stored(segment, frame)
        if (stored) {
          propagation.passKnown({ frame, luma, chroma: stored.chroma })
          continue
        }
        const coloring = propagation.color(frame, luma)
        film.store(segment, frame, coloring)
        yield { frame, coloring }
      }
      end = start
    }
  } finally {
    propagation.dispose()
  }
}

/**
 * Every frame of a range in ascending order, colored, computing what is missing on the way: what an export reads.
 * Throws a UserError when the pins change meanwhile: half a film by the old ones and half by the new ones is no export.
 */
export async function* colorAll(film: Film, range: FrameRange, context: ColoringContext): AsyncGenerator<ColoredSourceFrame, void, void> {
  const { pinsVersion } = film
  const turn = async (): Promise<void> => {
    await context.turn()
    if (film.pinsVersion === pinsVersion) return
    throw new UserError('cancelled', 'The export was stopped because a keyframe was changed meanwhile.', 'Start the export again; colors that were finished are kept.')
  }
  yield* colorAllAsPlanned(film, range, { ...context, turn })
}

async function* colorAllAsPlanned(film: Film, range: FrameRange, context: ColoringContext): AsyncGenerator<ColoredSourceFrame, void, void> {
  await findCutsAround(film, range, context)
  await leadIn(film, range, context)
  for (let at = range.from; at < range.to; ) {
    const segment = film.segmentAt(at)
    const part = { from: at, to: Math.min(segment.to, range.to) }
    if (segment.kind === 'pin') {
      const pin = film.pins.get(segment.from)!
      await context.turn()
      for await (const source of decodeFrames(film.tools, film.footage, part, { signal: context.signal })) {
        yield { source, luma: pin.memory.luma, segment, coloring: { chroma: pin.chroma, confidence: 1 }, fresh: false }
      }
    } else if (segment.kind === 'backward') yield* backwardInOrder(film, segment, part, context)
    else yield* colorForward(film, segment, part, context)
    at = part.to
  }
  film.cuts.save()
}

/** What lies between a pin and the start of the range, so that colors arrive there by way of every frame. */
async function leadIn(film: Film, range: FrameRange, context: ColoringContext): Promise<void> {
  const segment = film.segmentAt(range.from)
  if (segment.kind !== 'forward' || segment.from === range.from) return
  for (const run of missingRuns(film, { from: segment.from, to: range.from })) {
    for await (const _ of colorForward(film, run.segment, run, context));
  }
}

async function* backwardInOrder(film: Film, segment: Segment, part: FrameRange, context: ColoringContext): AsyncGenerator<ColoredSourceFrame, void, void> {
  const held = new Map<number, StoredColoring>()
  for (const run of missingRuns(film, part)) {
    if (run.segment.kind !== 'backward') continue
    for await (const { frame, coloring } of colorBackward(film, run.segment, run, context)) {
      if (frame >= part.to || film.isStored(segment, frame)) continue
      held.set(frame, coloring)
      if (held.size > HELD_WITHOUT_DISK) {
        throw new UserError('disk-full', 'There is no room left for the colors that were computed.', 'Free some space on the disk that holds the color cache, then start again.')
      }
    }
  }
  for await (const source of decodeFrames(film.tools, film.footage, part, { signal: context.signal })) {
    await context.turn()
    const frame = source.number
    const coloring = held.get(frame) ?? film.stored(segment, frame)
    if (!coloring) throw new Error(`frame ${frame} was computed and is gone`)
    held.delete(frame)
    yield { source, luma: film.lumaMaker.make(source), segment, coloring, fresh: false }
  }
}
