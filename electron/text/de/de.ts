/** German: all that the program says in it. */
import type { Language } from '../language.ts'
import { deliverySentences } from './delivery.ts'
import { dialogs } from './dialogs.ts'
import { sentences } from './sentences.ts'
import { words } from './words.ts'

export const de: Language = {
  code: 'de',
  name: 'Deutsch',
  words,
  dialogs,
  sentences: { ...sentences, ...deliverySentences },
}
