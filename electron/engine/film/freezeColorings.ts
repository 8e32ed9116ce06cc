/** Takes what frames show out of the cache's reach: into a file that the project keeps with it (lockedColorings.ts). */
import type { ShownResult } from '../../contract/filmEdits.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { errorCode, isNoRoom } from '../../system/errorCode.ts'
import { encodeColoring } from '../cache/coloringCodec.ts'
import type { Film } from './film.ts'
import { baseSource, type BaseSource } from './filmView.ts'
import { writeLockedColorings, type FrameBytes } from './lockedColorings.ts'
import { extendRanges, recordAt } from '../../contract/ranges.ts'

export interface FreezeOrder extends FrameRange {
  /**
   * Freezes these colorings of the cache, as far as they are there; null freezes what the frames show, all of them or
   * none.
   */
  readonly kept: readonly ShownResult[] | null
  /** The file to be written; must not be there yet. */
  readonly target: string
}

export interface FrozenColorings {
  /** SHA-256 of the file that was written; null where none was. */
  readonly hash: string | null
  /** Frames that have no coloring to be frozen. */
  readonly uncolored: readonly FrameRange[]
}

interface Frozen {
  readonly frame: number
  readonly source: BaseSource
}

/**
 * Pinned frames are frozen too: were they unpinned, their lock still holds. Throws UserError where the file can't be
 * written.
 */
export async function freezeColorings(film: Film, { from, to, kept, target }: FreezeOrder): Promise<FrozenColorings> {
  const { view } = film
  const found: Frozen[] = []
  const uncolored: FrameRange[] = []
  for (let frame = from; frame < to; frame++) {
    const key = kept && recordAt(kept, frame)?.key
    // Frames that an old lock says nothing of have nothing to lose.
    if (kept && !key) continue
    const isKept = key && (film.isStored(key, frame) || (await film.storedBefore(key, frame)) !== null)
    const source = key
      ? isKept
        ? ({ kind: 'cached', key, stale: false } as const)
        : null
      : baseSource(view, frame, film.isStored)
    if (source) found.push({ frame, source })
    else extendRanges(uncolored, frame)
  }
  if (found.length === 0 || (!kept && uncolored.length > 0)) return { hash: null, uncolored }

  const bytesOf = async ({ frame, source }: Frozen): Promise<Buffer | null> => {
    if (source.kind === 'cached')
      return film.storedBytes(source.key, frame) ?? (kept && film.storedBefore(source.key, frame))
    const base = await film.composition.base(view, frame, () => film.luma(frame, film.background))
    return base && encodeColoring({ chroma: base.chroma, confidence: base.confidence ?? 1 })
  }
  async function* frames(): AsyncGenerator<FrameBytes, void, void> {
    for (const each of found) {
      const bytes = await bytesOf(each)
      if (bytes) yield { frame: each.frame, bytes }
      else if (kept) extendRanges(uncolored, each.frame)
      else throw goneMeanwhile(each.frame)
    }
  }
  try {
    return { hash: await writeLockedColorings(target, frames()), uncolored }
  } catch (error) {
    throw notWritten(error)
  }
}

function goneMeanwhile(frame: number): UserError {
  return new UserError(
    'not-found',
    sentence`The coloring of frame ${frame} has just left the color cache.`,
    sentence`Colorize the frames again, then lock them.`,
  )
}

function notWritten(error: unknown): UserError {
  if (error instanceof UserError) return error
  const code = errorCode(error)
  if (isNoRoom(error)) {
    return new UserError(
      'disk-full',
      sentence`The disk is full, so these frames were not locked.`,
      sentence`Make room on the disk that holds the project, and lock them again.`,
      code,
    )
  }
  return new UserError(
    'target-not-writable',
    sentence`The colors to be locked could not be written beside the project, so these frames were not locked.`,
    sentence`Save the project in another folder, and lock them again.`,
    code || String(error),
  )
}
