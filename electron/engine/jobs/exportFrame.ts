/** One frame as a PNG, to be painted elsewhere and brought back: the very pixels that an export as PNG pictures has. */
import { FullSizeComposer } from '../compose/fullSizeFrame.ts'
import type { Film } from '../film/film.ts'
import { writePicture } from '../writing/writePicture.ts'

/**
 * The frame as it is shown now; where it shows no coloring, as the color model colors it. Whole or not at all. Throws the
 * UserErrors of TargetFile.prepare, 'encoder-missing' and 'ffmpeg-failed'.
 */
export async function exportFrame(film: Film, frame: number, target: string, overwrite: boolean): Promise<void> {
  const source = await film.reader.read(frame)
  const luma = film.lumaOf(source)
  const { view } = film
  const base = await film.composition.base(view, frame, () => luma, true)
  const composed = await film.composition.compose(view, frame, base!, () => luma)
  const planes = await new FullSizeComposer(film, false).compose(source, luma, composed)
  await writePicture(film.tools, film.footage, planes, target, overwrite)
}
