/**
 * Films that are opened beside those of the document for some of their frames: once for all who read them at the same
 * time, and closed again when nobody does any more.
 */
import type { PinsElsewhere } from '../../contract/alike.ts'
import type { Rational } from '../../contract/schemas.ts'
import { digest } from '../../content/digest.ts'
import type { Film } from './film.ts'

/** Throws UserError; 'cancelled' once the signal has aborted. */
export type OpenFilm = (path: string, rate: Rational | null, signal: AbortSignal) => Promise<Film>

type Place = Pick<PinsElsewhere, 'path' | 'rate' | 'film'>

export class OtherFilms {
  readonly #opened = new Map<string, OtherFilm>()

  constructor(private readonly open: OpenFilm) {}

  /** For whoever releases it again. */
  take({ path, rate, film }: Place): OtherFilm {
    const key = digest('other', film, path, JSON.stringify(rate))
    const opened = this.#opened.get(key)?.taken()
    if (opened) return opened
    const made = new OtherFilm(
      (signal) => this.open(path, rate, signal),
      () => this.#opened.delete(key),
    )
    this.#opened.set(key, made)
    return made
  }
}

export class OtherFilm {
  /** Minutes away where a long film was never opened before. */
  readonly film: Promise<Film>
  readonly #abort = new AbortController()
  #readers = 1
  #isThere = false
  #reading: Promise<unknown> = Promise.resolve()

  constructor(
    open: (signal: AbortSignal) => Promise<Film>,
    private readonly onReleased: () => void,
  ) {
    this.film = open(this.#abort.signal)
    this.film.then(
      () => (this.#isThere = true),
      () => undefined,
    )
  }

  taken(): this {
    this.#readers++
    return this
  }

  /** One after the other: it has one document, which each who reads it sets. */
  read<T>(work: (film: Film) => Promise<T>): Promise<T> {
    const done = this.#reading.then(async () => work(await this.film))
    this.#reading = done.catch(() => undefined)
    return done
  }

  /** Nobody waits for one that is not even open. */
  async release(): Promise<void> {
    if (--this.#readers > 0) return
    this.onReleased()
    this.#abort.abort()
    const closed = this.film.then(
      (film) => film.close(),
      () => undefined,
    )
    if (this.#isThere) await closed
    else closed.catch(() => undefined)
  }
}
