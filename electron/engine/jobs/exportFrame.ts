/** One frame as a PNG, to be painted elsewhere and brought back: the very pixels that an export as PNG pictures has. */
import { FullSizeComposer } from '../compose/fullSizeFrame.ts'
import { exportFormat } from '../../contract/formats.ts'
import type { Originals } from '../../contract/originals.ts'
import type { Film } from '../film/film.ts'
import { keepsOwn } from '../film/filmView.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import type { SourceFrame } from '../reading/footage.ts'
import { sizedFootage } from '../reading/sizedFootage.ts'
import { writtenLayout } from '../writing/encoders.ts'
import type { FinishedFile } from '../writing/targetFile.ts'
import { writePicture } from '../writing/writePicture.ts'
import { ResizedFrames } from './resizedFrames.ts'

export interface PictureOrder {
  readonly target: string
  readonly overwrite: boolean
  /** What must not be written over beside the film itself. */
  readonly originals?: Originals
}

/**
 * The frame as it is shown now, in its own size where the film changes that midway; where it shows no coloring, as the
 * color model colors it. Whole or not at all. Throws the UserErrors of TargetFile.prepare, 'encoder-missing' and
 * 'ffmpeg-failed'.
 */
export async function exportFrame(film: Film, frame: number, order: PictureOrder): Promise<FinishedFile> {
  const source = await film.reader.read(frame)
  const luma = film.lumaOf(source)
  const { view } = film
  // Known by now, since it was read.
  const footage = sizedFootage(film.footage, film.footage.source.sizes.at(frame))
  const composer = new FullSizeComposer(
    footage.layout,
    writtenLayout(footage.layout, exportFormat('png-sequence')),
    film,
    false,
  )
  const resized = footage === film.footage ? null : new ResizedFrames(film, footage, { from: frame, to: frame + 1 })
  try {
    const own = resized ? await resized.next() : source
    return await writePicture(
      film.tools,
      footage,
      keepsOwn(view, frame) ? composer.keep(own) : await colored(own),
      order.target,
      order,
    )
  } finally {
    await resized?.close()
  }

  async function colored(own: SourceFrame): Promise<Planes> {
    const base = await film.composition.base(view, frame, () => luma, true)
    const coloring = await film.composition.compose(view, frame, base!, () => luma)
    return resized ? resized.compose(composer, own, coloring.chroma) : composer.compose(own, luma, coloring)
  }
}
