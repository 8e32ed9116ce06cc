/** Which film a cached coloring belongs to: known by content, so that copying, touching, renaming or moving a film keeps its colors. */
import { digest } from '../../content/digest.ts'
import { cacheNameBefore, filmIdentity } from '../../content/filmIdentity.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { Footage } from '../reading/footage.ts'

/** How the pictures are read: the same bytes may be shown as other pictures by a later version. */
const shapeOf = ({ info, layout }: Footage): readonly (string | number)[] => [info.bytes, info.frameCount, layout.width, layout.height, layout.ffmpegName, layout.range]

/** 32 hexadecimal digits. Throws UserError where the film can't be read any more. */
export async function footageIdentity(footage: Footage): Promise<string> {
  const { info } = footage
  try {
    return digest('content', (await filmIdentity(info.path)).hash, ...shapeOf(footage))
  } catch (error) {
    throw new UserError('not-found', sentence`“${info.name}” could not be reached.`, sentence`Check the disk or the network drive it lies on, and try again.`, String(error))
  }
}

/** The film's name in the cache of versions before, which went by its time too; null where that can't be told. */
export function identityBefore(footage: Footage): Promise<string | null> {
  return cacheNameBefore(footage.info.path, shapeOf(footage)).catch(() => null)
}
