/**
 * A consistency pass without training: colors follow the motion of luma blocks from the predecessor and from the
 * pins, and where nothing matches the automatic color stands. It is the baseline that the trained pass has to beat,
 * and what is used when there are no pins: then it only holds the automatic colors still.
 */
import { BLOCK, STRIDE, blockGrid, chainMotion, findMotion, halve, pyramidOf, type Motion, type SmallPicture } from './motion.ts'
import type { Colored, ColoredFrame, ConsistencyPass } from './networks.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'

/** Luma difference at which a block is as much believed as not; grain and flicker stay below, another thing above. */
const DOUBTFUL = 0.045
/** Without pins: how much of what was there before is kept where it matches. High is steady, low follows new evidence. */
const STEADINESS = 0.88
/** A pin is better evidence than a predecessor that was itself carried, as long as both match alike. */
const PIN_ADVANTAGE = 3

/** A block speaks loudest for its middle, so that no borders of blocks show. */
const TENT = Float32Array.from({ length: BLOCK }, (_, i) => 1 - Math.abs(i + 0.5 - BLOCK / 2) / (BLOCK / 2 + 0.5))

interface Remembered {
  readonly frame: number
  readonly pyramid: readonly SmallPicture[]
  readonly chroma: NetworkChroma
}

function remember({ frame, luma, chroma }: ColoredFrame): Remembered {
  return { frame, pyramid: pyramidOf(halve(luma)), chroma }
}

export class PlainPass implements ConsistencyPass {
  readonly #pins: readonly Remembered[]
  #predecessor: Remembered | null
  /** From the predecessor to each pin. */
  #toPins: (Motion | null)[]

  constructor(pins: readonly ColoredFrame[], predecessor?: ColoredFrame) {
    this.#pins = pins.map(remember)
    this.#predecessor = predecessor ? remember(predecessor) : null
    this.#toPins = pins.map(() => null)
  }

  step(frame: number, luma: NetworkLuma, automatic: NetworkChroma): Colored {
    const small = halve(luma)
    const pyramid = pyramidOf(small)
    const carried = new Carried(small.width, small.height)
    if (Math.min(small.width, small.height) >= BLOCK) {
      const before = this.#predecessor
      const toPredecessor = before ? findMotion(pyramid, before.pyramid) : null
      if (before && toPredecessor) carried.add(toPredecessor, before.chroma, 1)
      const nearness = this.#pins.map((pin) => 1 / Math.max(1, Math.abs(pin.frame - frame)))
      const total = nearness.reduce((sum, value) => sum + value, 0)
      this.#toPins = this.#pins.map((pin, n) => {
        const known = this.#toPins[n]
        const guess = toPredecessor && known ? chainMotion(toPredecessor, known) : undefined
        const motion = findMotion(pyramid, pin.pyramid, guess)
        carried.add(motion, pin.chroma, (PIN_ADVANTAGE * nearness[n]!) / total)
        return motion
      })
    }
    const steadiness = this.#pins.length > 0 ? 1 : STEADINESS
    const colored = carried.resolve(automatic, steadiness)
    this.#predecessor = { frame, pyramid, chroma: colored.chroma }
    return colored
  }

  dispose(): void {
    this.#predecessor = null
  }
}

/** Votes of blocks for the color of each pixel. */
class Carried {
  /** Per pixel: weighted U, weighted V, weight, weighted belief. */
  readonly #votes: Float32Array

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#votes = new Float32Array(width * height * 4)
  }

  /** Every block of `motion` brings the chroma from where its content was. */
  add(motion: Motion, chroma: NetworkChroma, advantage: number): void {
    const { width, height } = this
    const votes = this.#votes
    const [columns] = blockGrid(width, height)
    for (let k = 0; k < motion.cost.length; k++) {
      const doubt = motion.cost[k]! / DOUBTFUL
      const belief = 1 / (1 + doubt * doubt * doubt * doubt)
      const weight = advantage * belief * belief + 1e-6
      const column = k % columns
      const row = Math.floor(k / columns)
      // Blocks at the rim also speak for what no block covers.
      const x0 = column * STRIDE
      const y0 = row * STRIDE
      const x1 = column === columns - 1 ? width : x0 + BLOCK
      const y1 = row === motion.rows - 1 ? height : y0 + BLOCK
      const dx = motion.dx[k]!
      const dy = motion.dy[k]!
      const ix = Math.floor(dx)
      const iy = Math.floor(dy)
      const fx = dx - ix
      const fy = dy - iy
      for (let y = y0; y < y1; y++) {
        const ya = Math.min(height - 1, Math.max(0, y + iy)) * width
        const yb = Math.min(height - 1, Math.max(0, y + iy + 1)) * width
        const rowWeight = weight * TENT[Math.min(BLOCK - 1, y - y0)]!
        for (let x = x0; x < x1; x++) {
          const xa = Math.min(width - 1, Math.max(0, x + ix))
          const xb = Math.min(width - 1, Math.max(0, x + ix + 1))
          const aa = (ya + xa) * 2
          const ab = (ya + xb) * 2
          const ba = (yb + xa) * 2
          const bb = (yb + xb) * 2
          const c = chroma.values
          const v = (y * width + x) * 4
          const voice = rowWeight * TENT[Math.min(BLOCK - 1, x - x0)]!
          const waa = (1 - fx) * (1 - fy) * voice
          const wab = fx * (1 - fy) * voice
          const wba = (1 - fx) * fy * voice
          const wbb = fx * fy * voice
          votes[v]! += c[aa]! * waa + c[ab]! * wab + c[ba]! * wba + c[bb]! * wbb
          votes[v + 1]! += c[aa + 1]! * waa + c[ab + 1]! * wab + c[ba + 1]! * wba + c[bb + 1]! * wbb
          votes[v + 2]! += voice
          votes[v + 3]! += belief * voice
        }
      }
    }
  }

  /** The votes' color where they are believed, the automatic one elsewhere. */
  resolve(automatic: NetworkChroma, steadiness: number): Colored {
    const votes = this.#votes
    const values = new Float32Array(this.width * this.height * 2)
    let confidence = 0
    for (let i = 0; i < values.length / 2; i++) {
      const weight = votes[4 * i + 2]!
      const belief = weight > 0 ? votes[4 * i + 3]! / weight : 0
      confidence += belief
      const share = belief * steadiness
      const scale = weight > 0 ? share / weight : 0
      values[2 * i] = votes[4 * i]! * scale + automatic.values[2 * i]! * (1 - share)
      values[2 * i + 1] = votes[4 * i + 1]! * scale + automatic.values[2 * i + 1]! * (1 - share)
    }
    return { chroma: { width: this.width, height: this.height, values }, confidence: confidence / (values.length / 2) }
  }
}
