/** Compares the luma of a lossless export, decoded once more, with what was to be written, picture by picture. */
import { createHash } from 'node:crypto'
import type { Plane } from '../picture/pixelLayout.ts'

/** As ffmpeg's framemd5 tells it. */
export function lumaHash(plane: Plane): string {
  return createHash('md5')
    .update(new Uint8Array(plane.buffer, plane.byteOffset, plane.byteLength))
    .digest('hex')
}

export class LumaCheck {
  #count = 0
  #other: number | null = null

  /** @param expected hashes of the luma of all pictures */
  constructor(private readonly expected: readonly string[]) {}

  /** Of the picture that comes next. */
  hear(hash: string): void {
    if (hash !== this.expected[this.#count]) this.#other ??= this.#count
    this.#count++
  }

  /** The first picture whose luma is another, or that is missing or too many; null where all are the same. */
  get firstOther(): number | null {
    const { length } = this.expected
    return this.#other ?? (this.#count === length ? null : Math.min(this.#count, length))
  }
}
