/**
 * Colors a frame like an example that does not lie in its shot: a pin of another one, or a colored picture of something
 * else. The pass reads the example's colors for whatever of the frame it finds there (models/PASS.md). What comes of it
 * is the frame's own coloring, to be pinned.
 */
import { createHash } from 'node:crypto'
import { DIGEST_BYTES } from '../../content/digest.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { asStored, type StoredColoring } from '../cache/coloringCodec.ts'
import type { Networks } from '../network/networks.ts'
import type { ExamplePicture } from './exampleParts.ts'
import type { Film } from './film.ts'

/**
 * How many frames the example is away, as the pass counts, and how often it looks at the frame, each time with its own
 * last answer as what came before. More of either brings next to nothing (models/PASS.md).
 */
const AWAY = 30
const LOOKS = 8

/**
 * Kept in the cache. Throws the UserErrors of reading the frame, and 'weights-missing' where there is no pass.
 * @param example one picture or several, each as large as the networks' picture of the frame
 * @param turn awaited before each look at it
 */
export async function colorLike(
  film: Film,
  networks: Networks,
  frame: number,
  example: readonly ExamplePicture[],
  turn: () => Promise<void> = () => Promise.resolve(),
): Promise<StoredColoring> {
  const key = `like ${contentOf(example)}`
  const known = film.stored(key, frame)
  if (known) return known
  const luma = await film.luma(frame, film.background)
  const { chroma: guess } = await film.guess(frame, luma)
  const pass = networks.startPass(example.map((part) => ({ ...part, frame: frame - AWAY })))
  if (!pass) throw noPass()
  try {
    let seen = await pass.step(frame, luma, guess, null)
    for (let looks = 1; looks < LOOKS; looks++) {
      await turn()
      seen = await pass.step(frame, luma, guess, null)
    }
    const coloring = { chroma: asStored(seen.chroma), confidence: Math.min(1, Math.max(0, seen.confidence)) }
    if (!film.footage.source.pictures?.isReplaced(frame)) film.store(key, frame, coloring)
    return coloring
  } finally {
    pass.dispose()
  }
}

/** Neither what looks alike nor its colors can be had. */
export function noPass(): UserError {
  return new UserError(
    'weights-missing',
    sentence`This installation has no network that carries colors from one picture to another.`,
    sentence`Install the program again, or copy the folder “models/weights” back from its archive.`,
  )
}

function contentOf(example: readonly ExamplePicture[]): string {
  const hash = createHash('sha256')
  for (const { luma, chroma } of example)
    for (const { width, height, values } of [luma, chroma]) hash.update(`${width} x ${height} `).update(values)
  return hash.digest('hex').slice(0, 2 * DIGEST_BYTES)
}
