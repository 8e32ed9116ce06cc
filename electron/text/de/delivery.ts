/** What an export is asked for beyond its format: the words of the window, and what is said of it, in German. */
import type { Catalog, Sentences } from '../language.ts'

export const delivery: Catalog['delivery'] = {
  asked: (count) => (count === 0 ? 'Weitere Angaben' : `Weitere Angaben (${count} geändert)`),
  usual: (what) => `${what} (üblich)`,
  quality: 'Qualität',
  qualities: { usual: 'Wie üblich', quality: 'Nach einer Zahl', bitRate: 'Bitrate' },
  qualityNumber: 'Zahl',
  qualityUse: (least, most, usual) => `Von ${least} bis ${most}; weniger ist besser und größer. Üblich ist ${usual}.`,
  bitRate: 'Mbit/s',
  bitRateUse: 'Mittel des ganzen Films, etwa 8 bei 1080 Zeilen.',
  profile: 'Profil',
  profiles: {
    lb: 'LB: zum Schneiden, klein',
    sq: 'SQ: 8 Bit, gut',
    hq: 'HQ: 8 Bit, sehr gut',
    hqx: 'HQX: 10 Bit',
  },
  depth: 'Bit je Wert',
  depths: (bits) => (bits === 32 ? '32 (Gleitkomma)' : `${bits}`),
  likeFilm: 'Wie im Film',
  sound: 'Ton',
  sounds: {
    carried: 'Wie im Film, wo die Datei ihn halten kann',
    pcm: 'PCM, unkomprimiert',
    flac: 'FLAC, verlustfrei',
    aac: 'AAC, klein',
    none: 'Keiner',
  },
  crop: 'Beschnitt',
  sides: { left: 'Links', top: 'Oben', right: 'Rechts', bottom: 'Unten' },
  findBars: 'Schwarze Balken suchen',
  noBars: 'Neben den Bildern ist kein Schwarz.',
  cropped: (width, height) => `Übrig bleiben ${width} × ${height}; deren Werte bleiben, wie sie sind.`,
  nothingLeft: 'Vom Bild bleibt nichts übrig.',
  size: 'Größe',
  lines: (height, width) => `${height} Zeilen (${width} × ${height})`,
  ownSize: 'Breite und Höhe…',
  width: 'Breite',
  height: 'Höhe',
  fields: 'Halbbilder',
  deinterlace: {
    none: 'Wie im Film: Zeilensprung',
    same: 'Zu Vollbildern, mit der Rate des Films',
    double: 'Zu Vollbildern, mit der doppelten Rate',
  },
  handles: 'Zugabe',
  handlesUse: 'Bilder mehr vor und hinter jedem Teil',
  shape: 'Seitenverhältnis',
  shapes: {
    '4:3': '4:3',
    '16:9': '16:9',
    '185:100': '1,85:1',
    '239:100': '2,39:1',
    '1:1': '1:1, quadratisch',
    '9:16': '9:16, hochkant',
  },
  enlarge: 'Das Bild vergrößern, wo die Größe es verlangt',
  sizeUse: 'Ein Bild anderer Form steht zwischen schwarzen Balken.',
  notLossless: 'Die Helligkeit ist dann nicht mehr Bit für Bit die des Films und wird nicht mit ihr verglichen.',
  short: {
    pieces: (count) => (count === 1 ? '1 Stück' : `${count} Stücke`),
    quality: (number) => `Qualität ${number}`,
    crop: (sides) => `beschnitten um ${sides}`,
    lines: (height) => `${height} Zeilen`,
    shape: (shape) => `Seitenverhältnis ${shape}`,
    depth: (bits) => `${bits} Bit`,
    deinterlace: { same: 'deinterlaced', double: 'deinterlaced, doppelte Rate' },
    sounds: { pcm: 'Ton PCM', flac: 'Ton FLAC', aac: 'Ton AAC', none: 'ohne Ton' },
    handles: (frames) => `Zugabe von ${frames} Bildern`,
  },
  badNumber: (least, most) => `Schreiben Sie eine Zahl von ${least} bis ${most}.`,
  badSize: (least, most) => `Schreiben Sie ganze Zahlen von ${least} bis ${most}.`,
}

export const deliverySentences: Sentences = {
  'The {0} sound could not be converted as it was asked for; it stays as it is.':
    'Der {0}-Ton ließ sich nicht umwandeln wie gewünscht; er bleibt, wie er ist.',
  '{0} knows no quality and no bit rate: how good its pictures are lies in the format.':
    '{0} kennt weder Qualität noch Bitrate: Wie gut die Bilder sind, liegt im Format.',
  'Leave that out, or choose H.264 or H.265.': 'Lassen Sie das weg, oder wählen Sie H.264 oder H.265.',
  'A quality and a bit rate can not be asked for together: either follows from the other.':
    'Qualität und Bitrate lassen sich nicht zugleich verlangen: Das eine folgt aus dem anderen.',
  'Leave one of them out. A quality is a number from {0} to {1}; less is better.':
    'Lassen Sie eins davon weg. Die Qualität ist eine Zahl von {0} bis {1}; weniger ist besser.',
  '{0} has no profile “{1}”.': '{0} hat kein Profil „{1}“.',
  'Leave the profile out, or choose DNxHR HQX, which has others.':
    'Lassen Sie das Profil weg, oder wählen Sie DNxHR HQX, das andere hat.',
  '{0} has {1} bits a sample, not {2}.': '{0} hat {1} Bit je Wert, nicht {2}.',
  'The bits of a sample can not be chosen for {0}.': 'Bei {0} lassen sich die Bit je Wert nicht wählen.',
  'Leave the depth out, or choose another format.': 'Lassen Sie die Bittiefe weg, oder wählen Sie ein anderes Format.',
  '{0} keeps the film’s luma bit for bit, which has {1} bits; with {2} it could not.':
    '{0} behält die Helligkeit des Films Bit für Bit, die {1} Bit hat; mit {2} ginge das nicht.',
  'Choose as many bits or more, or another format.': 'Wählen Sie ebenso viele Bit oder mehr, oder ein anderes Format.',
  'Pictures carry no sound; nothing can be asked for it.':
    'Bilder tragen keinen Ton; für ihn lässt sich nichts verlangen.',
  '{0} can not hold sound as it was asked for ({1}).': '{0} kann Ton nicht halten, wie er verlangt ist ({1}).',
  'Leave it out, or choose FFV1 in Matroska, which takes every kind.':
    'Lassen Sie das weg, oder wählen Sie FFV1 in Matroska, das jede Art aufnimmt.',
  'This ffmpeg ({0}) can not convert sound so: it was built without the encoder {1}.':
    'Dieses ffmpeg ({0}) kann Ton nicht so umwandeln: Es wurde ohne den Encoder {1} gebaut.',
  'This ffmpeg ({0}) can not deinterlace: it was built without the filter {1}.':
    'Dieses ffmpeg ({0}) kann keine Vollbilder machen: Es wurde ohne den Filter {1} gebaut.',
  'Leave that out, or install another ffmpeg.': 'Lassen Sie das weg, oder installieren Sie ein anderes ffmpeg.',
  'This film is not interlaced; there is nothing to deinterlace.':
    'Dieser Film hat keine Halbbilder, aus denen Vollbilder zu machen wären.',
  'Pictures are numbered from 0 on: with {0} frames before it, the first of this part can not be {1}.':
    'Bilder zählen ab 0: Mit {0} Bildern davor kann das erste dieses Teils nicht {1} sein.',
  'Write a larger first number, or ask for fewer frames around the part.':
    'Schreiben Sie eine größere erste Nummer, oder verlangen Sie weniger Bilder um den Teil.',
  'The pieces of an export follow one another within the film, which has frames 0 to {0}.':
    'Die Stücke eines Exports folgen im Film aufeinander, der die Bilder 0 bis {0} hat.',
  'Choose pieces that lie within the film.': 'Wählen Sie Stücke, die im Film liegen.',
  'The clock of this film breaks, so that pieces of it can not be put together with their sound.':
    'Die Uhr dieses Films reißt ab, darum lassen sich Stücke von ihm nicht mit ihrem Ton zusammensetzen.',
  'Export each shot as a file of its own.': 'Exportieren Sie jede Einstellung als eigene Datei.',
  '{0} is cut into pieces, so it was encoded anew ({1}).':
    '{0} ist in Stücke geschnitten und wurde darum neu kodiert ({1}).',
  '{0} can not be cut into pieces; it is left out.': '{0} lässt sich nicht in Stücke schneiden und fehlt darum.',
  'The film’s chapters do not fit its pieces; they are left out.':
    'Die Kapitel des Films passen nicht zu seinen Stücken und fehlen darum.',
  'Shots that are put together in one file follow one another without more frames between.':
    'Einstellungen, die in einer Datei zusammenstehen, folgen aufeinander ohne weitere Bilder dazwischen.',
  'Leave the handles out, or export each shot as a file of its own.':
    'Lassen Sie die Zugabe weg, oder exportieren Sie jede Einstellung als eigene Datei.',
  'A width and height are a shape already: another one can not be asked for beside them.':
    'Breite und Höhe sind schon eine Form: Daneben lässt sich keine andere verlangen.',
  'Leave one of them out.': 'Lassen Sie eins davon weg.',
  'Leave that out.': 'Lassen Sie das weg.',
  'The clock of this film breaks, so its frame rate can not be doubled.':
    'Die Uhr dieses Films reißt ab, darum lässt sich seine Bildrate nicht verdoppeln.',
  'Deinterlace it at its own rate.': 'Machen Sie Vollbilder mit seiner eigenen Rate.',
  'They are deinterlaced: whole pictures, made of the film’s fields.':
    'Sie sind Vollbilder, gemacht aus den Halbbildern des Films.',
  'They are {0} × {1}.': 'Sie sind {0} × {1}.',
  'They take {0} Mbit/s; {1} were asked for.': 'Sie brauchen {0} Mbit/s; verlangt waren {1}.',
  'Luma is bit for bit as in the film but for pictures of another size or kind there, which were converted.':
    'Die Helligkeit ist Bit für Bit die des Films, außer bei Bildern, die dort von anderer Größe oder Art sind; sie wurden umgewandelt.',
  'Their luma is not the film’s bit for bit, since that was asked for; it could not be compared with it.':
    'Ihre Helligkeit ist wie verlangt nicht Bit für Bit die des Films; sie ließ sich nicht mit ihr vergleichen.',
  'The film’s picture is {0} × {1}; nothing would be left of it.':
    'Das Bild des Films ist {0} × {1}; davon bliebe nichts übrig.',
  'Cut less off its sides.': 'Schneiden Sie weniger von seinen Seiten ab.',
  'The pictures of this film change their size, so the same can not be cut off all of them.':
    'Die Bilder dieses Films ändern ihre Größe, darum lässt sich nicht von allen dasselbe abschneiden.',
  'Leave that out, or export a part of the film that is of its first size.':
    'Lassen Sie das weg, oder exportieren Sie einen Teil des Films, der seine erste Größe hat.',
  'The film’s picture is {0} × {1}; for a frame of {2} × {3} it would have to be enlarged.':
    'Das Bild des Films ist {0} × {1}; für eine Fläche von {2} × {3} müsste es vergrößert werden.',
  'Choose a smaller size, or say that the picture may be enlarged.':
    'Wählen Sie eine kleinere Größe, oder erlauben Sie, das Bild zu vergrößern.',
  '{0} is {1} in the export instead of {2}.': '{0} ist im Export {1} statt {2}.',
  'The export’s pictures are {0} instead of {1}.': 'Die Bilder des Exports sind {0} statt {1}.',
}
