/** The words of settings, history, relinking and the start, in English. */
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('en')

export const comfort = {
  settings: 'Settings',
  close: 'Close',
  language: 'Language',
  likeSystem: 'Like the system',
  theme: 'Appearance',
  themes: { light: 'Light', dark: 'Dark' },
  cache: 'Color cache, at most',
  gib: 'GiB',
  cacheUse: (gib: string) => `${gib} GiB in use`,
  clearCache: 'Clear',
  atOnce: 'Redo frames at once when their pins change',
  keys: 'Keys',
  search: 'Search',
  resetAll: 'Reset all',
  reset: 'Reset',
  rebind: (action: string) => `Key of “${action}”`,
  pressKey: 'Press a key…',
  noKey: 'none',
  taken: (key: string, action: string) => `${key} was taken from “${action}”.`,
  history: 'History',
  beginning: 'Beginning',
  rateTitle: 'How many frames per second?',
  rateLead:
    'Pictures seldom say how fast they were taken. Silent film often ran at 16 or 18, sound film at 24, television at 25 or 30. ' +
    'You can change it later; no work on the frames is lost.',
  rateOwn: 'such as 23.976',
  rateUse: 'Use',
  rateOfFilm: 'The frame rate of a film is the one in its file. Only that of a sequence of pictures can be set.',
  relink: 'Where are the films?',
  relinkLead: 'A project refers to films where they lie. Nothing of your work is lost while one is missing.',
  footage: { found: 'found', changed: 'is not the same any more', missing: 'not found' },
  useAllTheSame: 'Use it all the same',
  choose: 'Choose…',
  unsaved: 'Not saved yet',
  unsavedOf: (clips: number, steps: number) =>
    `${plural(clips, { one: 'one film', other: `${clips} films` })}, ${plural(steps, { one: 'one step', other: `${steps} steps` })}`,
  /** Of a project whose own disk could not take its last edits. */
  keptOf: (edits: number) =>
    plural(edits, { one: 'one edit, not on its disk yet', other: `${edits} edits, not on its disk yet` }),
  goOn: (title: string) => `Go on with “${title}”`,
  discard: 'Discard',
  reallyDiscard: 'Discard for good?',
  sample: 'Try it on the sample film',
  sampleHint: 'A few seconds of seaside, drawn by the program.',
  sampleFirst: 'New here? A few seconds of seaside to play with.',
  changed: (name: string) => `“${name}” is no longer the film it was.`,
  changedAdvice:
    'Your edits may not fit its frames. See “Where the films lie” to choose the right film, or to use this one all the same.',
}
