/** What a frame that the pass went through shows in a document. */
import type { BaseColoring, ComposedColoring } from '../film/composition.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import type { ColoredSourceFrame } from './colorAll.ts'
import { writtenKey } from './segmentColors.ts'

export async function composedFrame(
  film: Film,
  view: FilmView,
  { source, luma, segment, coloring }: ColoredSourceFrame,
): Promise<ComposedColoring> {
  const frame = source.number
  const lumaOf = (): NetworkLuma => luma
  const edit = view.frames.get(frame)
  const own = edit && edit.base.kind !== 'automatic' ? await film.composition.ownBase(edit, frame) : null
  const passed: BaseColoring | null = coloring && {
    name: writtenKey(segment),
    ...coloring,
    stale: false,
    picture: null,
    // What the cache has lost of locked frames is the color model's.
    fine:
      segment.kind === 'kept' && !film.isStored(segment.key, frame)
        ? null
        : film.pinDetails.ofSegment(view, segment, frame),
  }
  const base = own ?? passed ?? (await film.composition.base(view, frame, lumaOf, true))
  return film.composition.compose(view, frame, base!, lumaOf)
}
