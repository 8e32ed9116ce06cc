/** Small pictures for the timeline, fetched when they come into sight and kept while the film is open. */
import type { FrameReply } from '../../electron/contract/frames.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'

/** Longest side in pixels. */
export const THUMB_SIDE = 128
/** About 20 MB of pictures. */
const KEPT = 400
/** Asked of the engine at a time: what waits here can still be forgotten when the timeline is scrolled on. */
const UNDER_WAY = 3

/** A frame in sight, and whether it is colored by now. */
export interface Wanted {
  readonly frame: number
  readonly colored: boolean
}

export class Thumbnails<Picture> {
  /** Grows whenever a picture arrives, so that the timeline draws again. */
  revision = $state(0)
  /**
   * By frame: the picture, null where none can be made, and for which state of the frame it was asked (null: another
   * one).
   */
  readonly #pictures = new Map<number, { picture: Picture | null; colored: boolean | null }>()
  /** Frames being fetched, and whether they have come to look different since they were asked for. */
  readonly #underWay = new Map<number, boolean>()
  #wanted: Wanted[] = []
  /** Grows when pictures that are there no longer fit. */
  outdated = $state(0)
  #generation = 0

  /**
   * @param fetch asks the engine for a frame; null when it was dropped
   * @param make turns the reply into what the timeline draws
   */
  constructor(
    private readonly fetch: (frame: number) => Promise<FrameReply | null>,
    private readonly make: (reply: FrameReply) => Promise<Picture> | Picture,
  ) {}

  clear(): void {
    this.#generation++
    this.#pictures.clear()
    this.#underWay.clear()
    this.#wanted = []
    this.revision++
  }

  /** These frames look different now; their old pictures stay until the new ones are there. */
  outdate({ from, to }: FrameRange): void {
    for (const [frame, kept] of this.#pictures)
      if (frame >= from && frame < to) this.#pictures.set(frame, { ...kept, colored: null })
    for (const frame of this.#underWay.keys()) if (frame >= from && frame < to) this.#underWay.set(frame, true)
    this.outdated++
  }

  /** The picture of a frame, as far as it is there. */
  get(frame: number): Picture | null {
    return this.#pictures.get(frame)?.picture ?? null
  }

  /**
   * Says what is in sight, most urgent first. Missing pictures are fetched in that order, then those of frames that
   * were colored or became stale since; what was wanted before and is not under way is forgotten.
   */
  want(inSight: readonly Wanted[]): void {
    const asked = inSight.filter(({ frame, colored }) => this.#pictures.get(frame)?.colored !== colored)
    // An old picture is better than none.
    this.#wanted = [
      ...asked.filter(({ frame }) => !this.#pictures.has(frame)),
      ...asked.filter(({ frame }) => this.#pictures.has(frame)),
    ]
    this.#fetchNext()
  }

  #fetchNext(): void {
    while (this.#underWay.size < UNDER_WAY) {
      const wanted = this.#wanted.shift()
      if (!wanted) return
      if (!this.#underWay.has(wanted.frame)) void this.#fetchOne(wanted)
    }
  }

  async #fetchOne({ frame, colored }: Wanted): Promise<void> {
    const generation = this.#generation
    this.#underWay.set(frame, false)
    // A frame that can't be decoded has no thumbnail; the viewer says why when it is looked at.
    const picture = await this.#make(frame).catch(() => null)
    if (generation !== this.#generation) return
    const isOutdated = this.#underWay.get(frame) ?? false
    this.#underWay.delete(frame)
    if (picture !== 'dropped') this.#keep(frame, picture, isOutdated ? null : colored)
    // Whoever wants it asks again.
    if (isOutdated) this.outdated++
    this.#fetchNext()
  }

  async #make(frame: number): Promise<Picture | 'dropped'> {
    const reply = await this.fetch(frame)
    return reply ? this.make(reply) : 'dropped'
  }

  #keep(frame: number, picture: Picture | null, colored: boolean | null): void {
    this.#pictures.delete(frame)
    this.#pictures.set(frame, { picture, colored })
    if (this.#pictures.size > KEPT) this.#pictures.delete(this.#pictures.keys().next().value!)
    this.revision++
  }
}
