/**
 * Colors on their way through consecutive frames. Where the picture's motion is certain, colors move with it; elsewhere
 * the networks speak, which are asked only now and then. One closed rule of luma and motion says how much of either a
 * pixel gets (models/MOTION.md):
 *
 *   share  = max(certainty, least) (1 - pull) (1 - drift (1 - origin))
 *   colors = share (colors of the frame before, moved along)
 *            + (1 - share) (the networks' last answer, moved along since)
 *
 * Where more of a pin is seen straight away than has come from it by way of every frame, that is joined to them
 * (../motion/sight.ts).
 *
 * On the way to a second pin they then go toward what has come back from it (pinAhead.ts), by so much of what is left
 * between:
 *
 *   part   = origin of that / (origin of that + max(own origin, least) frames to the pin)
 */
import { asStored, type StoredColoring } from '../cache/coloringCodec.ts'
import { Motion, type CarriedChroma, type Doubts, type MixRule } from '../motion/motion.ts'
import { LEAST_ORIGIN, Sight } from '../motion/sight.ts'
import type { Colored, ColoredFrame, ConsistencyPass, Networks } from '../network/networks.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { trace, traceWait } from './trace.ts'
import { TAKEN_UP_EVERY } from './way.ts'

/**
 * The networks are asked at every so many frames, and at once where this much of the picture has lost its way; with
 * pins, where what has lost its way since the last answer adds up to so much of a picture.
 */
const ASK_EVERY = 4
const LOST = 0.5
const LOST_SINCE = 0.4

/**
 * Between pins the pass is what is asked. It reads a guess of the color model, which may be this many frames old: the
 * pass was trained so, and loses nothing that could be measured (models/PASS.md). It gets a new one at once where it
 * finds less in its memory, by this much, than when the last one was new: something new has come into the picture.
 */
const GUESS_EVERY = 8
const FOUND_LESS = 0.1

/**
 * A guess wavers, so that what the color model says is the mean of its answers where they are certain of where they
 * have come; from this many on, older ones are forgotten.
 */
const UNPINNED_ANSWERS = 5

/**
 * Where nothing is pinned, what is said instead is a guess of one frame, which wavers: grain and dust are no reason to
 * take it.
 */
export const PINNED_DOUBTS: Doubts = { luma: 8, way: 0.7 }
const UNPINNED_DOUBTS: Doubts = { luma: 20, way: 1.5 }

/**
 * With pins, a pixel that has lost its way keeps little of its color from frame to frame: what the pass reads for it is
 * no surer than that. And so far colors go toward the pass where none of them has come from the pin by motion: what was
 * wrong once does not stay so.
 */
const PINNED_RULE: MixRule = { least: 0.2, pull: 0, drift: 0.06 }

/**
 * Without pins a scratch that passes shows no guess. And so far a frame's color goes toward the color model's answer
 * though its motion is certain: a shot's first frames do not decide it alone, and an answer that differs from the last
 * one is not seen as a step.
 */
const UNPINNED_RULE: MixRule = { least: 0.5, pull: 0.06, drift: 0 }

interface Carried {
  readonly motion: Motion
  readonly chroma: NetworkChroma
  /** Share of the picture whose motion is not certain, 0..1. */
  readonly lost: number
}

/** Luma of the frame so many steps on, where it has been read already. */
export type UpcomingLuma = (steps: number) => NetworkLuma | undefined

/** What the networks said last, moved along since. */
interface Answer {
  readonly colored: Colored
  /** Frames ago. */
  readonly age: number
  /** Shares of a picture that have lost their way since, added up. */
  readonly lost: number
  /** Without pins, of how many answers it is the mean. */
  readonly answers: number
}

/** The color model's last one for the pass, its age in frames, and how much the pass found when it was new. */
interface Guess {
  readonly coloring: Colored
  age: number
  match?: number
}

export class Walk {
  #pass: ConsistencyPass | null = null
  #motion: Motion | null = null
  #next: number
  #before: ColoredFrame | undefined
  #answer: Answer | null = null
  #guess: Guess | null = null
  /** An answer of the color model that will be wanted, asked for while the frames before it are colored. */
  #foreseen: { readonly luma: NetworkLuma; readonly colored: Promise<Colored> } | null = null
  readonly #sight: Sight | null

  /**
   * @param next step (way.ts) to begin with; divides by TAKEN_UP_EVERY
   * @param before the frame before it, where colors go on from there
   */
  constructor(
    private readonly networks: Networks,
    private readonly pins: readonly ColoredFrame[],
    next: number,
    before?: ColoredFrame,
  ) {
    this.#next = next
    const [pin] = pins
    this.#sight = pin ? new Sight(pin) : null
    // Step 0 lies beside the first pin.
    this.#before = before ?? (next === 0 ? pin : undefined)
  }

  /** The step that is colored next. */
  get next(): number {
    return this.#next
  }

  /**
   * Colors the frame of the step that is next. One at a time.
   * @param ahead what has come to it from the second pin
   */
  async color(
    frame: number,
    luma: NetworkLuma,
    ahead: CarriedChroma | null = null,
    upcoming: UpcomingLuma = () => undefined,
  ): Promise<StoredColoring> {
    if (this.#next % TAKEN_UP_EVERY === 0) this.#takeUp()
    const carried = trace('motion', () => this.#carry(luma))
    // The pass is told of it; a color model's answers are mixed first, by weights of their own.
    if (this.pins.length > 0) carried?.motion.weigh(PINNED_RULE)
    const { chroma: answer, confidence } = await this.#ask(frame, luma, carried, upcoming)
    const chroma = carried ? this.#mixed(frame, luma, carried, answer, ahead) : answer
    this.#before = { frame, luma, chroma }
    this.#next++
    return { chroma: asStored(chroma), confidence: Math.min(1, Math.max(0, confidence)) }
  }

  dispose(): void {
    this.#pass?.dispose()
    this.#pass = null
    this.#guess = null
    this.#answer = null
  }

  /** Goes on from what is kept of the frame before, and from nothing else. */
  #takeUp(): void {
    this.dispose()
    if (this.#before) this.#before = { ...this.#before, chroma: asStored(this.#before.chroma) }
    this.#motion?.setOut()
    this.#sight?.setOut()
  }

  /** Moves all colors that are known to where their things are now. */
  #carry(luma: NetworkLuma): Carried | null {
    const before = this.#before
    if (!this.#motion) {
      this.#motion = new Motion(luma.width / 2, luma.height / 2, this.pins.length > 0 ? PINNED_DOUBTS : UNPINNED_DOUBTS)
      this.#motion.start(before?.luma ?? luma)
    }
    if (!before) return null
    const motion = this.#motion
    motion.advance(luma)
    const lost = 1 - motion.meanCertainty
    if (this.#answer) {
      const { colored, age, lost: since, answers } = this.#answer
      this.#answer = {
        colored: { ...colored, chroma: motion.move(colored.chroma) },
        age: age + 1,
        lost: since + lost,
        answers,
      }
    }
    return { motion, chroma: motion.move(before.chroma), lost }
  }

  /** What the networks say of a frame; or said a little while ago, where most of the picture has gone on from there. */
  async #ask(frame: number, luma: NetworkLuma, carried: Carried | null, upcoming: UpcomingLuma): Promise<Colored> {
    const lost = carried?.lost ?? 1
    const isPinned = this.pins.length > 0
    const last = this.#answer
    if (last && last.age < ASK_EVERY && (isPinned ? last.lost <= LOST_SINCE : lost <= LOST)) return last.colored
    const answers = last && lost <= LOST ? Math.min(last.answers + 1, UNPINNED_ANSWERS) : 1
    const colored = await (isPinned ? this.#askPass(frame, luma, carried) : this.#askAgain(luma, answers, upcoming))
    this.#answer = { colored, age: 0, lost: 0, answers }
    return colored
  }

  async #askPass(frame: number, luma: NetworkLuma, carried: Carried | null): Promise<Colored> {
    const guess = await this.#guessFor(luma)
    this.#pass ??= this.networks.startPass(this.pins, this.#before)
    const pass = this.#pass
    if (!pass) return guess.coloring
    const told = carried && carried.motion.tell(carried.chroma)
    const colored = await traceWait('pass', async () => pass.step(frame, luma, guess.coloring.chroma, told))
    guess.match ??= colored.confidence
    if (colored.confidence < guess.match - FOUND_LESS) this.#guess = null
    return colored
  }

  async #guessFor(luma: NetworkLuma): Promise<Guess> {
    if (this.#guess) this.#guess.age += this.#answer?.age ?? 0
    if (!this.#guess || this.#guess.age >= GUESS_EVERY)
      this.#guess = { coloring: await this.#askColorModel(luma), age: 0 }
    return this.#guess
  }

  /** @param answers of how many the mean is wanted: of those until now, moved along, and a new one */
  async #askAgain(luma: NetworkLuma, answers: number, upcoming: UpcomingLuma): Promise<Colored> {
    const asked = this.#askColorModel(luma)
    this.#foresee(upcoming)
    const said = await asked
    if (!this.#answer || !this.#motion || answers === 1) return said
    this.#motion.weigh({ least: 0, pull: 1 / answers, drift: 0 })
    return { ...said, chroma: this.#motion.mix(this.#answer.colored.chroma, said.chroma) }
  }

  #askColorModel(luma: NetworkLuma): Promise<Colored> {
    const foreseen = this.#foreseen
    this.#foreseen = null
    return traceWait('color model', async () =>
      foreseen?.luma === luma ? foreseen.colored : this.networks.colorModel.color(luma),
    )
  }

  /** The frame at which the color model is asked next, unless most of the picture is new before. */
  #foresee(upcoming: UpcomingLuma): void {
    const luma = upcoming(Math.min(ASK_EVERY, TAKEN_UP_EVERY - (this.#next % TAKEN_UP_EVERY)))
    if (!luma) return
    const colored = Promise.resolve(this.networks.colorModel.color(luma))
    // Whoever takes it up hears of it.
    colored.catch(() => undefined)
    this.#foreseen = { luma, colored }
  }

  #mixed(
    frame: number,
    luma: NetworkLuma,
    { motion, chroma }: Carried,
    answer: NetworkChroma,
    ahead: CarriedChroma | null,
  ): NetworkChroma {
    const [pin, far] = this.pins
    if (!pin) motion.weigh(UNPINNED_RULE)
    const mixed = trace('mixing', () => motion.mix(chroma, answer))
    const sight = this.#sight
    if (!pin || !sight) return mixed
    const left = far ? Math.abs(far.frame - frame) : 0
    const toward = far && ahead ? { come: ahead, left: left / Math.abs(frame - pin.frame) } : undefined
    const seen = trace('motion', () => sight.join(motion, mixed, luma, this.#next, toward))
    return ahead && far ? motion.draw(seen, ahead, LEAST_ORIGIN, left) : seen
  }
}
