/**
 * All that decides what the frames of a film show, as plain data that is never changed but replaced: a job that runs
 * keeps the one it began with. And of two of them, the frames that look different.
 */
import type {
  FilmEdits,
  FilmLayout,
  FrameColoring,
  PlannedSegment,
  RegionLock,
  ShownResult,
} from '../../contract/filmEdits.ts'
import type { AssetId, Grade } from '../../contract/operations.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { digest } from '../../content/digest.ts'
import { extendRanges, holdsFrame, recordAt } from '../../contract/ranges.ts'

/** What a job colors, while it runs; frames show it as soon as it is there. */
export interface RunningResults {
  readonly results: readonly ShownResult[]
  /**
   * How the frames were to be colored when it began: where that has changed, to something else than what it gives, its
   * colors are out of date.
   */
  readonly wanted: readonly PlannedSegment[]
}

export interface FilmView {
  /** Touched frames by number. */
  readonly frames: ReadonlyMap<number, FrameColoring>
  /** Files of reference pictures. */
  readonly pictures: Readonly<Record<AssetId, string>>
  readonly layout: FilmLayout
  readonly running: readonly RunningResults[]
}

/** Of a film whose document was not told yet. */
export const emptyLayout: FilmLayout = { shown: [], wanted: [], looks: [], regionLocks: [], locked: {} }

/** Whether the cache holds a coloring. */
export type IsStored = (key: string, frame: number) => boolean

/**
 * A locked frame whose coloring the cache has lost is colored anew by the color model; that goes under a name of its
 * own, since it is not what the key stands for.
 */
export const substituteFor = (key: string): string => `${key}|color model`

/** Where a frame's base coloring comes from. */
export type BaseSource =
  | { readonly kind: 'own'; readonly coloring: FrameColoring }
  | { readonly kind: 'cached'; readonly key: string; readonly stale: boolean }
  /** By the color model, on the spot. */
  | { readonly kind: 'guess' }

export function baseSource(view: FilmView, frame: number, isStored: IsStored): BaseSource | null {
  const coloring = view.frames.get(frame)
  if (coloring && coloring.base.kind !== 'automatic') return { kind: 'own', coloring }
  const wanted = recordAt(view.layout.wanted, frame)
  const shown = recordAt(view.layout.shown, frame)
  // Nothing that a job makes is more up to date: the edit that it was made by has been undone.
  if (shown && shown.key === wanted?.key && isStored(shown.key, frame))
    return { kind: 'cached', key: shown.key, stale: false }
  for (let n = view.running.length - 1; n >= 0; n--) {
    const { results, wanted: atStart } = view.running[n]!
    const result = recordAt(results, frame)
    if (!result || !isStored(result.key, frame)) continue
    const isAsWanted = wanted?.key === result.key || wanted?.key === recordAt(atStart, frame)?.key
    return { kind: 'cached', key: result.key, stale: !isAsWanted }
  }
  if (shown) {
    if (isStored(shown.key, frame)) {
      return {
        kind: 'cached',
        key: shown.key,
        stale: wanted !== undefined && wanted.kind !== 'pin' && wanted.key !== shown.key,
      }
    }
    const substitute = substituteFor(shown.key)
    if (wanted?.kind === 'kept' && isStored(substitute, frame)) return { kind: 'cached', key: substitute, stale: false }
  }
  return coloring && coloring.operations.length > 0 ? { kind: 'guess' } : null
}

/** Whether a frame shows the film's own colors: its shot keeps them, and nobody has worked on the frame. */
export function keepsOwn(view: FilmView, frame: number): boolean {
  if (recordAt(view.layout.wanted, frame)?.kind !== 'own') return false
  const coloring = view.frames.get(frame)
  return !coloring || (coloring.base.kind === 'automatic' && coloring.operations.length === 0)
}

const digests = new WeakMap<FrameColoring, { base: string; operations: string }>()

/** Names of a frame's own base and of its operations: equal ones color alike. */
export function digestsOf(coloring: FrameColoring): { base: string; operations: string } {
  let known = digests.get(coloring)
  if (!known) {
    const { base, operations } = coloring
    known = {
      base: digest('own', JSON.stringify(base)),
      operations: operations.length > 0 ? digest(JSON.stringify(operations)) : '',
    }
    digests.set(coloring, known)
  }
  return known
}

export function lookAt(view: FilmView, frame: number): Grade | null {
  return recordAt(view.layout.looks, frame)?.grade ?? null
}

/**
 * The locks of a frame whose kept colorings are there, each with the key of what it keeps. A frame with a coloring of
 * its own has none: they are for what a pass would do.
 */
export function locksAt(view: FilmView, frame: number, isStored: IsStored): { lock: RegionLock; key: string }[] {
  if ((view.frames.get(frame)?.base.kind ?? 'automatic') !== 'automatic') return []
  const locks: { lock: RegionLock; key: string }[] = []
  for (const lock of view.layout.regionLocks) {
    if (frame < lock.from || frame >= lock.to) continue
    const kept = recordAt(lock.kept, frame)
    if (kept && isStored(kept.key, frame)) locks.push({ lock, key: kept.key })
  }
  return locks
}

/** Whether a locked region of the frame should keep a coloring that is no longer there. */
export function lostLockAt(view: FilmView, frame: number, isStored: IsStored): boolean {
  if ((view.frames.get(frame)?.base.kind ?? 'automatic') !== 'automatic') return false
  return view.layout.regionLocks.some((lock) => {
    const kept = holdsFrame(lock, frame) ? recordAt(lock.kept, frame) : undefined
    return kept !== undefined && !isStored(kept.key, frame)
  })
}

/** Everything that a frame's picture and its marks depend on, in a string; null where it shows no coloring. */
export function appearance(view: FilmView, frame: number, isStored: IsStored): string | null {
  const source = baseSource(view, frame, isStored)
  if (!source) return null
  const coloring = view.frames.get(frame)
  const base =
    source.kind === 'own'
      ? digestsOf(source.coloring).base
      : source.kind === 'cached'
        ? `${source.key}${source.stale ? ' stale' : ''}`
        : 'guess'
  const edit = coloring ? `${digestsOf(coloring).operations}${coloring.pinned ? ' pinned' : ''}` : ''
  const look = lookAt(view, frame)
  const locks = locksAt(view, frame, isStored).map(({ lock, key }) => [key, lock.shape, lock.inverted, lock.feather])
  return JSON.stringify([base, edit, look, locks])
}

/** Where two lists of records in order differ. */
function differences<T extends FrameRange>(
  before: readonly T[],
  after: readonly T[],
  contentOf: (record: T) => string,
): FrameRange[] {
  if (before === after) return []
  const borders = new Set<number>()
  for (const records of [before, after]) for (const { from, to } of records) borders.add(from).add(to)
  const sorted = [...borders].sort((a, b) => a - b)
  const differing: FrameRange[] = []
  let [i, j] = [0, 0]
  for (let n = 0; n + 1 < sorted.length; n++) {
    const from = sorted[n]!
    while (i < before.length && before[i]!.to <= from) i++
    while (j < after.length && after[j]!.to <= from) j++
    const [old, now] = [before[i], after[j]].map((record) => (record && record.from <= from ? contentOf(record) : null))
    if (old !== now) differing.push({ from, to: sorted[n + 1]! })
  }
  return differing
}

/**
 * Stretches on which two views say something else, apart from single touched frames. Linear in the number of records.
 */
function differingStretches(before: FilmView, after: FilmView): FrameRange[] {
  const onlyInOne = before.running
    .filter((job) => !after.running.includes(job))
    .concat(after.running.filter((job) => !before.running.includes(job)))
  const [oldLocks, locks] = [before.layout.regionLocks, after.layout.regionLocks]
  return [
    ...differences(before.layout.shown, after.layout.shown, ({ key }) => key),
    ...differences(before.layout.wanted, after.layout.wanted, ({ key, kind }) => `${kind} ${key}`),
    ...differences(before.layout.looks, after.layout.looks, ({ grade }) => JSON.stringify(grade)),
    ...onlyInOne.flatMap(({ results }) => results),
    ...(oldLocks !== locks && JSON.stringify(oldLocks) !== JSON.stringify(locks) ? [...oldLocks, ...locks] : []),
  ]
}

/**
 * Frames whose picture or whose being up to date differs between two views, as ranges. Quick where little differs:
 * only stretches on which the views say something else are looked at frame by frame.
 */
export function changedFrames(before: FilmView, after: FilmView, frameCount: number, isStored: IsStored): FrameRange[] {
  const candidates = new Set<number>()
  for (const [frame, coloring] of before.frames) if (after.frames.get(frame) !== coloring) candidates.add(frame)
  for (const [frame, coloring] of after.frames) if (before.frames.get(frame) !== coloring) candidates.add(frame)
  for (const { from, to } of differingStretches(before, after)) {
    for (let frame = from; frame < Math.min(to, frameCount); frame++) {
      candidates.add(frame)
    }
  }
  const changed: FrameRange[] = []
  for (const frame of [...candidates].sort((a, b) => a - b)) {
    if (frame < frameCount && appearance(before, frame, isStored) !== appearance(after, frame, isStored))
      extendRanges(changed, frame)
  }
  return changed
}

/**
 * The frames that a change of the document leaves a film with. A coloring that says the same as before stays the same
 * object.
 */
export function mergedFrames(before: ReadonlyMap<number, FrameColoring>, edits: FilmEdits): Map<number, FrameColoring> {
  const frames = edits.complete ? new Map<number, FrameColoring>() : new Map(before)
  for (const [frame, coloring] of edits.frames) {
    if (!coloring) {
      frames.delete(frame)
      continue
    }
    const known = before.get(frame)
    const same =
      known &&
      known.pinned === coloring.pinned &&
      JSON.stringify([known.base, known.operations]) === JSON.stringify([coloring.base, coloring.operations])
    frames.set(frame, same ? known : coloring)
  }
  return frames
}
