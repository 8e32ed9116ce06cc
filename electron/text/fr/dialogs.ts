/** What main says itself, in the system's own dialogs, in French. */
import type { DialogWords } from '../language.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('fr')

export const dialogs: DialogWords = {
  exporting: {
    message: (count) =>
      plural(count, {
        one: 'Un film est encore en cours d’exportation.',
        other: `${count} films restent à exporter.`,
      }),
    atQuit: (files) =>
      `Si vous quittez maintenant, ceci s’arrête : ${files}. Tout reste dans la liste tel que commandé, et au ` +
      'prochain démarrage vous pourrez reprendre là où vous en étiez.',
    goOn: 'Continuer l’exportation',
    quit: 'Quitter',
    done: (count) =>
      plural(count, { one: 'L’exportation est terminée.', other: `${count} exportations sont terminées.` }),
    notDone: (count) =>
      plural(count, { one: 'Une exportation vous attend.', other: `${count} exportations vous attendent.` }),
  },
  unwritten: {
    message: (edits) =>
      plural(edits, {
        one: `${edits} modification n’a pas pu être écrite.`,
        other: `${edits} modifications n’ont pas pu être écrites.`,
      }),
    detail: 'Elles n’existent qu’en mémoire. Si vous partez maintenant, elles sont perdues.',
    detailKept:
      'Leur disque ne les accepte pas. Elles sont gardées dans le dossier du programme et reviennent quand vous ' +
      'rouvrez le projet sur cet ordinateur.',
    again: 'Réessayer',
    elsewhere: 'Enregistrer ailleurs…',
    lose: 'Les perdre',
    leave: 'Les laisser là',
    stay: 'Annuler',
  },
}
