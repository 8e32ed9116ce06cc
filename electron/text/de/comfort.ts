/** The words of settings, history, relinking and the start, in German. */
import type { Catalog } from '../language.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('de')

export const comfort: Catalog['comfort'] = {
  settings: 'Einstellungen',
  close: 'Schließen',
  language: 'Sprache',
  likeSystem: 'Wie das System',
  theme: 'Erscheinungsbild',
  themes: { light: 'Hell', dark: 'Dunkel' },
  cache: 'Farbspeicher, höchstens',
  gib: 'GiB',
  cacheUse: (gib) => `${gib} GiB belegt`,
  clearCache: 'Leeren',
  reallyClear: 'Endgültig leeren?',
  clearLead:
    'Das sind alle bisher berechneten Farben, aus jedem Projekt. Angeheftetes, Bearbeitungen und Sperren bleiben; der Rest wird neu berechnet, wenn Sie färben oder exportieren, und das kann Stunden dauern. Es lässt sich nicht widerrufen.',
  atOnce: 'Bilder sofort neu färben, wenn sich Angeheftetes ändert',
  keys: 'Tasten',
  search: 'Suchen',
  resetAll: 'Alle zurücksetzen',
  reset: 'Zurücksetzen',
  rebind: (action) => `Taste für „${action}“`,
  pressKey: 'Taste drücken…',
  noKey: 'keine',
  taken: (key, action) => `${key} wurde „${action}“ genommen.`,
  history: 'Verlauf',
  beginning: 'Anfang',
  rateTitle: 'Wie viele Bilder in der Sekunde?',
  rateLead:
    'Einzelbilder sagen selten, wie schnell sie aufgenommen wurden. Stummfilm lief oft mit 16 oder 18, Tonfilm mit 24, Fernsehen ' +
    'mit 25 oder 30. Sie können es später ändern; keine Arbeit an den Bildern geht verloren.',
  rateOwn: 'etwa 23,976',
  rateUse: 'Nehmen',
  rateOfFilm:
    'Die Bildrate eines Films steht in seiner Datei. Setzen lässt sich nur die einer Folge von Einzelbildern.',
  rename: 'Diesen Film umbenennen',
  renameLead: 'So heißt er in diesem Projekt; seine Datei behält ihren Namen.',
  renameField: 'Name im Projekt',
  relink: 'Wo liegen die Filme?',
  relinkLead: 'Ein Projekt verweist auf Filme, wo sie liegen. Ihre Arbeit bleibt erhalten, solange einer fehlt.',
  footage: { found: 'gefunden', changed: 'ist nicht mehr derselbe', missing: 'nicht gefunden' },
  useAllTheSame: 'Trotzdem verwenden',
  choose: 'Wählen…',
  otherFilm: {
    title: (film, name) => `„${film}“ für „${name}“ verwenden?`,
    content:
      'Es ist nicht der Film, für den Ihre Arbeit gemacht wurde. Was Sie gemacht haben, bleibt auf den Bildern derselben Nummer.',
    length: (was, is) => `Er hat ${is} ${plural(is, { one: 'Bild', other: 'Bilder' })}; Ihrer hatte ${was}.`,
    size: (was, is) =>
      `Seine Bilder haben ${is} Punkte; Ihre hatten ${was}. Was gezeichnet wurde, behält seinen Platz im Bild und liegt vielleicht neben dem, wofür es gezeichnet wurde.`,
    lost: (things) => `Was hinter seinem Ende liegt, wird entfernt: ${things}. „Rückgängig“ bringt es zurück.`,
    nothingLost: 'Von Ihrer Arbeit wird nichts entfernt.',
    pins: (count) => plural(count, { one: 'eine Anheftung', other: `${count} Anheftungen` }),
    edits: (count) => plural(count, { one: 'ein bearbeitetes Bild', other: `${count} bearbeitete Bilder` }),
    locks: (count) => plural(count, { one: 'eine Sperre', other: `${count} Sperren` }),
    markers: (count) => plural(count, { one: 'ein Marker', other: `${count} Marker` }),
    cuts: (count) => plural(count, { one: 'ein Schnitt', other: `${count} Schnitte` }),
    use: 'Diesen Film verwenden',
    leave: 'So lassen',
  },
  unsaved: 'Noch nicht gespeichert',
  unsavedOf: (clips, steps) =>
    `${plural(clips, { one: 'ein Film', other: `${clips} Filme` })}, ${plural(steps, { one: 'ein Schritt', other: `${steps} Schritte` })}`,
  keptOf: (edits) =>
    plural(edits, {
      one: 'ein Schritt, noch nicht auf dem Laufwerk',
      other: `${edits} Schritte, noch nicht auf dem Laufwerk`,
    }),
  goOn: (title) => `Weiter mit „${title}“`,
  discard: 'Verwerfen',
  reallyDiscard: 'Endgültig verwerfen?',
  sample: 'Am Beispielfilm ausprobieren',
  sampleHint: 'Einige Sekunden Meeresküste, vom Programm gezeichnet.',
  sampleFirst: 'Neu hier? Einige Sekunden Küste zum Probieren.',
  licences: 'Lizenzen',
  licencesLead: 'Woraus das Programm besteht und zu welchen Bedingungen. Nichts davon erfährt von Ihren Filmen.',
  showMore: 'Zeigen…',
  chromiumParts: 'Die Liste der Teile von Chromium zeigen',
  reports: 'Absturzberichte',
  reportsLead:
    'Was schiefging, und was ffmpeg aufgetragen bekam und sagte. Alles bleibt auf diesem Rechner, solange Sie es nicht sichern und weitergeben.',
  reportsCount: (count) => plural(count, { one: 'einer', other: `${count}` }),
  reportsNone: 'Nichts ist abgestürzt.',
  reportsOf: {
    program: 'Im Programm trat ein Fehler auf',
    page: 'Das Fenster stürzte ab, oder in ihm trat ein Fehler auf',
    engine: 'Der Teil, der Farben berechnet, stürzte ab',
    graphics: 'Der Grafikprozess stürzte ab',
    helper: 'Ein Helfer des Fensters stürzte ab',
  },
  reportsLog: 'Protokoll von ffmpeg',
  reportsLogNone: 'Noch nichts.',
  reportsShorten: 'Ohne die Ordner, in denen Dateien liegen',
  reportsSave: 'Als Text sichern…',
  reportsSaved: (path) => `Die Berichte stehen in ${path}.`,
  reportsClear: 'Leeren',
  changed: (name) => `„${name}“ ist nicht mehr derselbe Film.`,
  changedAdvice:
    'Ihre Arbeit passt vielleicht nicht zu seinen Bildern. Unter „Wo die Filme liegen“ wählen Sie den richtigen oder verwenden ' +
    'diesen trotzdem.',
}
