/**
 * Colors the frames of a dissolve or a wipe: the shot before is colored on into it, the shot after back into it, and
 * every place has of both as much as its luma shows of them. So colors begin as those of the one shot and end as those
 * of the other.
 */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { asStored, type StoredColoring } from '../cache/coloringCodec.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { decodeLumas } from '../reading/decoding/decode.ts'
import { TransitionShares } from '../shots/transitionShares.ts'
import { SegmentColoring, type ColoringContext, type FrameColorer, type PassedFrame } from './coloring.ts'
import { HeldColorings } from './heldColorings.ts'
import { storedFramesIn, storedIn } from './segmentColors.ts'

/**
 * For dispose() in the end. Throws UserError where the coloring of a pin can not be read.
 * @param view whose pins are read
 */
export function coloringOf(
  film: Film,
  segment: PlannedSegment,
  view: FilmView,
  context: ColoringContext,
): Promise<FrameColorer> {
  return segment.sides
    ? MixedColoring.of(film, segment, segment.sides, view, context)
    : SegmentColoring.of(film, segment, view, context)
}

interface Side {
  readonly segment: PlannedSegment
  readonly coloring: SegmentColoring
}

class MixedColoring implements FrameColorer {
  /**
   * The later side's, of the frames that are still to come: it runs backward, so all of them are made before the first.
   */
  readonly #reachingBack = new HeldColorings()

  private constructor(
    private readonly film: Film,
    private readonly segment: PlannedSegment,
    private readonly before: Side,
    private readonly after: Side,
    private readonly shares: TransitionShares,
    private readonly context: ColoringContext,
  ) {}

  static async of(
    film: Film,
    segment: PlannedSegment,
    [before, after]: NonNullable<PlannedSegment['sides']>,
    view: FilmView,
    context: ColoringContext,
  ): Promise<MixedColoring> {
    const { from, to } = before
    const [first, middle, last] = [from - 1, (from + to) >> 1, to].map((frame) => film.luma(frame, film.background))
    const shares = new TransitionShares(await first!, await middle!, await last!)
    const sideOf = async (side: PlannedSegment): Promise<Side> => {
      return { segment: side, coloring: await SegmentColoring.of(film, side, view, context) }
    }
    return new MixedColoring(film, segment, await sideOf(before), await sideOf(after), shares, context)
  }

  async color(frame: number, luma: NetworkLuma): Promise<StoredColoring> {
    const late = await this.#late(frame)
    const { segment, coloring } = this.before
    const early = storedIn(this.film, segment, frame) ?? (await coloring.color(frame, luma))
    const mixed = mix(early, late, this.shares.of(luma))
    this.film.store(this.segment.key, frame, mixed)
    return mixed
  }

  async *colorMissing(range: FrameRange): AsyncGenerator<PassedFrame, void, void> {
    const { film, context, segment } = this
    const lumas = decodeLumas(film.tools, film.footage, range, (plane) => film.lumaMaker.make(plane), {
      signal: context.signal,
    })
    for await (const { number: frame, made: luma } of lumas) {
      await context.turn()
      if (!storedFramesIn(film, segment).has(frame)) yield { frame, coloring: await this.color(frame, luma) }
    }
  }

  dispose(): void {
    this.before.coloring.dispose()
    this.after.coloring.dispose()
  }

  async #late(frame: number): Promise<StoredColoring> {
    const { segment, coloring } = this.after
    const known = this.#reachingBack.get(frame) ?? storedIn(this.film, segment, frame)
    this.#reachingBack.forget(frame)
    if (known) return known
    // Those that the cache takes need not be held: a long transition is no full disk.
    for await (const passed of coloring.colorMissing({ from: frame, to: segment.to })) {
      if (!this.film.isStored(segment.key, passed.frame)) this.#reachingBack.hold(passed.frame, passed.coloring)
    }
    const made = this.#reachingBack.get(frame) ?? storedIn(this.film, segment, frame)
    if (!made) throw new RangeError(`frame ${frame} lies outside its transition`)
    return made
  }
}

/** @param shares of `late`, 0..1, one for each place of chroma */
function mix(early: StoredColoring, late: StoredColoring, shares: Float32Array): StoredColoring {
  const { width, height, values } = early.chroma
  const mixed = values.map((value, i) => value + (late.chroma.values[i]! - value) * shares[i >> 1]!)
  const share = shares.reduce((sum, each) => sum + each, 0) / shares.length
  return {
    chroma: asStored({ width, height, values: mixed }),
    confidence: early.confidence + (late.confidence - early.confidence) * share,
  }
}
