/** The words of settings, history, relinking and the start, in French. */
import type { Catalog } from '../language.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('fr')

export const comfort: Catalog['comfort'] = {
  settings: 'Réglages',
  close: 'Fermer',
  language: 'Langue',
  likeSystem: 'Comme le système',
  theme: 'Apparence',
  themes: { light: 'Claire', dark: 'Sombre' },
  cache: 'Cache des couleurs, au plus',
  gib: 'Gio',
  cacheUse: (gib) => `${gib} Gio occupés`,
  clearCache: 'Vider',
  reallyClear: 'Vraiment vider ?',
  clearLead:
    'Ce sont toutes les couleurs calculées jusqu’ici, de tous les projets. Épingles, retouches et verrous restent ; le reste est recalculé quand vous colorisez ou exportez, ce qui peut prendre des heures. C’est irréversible.',
  atOnce: 'Refaire aussitôt les images quand leurs épingles changent',
  keys: 'Touches',
  search: 'Chercher',
  resetAll: 'Tout rétablir',
  reset: 'Rétablir',
  rebind: (action) => `Touche de « ${action} »`,
  pressKey: 'Pressez une touche…',
  noKey: 'aucune',
  taken: (key, action) => `${key} a été retirée à « ${action} ».`,
  history: 'Historique',
  beginning: 'Début',
  rateTitle: 'Combien d’images par seconde ?',
  rateLead:
    'Les images disent rarement à quelle cadence elles ont été prises. Le muet défilait souvent à 16 ou 18, le ' +
    'parlant à 24, la télévision à 25 ou 30. Vous pourrez la changer plus tard ; rien du travail fait sur les ' +
    'images n’est perdu.',
  rateOwn: 'comme 23,976',
  rateUse: 'Utiliser',
  rateOfFilm:
    'La cadence d’un film est inscrite dans son fichier. Seule celle d’une séquence d’images peut être fixée.',
  rename: 'Renommer ce film',
  renameLead: 'C’est son nom dans ce projet ; son fichier garde le sien.',
  renameField: 'Nom dans le projet',
  relink: 'Où sont les films ?',
  relinkLead:
    'Un projet renvoie aux films là où ils se trouvent. Rien de votre travail n’est perdu tant qu’il en manque un.',
  footage: { found: 'trouvé', changed: 'n’est plus le même', missing: 'introuvable' },
  useAllTheSame: 'L’utiliser quand même',
  choose: 'Choisir…',
  otherFilm: {
    title: (film, name) => `Utiliser « ${film} » pour « ${name} » ?`,
    content:
      'Ce n’est pas le film pour lequel votre travail a été fait. Ce que vous avez fait reste sur les images de même numéro.',
    length: (was, is) => `Il a ${is} ${plural(is, { one: 'image', other: 'images' })} ; le vôtre en avait ${was}.`,
    size: (was, is) =>
      `Ses images font ${is} ; les vôtres faisaient ${was}. Ce qui a été dessiné garde sa place dans l’image, et peut ne plus correspondre à ce qu’il devait couvrir.`,
    lost: (things) => `Ce qui se trouve après sa fin est retiré : ${things}. « Annuler » le ramène.`,
    nothingLost: 'Rien de votre travail n’est retiré.',
    pins: (count) => plural(count, { one: 'une épingle', other: `${count} épingles` }),
    edits: (count) => plural(count, { one: 'une image modifiée', other: `${count} images modifiées` }),
    locks: (count) => plural(count, { one: 'un verrou', other: `${count} verrous` }),
    markers: (count) => plural(count, { one: 'un repère', other: `${count} repères` }),
    cuts: (count) => plural(count, { one: 'une coupe', other: `${count} coupes` }),
    use: 'Utiliser ce film',
    leave: 'Laisser comme c’est',
  },
  unsaved: 'Pas encore enregistrés',
  unsavedOf: (clips, steps) =>
    `${plural(clips, { one: `${clips} film`, other: `${clips} films` })}, ` +
    plural(steps, { one: `${steps} étape`, other: `${steps} étapes` }),
  keptOf: (edits) =>
    plural(edits, {
      one: `${edits} modification, pas encore sur son disque`,
      other: `${edits} modifications, pas encore sur leur disque`,
    }),
  goOn: (title) => `Continuer avec « ${title} »`,
  discard: 'Jeter',
  reallyDiscard: 'Jeter pour de bon ?',
  sample: 'Essayer sur le film d’exemple',
  sampleHint: 'Quelques secondes de bord de mer, dessinées par le programme.',
  sampleFirst: 'Nouveau ici ? Quelques secondes de bord de mer pour s’exercer.',
  licences: 'Licences',
  licencesLead:
    'Ce dont le programme est fait, et à quelles conditions. Rien de tout cela n’apprend quoi que ce soit de vos films.',
  showMore: 'Afficher…',
  chromiumParts: 'Montrer la liste des composants de Chromium',
  reports: 'Rapports de plantage',
  reportsLead:
    'Ce qui s’est mal passé, et ce que ffmpeg a reçu comme ordres et a dit. Tout reste sur cet ordinateur, sauf si vous l’enregistrez pour le transmettre.',
  reportsCount: (count) => plural(count, { one: 'un', other: `${count}` }),
  reportsNone: 'Rien n’a planté.',
  reportsOf: {
    program: 'Le programme a rencontré une erreur',
    page: 'La fenêtre a planté ou a rencontré une erreur',
    engine: 'La partie qui calcule les couleurs a planté',
    graphics: 'Le processus graphique a planté',
    helper: 'Un auxiliaire de la fenêtre a planté',
  },
  reportsLog: 'Journal de ffmpeg',
  reportsLogNone: 'Rien pour l’instant.',
  reportsShorten: 'Sans les dossiers où se trouvent les fichiers',
  reportsSave: 'Enregistrer comme texte…',
  reportsSaved: (path) => `Les rapports ont été écrits dans ${path}.`,
  reportsClear: 'Vider',
  changed: (name) => `« ${name} » n’est plus le film qu’il était.`,
  changedAdvice:
    'Vos retouches ne correspondent peut-être plus à ses images. Ouvrez « Où se trouvent les films » pour choisir ' +
    'le bon film, ou pour utiliser celui-ci quand même.',
}
