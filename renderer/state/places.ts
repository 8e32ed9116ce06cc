/**
 * Where the playhead stands in each film, also at the next start. Kept by the browser beside the project, and no part
 * of it: looking at a film is no edit.
 */
const KEY = 'places'
/** Films that were looked at last; those before them begin at their first frame. */
const MOST = 200
/** Writing them down waits for the playhead to rest. */
const REST_MS = 500

export class Places {
  #frames: Map<string, number> | null = null
  #timer: ReturnType<typeof setTimeout> | null = null

  /** 0 where nothing is known. */
  frameOf(clip: string): number {
    return this.#known.get(clip) ?? 0
  }

  remember(clip: string, frame: number): void {
    if (this.#known.get(clip) === frame) return
    this.#known.delete(clip)
    this.#known.set(clip, frame)
    this.#timer ??= setTimeout(() => this.write(), REST_MS)
  }

  write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    try {
      localStorage.setItem(KEY, JSON.stringify([...this.#known].slice(-MOST)))
    } catch {
      // A disk that is full loses no work by it.
    }
  }

  get #known(): Map<string, number> {
    return (this.#frames ??= new Map(read()))
  }
}

function read(): [string, number][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isPlace) : []
  } catch {
    return []
  }
}

const isPlace = (kept: unknown): kept is [string, number] =>
  Array.isArray(kept) && typeof kept[0] === 'string' && Number.isSafeInteger(kept[1])
