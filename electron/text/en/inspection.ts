/** The words for what was found in a finished film, in English. */
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('en')

export const inspection = {
  title: (film: string) => `Looked through: ${film}`,
  whole: (frames: number) => plural(frames, { one: `${frames} frame`, other: `${frames} frames` }),
  frames: (first: number, last: number) => (first === last ? `frame ${first}` : `frames ${first} to ${last}`),
  lead: 'These are places to look at. Each rule is a simple one and knows nothing of what the picture shows: not everything named here is wrong, and not everything wrong is named.',
  nothing: 'Nothing stands out.',
  more: (count: number) => plural(count, { one: 'One more is not shown.', other: `${count} more are not shown.` }),
  notLookedFor: 'not looked for',
  running: 'Looking the film through…',
  failed: 'The film could not be looked through.',
  list: 'Places to look at',
  goTo: (first: number) => `Go to frame ${first}`,
  save: 'Save report…',
  saved: (path: string) => `The report was written to ${path}.`,
  kinds: {
    flicker: {
      name: 'Flicker of color',
      rule: 'The mean color of a frame is not what its neighbors in the shot would have: it stands out of the shot’s own unrest by six standard deviations, and by one step of 255.',
    },
    gray: {
      name: 'Gray leftovers',
      rule: 'Mean chroma below one step of 255, in a film of which more than one frame in twenty has color; black and white pictures do not count.',
    },
    flash: {
      name: 'Flashes',
      rule: 'Mean luma jumps by a tenth of the way from black to white, and is back after at most two frames.',
    },
    gamut: {
      name: 'Clipped saturation',
      rule: 'A tenth of the picture or more has colors outside of what red, green and blue can show.',
    },
    unsure: {
      name: 'Low confidence',
      rule: 'The mean confidence of the networks in a shot is below 20 %: its colors are guesses. Pin a frame of it.',
    },
    skin: {
      name: 'Skin far from skin',
      rule: 'Colors between yellow-green and magenta that are as strong as skin’s, over more than four percent of the picture and for six frames or longer, whose mean is more than 28 degrees off the line of skin (123 degrees from U toward V), unless the colors right beyond are there as well, as those of grass are. It goes by color alone: wood, sand or brick can be meant.',
    },
    doubled: {
      name: 'Doubled frames',
      rule: 'Luma is that of the frame before, while the original goes on.',
    },
    dropped: {
      name: 'Dropped frames',
      rule: 'Luma is that of a later frame of the original than the one that should come.',
    },
  },
}
