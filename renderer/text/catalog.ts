/** The window's words in the system's language; English where we do not speak it. */
import { de } from './de.ts'
import { en } from './en.ts'

/** Same shape as English; the words are free. */
type Words<T> = T extends string ? string : T extends (...args: infer A) => string ? (...args: A) => string : { [K in keyof T]: Words<T[K]> }
export type Catalog = Words<typeof en>

export const language: 'en' | 'de' = globalThis.navigator?.language?.toLowerCase().startsWith('de') ? 'de' : 'en'
export const text: Catalog = language === 'de' ? de : en
