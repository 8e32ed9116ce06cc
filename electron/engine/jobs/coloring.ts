/**
 * Colors the frames of a segment that are not colored yet, in the order in which colors run: on from a pin or from the
 * start of a shot, and backward from a pin. Frames stream through; memory does not grow with the film.
 */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { asStored, type StoredColoring } from '../cache/coloringCodec.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import { segmentAt } from '../film/segments.ts'
import { decodeFrames } from '../reading/decode.ts'
import type { SourceFrame } from '../reading/footage.ts'
import type { ColoredFrame, ConsistencyPass, Networks } from '../network/networks.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { watchCuts } from './cutWatch.ts'
import { storedIn, writtenKey } from './segmentColors.ts'
import { trace } from './trace.ts'

/**
 * Between pins the color model is asked at every so many frames only, and its last answer stands meanwhile: the pass was
 * trained to read a guess that is late, and loses nothing that could be measured (models/PASS.md). It is asked at once where the pass finds
 * less in its memory, by this much, than when it was last asked: something new has come into the picture.
 */
const GUESS_EVERY = 8
const FOUND_LESS = 0.1
/**
 * Without pins it is asked at every second frame, and at once after a frame of which too little was found in the one before:
 * what is new needs a color of its own. See models/README.md for what this costs and gains.
 */
const UNPINNED_GUESS_EVERY = 2
const LITTLE_FOUND = 0.85
/** Frames decoded at once when colors run backward; their small lumas are held, not the pictures. */
const BACKWARD_CHUNK = 48

export interface ColoringContext {
  readonly networks: Networks
  readonly signal: AbortSignal
  /** Awaited before each frame: lets messages in, waits while paused, throws when cancelled. */
  readonly turn: () => Promise<void>
}

export interface PassedFrame {
  readonly source: SourceFrame
  readonly luma: NetworkLuma
  readonly segment: PlannedSegment
  readonly coloring: StoredColoring
}

/** A pass that is started when first needed, from the frame before if that is known. */
class Propagation {
  #pass: ConsistencyPass | null = null
  #predecessor: ColoredFrame | undefined
  /** The color model's last answer, and for how many frames it stands yet. */
  #guess: { readonly coloring: StoredColoring; frames: number; match?: number } | null = null

  private constructor(
    private readonly networks: Networks,
    readonly pins: readonly ColoredFrame[],
  ) {}

  /** @param view whose pins are read */
  static async of(film: Film, segment: PlannedSegment, view: FilmView, networks: Networks): Promise<Propagation> {
    const pins: ColoredFrame[] = []
    for (const pin of segment.pins) pins.push(await film.pinMemory(view, pin))
    return new Propagation(networks, pins)
  }

  /** A frame whose coloring is known already; the next one goes on from it. */
  passKnown(known: ColoredFrame): void {
    this.dispose()
    this.#predecessor = known
  }

  color(frame: number, luma: NetworkLuma): StoredColoring {
    const automatic = this.#automatic(luma)
    this.#pass ??= this.networks.startPass(this.pins, this.#predecessor)
    const pass = this.#pass
    const { chroma, confidence: match } = trace('pass', () => pass.step(frame, luma, automatic.chroma))
    this.#outdateGuess(match)
    // Without pins there is nothing to match: what counts is how sure the color model is of its own colors.
    const confidence = this.pins.length > 0 ? match : automatic.confidence
    return { chroma: asStored(chroma), confidence: Math.min(1, Math.max(0, confidence)) }
  }

  dispose(): void {
    this.#pass?.dispose()
    this.#pass = null
    this.#guess = null
  }

  /** @param match how much of the frame was found in what the pass remembers, 0..1 */
  #outdateGuess(match: number): void {
    if (!this.#guess) return
    this.#guess.match ??= match
    if (match < (this.pins.length > 0 ? this.#guess.match - FOUND_LESS : LITTLE_FOUND)) this.#guess = null
  }

  #automatic(luma: NetworkLuma): StoredColoring {
    if (!this.#guess || this.#guess.frames === 0) {
      const coloring = trace('color model', () => this.networks.colorModel.color(luma))
      this.#guess = { coloring, frames: this.pins.length > 0 ? GUESS_EVERY : UNPINNED_GUESS_EVERY }
    }
    this.#guess.frames--
    return this.#guess.coloring
  }
}

/** The coloring that a frame beside a run is known to have by the same segment: the pin's, or what was computed before. */
function neighbor(film: Film, segment: PlannedSegment, propagation: Propagation, frame: number): StoredColoring | null {
  const pin = propagation.pins.find((each) => each.frame === frame)
  if (pin) return { chroma: pin.chroma, confidence: 1 }
  // A document's key is that of one shot; the engine's own says nothing of where the shot begins.
  const sameShot = !film.plansItself || (frame >= segment.from && frame < segment.to)
  return sameShot ? storedIn(film, segment, frame) : null
}

/**
 * Frames from..to of a segment in ascending order, colored: from the cache where they are in it, else computed. Where the
 * engine plans for itself and meets a cut that was not known, the rest is colored as planned from then on.
 */
export async function* colorForward(film: Film, segment: PlannedSegment, range: FrameRange, view: FilmView, context: ColoringContext): AsyncGenerator<PassedFrame, void, void> {
  let current = segment
  let propagation = await Propagation.of(film, segment, view, context.networks)
  // The frame before is read too: colors go on from it, and cuts are seen.
  const before = range.from > 0 ? neighbor(film, segment, propagation, range.from - 1) : null
  const lead = range.from > 0 && (before || film.plansItself) ? range.from - 1 : range.from
  try {
    for await (const { source, luma, isCut } of watchCuts(film, { from: lead, to: range.to }, context.signal)) {
      await context.turn()
      const frame = source.number
      if (frame < range.from) {
        if (before) propagation.passKnown({ frame, luma, chroma: before.chroma })
        continue
      }
      if (isCut && frame > current.from) {
        propagation.dispose()
        const { view: now } = film
        current = segmentAt(now.wanted, frame)
        propagation = await Propagation.of(film, current, now, context.networks)
      }
      const stored = storedIn(film, current, frame)
      if (stored) propagation.passKnown({ frame, luma, chroma: stored.chroma })
      const coloring = stored ?? propagation.color(frame, luma)
      if (!stored) film.store(writtenKey(current), frame, coloring)
      yield { source, luma, segment: current, coloring }
    }
  } finally {
    propagation.dispose()
  }
}

/** Computes frames to-1 down to from of a backward segment, chunk by chunk. Frames in the cache are passed over. */
export async function* colorBackward(
  film: Film,
  segment: PlannedSegment,
  range: FrameRange,
  view: FilmView,
  context: ColoringContext,
): AsyncGenerator<{ readonly frame: number; readonly coloring: StoredColoring }, void, void> {
  const propagation = await Propagation.of(film, segment, view, context.networks)
  // The run's own predecessor is the frame after it: the pin, or one that is colored already.
  const after = range.to < film.info.frameCount ? neighbor(film, segment, propagation, range.to) : null
  try {
    for (let end = range.to; end > range.from; ) {
      const start = Math.max(range.from, end - BACKWARD_CHUNK)
      const top = after && end === range.to ? end + 1 : end
      const lumas: NetworkLuma[] = []
      for await (const source of decodeFrames(film.tools, film.footage, { from: start, to: top }, { signal: context.signal })) {
        await context.turn()
        lumas.push(film.lumaMaker.make(source))
      }
      if (after && end === range.to) propagation.passKnown({ frame: end, luma: lumas[end - start]!, chroma: after.chroma })
      for (let frame = end - 1; frame >= start; frame--) {
        await context.turn()
        const luma = lumas[frame - start]!
        const stored = storedIn(film, segment, frame)
        if (stored) {
          propagation.passKnown({ frame, luma, chroma: stored.chroma })
          continue
        }
        const coloring = propagation.color(frame, luma)
        film.store(writtenKey(segment), frame, coloring)
        yield { frame, coloring }
      }
      end = start
    }
  } finally {
    propagation.dispose()
  }
}
