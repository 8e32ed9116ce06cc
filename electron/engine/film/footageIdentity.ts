/**
 * Which film a cached coloring belongs to: known by content, so that copying, touching, renaming or moving a film keeps
 * its colors.
 */
import { digest } from '../../content/digest.ts'
import { cacheNameBefore, filmIdentity, PICTURE_DIGITS } from '../../content/filmIdentity.ts'
import type { PictureSize } from '../reading/opening/filmSizes.ts'
import type { Footage } from '../reading/footage.ts'
import { pathError } from '../reading/inputFile.ts'
import { boxOf, isWhole } from '../reading/decoding/letterbox.ts'

/** Versions before stretched pictures of another shape. */
const BARRED = 'between bars'

const isBarred = (footage: Footage, size: PictureSize): boolean => !isWhole(boxOf(footage, size))

/** How the pictures are read: the same bytes may be shown as other pictures by a later version. */
function shapeOf(footage: Footage): readonly (string | number)[] {
  const { info, layout, source } = footage
  const shape = [info.bytes, info.frameCount, layout.width, layout.height, layout.ffmpegName, layout.range]
  return source.sizes.all.some((size) => isBarred(footage, size)) ? [...shape, BARRED] : shape
}

export interface FootageIdentity {
  /** Of all that the film shows: 32 hexadecimal digits. */
  readonly film: string
  /**
   * To whom each frame's colorings belong, where that is not the film as a whole (null). Numbered pictures each have
   * their own name, so that a picture that was replaced has no colors of the one before it, and all others keep theirs;
   * what else a coloring was made of, its key says.
   */
  readonly pictures: readonly string[] | null
}

/** Throws UserError where the film can't be read any more. */
export async function footageIdentity(footage: Footage): Promise<FootageIdentity> {
  const { info, layout, source } = footage
  const { hash, pictures } = await filmIdentity(info.path).catch((error: unknown) => {
    throw pathError(error, info.path)
  })
  const film = digest('content', hash, ...shapeOf(footage))
  // By what was there when the run was opened: that is what is read.
  const known = pictures === null ? null : (source.pictures?.digits ?? pictures)
  if (known === null) return { film, pictures: null }
  const names = Array.from({ length: known.length / PICTURE_DIGITS }, (_, n) =>
    digest(
      'picture',
      known.slice(n * PICTURE_DIGITS, (n + 1) * PICTURE_DIGITS),
      layout.width,
      layout.height,
      layout.ffmpegName,
      layout.range,
      ...(isBarred(footage, source.sizes.at(n)) ? [BARRED] : []),
    ),
  )
  return { film, pictures: names }
}

/** The film's name in the cache of versions before, which went by its time too; null where that can't be told. */
export function identityBefore(footage: Footage): Promise<string | null> {
  return cacheNameBefore(footage.info.path, shapeOf(footage)).catch(() => null)
}
