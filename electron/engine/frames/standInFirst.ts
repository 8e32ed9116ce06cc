/** Which frames are so far away that a picture of a frame nearby is shown first, and that picture. */
import type { FrameRequest, StandInReply } from '../../contract/frames.ts'
import type { Film } from '../film/film.ts'
import type { FramePictureMaker } from './framePicture.ts'

/** So many frames are decoded while somebody hardly waits. */
const NEAR = 24
/** A playhead that is dragged on asks for another frame within this time: decoders are begun for none of them. */
const HELD_STILL_MS = 50

/**
 * Null where the frame is soon there, or no picture is nearer to it than what is in view.
 * @param seen the frame in view; null where that is none of the film's, or is stood in for
 */
export async function standInFirst(
  request: FrameRequest,
  frame: number,
  { film, pictures, seen }: { readonly film: Film; readonly pictures: FramePictureMaker; readonly seen: number | null },
): Promise<StandInReply | null> {
  if (request.slot !== 'view' || !request.mayStandIn) return null
  if (pictures.has(request, frame) || film.reader.wayTo(frame) <= NEAR) return null
  const standIn = film.standIns.near(frame)
  if (!standIn || (seen !== null && Math.abs(standIn.of - frame) >= Math.abs(seen - frame))) return null
  const { requestId, footageId } = request
  const coloring = await pictures.coloringAtHand(request, frame)
  return { type: 'stand-in', requestId, footageId, frame, of: standIn.of, jpeg: standIn.jpeg, coloring }
}

/** Resolves when the playhead has stood still for a moment, or the signal says that it has not. */
export function heldStill(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, HELD_STILL_MS)
    const moved = (): void => {
      clearTimeout(timer)
      resolve()
    }
    if (signal.aborted) moved()
    else signal.addEventListener('abort', moved, { once: true })
  })
}
