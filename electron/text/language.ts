/**
 * What a language consists of. Each has a folder here (en, de, fr) and a line in languages.ts; nothing else in the
 * program knows which there are.
 */
import type { dialogs } from './en/dialogs.ts'
import type { words } from './en/words.ts'
import type { PluralForms } from './plural.ts'

/** Same shape as English; the words are free. */
type Translated<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Translated<T[K]> }

/** The words of the window. */
export type Catalog = Translated<typeof words>

/** The few words that main says itself, in the system's own dialogs. */
export type DialogWords = Translated<typeof dialogs>

/** A sentence whose words change with the number in one of its places: `by` 1 is that of {1}. */
export type CountedSentence = PluralForms & { readonly by: number }

/** What engine, project and main say, by its English pattern; see electron/contract/sentence.ts. */
export type Sentences = Readonly<Record<string, string | CountedSentence>>

export interface Language {
  /** BCP 47, without a region: 'fr'. Numbers, dates and plural forms go by it. */
  readonly code: string
  /** Its name in itself, as one who looks for it would know it. */
  readonly name: string
  readonly words: Catalog
  readonly dialogs: DialogWords
  /** English has those alone that go by a number: the others are their own patterns. */
  readonly sentences: Sentences
}
