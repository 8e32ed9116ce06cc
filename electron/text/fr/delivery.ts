/** What an export is asked for beyond its format: the words of the window, and what is said of it, in French. */
import type { Catalog, Sentences } from '../language.ts'

export const delivery: Catalog['delivery'] = {
  asked: (count) =>
    count === 0 ? 'Autres réglages' : `Autres réglages (${count} ${count < 2 ? 'modifié' : 'modifiés'})`,
  usual: (what) => `${what} (habituel)`,
  quality: 'Qualité',
  qualities: { usual: 'Habituelle', quality: 'Selon un nombre', bitRate: 'Débit' },
  qualityNumber: 'Nombre',
  qualityUse: (least, most, usual) =>
    `De ${least} à ${most} ; moins, c’est mieux et plus gros. L’habituel est ${usual}.`,
  bitRate: 'Mbit/s',
  bitRateUse: 'Moyenne du film entier, par exemple 8 pour 1080 lignes.',
  profile: 'Profil',
  profiles: {
    lb: 'LB : pour le montage, petit',
    sq: 'SQ : 8 bits, bon',
    hq: 'HQ : 8 bits, très bon',
    hqx: 'HQX : 10 bits',
  },
  depth: 'Bits par valeur',
  depths: (bits) => (bits === 32 ? '32 (flottants)' : `${bits}`),
  likeFilm: 'Comme le film',
  sound: 'Son',
  sounds: {
    carried: 'Comme dans le film, si le fichier l’accepte',
    pcm: 'PCM, non compressé',
    flac: 'FLAC, sans perte',
    aac: 'AAC, petit',
    none: 'Aucun',
  },
  crop: 'Recadrage',
  sides: { left: 'Gauche', top: 'Haut', right: 'Droite', bottom: 'Bas' },
  findBars: 'Chercher les bandes noires',
  noBars: 'Il n’y a pas de noir à côté des images.',
  cropped: (width, height) => `Il reste ${width} × ${height} ; ses valeurs restent telles quelles.`,
  nothingLeft: 'Il ne reste rien de l’image.',
  size: 'Taille',
  lines: (height, width) => `${height} lignes (${width} × ${height})`,
  ownSize: 'Largeur et hauteur…',
  width: 'Largeur',
  height: 'Hauteur',
  fields: 'Trames',
  deinterlace: {
    none: 'Comme le film : entrelacées',
    same: 'Désentrelacées, à la cadence du film',
    double: 'Désentrelacées, à la cadence double',
  },
  handles: 'Marges',
  handlesUse: 'images de plus avant et après chaque partie',
  shape: 'Format d’image',
  shapes: {
    '4:3': '4:3',
    '16:9': '16:9',
    '185:100': '1,85:1',
    '239:100': '2,39:1',
    '1:1': '1:1, carré',
    '9:16': '9:16, vertical',
  },
  enlarge: 'Agrandir l’image si la taille le demande',
  sizeUse: 'Une image d’une autre forme est entourée de bandes noires.',
  notLossless: 'La luminance n’est alors plus celle du film bit pour bit, et ne lui est pas comparée.',
  short: {
    pieces: (count) => (count === 1 ? '1 morceau' : `${count} morceaux`),
    quality: (number) => `qualité ${number}`,
    crop: (sides) => `recadré de ${sides}`,
    lines: (height) => `${height} lignes`,
    shape: (shape) => `format ${shape}`,
    depth: (bits) => `${bits} bits`,
    deinterlace: { same: 'désentrelacé', double: 'désentrelacé, cadence double' },
    sounds: { pcm: 'son PCM', flac: 'son FLAC', aac: 'son AAC', none: 'sans son' },
    handles: (frames) => `marges de ${frames} images`,
  },
  badNumber: (least, most) => `Écrivez un nombre de ${least} à ${most}.`,
  badSize: (least, most) => `Écrivez des nombres entiers de ${least} à ${most}.`,
}

export const deliverySentences: Sentences = {
  'The {0} sound could not be converted as it was asked for; it stays as it is.':
    'Le son {0} n’a pas pu être converti comme demandé ; il reste tel quel.',
  '{0} knows no quality and no bit rate: how good its pictures are lies in the format.':
    '{0} ne connaît ni qualité ni débit : la qualité de ses images tient au format.',
  'Leave that out, or choose H.264 or H.265.': 'N’en demandez pas, ou choisissez H.264 ou H.265.',
  'A quality and a bit rate can not be asked for together: either follows from the other.':
    'Une qualité et un débit ne peuvent pas être demandés ensemble : l’un découle de l’autre.',
  'Leave one of them out. A quality is a number from {0} to {1}; less is better.':
    'Laissez l’un des deux. La qualité est un nombre de {0} à {1} ; moins, c’est mieux.',
  '{0} has no profile “{1}”.': '{0} n’a pas de profil « {1} ».',
  'Leave the profile out, or choose DNxHR HQX, which has others.':
    'Ne demandez pas de profil, ou choisissez DNxHR HQX, qui en a d’autres.',
  '{0} has {1} bits a sample, not {2}.': '{0} a {1} bits par valeur, pas {2}.',
  'The bits of a sample can not be chosen for {0}.': 'Pour {0}, les bits par valeur ne se choisissent pas.',
  'Leave the depth out, or choose another format.': 'Ne demandez pas de profondeur, ou choisissez un autre format.',
  '{0} keeps the film’s luma bit for bit, which has {1} bits; with {2} it could not.':
    '{0} garde bit pour bit la luminance du film, qui a {1} bits ; avec {2}, il ne le pourrait pas.',
  'Choose as many bits or more, or another format.': 'Choisissez autant de bits ou plus, ou un autre format.',
  'Pictures carry no sound; nothing can be asked for it.':
    'Les images ne portent pas de son ; rien ne peut être demandé pour lui.',
  '{0} can not hold sound as it was asked for ({1}).': '{0} ne peut pas contenir le son comme il est demandé ({1}).',
  'Leave it out, or choose FFV1 in Matroska, which takes every kind.':
    'Ne le demandez pas, ou choisissez FFV1 en Matroska, qui accepte tout.',
  'This ffmpeg ({0}) can not convert sound so: it was built without the encoder {1}.':
    'Ce ffmpeg ({0}) ne peut pas convertir le son ainsi : il a été compilé sans l’encodeur {1}.',
  'This ffmpeg ({0}) can not deinterlace: it was built without the filter {1}.':
    'Ce ffmpeg ({0}) ne peut pas désentrelacer : il a été compilé sans le filtre {1}.',
  'Leave that out, or install another ffmpeg.': 'N’en demandez pas, ou installez un autre ffmpeg.',
  'This film is not interlaced; there is nothing to deinterlace.':
    'Ce film n’est pas entrelacé ; il n’y a rien à désentrelacer.',
  'Pictures are numbered from 0 on: with {0} frames before it, the first of this part can not be {1}.':
    'Les images sont numérotées à partir de 0 : avec {0} images avant elle, la première de cette partie ne peut pas être {1}.',
  'Write a larger first number, or ask for fewer frames around the part.':
    'Écrivez un premier numéro plus grand, ou demandez moins d’images autour de la partie.',
  'The pieces of an export follow one another within the film, which has frames 0 to {0}.':
    'Les morceaux d’un export se suivent dans le film, qui a les images 0 à {0}.',
  'Choose pieces that lie within the film.': 'Choisissez des morceaux qui sont dans le film.',
  'The clock of this film breaks, so that pieces of it can not be put together with their sound.':
    'L’horloge de ce film se rompt, des morceaux ne peuvent donc pas être réunis avec leur son.',
  'Export each shot as a file of its own.': 'Exportez chaque plan dans son propre fichier.',
  '{0} is cut into pieces, so it was encoded anew ({1}).':
    '{0} est coupé en morceaux et a donc été encodé de nouveau ({1}).',
  '{0} can not be cut into pieces; it is left out.': '{0} ne peut pas être coupé en morceaux et n’est pas repris.',
  'The film’s chapters do not fit its pieces; they are left out.':
    'Les chapitres du film ne conviennent pas à ses morceaux et ne sont pas repris.',
  'Shots that are put together in one file follow one another without more frames between.':
    'Des plans réunis en un fichier se suivent sans autres images entre eux.',
  'Leave the handles out, or export each shot as a file of its own.':
    'Ne demandez pas de marges, ou exportez chaque plan dans son propre fichier.',
  'A width and height are a shape already: another one can not be asked for beside them.':
    'Une largeur et une hauteur sont déjà une forme : une autre ne peut pas être demandée en plus.',
  'Leave one of them out.': 'Laissez l’un des deux.',
  'Leave that out.': 'Ne le demandez pas.',
  'The clock of this film breaks, so its frame rate can not be doubled.':
    'L’horloge de ce film se rompt, sa cadence ne peut donc pas être doublée.',
  'Deinterlace it at its own rate.': 'Désentrelacez-le à sa propre cadence.',
  'They are deinterlaced: whole pictures, made of the film’s fields.':
    'Elles sont désentrelacées : des images entières, faites des trames du film.',
  'They are {0} × {1}.': 'Elles font {0} × {1}.',
  'They take {0} Mbit/s; {1} were asked for.': 'Elles prennent {0} Mbit/s ; {1} étaient demandés.',
  'Luma is bit for bit as in the film but for pictures of another size or kind there, which were converted.':
    'La luminance est bit pour bit celle du film, sauf pour les images qui y sont d’une autre taille ou d’une autre sorte : elles ont été converties.',
  'Their luma is not the film’s bit for bit, since that was asked for; it could not be compared with it.':
    'Comme demandé, leur luminance n’est pas bit pour bit celle du film ; elle n’a pas pu lui être comparée.',
  'The film’s picture is {0} × {1}; nothing would be left of it.':
    'L’image du film fait {0} × {1} ; il n’en resterait rien.',
  'Cut less off its sides.': 'Coupez moins sur ses côtés.',
  'The pictures of this film change their size, so the same can not be cut off all of them.':
    'Les images de ce film changent de taille, on ne peut donc pas couper la même chose à toutes.',
  'Leave that out, or export a part of the film that is of its first size.':
    'Ne le demandez pas, ou exportez une partie du film qui a sa première taille.',
  'The film’s picture is {0} × {1}; for a frame of {2} × {3} it would have to be enlarged.':
    'L’image du film fait {0} × {1} ; pour un cadre de {2} × {3}, il faudrait l’agrandir.',
  'Choose a smaller size, or say that the picture may be enlarged.':
    'Choisissez une taille plus petite, ou permettez d’agrandir l’image.',
  '{0} is {1} in the export instead of {2}.': '{0} est {1} dans l’export au lieu de {2}.',
  'The export’s pictures are {0} instead of {1}.': 'Les images de l’export sont {0} au lieu de {1}.',
}
