/** Where the pictures of a numbered run change their size or kind, by their headers. */
import { join } from 'node:path'
import { fileName } from '../../../content/pictureNumbers.ts'
import { endingOf } from '../../../contract/fileEndings.ts'
import type { FilmSizes, PictureSize } from '../opening/filmSizes.ts'
import type { Sequence } from '../inputFile.ts'
import { readPictureShape, type PictureShape } from './pictureShape.ts'

/** Headers that are read at one time: a share answers many questions as quickly as one. */
const AT_ONCE = 16
/** Kinds of pictures that are decoded to learn their format; a run of more is of photographs rather than of a film. */
const MOST_DECODED = 16

/** The name of the picture that a frame of a run is. */
export function pictureName({ numbering, first }: Sequence, frame: number): string | null {
  return numbering && fileName(numbering, first + frame)
}

/**
 * @param first as the first picture is decoded
 * @param decodedSize how one picture is decoded; null where it can't be
 */
export async function sequenceSizes(
  sequence: Sequence,
  first: PictureSize,
  decodedSize: (path: string) => Promise<PictureSize | null>,
): Promise<FilmSizes['changes']> {
  const { numbering, count } = sequence
  if (!numbering) return []
  const pathOf = (frame: number): string => join(numbering.folder, pictureName(sequence, frame)!)
  const changes: [frame: number, size: PictureSize][] = []
  const known = new Map<string, PictureSize>()
  let before: string | null = null
  for (let at = 0; at < count; at += AT_ONCE) {
    const paths = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, n) => pathOf(at + n))
    const shapes = await Promise.all(paths.map((path) => readPictureShape(path, endingOf(path))))
    for (const [n, shape] of shapes.entries()) {
      // One without a header is damaged; it shows the picture before.
      if (!shape) continue
      const name = `${shape.width} ${shape.height} ${shape.kind}`
      if (before === null) known.set(name, first)
      else if (name !== before) changes.push([at + n, known.get(name) ?? (await learn(name, shape, pathOf(at + n)))])
      before = name
    }
  }
  return changes

  async function learn(name: string, { width, height }: PictureShape, path: string): Promise<PictureSize> {
    const decoded = known.size < MOST_DECODED ? await decodedSize(path) : null
    const size = decoded ?? { ...first, width, height }
    known.set(name, size)
    return size
  }
}
