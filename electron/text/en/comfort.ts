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
  reallyClear: 'Clear for good?',
  clearLead:
    'These are all colors computed so far, of every project. Pins, edits and locks stay; the rest is computed again when you colorize or export, which may take hours. It can not be undone.',
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
  rename: 'Rename this film',
  renameLead: 'So it is called in this project; its file keeps its name.',
  renameField: 'Name in the project',
  relink: 'Where are the films?',
  relinkLead: 'A project refers to films where they lie. Nothing of your work is lost while one is missing.',
  footage: { found: 'found', changed: 'is not the same any more', missing: 'not found' },
  useAllTheSame: 'Use it all the same',
  choose: 'Choose…',
  otherFilm: {
    title: (film: string, name: string) => `Use “${film}” for “${name}”?`,
    content:
      'It is not the film that your work was made for. What you have made stays on the frames of the same number.',
    length: (was: number, is: number) =>
      `It has ${is} ${plural(is, { one: 'frame', other: 'frames' })}; yours had ${was}.`,
    size: (was: string, is: string) =>
      `Its pictures are ${is}; yours were ${was}. What was drawn keeps its place in the picture, and may miss what it was drawn for.`,
    lost: (things: string) => `What lies behind its end is taken away: ${things}. Undo brings it back.`,
    nothingLost: 'Nothing of your work is taken away.',
    pins: (count: number) => plural(count, { one: 'one pin', other: `${count} pins` }),
    edits: (count: number) => plural(count, { one: 'one edited frame', other: `${count} edited frames` }),
    locks: (count: number) => plural(count, { one: 'one lock', other: `${count} locks` }),
    markers: (count: number) => plural(count, { one: 'one marker', other: `${count} markers` }),
    cuts: (count: number) => plural(count, { one: 'one cut', other: `${count} cuts` }),
    use: 'Use this film',
    leave: 'Leave it as it is',
  },
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
  licences: 'Licences',
  licencesLead: 'What the program is made of, and on which terms. None of it hears of your films.',
  showMore: 'Show…',
  chromiumParts: 'Show the list of Chromium’s own parts',
  reports: 'Crash reports',
  reportsLead:
    'What went wrong, and what ffmpeg was told and said. All of it stays on this computer, unless you save it and pass it on.',
  reportsCount: (count: number) => plural(count, { one: 'one', other: `${count}` }),
  reportsNone: 'Nothing has crashed.',
  reportsOf: {
    program: 'The program met an error',
    page: 'The window died, or met an error',
    engine: 'The part that computes colors died',
    graphics: 'The graphics process died',
    helper: 'A helper of the window died',
  },
  reportsLog: 'ffmpeg’s log',
  reportsLogNone: 'Nothing yet.',
  reportsShorten: 'Without the folders that files lie in',
  reportsSave: 'Save as text…',
  reportsSaved: (path: string) => `The reports were written to ${path}.`,
  reportsClear: 'Clear',
  changed: (name: string) => `“${name}” is no longer the film it was.`,
  changedAdvice:
    'Your edits may not fit its frames. See “Where the films lie” to choose the right film, or to use this one all the same.',
}
