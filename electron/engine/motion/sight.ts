/**
 * What a frame shows of a pin straight away, whatever has passed between the two: motion from the pin's own picture to
 * that of the frame, there and back. Colors that are carried from frame to frame lose their way behind everything that
 * passes before them; here a wall has its pinned color again once somebody has walked by (models/MOTION.md).
 */
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { Motion, type CarriedChroma, type Doubts } from './motion.ts'

/** Between pictures that lie far apart grain and light differ more, and the way is longer. */
const DOUBTS: Doubts = { luma: 12, way: 1.5 }

/** So much of what makes up for lost colors is taken at each frame: nothing springs back at once. */
const EASE = 0.3

/** Where more of the picture than this has come all the way from frame to frame, there is nothing to look for. */
const ALL_CAME = 0.998

/** Where less of the picture than this is found, the pin is looked for again only at every so many steps. */
const LEAST_GAIN = 0.004
const LOOK_AGAIN = 8

/** What has come from a pin in front counts against no less than this. */
export const LEAST_ORIGIN = 0.01

/** The pin at the other end of the way. */
export interface Toward {
  /** What has come from it. */
  readonly come: CarriedChroma
  /** How far it still is, of the way from this pin. */
  readonly left: number
}

export class Sight {
  readonly #motion: Motion
  #isSeen = true

  constructor(private readonly pin: { readonly luma: NetworkLuma; readonly chroma: NetworkChroma }) {
    const { width, height } = pin.chroma
    this.#motion = new Motion(width, height, DOUBTS)
    this.#motion.start(pin.luma)
  }

  /** A way is taken up anew: nothing is remembered of how it was found before. */
  setOut(): void {
    this.#isSeen = true
  }

  /**
   * Joins what is seen of the pin to colors that were carried to a frame, by how much of either has come all the way.
   * @param along the motion that carried them; what has come all the way is renewed there
   * @param step of the way to the frame
   * @param toward what has come from the pin at the other end, and how far that is, of the way from this one: so far
   * the colors seen here are on their way to it
   */
  join(along: Motion, carried: NetworkChroma, luma: NetworkLuma, step: number, toward?: Toward): NetworkChroma {
    if (!this.#isSeen && step % LOOK_AGAIN !== 0) return carried
    if (along.meanOrigin > ALL_CAME) return carried
    this.#motion.setOut()
    this.#motion.look(luma)
    const seen = this.#motion.carry(this.pin.chroma)
    const onItsWay = toward ? this.#motion.draw(seen.chroma, toward.come, LEAST_ORIGIN, toward.left) : seen.chroma
    const { chroma, gain } = along.join(carried, { ...seen, chroma: onItsWay }, EASE)
    this.#isSeen = gain > LEAST_GAIN
    return chroma
  }
}
