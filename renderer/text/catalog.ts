/** The window's words in the system's language; English where we do not speak it. */
import { de } from './de.ts'
import { en } from './en.ts'

/** Same shape as English; the words are free. */
type Words<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { [K in keyof T]: Words<T[K]> }
export type Catalog = Words<typeof en>

/** Main says which one where the artist has chosen; else it is the system's. */
const wanted =
  new URLSearchParams(globalThis.location?.search ?? '').get('language') ?? globalThis.navigator?.language ?? 'en'

export const language: 'en' | 'de' = wanted.toLowerCase().startsWith('de') ? 'de' : 'en'
export const text: Catalog = language === 'de' ? de : en
