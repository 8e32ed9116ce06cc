/** Small pictures for the timeline, fetched when they come into sight and kept while the film is open. */
import type { FrameReply } from '../../electron/contract/frames.ts'

/** Longest side in pixels. */
export const THUMB_SIDE = 128
/** About 20 MB of pictures. */
const KEPT = 400

export class Thumbnails<Picture> {
  /** Grows whenever a picture arrives, so that the timeline draws again. */
  revision = $state(0)
  readonly #pictures = new Map<number, { picture: Picture; colored: boolean }>()
  readonly #wanted = new Set<number>()
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
    this.#wanted.clear()
    this.revision++
  }

  /** The picture of a frame, as far as it is there; asks for it when it is missing or is still gray though now colored. */
  get(frame: number, colored: boolean): Picture | null {
    const kept = this.#pictures.get(frame)
    if (!kept || kept.colored !== colored) this.#want(frame)
    return kept?.picture ?? null
  }

  #want(frame: number): void {
    if (this.#wanted.has(frame)) return
    this.#wanted.add(frame)
    const generation = this.#generation
    void this.fetch(frame)
      .then(async (reply) => {
        if (!reply || generation !== this.#generation) return
        const picture = await this.make(reply)
        if (generation !== this.#generation) return
        this.#pictures.delete(frame)
        this.#pictures.set(frame, { picture, colored: reply.coloring !== null })
        if (this.#pictures.size > KEPT) this.#pictures.delete(this.#pictures.keys().next().value!)
        this.revision++
      })
      // A frame that can't be decoded has no thumbnail; the viewer says why when it is looked at.
      .catch(() => undefined)
      .finally(() => {
        if (generation === this.#generation) this.#wanted.delete(frame)
      })
  }
}
