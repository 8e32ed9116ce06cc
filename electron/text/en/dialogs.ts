/** What main says itself, in the system's own dialogs, in English. */
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('en')

export const dialogs = {
  exporting: {
    message: 'A film is still being exported.',
    /** @param files names of the unfinished files */
    atQuit: (files: string) =>
      `If you quit now, the unfinished file is removed: ${files}. The colors computed so far are kept.`,
    atEnd: (files: string) =>
      `This would end the export, and the unfinished file would be removed: ${files}. The colors computed so far ` +
      'are kept.',
    goOn: 'Go on exporting',
    quit: 'Quit',
    end: 'End the export',
  },
  unwritten: {
    message: (edits: number) =>
      plural(edits, { one: 'One edit could not be written.', other: `${edits} edits could not be written.` }),
    detail: 'They are in memory only. If you leave now they are lost.',
    /** Where the program's own folder has them. */
    detailKept:
      'Their disk does not take them. They are kept in the program’s own folder, and come back when you open the ' +
      'project again on this computer.',
    again: 'Try again',
    elsewhere: 'Save elsewhere…',
    lose: 'Lose them',
    leave: 'Leave them there',
    stay: 'Cancel',
  },
}
