/** Every frame of a range in ascending order, colored, computing what is missing on the way: what an export reads. */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { StoredColoring } from '../cache/coloringCodec.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import { recordAt } from '../../contract/ranges.ts'
import { decodeFrames } from '../reading/decoding/decode.ts'
import type { SourceFrame } from '../reading/footage.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { pictureBytes } from '../picture/pixelLayout.ts'
import type { ColoringContext, FrameColorer } from './coloring.ts'
import { HeldColorings } from './heldColorings.ts'
import { coloringOf } from './mixedColoring.ts'
import { readAhead } from './readAhead.ts'
import { hasNone, storedIn } from './segmentColors.ts'
import { trace, traceEach } from './trace.ts'
import type { UpcomingLuma } from './walk.ts'

/** Pictures decoded while the networks compute: as many as the networks are asked ahead of, and no more than fit in. */
const MOST_AHEAD = 4
const AHEAD_BYTES = 64 * 1024 * 1024

export interface ColoredSourceFrame {
  readonly source: SourceFrame
  readonly luma: NetworkLuma
  readonly segment: PlannedSegment
  /** What the pass gives; null for pinned frames, which have their own, and for those that keep the film's. */
  readonly coloring: StoredColoring | null
}

/**
 * Goes by the document as it was when the export was ordered. The film is read in one go, whatever its segments; where
 * colors run backward they are computed when the first frame of them is reached.
 * @param range within what the document's layout covers
 */
export async function* colorAll(
  film: Film,
  view: FilmView,
  range: FrameRange,
  context: ColoringContext,
): AsyncGenerator<ColoredSourceFrame, void, void> {
  const ahead = Math.max(1, Math.min(MOST_AHEAD, Math.floor(AHEAD_BYTES / pictureBytes(film.footage.layout))))
  let part: SegmentPart | null = null
  try {
    for await (const { item, soon } of traceEach('reading', readAhead(picturesOf(film, range, context), ahead))) {
      await context.turn()
      const { source, luma } = item
      if (!part || source.number >= part.to) {
        part?.dispose()
        part = await SegmentPart.at(film, view, source.number, range, context)
      }
      const { to } = part
      const coloring = await part.color(source.number, luma, (steps) =>
        source.number + steps < to ? soon(steps)?.luma : undefined,
      )
      yield { source, luma, segment: part.segment, coloring }
    }
  } finally {
    part?.dispose()
  }
}

async function* picturesOf(
  film: Film,
  range: FrameRange,
  { signal }: Pick<ColoringContext, 'signal'>,
): AsyncGenerator<Pick<ColoredSourceFrame, 'source' | 'luma'>, void, void> {
  for await (const source of decodeFrames(film.tools, film.footage, range, { signal }))
    yield { source, luma: trace('luma', () => film.lumaMaker.make(source)) }
}

/** The frames of one segment that are exported, asked for in ascending order. */
class SegmentPart {
  /** Computed ahead, and not taken by the cache. */
  readonly #held = new HeldColorings()

  private constructor(
    private readonly film: Film,
    readonly segment: PlannedSegment,
    readonly to: number,
    private readonly coloring: FrameColorer | null,
  ) {}

  static async at(
    film: Film,
    view: FilmView,
    frame: number,
    range: FrameRange,
    context: ColoringContext,
  ): Promise<SegmentPart> {
    const segment = recordAt(view.layout.wanted, frame)
    if (!segment) throw new RangeError(`the layout says nothing of frame ${frame}`)
    const to = Math.min(segment.to, range.to)
    const coloring = hasNone(segment) ? null : await coloringOf(film, segment, view, context)
    const part = new SegmentPart(film, segment, to, coloring)
    try {
      if (segment.kind === 'backward') await part.#colorAhead(frame)
    } catch (error) {
      part.dispose()
      throw error
    }
    return part
  }

  async color(frame: number, luma: NetworkLuma, upcoming: UpcomingLuma): Promise<StoredColoring | null> {
    if (!this.coloring) return null
    const ready = this.#held.get(frame) ?? storedIn(this.film, this.segment, frame)
    this.#held.forget(frame)
    return ready ?? this.coloring.color(frame, luma, upcoming)
  }

  dispose(): void {
    this.coloring?.dispose()
  }

  async #colorAhead(from: number): Promise<void> {
    for await (const { frame, coloring } of this.coloring!.colorMissing({ from, to: this.to })) {
      if (!this.film.isStored(this.segment.key, frame)) this.#held.hold(frame, coloring)
    }
  }
}
