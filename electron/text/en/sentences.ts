/** What engine, project and main tell the artist, in English: only what goes by a number (see ../language.ts). */
import type { Sentences } from '../language.ts'

export const sentences: Sentences = {
  'This film has {0} frames; frame {1} is not among them.': {
    by: 0,
    one: 'This film has {0} frame; frame {1} is another.',
    other: 'This film has {0} frames; frame {1} is not among them.',
  },
  '“{0}” has {1} pictures now; this project knows {2}.': {
    by: 1,
    one: '“{0}” has {1} picture now; this project knows {2}.',
    other: '“{0}” has {1} pictures now; this project knows {2}.',
  },
  '{0} of {1} unsaved edits of “{2}” were left out: they rest on others that are missing.': {
    by: 0,
    one: '{0} of {1} unsaved edits of “{2}” was left out: it rests on another that is missing.',
    other: '{0} of {1} unsaved edits of “{2}” were left out: they rest on others that are missing.',
  },
  '{0} more changes': {
    by: 0,
    one: '{0} more change',
    other: '{0} more changes',
  },
  'at {0} more places': {
    by: 0,
    one: 'at {0} more place',
    other: 'at {0} more places',
  },
}
