/**
 * Where the colorings of one recipe of a film lie: one number of 8 bytes a frame, outside of the heap of JavaScript, in
 * pages of frames that follow each other. Films are colored in stretches, so pages are nearly always full; at the
 * worst, a few frames far apart, they take 8 bytes for each frame of the film.
 */

const PAGE = 512
const OFFSETS = 2 ** 32

export interface FramePlace {
  /** Number of the pack, from 0. */
  readonly pack: number
  /** Byte of the pack where the record begins, below 2^32. */
  readonly offset: number
}

export class FramePlaces {
  /** (pack + 1) * 2^32 + offset; 0 where there is none. */
  readonly #pages = new Map<number, Float64Array>()

  /** @param isKept packs that were given up count as if they had never been: nobody has to look for their frames */
  constructor(private readonly isKept: (pack: number) => boolean) {}

  has(frame: number): boolean {
    const value = this.#value(frame)
    return value > 0 && this.isKept(Math.floor(value / OFFSETS) - 1)
  }

  get(frame: number): FramePlace | null {
    if (!this.has(frame)) return null
    const value = this.#value(frame)
    return { pack: Math.floor(value / OFFSETS) - 1, offset: value % OFFSETS }
  }

  set(frame: number, { pack, offset }: FramePlace): void {
    const number = Math.floor(frame / PAGE)
    let page = this.#pages.get(number)
    if (!page) this.#pages.set(number, (page = new Float64Array(PAGE)))
    page[frame % PAGE] = (pack + 1) * OFFSETS + offset
  }

  delete(frame: number): void {
    const page = this.#pages.get(Math.floor(frame / PAGE))
    if (page) page[frame % PAGE] = 0
  }

  #value(frame: number): number {
    return this.#pages.get(Math.floor(frame / PAGE))?.[frame % PAGE] ?? 0
  }
}
