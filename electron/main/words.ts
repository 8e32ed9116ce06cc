/** The few words that main says itself, in the system's own dialogs. The window's are in renderer/text. */
import type { Preferences } from '../contract/preferences.ts'

const en = {
  exporting: {
    message: 'A film is still being exported.',
    detail: 'If you quit now, the unfinished file is removed. The colors computed so far are kept.',
    goOn: 'Go on exporting',
    quit: 'Quit',
  },
}
type Words = typeof en

const de: Words = {
  exporting: {
    message: 'Ein Film wird noch ausgegeben.',
    detail: 'Wenn Sie jetzt beenden, wird die unfertige Datei entfernt. Die bisher berechneten Farben bleiben erhalten.',
    goOn: 'Weiter ausgeben',
    quit: 'Beenden',
  },
}

/** @param locale the system's, as in 'de-AT' */
export function words(language: Preferences['language'], locale: string): Words {
  const wanted = language === 'system' ? locale.slice(0, 2).toLowerCase() : language
  return wanted === 'de' ? de : en
}
