/**
 * Notices when a film that was away is there again: a share that is mounted once more, a file that has its name back.
 * It is looked for by name only, every few seconds, since no system tells of all the ways in which a file can come
 * back.
 */
import { isThere } from '../system/present.ts'

const INTERVAL_MS = 2000

export interface FilmWatchOptions {
  /** Where a clip's film may be; empty for clips that are no longer in the project. */
  readonly placesOf: (clip: string) => readonly string[]
  /** Clips whose films are open: they may go away and come back without anybody asking. */
  readonly openClips: () => readonly string[]
  /** It is there again. Rejects where it can't be opened yet; it is then tried again. */
  readonly onBack: (clip: string) => Promise<void>
}

export class FilmWatch {
  readonly #away = new Set<string>()
  #looking: Promise<void> | null = null
  readonly #timer: NodeJS.Timeout

  constructor(private readonly options: FilmWatchOptions) {
    this.#timer = setInterval(() => void this.look(), INTERVAL_MS)
    this.#timer.unref()
  }

  /** This clip's film is not to be had. */
  away(clip: string): void {
    this.#away.add(clip)
  }

  /** Looks once; resolves when whatever has come back was told. A share that does not answer delays the next look. */
  look(): Promise<void> {
    this.#looking ??= this.#lookAtAll().finally(() => (this.#looking = null))
    return this.#looking
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #lookAtAll(): Promise<void> {
    await Promise.all([...new Set([...this.#away, ...this.options.openClips()])].map((clip) => this.#lookAt(clip)))
  }

  async #lookAt(clip: string): Promise<void> {
    const places = this.options.placesOf(clip)
    const there = (await Promise.all(places.map(isThere))).includes(true)
    if (places.length === 0) this.#away.delete(clip)
    else if (!there) this.#away.add(clip)
    else if (this.#away.delete(clip)) await this.options.onBack(clip).catch(() => this.#away.add(clip))
  }
}
