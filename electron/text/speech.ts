/** How a language puts the sentences of engine, project and main. */
import type { Speech } from '../contract/sentence.ts'
import type { Language } from './language.ts'
import { pluralsOf } from './plural.ts'

/** Sentences that the language does not know stay English. */
export function speechOf({ code, sentences }: Pick<Language, 'code' | 'sentences'>): Speech {
  const plural = pluralsOf(code)
  return {
    pattern: (english, values) => {
      const words = sentences[english] ?? english
      return typeof words === 'string' ? words : plural(Number(values[words.by]), words)
    },
    number: (value, digits) =>
      value.toLocaleString(code, {
        minimumFractionDigits: digits ?? 0,
        maximumFractionDigits: digits ?? 3,
        useGrouping: false,
      }),
  }
}
