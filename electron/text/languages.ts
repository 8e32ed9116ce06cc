/** The languages of the program, in the order in which the settings offer them. The first speaks for those it lacks. */
import { de } from './de/de.ts'
import { en } from './en/en.ts'
import { fr } from './fr/fr.ts'
import type { Language } from './language.ts'

export const languages: readonly [Language, ...Language[]] = [en, de, fr]

/** @param tag what is wanted, in whatever form: 'de', 'de-AT', 'fr_CA'; English where it is not spoken here */
export function languageFor(tag: string): Language {
  const [wanted] = tag.toLowerCase().split(/[-_]/)
  return languages.find(({ code }) => code === wanted) ?? languages[0]
}
