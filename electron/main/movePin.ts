/**
 * Moves a pin to another frame, or copies it there. What is pinned there is what a pass makes of its colors on the way;
 * what the artist has drawn on that frame stays on top of them.
 */
import type { Clip, FrameBase } from '../contract/projectDocument.ts'
import { holdsFrame, recordAt } from '../contract/ranges.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { shotAt } from '../project/document.ts'
import { segmentOf, wantedSegments, type ModedSegment } from '../project/passes/filmEdits.ts'
import { picturesOfPins } from '../project/passes/finePictures.ts'
import { stretchesOf } from '../project/passes/passKeys.ts'
import { checkPinnable } from '../project/commands/pinCommands.ts'
import { findPin, refuse } from '../project/commands/refusals.ts'
import type { Studio } from './studio.ts'

/** So many frames a pin is carried on the spot: the artist waits for it. */
const NEAR = 48

export interface PinMove {
  readonly clip: string
  readonly from: number
  readonly to: number
  readonly copy: boolean
}

type MovingDesk = Pick<Studio, 'engine' | 'session' | 'clips' | 'shots' | 'alike'>

interface Carried {
  readonly base: FrameBase
  /** How much of the frame was found in the pin, 0..1; 1 where a pass has carried its colors from frame to frame. */
  readonly share: number
}

/**
 * Throws UserError where something of the artist's would be lost, or the pin's colors can not be had there.
 * @returns how alike the frames are, as in Carried
 */
export async function movePin(desk: MovingDesk, { clip: id, from, to, copy }: PinMove): Promise<number> {
  const { clips, session, shots } = desk
  for (;;) {
    const before = clips.clip(id)
    const pin = findPin(before, from)
    checkPinnable(before, to)
    if (await shots.isOpen(id)) {
      // Where nobody looks any more, it would stay so.
      await shots.find(id)
      throw new UserError(
        'not-found',
        sentence`The film is still being looked through for its shots.`,
        sentence`Try again when that is done.`,
      )
    }
    await shots.ensure(id)
    const { base, share } = await carried(desk, id, from, to)
    // Where it was drawn on meanwhile, it has come there without that.
    if (clips.clip(id).frames[from] !== pin) continue
    session.apply({ type: copy ? 'copy-pin' : 'move-pin', clip: id, from, to, base })
    return share
  }
}

async function carried(desk: MovingDesk, id: string, from: number, to: number): Promise<Carried> {
  const readAt = (clip: Clip): ModedSegment | null => {
    const wanted = recordAt(wantedSegments(clip), to)
    return wanted && pinsOf(wanted).includes(from) ? wanted : null
  }
  const base =
    (await carriedOn(desk, id, to, readAt, true)) ??
    (Math.abs(to - from) <= NEAR ? await carriedOn(desk, id, to, (clip) => wayOf(clip, from, to), false) : null)
  if (base) return { base, share: 1 }
  if (readAt(desk.clips.clip(id))) {
    refuse(
      sentence`The colors of the pin at frame ${from} have not been carried to frame ${to} yet.`,
      sentence`Propagate them first, then move the pin; or move it by no more than ${NEAR} frames at a time.`,
    )
  }
  // Across a cut, or past another pin, no pass would carry them so far.
  return desk.alike.coloring(id, to, { pin: from })
}

/** @param isAtHand it is not computed for this. @returns null where there is none, or no such way */
async function carriedOn(
  { engine, session, clips }: MovingDesk,
  id: string,
  to: number,
  segmentIn: (clip: Clip) => ModedSegment | null,
  isAtHand: boolean,
): Promise<FrameBase | null> {
  const found = await clips.whenSettled(id, async (clip) => {
    const planned = segmentIn(clip)
    if (!planned) return null
    const { mode: _, ...segment } = planned
    const pictures = picturesOfPins(clip, pinsOf(segment), to)
    const coloring = await engine.call('carriedColoring', id, to, segment, isAtHand)
    return coloring && { coloring, pictures }
  })
  if (!found) return null
  const { coloring, pictures } = found
  const asset = await session.assets.put(coloring, 'chroma')
  return { kind: 'frozen', asset, ...(pictures.length > 0 && { pictures }) }
}

/** How its colors would go there if it were the only pin of its shot. Null where a cut lies between. */
function wayOf(clip: Clip, from: number, to: number): ModedSegment | null {
  if (!holdsFrame(shotAt(clip, from), to)) return null
  const alone = { ...clip, frames: { [from]: clip.frames[from]! } }
  const stretch = recordAt(stretchesOf(alone), to)
  return stretch ? segmentOf(alone, stretch, 'between') : null
}

const pinsOf = ({ pins, sides }: Pick<ModedSegment, 'pins' | 'sides'>): number[] => [
  ...pins,
  ...(sides ?? []).flatMap((side) => side.pins),
]
