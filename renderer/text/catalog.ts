/** The window's words in the system's language; English where we do not speak it. */
import type { Catalog, Language } from '../../electron/text/language.ts'
import { languageFor } from '../../electron/text/languages.ts'

/** Main says which one where the artist has chosen; else it is the system's. */
export const language: Language = languageFor(
  new URLSearchParams(globalThis.location?.search ?? '').get('language') ?? globalThis.navigator?.language ?? '',
)
export const text: Catalog = language.words
