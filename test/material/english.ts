/** Sentences as somebody who reads English sees them, for tests that look at what is said. */
import { inWords, type Sentence } from '../../electron/contract/sentence.ts'

export const english = (...sentences: readonly Sentence[]): string =>
  sentences.map((sentence) => inWords(sentence)).join('\n')
