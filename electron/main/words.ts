/** The few words that main says itself, in the system's own dialogs. The window's are in renderer/text. */
import type { Preferences } from '../contract/preferences.ts'

const en = {
  exporting: {
    message: 'A film is still being exported.',
    /** @param files names of the unfinished files */
    atQuit: (files: string) =>
      `If you quit now, the unfinished file is removed: ${files}. The colors computed so far are kept.`,
    atEnd: (files: string) =>
      `This would end the export, and the unfinished file would be removed: ${files}. The colors computed so far are kept.`,
    goOn: 'Go on exporting',
    quit: 'Quit',
    end: 'End the export',
  },
  unwritten: {
    message: (edits: number) =>
      edits === 1 ? 'One edit could not be written.' : `${edits} edits could not be written.`,
    detail: 'They are in memory only. If you leave now they are lost.',
    /** Where the program's own folder has them. */
    detailKept:
      'Their disk does not take them. They are kept in the program’s own folder, and come back when you open the project again on this computer.',
    again: 'Try again',
    elsewhere: 'Save elsewhere…',
    lose: 'Lose them',
    leave: 'Leave them there',
    stay: 'Cancel',
  },
}
type Words = typeof en

const de: Words = {
  exporting: {
    message: 'Ein Film wird noch ausgegeben.',
    atQuit: (files) =>
      `Wenn Sie jetzt beenden, wird die unfertige Datei entfernt: ${files}. Die bisher berechneten Farben bleiben erhalten.`,
    atEnd: (files) =>
      `Das würde die Ausgabe abbrechen, und die unfertige Datei würde entfernt: ${files}. Die bisher berechneten Farben bleiben erhalten.`,
    goOn: 'Weiter ausgeben',
    quit: 'Beenden',
    end: 'Ausgabe abbrechen',
  },
  unwritten: {
    message: (edits) =>
      edits === 1 ? 'Eine Änderung ließ sich nicht schreiben.' : `${edits} Änderungen ließen sich nicht schreiben.`,
    detail: 'Sie stehen nur im Arbeitsspeicher. Wenn Sie jetzt gehen, sind sie verloren.',
    detailKept:
      'Ihr Laufwerk nimmt sie nicht auf. Sie liegen im Ordner des Programms und sind wieder da, wenn Sie das Projekt auf diesem Rechner öffnen.',
    again: 'Noch einmal versuchen',
    elsewhere: 'Woanders speichern…',
    lose: 'Verwerfen',
    leave: 'Dort liegen lassen',
    stay: 'Abbrechen',
  },
}

/** @param locale the system's, as in 'de-AT' */
export function words(language: Preferences['language'], locale: string): Words {
  const wanted = language === 'system' ? locale.slice(0, 2).toLowerCase() : language
  return wanted === 'de' ? de : en
}
