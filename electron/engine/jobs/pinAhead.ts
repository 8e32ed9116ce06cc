/**
 * What a second pin gives to the frames before it: its colors, carried back from frame to frame by the picture's
 * motion alone, or seen straight away (../motion/sight.ts), and how much of each pixel's color has come all the way.
 * No network has a say in it. They are kept in the cache, under a key of their own, since all of them are there before
 * the first frame of the stretch can be colored.
 */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import { asStored, originAsStored, type StoredColoring } from '../cache/coloringCodec.ts'
import type { Film } from '../film/film.ts'
import { Motion, type CarriedChroma } from '../motion/motion.ts'
import { Sight } from '../motion/sight.ts'
import type { ColoredFrame } from '../network/networks.ts'
import type { ColoringContext } from './coloring.ts'
import { HeldColorings } from './heldColorings.ts'
import { lumasAlong } from './lumasAlong.ts'
import { trace } from './trace.ts'
import { PINNED_DOUBTS } from './walk.ts'
import { frameOf, REMEMBERED, stepOf, TAKEN_UP_EVERY, type Way } from './way.ts'

/** Where less of the picture than this has come from the pin, its colors end. */
const LEAST_COME = 0.01

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

export class PinAhead {
  readonly #way: Way
  /** Steps back from the pin that its colors may reach at most: so far, or as far as colors are carried at all. */
  readonly #most: number
  readonly #key: string
  readonly #held = new HeldColorings()
  /** Steps for which there are colors; null: they have to be looked for, or carried. */
  #reach: number | null = null

  /** @param segment on whose way it lies */
  constructor(
    private readonly film: Film,
    segment: PlannedSegment,
    private readonly pin: ColoredFrame,
    private readonly context: ColoringContext,
  ) {
    this.#way = { start: pin.frame - 1, direction: -1, isPinned: true }
    this.#most = Math.min(pin.frame - segment.start, REMEMBERED)
    this.#key = `${segment.key}|ahead`
  }

  /** What has come to a frame; null where nothing has. All that is missing up to there is carried first. */
  async at(frame: number): Promise<CarriedChroma | null> {
    const step = stepOf(this.#way, frame)
    if (step >= this.#most) return null
    this.#reach ??= await this.#carryOn()
    if (step >= this.#reach) return null
    let known = this.#known(step)
    if (!known) {
      // The cache has let go of it meanwhile.
      this.#reach = await this.#carryOn()
      known = this.#known(step)
    }
    if (!known?.origin) return null
    return { chroma: known.chroma, origin: known.origin }
  }

  #known(step: number): StoredColoring | null {
    const frame = frameOf(this.#way, step)
    return this.#held.get(frame) ?? this.film.stored(this.#key, frame)
  }

  /** @returns for how many steps there are colors now */
  async #carryOn(): Promise<number> {
    const { film } = this
    const stored = film.storedFrames(this.#key)
    const has = (step: number): boolean => {
      const frame = frameOf(this.#way, step)
      return stored.has(frame) || this.#held.get(frame) !== undefined
    }
    let step = 0
    while (step < this.#most && has(step)) step++
    const last = step > 0 ? this.#known(step - 1) : null
    if (last?.origin && mean(last.origin) < LEAST_COME) return step - 1
    if (step === this.#most && last) return step
    return this.#carryFrom(step - (step % TAKEN_UP_EVERY))
  }

  /** @param setOut divides by TAKEN_UP_EVERY; all steps before it are known */
  async #carryFrom(setOut: number): Promise<number> {
    const { film, pin, context } = this
    const { width, height } = pin.chroma
    const motion = new Motion(width, height, PINNED_DOUBTS)
    const sight = new Sight(pin)
    let carried: CarriedChroma = { chroma: pin.chroma, origin: new Float32Array(width * height).fill(1) }
    if (setOut === 0) motion.start(pin.luma)
    else {
      const { chroma, origin } = this.#known(setOut - 1)!
      carried = { chroma, origin: origin! }
      for await (const { luma } of lumasAlong(film, this.#way, setOut - 1, setOut, context)) motion.start(luma)
      motion.setOutWith(carried.origin)
    }
    let step = setOut
    for await (const { frame, luma } of lumasAlong(film, this.#way, setOut, this.#most, context)) {
      // What is carried on from the cache and what has never been there are the same, see way.ts.
      if (step % TAKEN_UP_EVERY === 0) {
        motion.setOutWith((carried = asKept(carried)).origin)
        sight.setOut()
      }
      const before = carried.chroma
      carried = trace('motion', () => {
        motion.advance(luma)
        const seen = sight.join(motion, motion.carry(before).chroma, luma, step)
        return { chroma: seen, origin: motion.origin() }
      })
      const coloring = { ...carried, confidence: mean(carried.origin) }
      if (!film.store(this.#key, frame, coloring)) this.#held.hold(frame, { ...coloring, ...asKept(carried) })
      if (coloring.confidence < LEAST_COME) return step
      step++
    }
    return step
  }
}

function asKept({ chroma, origin }: CarriedChroma): CarriedChroma {
  return { chroma: asStored(chroma), origin: originAsStored(origin) }
}
