/** What main says itself, in the system's own dialogs, in English. */
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('en')

export const dialogs = {
  exporting: {
    message: (count: number) =>
      plural(count, { one: 'A film is still being exported.', other: `${count} films are still to be exported.` }),
    /** @param files their names */
    atQuit: (files: string) =>
      `If you quit now, this stops: ${files}. It stays in the list as you ordered it, and at the next start you can go ` +
      'on from where it stood.',
    goOn: 'Go on exporting',
    quit: 'Quit',
    /** Of a notification by the system. */
    done: (count: number) => plural(count, { one: 'The export is finished.', other: `${count} exports are finished.` }),
    notDone: (count: number) => plural(count, { one: 'One export needs you.', other: `${count} exports need you.` }),
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
