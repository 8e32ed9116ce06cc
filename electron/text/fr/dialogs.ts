/** What main says itself, in the system's own dialogs, in French. */
import type { DialogWords } from '../language.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('fr')

export const dialogs: DialogWords = {
  exporting: {
    message: 'Un film est encore en cours d’exportation.',
    atQuit: (files) =>
      `Si vous quittez maintenant, le fichier inachevé est supprimé : ${files}. Les couleurs déjà calculées sont ` +
      'gardées.',
    atEnd: (files) =>
      `L’exportation serait abandonnée et le fichier inachevé supprimé : ${files}. Les couleurs déjà calculées ` +
      'sont gardées.',
    goOn: 'Continuer l’exportation',
    quit: 'Quitter',
    end: 'Abandonner l’exportation',
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
