/** What main says itself, in the system's own dialogs, in German. */
import type { DialogWords } from '../language.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('de')

export const dialogs: DialogWords = {
  exporting: {
    message: (count) =>
      plural(count, { one: 'Ein Film wird noch exportiert.', other: `${count} Filme sind noch zu exportieren.` }),
    atQuit: (files) =>
      `Wenn Sie jetzt beenden, hält das an: ${files}. Es bleibt in der Liste, wie Sie es in Auftrag gegeben haben, und ` +
      'beim nächsten Start geht es auf Wunsch von da weiter, wo es stand.',
    goOn: 'Weiter exportieren',
    quit: 'Beenden',
    done: (count) => plural(count, { one: 'Der Export ist fertig.', other: `${count} Exporte sind fertig.` }),
    notDone: (count) => plural(count, { one: 'Ein Export braucht Sie.', other: `${count} Exporte brauchen Sie.` }),
  },
  unwritten: {
    message: (edits) =>
      plural(edits, {
        one: 'Eine Änderung ließ sich nicht schreiben.',
        other: `${edits} Änderungen ließen sich nicht schreiben.`,
      }),
    detail: 'Sie stehen nur im Arbeitsspeicher. Wenn Sie jetzt gehen, sind sie verloren.',
    detailKept:
      'Ihr Laufwerk nimmt sie nicht auf. Sie liegen im Ordner des Programms und sind wieder da, wenn Sie das ' +
      'Projekt auf diesem Rechner öffnen.',
    again: 'Noch einmal versuchen',
    elsewhere: 'Woanders speichern…',
    lose: 'Verwerfen',
    leave: 'Dort liegen lassen',
    stay: 'Abbrechen',
  },
}
