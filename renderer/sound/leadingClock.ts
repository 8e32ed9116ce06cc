/**
 * The clock that a film runs by. Where sound is played it is that of the sound card, as it is heard: no two clocks run
 * alike, and the ear notices a leap that the eye does not. Where there is none, or it has stopped, the window's own
 * goes on. It never runs back, nor leaps at a change. Pure: times come from outside.
 */

/** The sound card's clock has stopped when it did not move for so long, in ms: cards are fed in portions. */
const STOPPED_MS = 400

export class LeadingClock {
  /** What was told last, and when that was by the window's clock. */
  #last = -Infinity
  #lastPage = 0
  /** What is to be added to the window's clock, or the sound's, in ms. */
  #offset = 0
  #byHeard = false
  #heard = NaN
  #movedAt = -Infinity
  #changes = 0

  /** Grows whenever another clock leads: what was due when by the one before is to be asked again. */
  get changes(): number {
    return this.#changes
  }

  /**
   * @param page the window's clock, in ms
   * @param heard seconds of the sound that is heard just now; null where none is played
   * @returns ms from any origin
   */
  read(page: number, heard: number | null): number {
    if (heard !== null && heard !== this.#heard) {
      this.#heard = heard
      this.#movedAt = page
    }
    const leads = heard !== null && page - this.#movedAt < STOPPED_MS
    const own = leads ? heard * 1000 : page
    if (this.#last === -Infinity) {
      this.#offset = page - own
      this.#byHeard = leads
    } else if (leads !== this.#byHeard) {
      // It goes on from what was told last, and by as much as has passed since.
      const passed = Math.max(0, page - this.#lastPage)
      this.#offset = this.#last + passed - own
      this.#byHeard = leads
      this.#changes++
    }
    this.#lastPage = page
    this.#last = Math.max(this.#last, own + this.#offset)
    return this.#last
  }

  /** When sound has to be heard to be so at `time` of this clock, in seconds of the card's; null where it leads not. */
  heardAt(time: number): number | null {
    return this.#byHeard ? (time - this.#offset) / 1000 : null
  }
}
