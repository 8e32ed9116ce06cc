/** One frame as a PNG, to be painted elsewhere and brought back: the very pixels that an export as PNG pictures has. */
import { FullSizeComposer } from '../compose/fullSizeFrame.ts'
import type { Originals } from '../../contract/originals.ts'
import type { Film } from '../film/film.ts'
import { keepsOwn } from '../film/filmView.ts'
import type { FinishedFile } from '../writing/targetFile.ts'
import { writePicture } from '../writing/writePicture.ts'

export interface PictureOrder {
  readonly target: string
  readonly overwrite: boolean
  /** What must not be written over beside the film itself. */
  readonly originals?: Originals
}

/**
 * The frame as it is shown now; where it shows no coloring, as the color model colors it. Whole or not at all. Throws the
 * UserErrors of TargetFile.prepare, 'encoder-missing' and 'ffmpeg-failed'.
 */
export async function exportFrame(film: Film, frame: number, order: PictureOrder): Promise<FinishedFile> {
  const source = await film.reader.read(frame)
  const luma = film.lumaOf(source)
  const { view } = film
  const composer = new FullSizeComposer(film.footage.layout, film, false)
  if (keepsOwn(view, frame)) return writePicture(film.tools, film.footage, composer.keep(source), order.target, order)
  const base = await film.composition.base(view, frame, () => luma, true)
  const planes = await composer.compose(source, luma, await film.composition.compose(view, frame, base!, () => luma))
  return writePicture(film.tools, film.footage, planes, order.target, order)
}
