/** One frame as a pass colors it, with whatever frames lie on the way: what a pin is that is moved there. */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import type { StoredColoring } from '../cache/coloringCodec.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import type { ColoringContext } from './coloring.ts'
import { coloringOf } from './mixedColoring.ts'
import { storedIn } from './segmentColors.ts'

/**
 * Throws UserError where the pin or a frame on the way can not be read.
 * @param view whose pins are read
 * @param context null: only what is at hand
 * @returns null where it is not
 */
export async function carriedColoring(
  film: Film,
  view: FilmView,
  frame: number,
  segment: PlannedSegment,
  context: ColoringContext | null,
): Promise<StoredColoring | null> {
  const stored = storedIn(film, segment, frame)
  if (stored || !context) return stored
  const colorer = await coloringOf(film, segment, view, context)
  try {
    for await (const { coloring } of colorer.colorMissing({ from: frame, to: frame + 1 })) return coloring
  } finally {
    colorer.dispose()
  }
  throw new RangeError(`frame ${frame} lies outside its segment`)
}
