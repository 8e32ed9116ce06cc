/**
 * How alike two pictures are: whether they show the same scene, so that the pass can read the one's colors for the
 * other. Best-Buddies Similarity (Dekel et al. 2015) over the keys that the pass compares places by: the share of
 * places that are each other's nearest neighbors.
 */
import type { NativeConsistencyPass } from './consistencyPass.ts'
import type { Likeness } from './networks.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import type { Tensor } from './tensorflow.ts'

/** The keys of a picture's places, (places, channels), row by row; for dispose() of the tensor in the end. */
interface Places {
  readonly keys: Tensor
  readonly columns: number
}

/** A place counts as found again where the way there and back ends this near to it, in places. */
const NEAR = 1

export class NativeLikeness implements Likeness {
  readonly #known: readonly Places[]

  constructor(
    private readonly pass: NativeConsistencyPass,
    lumas: readonly NetworkLuma[],
  ) {
    this.#known = lumas.map((luma) => this.#placesOf(luma))
  }

  of(luma: NetworkLuma): number[] {
    const places = this.#placesOf(luma)
    try {
      return this.#known.map((known) => this.#shareFound(places, known))
    } finally {
      places.keys.dispose()
    }
  }

  dispose(): void {
    for (const { keys } of this.#known) keys.dispose()
  }

  #placesOf(luma: NetworkLuma): Places {
    const key = this.pass.keysOf(luma)
    const [, rows = 0, columns = 0, channels = 0] = key.shape
    const keys = this.pass.tf.tensor(key.values(), [rows * columns, channels])
    key.dispose()
    return { keys, columns }
  }

  #shareFound(here: Places, there: Places): number {
    const { tf } = this.pass
    const products = tf.products(here.keys, there.keys)
    const [forth, back] = [tf.greatestAlong(1, products), tf.greatestAlong(0, products)]
    try {
      return shareOfBestBuddies(forth.wholeValues(), back.wholeValues(), here.columns)
    } finally {
      for (const tensor of [products, forth, back]) tensor.dispose()
    }
  }
}

/**
 * @param forth for each place of the one picture, its nearest in the other
 * @param back for each place of the other, its nearest in the one
 * @param columns places in a row of the one
 * @returns 0..1
 */
export function shareOfBestBuddies(forth: Int32Array, back: Int32Array, columns: number): number {
  let found = 0
  forth.forEach((there, place) => {
    const again = back[there]!
    const away = Math.abs((again % columns) - (place % columns))
    if (away <= NEAR && Math.abs(Math.floor(again / columns) - Math.floor(place / columns)) <= NEAR) found++
  })
  return forth.length === 0 ? 0 : found / forth.length
}
