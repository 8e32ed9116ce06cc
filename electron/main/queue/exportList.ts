/** The order of exports and what state each is in. Nothing here writes or asks the engine. */
import {
  canGoOn,
  isEnded,
  isUnderWay,
  type LookedThrough,
  type LookThrough,
  type QueuedExport,
} from '../../contract/exportQueue.ts'

/** So many that have ended are remembered, the latest. */
const MOST_ENDED = 100

type Change = Partial<Omit<QueuedExport, 'id'>>

/** As it begins, or is begun again. */
const NEW_START: Change = { error: null, notes: [], found: [], told: false, left: false }

/** As looking through begins. */
export function toBeLookedThrough(as: LookThrough): LookedThrough {
  return { state: 'wanted', as, places: 0, reports: [], notes: [] }
}

/** What stood there may have been how far the search for shots was. */
function atStart({ progress, range, searching }: QueuedExport): QueuedExport['progress'] {
  const total = searching && range ? range.to - range.from : progress.total
  return { total, done: 0, framesPerSecond: 0, secondsLeft: null }
}

/** Whatever had not ended waits for the artist to say whether it is to go on. */
function leftByLastRun(entry: QueuedExport): QueuedExport {
  if (isEnded(entry)) return entry
  return { ...entry, ...NEW_START, state: 'paused', left: true, searching: undefined, progress: atStart(entry) }
}

export class ExportList {
  #entries: readonly QueuedExport[] = []

  /** @param onChange is told of every change with the whole list */
  constructor(private readonly onChange: (entries: readonly QueuedExport[]) => void) {}

  /** In the order in which they are written. */
  get entries(): readonly QueuedExport[] {
    return this.#entries
  }

  find(id: string): QueuedExport | undefined {
    return this.#entries.find((entry) => entry.id === id)
  }

  /** The one that is written next; null while one is being written, and where none waits. */
  get next(): QueuedExport | null {
    if (this.#entries.some(({ state }) => state === 'running')) return null
    return this.#entries.find(({ state }) => state === 'waiting') ?? null
  }

  /** Takes what an earlier run of the program has left before whatever this one has by now. */
  takeOver(entries: readonly QueuedExport[]): void {
    this.#set([...entries.map(leftByLastRun), ...this.#entries])
  }

  /** Puts one at the end. Of those that have ended long ago the oldest leave. */
  add(entry: QueuedExport): void {
    const ended = this.#entries.filter(isEnded)
    const dropped = new Set(ended.slice(0, Math.max(0, ended.length - MOST_ENDED)).map(({ id }) => id))
    this.#set([...this.#entries.filter(({ id }) => !dropped.has(id)), entry])
  }

  change(id: string, change: Change): void {
    this.#set(this.#entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)))
  }

  /** Its film is looked through for shots from now on, or is not any more. */
  setSearching(id: string, searching: boolean): void {
    const entry = this.find(id)
    if (!entry || (entry.searching ?? false) === searching) return
    this.change(id, searching ? { searching } : { searching: undefined, progress: atStart(entry) })
  }

  /** Sets those aside that are under way. */
  pause(ids: readonly string[]): void {
    this.#each(ids, (entry) => (isUnderWay(entry) ? { ...entry, state: 'paused' } : entry))
  }

  /** Has those wait for their turn that were set aside, are on hold, have failed or were cancelled. */
  goOn(ids: readonly string[]): void {
    this.#each(ids, (entry) => {
      if (!canGoOn(entry)) return entry
      const progress = isEnded(entry) ? atStart(entry) : entry.progress
      return { ...entry, ...NEW_START, state: 'waiting', progress }
    })
  }

  /** Changes places with the nearest one before (-1) or behind (1) that has not ended either. */
  move(id: string, by: -1 | 1): void {
    const open = this.#entries.filter((entry) => !isEnded(entry))
    const other = open[open.findIndex((entry) => entry.id === id) + by]
    const entry = open.find((each) => each.id === id)
    if (!entry || !other) return
    this.#set(this.#entries.map((each) => (each === entry ? other : each === other ? entry : each)))
  }

  /** Takes those out that have ended; what has not stays. @returns those taken out */
  remove(ids: readonly string[]): string[] {
    const gone = this.#entries.filter((entry) => isEnded(entry) && ids.includes(entry.id)).map(({ id }) => id)
    this.#set(this.#entries.filter(({ id }) => !gone.includes(id)))
    return gone
  }

  #each(ids: readonly string[], change: (entry: QueuedExport) => QueuedExport): void {
    this.#set(this.#entries.map((entry) => (ids.includes(entry.id) ? change(entry) : entry)))
  }

  #set(entries: readonly QueuedExport[]): void {
    if (entries.length === this.#entries.length && entries.every((entry, n) => entry === this.#entries[n])) return
    this.#entries = entries
    this.onChange(entries)
  }
}
