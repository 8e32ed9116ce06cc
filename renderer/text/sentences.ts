/**
 * What the engine and the project say (errors, advice, warnings) in the window's language; see
 * electron/contract/sentence.ts.
 */
import { inWords as said, type Sentence } from '../../electron/contract/sentence.ts'
import { language } from './catalog.ts'
import { sentencesDe } from './sentences.de.ts'

/** Other words by the English pattern. */
export type Sentences = Readonly<Record<string, string>>

/** In the window's language; a sentence that it does not know stays English. */
export function inWords(sentence: Sentence): string {
  return said(sentence, language === 'de' ? (pattern) => sentencesDe[pattern] ?? pattern : undefined)
}
