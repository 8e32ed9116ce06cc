/**
 * What the engine and the project say (errors, advice, warnings) in the window's language. They speak English and know
 * nothing of languages; a sentence is found again by its pattern, where {0}, {1}, ... stand for names and numbers.
 */
import { language } from './catalog.ts'
import { sentencesDe } from './sentences.de.ts'

export type Sentences = Readonly<Record<string, string>>

interface Pattern {
  readonly matches: RegExp
  readonly words: string
}

const escaped = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function patternsOf(sentences: Sentences): Pattern[] {
  const literals = (pattern: string): number => pattern.replace(/\{\d\}/g, '').length
  // Of two patterns that fit, the one that says more is meant.
  return Object.entries(sentences)
    .sort(([a], [b]) => literals(b) - literals(a))
    .map(([pattern, words]) => ({ matches: new RegExp(`^${pattern.split(/\{\d\}/).map(escaped).join('([^]+?)')}$`), words }))
}

/** A function that says sentences in other words; those that it does not know stay as they are, parts of them too. */
export function speaker(sentences: Sentences): (sentence: string) => string {
  const patterns = patternsOf(sentences)
  const say = (sentence: string): string => {
    if (sentence === '') return ''
    for (const { matches, words } of patterns) {
      const found = matches.exec(sentence)
      if (found) return words.replace(/\{(\d)\}/g, (_whole, n: string) => sayPart(found[Number(n) + 1] ?? ''))
    }
    return sentence
  }
  // Only what is known word for word: a file may be called anything.
  const sayPart = (part: string): string => (Object.hasOwn(sentences, part) ? sentences[part]! : part)
  return say
}

/** In the window's language. */
export const inWords: (sentence: string) => string = language === 'de' ? speaker(sentencesDe) : (sentence) => sentence
