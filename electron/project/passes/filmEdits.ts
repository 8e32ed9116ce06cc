/**
 * A clip's document as the engine takes it (contract/filmEdits.ts): what its frames show, and how a pass would color
 * them.
 */
import type {
  FilmEdits,
  FilmLayout,
  FinePictureFile,
  FrameBaseFile,
  FrameColoring,
  PlannedSegment,
  ShownResult,
} from '../../contract/filmEdits.ts'
import { neutralGrade, type AssetId, type Grade } from '../../contract/operations.ts'
import type {
  Clip,
  FinePicture,
  FrameBase,
  FrameEdit,
  Lock,
  PassMode,
  PassResult,
} from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { ownShots, pinsOf, shotAt } from '../document.ts'
import { effectiveMode, passKey, stretchesOf, wayKey, type Stretch } from './passKeys.ts'
import { lockedFrames } from '../commands/pinCommands.ts'
import { carveOut, intersect, overlapping, subtract, unite } from '../../contract/ranges.ts'

/** A segment, and the mode by which a document notes what it gave. */
export interface ModedSegment extends PlannedSegment {
  readonly mode: PassMode
}

const shown = ({ from, to, key }: PassResult): ShownResult => ({ from, to, key })

/** What a lock keeps: the frames of its file, or what the cache held when older projects were locked. */
function keptBy({ from, to, colorings, kept }: Lock): PassResult[] {
  return colorings === undefined ? kept : [{ from, to, mode: 'between', key: colorings }]
}

/** What locked frames keep, in order. Where two locks overlap the earlier one holds. */
function keptFrames(clip: Clip): PassResult[] {
  const kept: PassResult[] = []
  for (const lock of clip.locks) if (lock.region === null) kept.push(...carveOut(keptBy(lock), kept))
  return kept.sort((a, b) => a.from - b.from)
}

/** How the shots on both sides of a transition are colored on through it. */
function sideSegments(
  clip: Clip,
  { shot }: Stretch,
  { before, after }: NonNullable<Stretch['sides']>,
): [PlannedSegment, PlannedSegment] {
  const [earlier, later] = [before.before, after.after]
  return [
    {
      ...shot,
      kind: earlier === null ? 'automatic' : 'forward',
      pins: earlier === null ? [] : [earlier],
      // The first frame of the shot before, or the one beside the pin.
      start: before.from,
      key: wayKey(clip, before, 'forward'),
    },
    {
      ...shot,
      kind: 'backward',
      pins: later === null ? [] : [later],
      start: after.to - 1,
      key: wayKey(clip, after, 'backward'),
    },
  ]
}

/** How a pass of a mode colors a part of a stretch. */
export function segmentOf(clip: Clip, stretch: Stretch, mode: PassMode, part: FrameRange = stretch): ModedSegment {
  const head = { from: part.from, to: part.to, key: passKey(clip, stretch, mode), mode }
  const { before, after, shot, sides } = stretch
  if (sides) return { ...head, kind: 'mixed', pins: [], start: stretch.from, sides: sideSegments(clip, stretch, sides) }
  const way = effectiveMode(stretch, mode)
  if (way !== 'backward' && before !== null) {
    return {
      ...head,
      kind: 'forward',
      pins: way === 'between' && after !== null ? [before, after] : [before],
      start: before + 1,
    }
  }
  if (way !== 'forward' && after !== null) return { ...head, kind: 'backward', pins: [after], start: after - 1 }
  return { ...head, kind: 'automatic', pins: [], start: shot.from }
}

/** Neighbors that are colored alike are one segment. */
function merged<T extends PlannedSegment>(segments: readonly T[]): T[] {
  const all: T[] = []
  for (const segment of segments) {
    const last = all.at(-1)
    const alike =
      last &&
      last.to === segment.from &&
      last.kind === segment.kind &&
      last.key === segment.key &&
      segment.kind !== 'pin'
    if (alike) all[all.length - 1] = { ...last, to: segment.to }
    else all.push(segment)
  }
  return all
}

/**
 * How every frame of a clip is colored where it has to be: again as it was colored last, for the first time between its
 * pins. Locked frames keep what they show.
 */
export function wantedSegments(clip: Clip): ModedSegment[] {
  const pins = pinsOf(clip).map((pin): ModedSegment => ({
    kind: 'pin',
    from: pin,
    to: pin + 1,
    pins: [pin],
    start: pin,
    key: '',
    mode: 'between',
  }))
  const kept = keptFrames(clip).map((result): ModedSegment => ({
    ...shown(result),
    kind: 'kept',
    pins: [],
    start: result.from,
    mode: result.mode,
  }))
  // A film may have thousands of shots, and every stroke asks: each stretch looks at what lies in it alone.
  const keptSet = unite(kept)
  const stretches = stretchesOf(clip).flatMap((stretch): ModedSegment[] => {
    const open = subtract([stretch], overlapping(keptSet, stretch))
    if (shotAt(clip, stretch.from).keepsOwn) {
      return open.map(({ from, to }) => ({ kind: 'own', from, to, pins: [], start: from, key: '', mode: 'between' }))
    }
    const noted = overlapping(clip.passes, stretch)
    return [
      ...noted.flatMap((result) =>
        open.flatMap((part) => intersect([result], part)).map((part) => segmentOf(clip, stretch, result.mode, part)),
      ),
      ...subtract(open, noted).map((part) => segmentOf(clip, stretch, 'between', part)),
    ]
  })
  const keptOutsidePins = carveOut(kept, pins)
  return merged([...pins, ...keptOutsidePins, ...stretches].sort((a, b) => a.from - b.from))
}

/**
 * What a pass of a mode would color in a range: the segments, and the frames in them that are not as it would make
 * them.
 */
export function passOver(
  clip: Clip,
  mode: PassMode,
  range: FrameRange,
  toDo: readonly FrameRange[],
): { segments: ModedSegment[]; ranges: FrameRange[] } {
  const untouchable = unite([...lockedFrames(clip), ...ownColorings(clip), ...ownShots(clip)])
  const open = unite(toDo)
  const segments: ModedSegment[] = []
  for (const stretch of stretchesOf(clip)) {
    if (stretch.to <= range.from || stretch.from >= range.to) continue
    const source = mode === 'forward' ? stretch.before : stretch.after
    const asked = subtract(intersect([stretch], range), overlapping(untouchable, stretch))
    // Where there is no pin to go on from, only what has no color yet is colored.
    const wanted = source === null ? overlapping(open, stretch).flatMap((part) => intersect(asked, part)) : asked
    const key = passKey(clip, stretch, mode)
    const done = overlapping(clip.passes, stretch).filter((result) => result.key === key)
    for (const part of subtract(wanted, done)) segments.push(segmentOf(clip, stretch, mode, part))
  }
  return { segments, ranges: segments.map(({ from, to }) => ({ from, to })) }
}

function ownColorings(clip: Clip): FrameRange[] {
  return Object.entries(clip.frames).flatMap(([frame, edit]) =>
    edit.base.kind === 'automatic' ? [] : [{ from: Number(frame), to: Number(frame) + 1 }],
  )
}

/** A look that leaves all as it is. */
export const changesNothing = (look: Grade): boolean =>
  (Object.keys(neutralGrade) as (keyof Grade)[]).every((name) => look[name] === neutralGrade[name])

/** @param pathOf where an asset lies */
export function layoutOf(clip: Clip, pathOf: (asset: AssetId) => string): FilmLayout {
  const files = clip.locks.flatMap(({ colorings }) =>
    colorings === undefined ? [] : [[colorings, pathOf(colorings)] as const],
  )
  return {
    shown: [
      ...carveOut(clip.passes.map(shown), [...lockedFrames(clip), ...ownShots(clip)]),
      ...keptFrames(clip).map(shown),
    ].sort((a, b) => a.from - b.from),
    wanted: wantedSegments(clip),
    looks: clip.shots
      .filter(({ look }) => !changesNothing(look))
      .map(({ from, to, look }) => ({ from, to, grade: look })),
    regionLocks: clip.locks.flatMap((lock) =>
      lock.region ? [{ ...lock.region, from: lock.from, to: lock.to, kept: keptBy(lock).map(shown) }] : [],
    ),
    locked: Object.fromEntries(files),
    lockedPictures: lockedPictures(clip, pathOf),
  }
}

/** Where two locks overlap the earlier one holds. */
function lockedPictures(clip: Clip, pathOf: (asset: AssetId) => string): NonNullable<FilmLayout['lockedPictures']> {
  const taken: FrameRange[] = []
  return clip.locks
    .filter(({ region }) => region === null)
    .flatMap((lock) => {
      const left = carveOut(lock.pictures ?? [], taken)
      taken.push({ from: lock.from, to: lock.to })
      return left.map((stretch) => ({ ...stretch, pictures: filesOf(stretch.pictures, pathOf) }))
    })
    .sort((a, b) => a.from - b.from)
}

const filesOf = (pictures: readonly FinePicture[], pathOf: (asset: AssetId) => string): FinePictureFile[] =>
  pictures.map(({ frame, asset }) => ({ frame, path: pathOf(asset) }))

function baseFile(base: FrameBase, pathOf: (asset: AssetId) => string): FrameBaseFile {
  if (base.kind === 'automatic') return base
  const path = pathOf(base.asset)
  if (base.kind === 'picture') return { kind: 'picture', path }
  return { kind: 'frozen', path, ...(base.pictures && { pictures: filesOf(base.pictures, pathOf) }) }
}

export function frameColoring(edit: FrameEdit, pathOf: (asset: AssetId) => string): FrameColoring {
  const { base, operations, pinned } = edit
  return {
    base: baseFile(base, pathOf),
    operations: operations.filter((operation) => operation.enabled),
    pinned,
  }
}

/** Files of the pictures that a frame's operations refer to. */
export function picturesOf(edits: Iterable<FrameEdit>, pathOf: (asset: AssetId) => string): Record<AssetId, string> {
  const pictures: Record<AssetId, string> = {}
  for (const { operations } of edits) {
    for (const operation of operations) {
      if (operation.type === 'reference') {
        pictures[operation.asset] = pathOf(operation.asset)
      }
    }
  }
  return pictures
}

/** Frames whose edits differ, with the edit they have now. Cheap: documents share what has not changed. */
export function changedFrames(before: Clip | null, after: Clip): [frame: number, edit: FrameEdit | null][] {
  if (before?.frames === after.frames) return []
  const changed: [number, FrameEdit | null][] = []
  for (const [frame, edit] of Object.entries(after.frames))
    if (before?.frames[frame] !== edit) changed.push([Number(frame), edit])
  for (const frame of Object.keys(before?.frames ?? {})) if (!after.frames[frame]) changed.push([Number(frame), null])
  return changed
}

/**
 * What has to be told to an engine that knows the clip as `before` so that it knows it as `after`.
 * @param before null: it knows nothing of the clip
 */
export function editsOf(before: Clip | null, after: Clip, pathOf: (asset: AssetId) => string): FilmEdits {
  const frames = changedFrames(before, after)
  return {
    complete: before === null,
    frames: frames.map(([frame, edit]) => [frame, edit && frameColoring(edit, pathOf)] as const),
    pictures: picturesOf(
      frames.flatMap(([, edit]): FrameEdit[] => (edit ? [edit] : [])),
      pathOf,
    ),
    layout: layoutOf(after, pathOf),
  }
}
