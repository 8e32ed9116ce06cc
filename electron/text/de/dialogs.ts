/** What main says itself, in the system's own dialogs, in German. */
import type { DialogWords } from '../language.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('de')

export const dialogs: DialogWords = {
  exporting: {
    message: 'Ein Film wird noch ausgegeben.',
    atQuit: (files) =>
      `Wenn Sie jetzt beenden, wird die unfertige Datei entfernt: ${files}. Die bisher berechneten Farben bleiben ` +
      'erhalten.',
    atEnd: (files) =>
      `Das würde die Ausgabe abbrechen, und die unfertige Datei würde entfernt: ${files}. Die bisher berechneten ` +
      'Farben bleiben erhalten.',
    goOn: 'Weiter ausgeben',
    quit: 'Beenden',
    end: 'Ausgabe abbrechen',
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
