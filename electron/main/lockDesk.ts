/**
 * Locks: what frames show is frozen into a file of the project first, and only when that lies on the disk for good does
 * the lock stand in the document. Locks of older projects, which trusted the color cache, get their files when their
 * film is open.
 */
import type { AssetId } from '../contract/operations.ts'
import type { Lock } from '../contract/projectDocument.ts'
import type { FrameRange } from '../contract/schemas.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import type { EngineClient } from '../host/engineClient.ts'
import type { ProjectSession } from '../project/session/projectSession.ts'
import { finePictures } from '../project/passes/finePictures.ts'
import { countFrames } from '../contract/ranges.ts'
import type { ClipDesk } from './clipDesk.ts'

interface Frozen {
  readonly colorings: AssetId | null
  readonly uncolored: readonly FrameRange[]
}

export class LockDesk {
  /** Locks of older projects that were looked at in this run, by clip and lock: what is lost stays lost. */
  readonly #seen = new Set<string>()

  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly clips: ClipDesk,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /**
   * Throws UserError where a frame shows no color that could be kept, and where the file can't be written; then nothing
   * is locked.
   */
  async lock(clip: string, lock: Omit<Lock, 'kept' | 'colorings' | 'pictures'>): Promise<void> {
    const { frameCount } = this.clips.clip(clip)
    if (lock.from >= frameCount || lock.to > frameCount) {
      throw new UserError(
        'bad-argument',
        sentence`The film has frames 0 to ${frameCount - 1}.`,
        sentence`Choose a part that lies within the film.`,
      )
    }
    await this.clips.settled(clip)
    const pictures = finePictures(this.clips.clip(clip), lock)
    const { colorings, uncolored } = await this.#freeze(clip, lock, null)
    if (!colorings) throw nothingToKeep(uncolored)
    this.session.apply({
      type: 'add-lock',
      clip,
      lock: { ...lock, colorings, ...(pictures.length > 0 && { pictures }) },
    })
  }

  /** To be called when a film was opened and when the document has changed: undo and redo may bring old locks back. */
  keepOldLocks(clip: string): void {
    if (!this.session.isOpen) return
    for (const lock of this.session.project.clips.find(({ id }) => id === clip)?.locks ?? []) {
      const name = `${clip} ${lock.id}`
      if (lock.colorings !== undefined || lock.kept.length === 0 || this.#seen.has(name)) continue
      this.#seen.add(name)
      void this.#keepOldLock(clip, lock).catch(this.onTrouble)
    }
  }

  async #keepOldLock(clip: string, lock: Lock): Promise<void> {
    const { colorings, uncolored } = await this.#freeze(clip, lock, lock.kept)
    const isThere =
      this.session.isOpen &&
      this.session.project.clips.some(({ id, locks }) => id === clip && locks.some((each) => each.id === lock.id))
    if (colorings && isThere) this.session.note({ kind: 'locked', clip, lock: lock.id, colorings })
    if (uncolored.length > 0) throw lostLock(uncolored)
  }

  async #freeze(clip: string, { from, to }: FrameRange, kept: Lock['kept'] | null): Promise<Frozen> {
    let uncolored: readonly FrameRange[] = []
    const colorings = await this.session.assets.putWritten('colors', async (target) => {
      const frozen = await this.engine.call('freezeColorings', clip, { from, to, kept, target })
      uncolored = frozen.uncolored
      return frozen.hash
    })
    return { colorings, uncolored }
  }
}

function nothingToKeep(uncolored: readonly FrameRange[]): UserError {
  const first = uncolored[0]?.from ?? 0
  return new UserError(
    'edit-refused',
    countFrames(uncolored) > 1
      ? sentence`${countFrames(uncolored)} of these frames have no colors yet that could be locked, the first of them frame ${first}.`
      : sentence`Frame ${first} has no colors yet that could be locked.`,
    sentence`Colorize them first, then lock them.`,
  )
}

function lostLock(uncolored: readonly FrameRange[]): UserError {
  const count = countFrames(uncolored)
  return new UserError(
    'not-found',
    count === 1
      ? sentence`The locked colors of one frame are gone: an earlier version kept them in the color cache only.`
      : sentence`The locked colors of ${count} frames are gone: an earlier version kept them in the color cache only.`,
    sentence`Unlock these frames, color them as you want them, and lock them again.`,
  )
}
