/** Compares the pictures of a lossless export, decoded once more, with those that were handed to its encoder. */
import { createHash } from 'node:crypto'
import { rawPlanes, type Planes } from '../../picture/pixelLayout.ts'

/** Of all planes, as ffmpeg's 'framehash' tells it of raw pictures by FRAME_HASH. */
export function pictureHash(planes: Planes): string {
  const hash = createHash('sha1')
  for (const plane of rawPlanes(planes)) hash.update(plane)
  return hash.digest('hex')
}

/** ffmpeg's name of the hash: of those that it knows, what Node.js computes fastest. */
export const FRAME_HASH = 'SHA160'

export class PictureCheck {
  #count = 0
  #other: number | null = null
  #isCutShort = false

  /** @param expected hashes of all pictures */
  constructor(private readonly expected: readonly string[]) {}

  /** Of the picture that comes next. */
  hear(hash: string): void {
    if (hash !== this.expected[this.#count]) this.#other ??= this.#count
    this.#count++
  }

  /** Reading was ended before its time: what was not heard of is not missing. */
  cutShort(): void {
    this.#isCutShort = true
  }

  /** The first picture that is another, missing or too many; null where all are the same. */
  get firstOther(): number | null {
    const { length } = this.expected
    return this.#other ?? (this.#isCutShort || this.#count === length ? null : Math.min(this.#count, length))
  }
}
