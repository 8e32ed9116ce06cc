/** Sentences for the artist that wait to be read: what happened and what to do. */
import { toUserErrorData, type UserErrorData } from '../../electron/contract/userError.ts'
import { inWords } from '../text/sentences.ts'
import { text } from '../text/catalog.ts'

export interface Notice {
  readonly id: number
  readonly kind: 'error' | 'warning' | 'info'
  readonly message: string
  readonly advice: string
  readonly detail: string | undefined
}

/** Notices that ask for nothing go by themselves. */
const INFO_MS = 6000
/** And make way for later ones: of a row of pins they would cover the picture. */
const MOST_INFOS = 2

/** Errors that crossed a process border are plain data already. */
function isErrorData(thrown: unknown): thrown is UserErrorData {
  return typeof thrown === 'object' && thrown !== null && !(thrown instanceof Error) && 'advice' in thrown
}

export class Notices {
  list = $state<Notice[]>([])
  #nextId = 1

  /**
   * What the artist cancelled is no error.
   * @param about whose trouble it is, where that is not what is in view
   * @returns its number, for `dismiss` once that is over; null where nothing was said
   */
  fail(thrown: unknown, about = ''): number | null {
    const error = isErrorData(thrown) ? thrown : toUserErrorData(thrown)
    if (error.code === 'cancelled') return null
    return this.#add('error', about, inWords(error.message), inWords(error.advice), error.detail)
  }

  /** @returns its number, for `dismiss` once it has no object any more */
  warn(message: string, advice = '', about = ''): number {
    return this.#add('warning', about, message, advice)
  }

  tell(message: string): void {
    const id = this.#add('info', '', message)
    setTimeout(() => this.dismiss(id), INFO_MS)
    const infos = this.list.filter(({ kind }) => kind === 'info')
    for (const earlier of infos.slice(0, -MOST_INFOS)) this.dismiss(earlier.id)
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }

  #add(kind: Notice['kind'], about: string, words: string, advice = '', detail?: string): number {
    const message = about === '' ? words : text.about(about, words)
    const same = this.list.find((notice) => notice.message === message)
    if (same) return same.id
    const id = this.#nextId++
    this.list = [...this.list, { id, kind, message, advice, detail }]
    return id
  }
}
