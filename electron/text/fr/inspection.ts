/** The words for what was found in a finished film, in French. */
import type { Catalog } from '../language.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('fr')

export const inspection: Catalog['inspection'] = {
  title: (film) => `Examen de : ${film}`,
  whole: (frames) => plural(frames, { one: `${frames} image`, other: `${frames} images` }),
  frames: (first, last) => (first === last ? `image ${first}` : `images ${first} à ${last}`),
  lead: 'Voici des endroits à regarder. Chaque règle est simple et ne sait rien de ce que montre l’image : tout ce qui est nommé ici n’est pas faux, et tout ce qui est faux n’est pas nommé.',
  nothing: 'Rien ne ressort.',
  more: (count) =>
    plural(count, {
      one: 'Un autre endroit n’est pas montré.',
      other: `${count} autres endroits ne sont pas montrés.`,
    }),
  notLookedFor: 'non recherché',
  running: 'Examen du film…',
  failed: 'Le film n’a pas pu être examiné.',
  list: 'Endroits à regarder',
  goTo: (first) => `Aller à l’image ${first}`,
  save: 'Enregistrer le rapport…',
  saved: (path) => `Le rapport a été écrit dans ${path}.`,
  kinds: {
    flicker: {
      name: 'Scintillement de couleur',
      rule: 'La couleur moyenne d’une image n’est pas celle que ses voisines dans le plan laissent attendre : elle dépasse l’agitation propre du plan de six écarts types, et d’un pas sur 255.',
    },
    gray: {
      name: 'Restes gris',
      rule: 'Chroma moyen inférieur à un pas sur 255, dans un film dont plus d’une image sur vingt a des couleurs ; les images noires et blanches ne comptent pas.',
    },
    flash: {
      name: 'Éclairs',
      rule: 'La luminosité moyenne saute d’un dixième du chemin du noir au blanc et revient après deux images au plus.',
    },
    gamut: {
      name: 'Saturation écrêtée',
      rule: 'Un dixième de l’image ou plus a des couleurs que le rouge, le vert et le bleu ne peuvent pas montrer.',
    },
    unsure: {
      name: 'Faible confiance',
      rule: 'La confiance moyenne des réseaux dans un plan est inférieure à 20 % : ses couleurs sont devinées. Épinglez-en une image.',
    },
    skin: {
      name: 'Peau loin de la peau',
      rule: 'Couleurs entre le vert-jaune et le magenta, aussi fortes que celles de la peau, sur plus de quatre pour cent de l’image et pendant six images ou plus, dont la moyenne s’écarte de plus de 28 degrés de la ligne de la peau (123 degrés de U vers V), sauf si les couleurs juste à côté sont là aussi, comme pour l’herbe. La règle ne connaît que la couleur : bois, sable ou brique peuvent être en cause.',
    },
    doubled: {
      name: 'Images doublées',
      rule: 'La luminosité est celle de l’image précédente, alors que l’original avance.',
    },
    dropped: {
      name: 'Images manquantes',
      rule: 'La luminosité est celle d’une image de l’original plus tardive que celle attendue.',
    },
  },
}
