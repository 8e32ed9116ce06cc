/**
 * Of which pinned pictures frames show fine color now (electron/engine/film/pinDetails.ts). What keeps a frame's
 * coloring from now on, a pin or a lock, keeps their names with it: whatever becomes of those pins, it looks as it did.
 */
import { MOST_FINE_PICTURES, type Clip, type FinePicture, type FrameEdit } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { segmentOf } from './filmEdits.ts'
import { stretchesOf } from './passKeys.ts'
import { carveOut, holdsFrame, within } from '../../contract/ranges.ts'

export interface FineStretch extends FrameRange {
  readonly pictures: FinePicture[]
}

/** Of a frame that has a coloring of its own. */
function ownPictures(frame: number, { base }: FrameEdit): FinePicture[] {
  if (base.kind === 'picture') return [{ frame, asset: base.asset }]
  return base.kind === 'frozen' ? [...(base.pictures ?? [])] : []
}

/** Those that a pass has brought to frames: as long as it would read the same pins now. */
function passedPictures(clip: Clip, range: FrameRange): FineStretch[] {
  return stretchesOf(clip)
    .filter(({ from, to }) => from < range.to && to > range.from)
    .flatMap((stretch) =>
      within(within(clip.passes, stretch), range).map(({ from, to, mode, key }) => {
        const { key: wanted, pins, sides } = segmentOf(clip, stretch, mode)
        const read = wanted === key ? [...pins, ...(sides ?? []).flatMap((side) => side.pins)] : []
        return { from, to, pictures: picturesOfPins(clip, read, (from + to) >> 1) }
      }),
    )
}

/** Those whose fine color a frame shows that reads these pins: each once, and no more than a project names. */
export function picturesOfPins(clip: Clip, pins: readonly number[], frame: number): FinePicture[] {
  // Frames that were pinned between others name the same pictures as these.
  const all = new Map(
    pins
      .flatMap((pin) => picturesOfPin(pin, clip.frames[pin]!))
      .map((picture) => [`${picture.frame} ${picture.asset}`, picture]),
  )
  return [...all.values()]
    .sort((a, b) => Math.abs(a.frame - frame) - Math.abs(b.frame - frame))
    .slice(0, MOST_FINE_PICTURES)
    .sort((a, b) => a.frame - b.frame)
}

/** What was put on top of a pin is not in its picture. */
const picturesOfPin = (frame: number, edit: FrameEdit): FinePicture[] =>
  edit.operations.some(({ enabled }) => enabled) ? [] : ownPictures(frame, edit)

/** In order, not overlapping; without the frames that show none. */
export function finePictures(clip: Clip, range: FrameRange): FineStretch[] {
  const all: FineStretch[] = Object.entries(clip.frames)
    .map(([number, edit]) => ({ frame: Number(number), edit }))
    .filter(({ frame, edit }) => holdsFrame(range, frame) && edit.base.kind !== 'automatic')
    .map(({ frame, edit }) => ({ from: frame, to: frame + 1, pictures: ownPictures(frame, edit) }))
  const add = (stretches: readonly FineStretch[]): void => void all.push(...carveOut(stretches, all))
  for (const { region, from, to, pictures = [] } of clip.locks) {
    if (region !== null) continue
    add(within(pictures, range))
    // The rest of what it locks shows none.
    add(within([{ from, to, pictures: [] }], range))
  }
  add(passedPictures(clip, range))
  return all.filter(({ pictures }) => pictures.length > 0).sort((a, b) => a.from - b.from)
}
