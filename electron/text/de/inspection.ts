/** The words for what was found in a finished film, in German. */
import type { Catalog } from '../language.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('de')

export const inspection: Catalog['inspection'] = {
  title: (film) => `Durchgesehen: ${film}`,
  whole: (frames) => plural(frames, { one: `${frames} Bild`, other: `${frames} Bilder` }),
  frames: (first, last) => (first === last ? `Bild ${first}` : `Bilder ${first} bis ${last}`),
  lead: 'Das sind Stellen zum Nachsehen. Jede Regel ist einfach und weiß nicht, was das Bild zeigt: Nicht alles hier ist falsch, und nicht alles Falsche steht hier.',
  nothing: 'Nichts fällt auf.',
  more: (count) =>
    plural(count, { one: 'Eine weitere wird nicht gezeigt.', other: `${count} weitere werden nicht gezeigt.` }),
  notLookedFor: 'nicht gesucht',
  running: 'Der Film wird durchgesehen…',
  failed: 'Der Film ließ sich nicht durchsehen.',
  list: 'Stellen zum Nachsehen',
  goTo: (first) => `Zu Bild ${first}`,
  save: 'Bericht sichern…',
  saved: (path) => `Der Bericht steht in ${path}.`,
  kinds: {
    flicker: {
      name: 'Flackernde Farbe',
      rule: 'Die mittlere Farbe eines Bildes ist nicht, was seine Nachbarn in der Einstellung erwarten lassen: Sie ragt um sechs Standardabweichungen aus der Unruhe der Einstellung heraus, und um eine Stufe von 255.',
    },
    gray: {
      name: 'Grau geblieben',
      rule: 'Mittlere Farbdifferenz unter einer Stufe von 255, in einem Film, von dem mehr als jedes zwanzigste Bild Farbe hat; schwarze und weiße Bilder zählen nicht.',
    },
    flash: {
      name: 'Blitze',
      rule: 'Die mittlere Helligkeit springt um ein Zehntel des Weges von Schwarz zu Weiß und ist nach höchstens zwei Bildern zurück.',
    },
    gamut: {
      name: 'Abgeschnittene Sättigung',
      rule: 'Ein Zehntel des Bildes oder mehr hat Farben, die Rot, Grün und Blau nicht zeigen können.',
    },
    unsure: {
      name: 'Wenig Sicherheit',
      rule: 'Die mittlere Sicherheit der Netze in einer Einstellung liegt unter 20 %: Ihre Farben sind geraten. Heften Sie ein Bild davon an.',
    },
    skin: {
      name: 'Haut fern von Haut',
      rule: 'Farben zwischen Gelbgrün und Magenta, so kräftig wie die von Haut, auf mehr als vier Prozent des Bildes und sechs Bilder lang oder länger, deren Mittel mehr als 28 Grad neben der Linie der Haut liegt (123 Grad von U nach V); es sei denn, auch die Farben gleich daneben kommen vor, wie bei Gras. Es geht allein nach der Farbe: Auch Holz, Sand oder Ziegel können gemeint sein.',
    },
    doubled: {
      name: 'Doppelte Bilder',
      rule: 'Die Helligkeit ist die des Bildes davor, während das Original weitergeht.',
    },
    dropped: {
      name: 'Fehlende Bilder',
      rule: 'Die Helligkeit ist die eines späteren Bildes des Originals als des erwarteten.',
    },
  },
}
