/** French: all that the program says in it. */
import type { Language } from '../language.ts'
import { deliverySentences } from './delivery.ts'
import { dialogs } from './dialogs.ts'
import { sentences } from './sentences.ts'
import { words } from './words.ts'

export const fr: Language = {
  code: 'fr',
  name: 'Français',
  words,
  dialogs,
  sentences: { ...sentences, ...deliverySentences },
}
