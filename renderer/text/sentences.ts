/**
 * What the engine and the project say (errors, advice, warnings) in the window's language; see
 * electron/contract/sentence.ts.
 */
import { inWords as said, type Sentence } from '../../electron/contract/sentence.ts'
import { speechOf } from '../../electron/text/speech.ts'
import { language } from './catalog.ts'

const speech = speechOf(language)

/** In the window's language; a sentence that it does not know stays English. */
export function inWords(sentence: Sentence): string {
  return said(sentence, speech)
}
