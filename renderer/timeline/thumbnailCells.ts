/** Which frames the timeline shows as thumbnails. */
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { xToFrame, type TimelineScale } from '../state/timelineScale.ts'
import type { Lanes } from './lanes.ts'

/** A shot that shows less than this of itself within a cell gets no picture of its own there, pixels. */
const WORTH_SHOWING = 16

export interface Cells {
  readonly scale: TimelineScale
  readonly width: number
  readonly lanes: Pick<Lanes, 'thumbnails'>
  readonly frameCount: number
  readonly thumbAspect: number
  /** In order. */
  readonly shots: readonly FrameRange[]
}

/** The first shot that is in sight, or to the right of it. */
export function firstInSight(shots: readonly FrameRange[], { start }: Pick<TimelineScale, 'start'>): number {
  let low = 0
  let high = shots.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (shots[middle]!.to <= start) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Frames from left to right, each drawn over what is left of the one before. Cells belong to the film, not to the view,
 * so that scrolling shows the same frames; a cell that holds a cut shows the next shot behind it.
 */
export function cellsInSight({ scale, width, lanes, frameCount, thumbAspect, shots }: Cells): {
  frames: number[]
  perCell: number
  wide: number
  tall: number
} {
  const tall = lanes.thumbnails.height - 1
  const wide = Math.max(8, tall * thumbAspect)
  const perCell = Math.max(1, Math.floor(wide / scale.pixels))
  const end = Math.min(frameCount, xToFrame(scale, width) + 1)
  const frames: number[] = []
  let shot = firstInSight(shots, scale)
  for (let frame = Math.floor(Math.max(0, scale.start) / perCell) * perCell; frame < end; frame += perCell) {
    frames.push(frame)
    const next = Math.min(frame + perCell, frameCount)
    for (; shot < shots.length && shots[shot]!.from < next; shot++) {
      const { from, to } = shots[shot]!
      const room = scale.pixels * (Math.min(to, next) - from)
      if (from > frame && room >= WORTH_SHOWING) frames.push(from)
    }
    // A shot that goes on into the next cell may begin there again.
    if (shot > 0 && shots[shot - 1]!.to > next) shot--
  }
  return { frames, perCell, wide, tall }
}
