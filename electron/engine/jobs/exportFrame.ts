/**
 * Single frames as pictures: to be painted elsewhere and brought back, to be shown, or together on a sheet. They are
 * the very pixels that an export as pictures has.
 */
import { FullSizeComposer } from '../compose/fullSizeFrame.ts'
import { exportFormat, type ExportFormatId } from '../../contract/formats.ts'
import type { Film } from '../film/film.ts'
import { keepsOwn } from '../film/filmView.ts'
import { matrixChange } from '../picture/matrixChange.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import type { Footage, SourceFrame } from '../reading/footage.ts'
import { sizedFootage } from '../reading/sizedFootage.ts'
import { writtenLayout } from '../writing/segments/encoders.ts'
import type { FinishedFile } from '../writing/files/targetFile.ts'
import { pictureFormat, writePicture, type PictureOptions } from '../writing/writePicture.ts'
import { ResizedFrames } from './resizedFrames.ts'

export interface PictureOrder extends PictureOptions {
  readonly target: string
}

/**
 * The frame as it is shown now, in its own size where the film changes that midway; where it shows no coloring, as the
 * color model colors it. Whole or not at all. Throws the UserErrors of writePicture.
 */
export async function exportFrame(film: Film, frame: number, order: PictureOrder): Promise<FinishedFile> {
  const { planes, footage, isOwn } = await shownFrame(film, frame, pictureFormat(order.target))
  return writePicture(film.tools, footage, planes, order.target, {
    ...order,
    label: isOwn ? null : (order.label ?? null),
  })
}

export interface ShownFrame {
  readonly planes: Planes
  /** The film in the size of the frame. */
  readonly footage: Footage
  /** It has the film's own colors, or its gray. */
  readonly isOwn: boolean
}

/** @param format that the planes are to be written in */
export async function shownFrame(film: Film, frame: number, format: ExportFormatId): Promise<ShownFrame> {
  const source = await film.reader.read(frame)
  const luma = film.lumaOf(source)
  const { view } = film
  // Known by now, since it was read.
  const footage = sizedFootage(film.footage, film.footage.source.sizes.at(frame))
  const composer = new FullSizeComposer(
    footage.layout,
    writtenLayout(footage.layout, exportFormat(format)),
    film,
    false,
    matrixChange(footage.source.tags.space, footage.layout, exportFormat(format).matrix),
  )
  const resized = footage === film.footage ? null : new ResizedFrames(film, footage, { from: frame, to: frame + 1 })
  try {
    const own = resized ? await resized.next() : source
    const isOwn = keepsOwn(view, frame)
    return { planes: isOwn ? composer.keep(own) : await colored(own), footage, isOwn }
  } finally {
    await resized?.close()
  }

  async function colored(own: SourceFrame): Promise<Planes> {
    const base = await film.composition.base(view, frame, () => luma, true)
    const coloring = await film.composition.compose(view, frame, base!, () => luma)
    return resized ? resized.compose(composer, own, coloring.chroma) : composer.compose(own, luma, coloring)
  }
}
