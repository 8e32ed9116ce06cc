/**
 * Colors frames of one segment, in the order in which colors run: on from a pin or from the start of a shot, or back
 * from a pin. Frames stream through; memory does not grow with the film.
 */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { StoredColoring } from '../cache/coloringCodec.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import type { ColoredFrame, Networks } from '../network/networks.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { lumasAlong, type LumaOfFrame, type LumaOnWay } from './lumasAlong.ts'
import { PinAhead } from './pinAhead.ts'
import { storedFramesIn, storedIn, writtenKey } from './segmentColors.ts'
import { trace } from './trace.ts'
import { Walk, type UpcomingLuma } from './walk.ts'
import { frameOf, setOutFor, stepOf, stretchOfStep, wayOf, type Way } from './way.ts'

export interface ColoringContext {
  readonly networks: Networks
  readonly signal: AbortSignal
  /** Awaited before each frame: lets messages in, waits while paused, throws when cancelled. */
  readonly turn: () => Promise<void>
}

export interface PassedFrame {
  readonly frame: number
  readonly coloring: StoredColoring
}

/** Colors frames of a segment; for dispose() in the end. */
export interface FrameColorer {
  /** Colors a frame whatever the cache holds, and keeps its coloring. */
  color(frame: number, luma: NetworkLuma, upcoming?: UpcomingLuma): Promise<StoredColoring>
  /** Computes the frames of a range that the cache does not hold. */
  colorMissing(range: FrameRange): AsyncGenerator<PassedFrame, void, void>
  dispose(): void
}

export class SegmentColoring implements FrameColorer {
  readonly #way: Way
  /** What the pin ahead gives along the motion. */
  readonly #ahead: PinAhead | null
  /** The pass that colored last, and the stretch of the way (way.ts) that it walks through. */
  #walk: { readonly pass: Walk; readonly stretch: number } | null = null

  private constructor(
    private readonly film: Film,
    private readonly segment: PlannedSegment,
    private readonly pins: readonly ColoredFrame[],
    private readonly context: ColoringContext,
  ) {
    this.#way = wayOf(segment)
    const [, ahead] = pins
    this.#ahead = ahead ? new PinAhead(film, segment, ahead, context) : null
  }

  /**
   * For dispose() in the end. Throws UserError where the coloring of a pin can not be read.
   * @param view whose pins are read
   */
  static async of(
    film: Film,
    segment: PlannedSegment,
    view: FilmView,
    context: ColoringContext,
  ): Promise<SegmentColoring> {
    const pins: ColoredFrame[] = []
    for (const pin of segment.pins) pins.push(await film.pinMemory(view, pin))
    return new SegmentColoring(film, segment, pins, context)
  }

  /**
   * Colors a frame whatever the cache holds, and keeps its coloring. Frames on the way to it are colored as well where
   * they have to be.
   */
  async color(frame: number, luma: NetworkLuma, upcoming?: UpcomingLuma): Promise<StoredColoring> {
    const step = stepOf(this.#way, frame)
    const pass = await this.#passTo(step)
    return this.#colorNext(pass, { frame, luma, upcoming })
  }

  /** Computes the frames of a range that the cache does not hold, in the order of the way. */
  async *colorMissing(range: FrameRange): AsyncGenerator<PassedFrame, void, void> {
    const way = this.#way
    const [first, last] = way.direction > 0 ? [range.from, range.to - 1] : [range.to - 1, range.from]
    const end = stepOf(way, last) + 1
    let step = stepOf(way, first)
    while (step < end) {
      const stored = storedFramesIn(this.film, this.segment)
      const isStored = (at: number): boolean => stored.has(frameOf(way, at))
      while (step < end && isStored(step)) step++
      let to = step
      while (to < end && !isStored(to)) to++
      for await (const { frame, luma, upcoming } of this.#lumas(step, to))
        yield { frame, coloring: await this.color(frame, luma, upcoming) }
      step = to
    }
  }

  dispose(): void {
    this.#walk?.pass.dispose()
    this.#walk = null
  }

  /** The pass, standing before a step with all that it has to remember there. */
  async #passTo(step: number): Promise<Walk> {
    const way = this.#way
    const stretch = stretchOfStep(way, step)
    const live = this.#walk
    if (live?.stretch === stretch && live.pass.next === step) return live.pass
    const setOut = setOutFor(way, step, (at) => this.#stored(at) !== null)
    if (!live || live.stretch !== stretch || live.pass.next > step || live.pass.next < setOut.step) {
      this.dispose()
      const before = setOut.fromKnown ? await this.#known(setOut.step - 1) : undefined
      this.#walk = { pass: new Walk(this.context.networks, this.pins, setOut.step, before), stretch }
    }
    const { pass } = this.#walk!
    for await (const passed of this.#lumas(pass.next, step)) {
      // Before its stretch begins a pass only gets into its stride.
      if (stretchOfStep(way, pass.next) === stretch) await this.#colorNext(pass, passed)
      else await pass.color(passed.frame, passed.luma, null, passed.upcoming)
    }
    return pass
  }

  async #colorNext(
    pass: Walk,
    { frame, luma, upcoming }: LumaOfFrame & { readonly upcoming?: UpcomingLuma | undefined },
  ): Promise<StoredColoring> {
    const coloring = await pass.color(frame, luma, (await this.#ahead?.at(frame)) ?? null, upcoming)
    if (!storedFramesIn(this.film, this.segment).has(frame)) {
      trace('keeping', () => this.film.store(writtenKey(this.segment), frame, coloring))
    }
    return coloring
  }

  #stored(step: number): StoredColoring | null {
    return storedIn(this.film, this.segment, frameOf(this.#way, step))
  }

  async #known(step: number): Promise<ColoredFrame> {
    for await (const { frame, luma } of this.#lumas(step, step + 1))
      return { frame, luma, chroma: this.#stored(step)!.chroma }
    throw new RangeError(`step ${step} lies outside the film`)
  }

  #lumas(from: number, to: number): AsyncGenerator<LumaOnWay, void, void> {
    return lumasAlong(this.film, this.#way, from, to, this.context)
  }
}
