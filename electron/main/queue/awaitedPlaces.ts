/** Looks, every few seconds, whether what exports on hold wait for is there again: disks, and films on them. */
import { isThere } from '../../system/present.ts'

const LOOK_MS = 2000

/** Of each group one place has to be there. */
export type Places = readonly (readonly string[])[]

export class AwaitedPlaces {
  /** By order. */
  readonly #awaited = new Map<string, Places>()
  #timer: NodeJS.Timeout | null = null

  /** @param onBack is told once of each */
  constructor(private readonly onBack: (id: string) => void) {}

  /** Of no places nothing is told: whether they are back, only the artist can see. */
  add(id: string, places: Places): void {
    if (places.length === 0) return
    this.#awaited.set(id, places)
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref()
  }

  forget(id: string): void {
    this.#awaited.delete(id)
  }

  stop(): void {
    this.#awaited.clear()
    this.#rest()
  }

  async #look(): Promise<void> {
    for (const [id, places] of this.#awaited) {
      const found = await Promise.all(
        places.map(async (group) => (await Promise.all(group.map(isThere))).includes(true)),
      )
      // It may have been forgotten, or be on hold for something else by now.
      if (!found.every(Boolean) || this.#awaited.get(id) !== places) continue
      this.#awaited.delete(id)
      this.onBack(id)
    }
    if (this.#awaited.size === 0) this.#rest()
  }

  #rest(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }
}
