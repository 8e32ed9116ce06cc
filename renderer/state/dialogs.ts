/** The window's dialogs, and what each is about: it can not stay when that is not open any more. */

const subjects = {
  export: 'film',
  markers: 'film',
  likePin: 'film',
  rate: 'film',
  // It goes by the film that it was opened for.
  rename: 'project',
  history: 'project',
  relink: 'project',
  palette: 'program',
  shortcuts: 'program',
  settings: 'program',
  reports: 'program',
  licences: 'program',
} as const satisfies Readonly<Record<string, 'film' | 'project' | 'program'>>

export type DialogName = keyof typeof subjects
export type DialogSubject = 'film' | 'project'

/** Films are the project's. */
export const isAbout = (dialog: DialogName, subject: DialogSubject): boolean =>
  subjects[dialog] === subject || (subject === 'project' && subjects[dialog] === 'film')
