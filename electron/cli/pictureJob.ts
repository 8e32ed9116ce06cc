/** Frames of a film as one picture: a still, or the sheet of all that is pinned. As an export would have them. */
import type { FootageInfo } from '../contract/schemas.ts'
import { sentence, type Sentence } from '../contract/sentence.ts'
import { parsePosition } from '../contract/timecode.ts'
import { UserError } from '../contract/userError.ts'
import type { FilmOrder, PictureWish } from './arguments.ts'
import type { FilmProject } from './filmProject.ts'
import type { OnProgress, Session } from './session.ts'

/** The frames that a picture shows, in order. Throws UserError where there are none. */
export function framesOf(wish: PictureWish, { rate, frameCount }: FootageInfo, project: FilmProject): number[] {
  if (wish.kind === 'sheet') {
    if (project.pins.length > 0) return project.pins
    throw new UserError('not-found', sentence`No frame of this film is pinned.`, sentence`Pin a frame first.`)
  }
  const frame = parsePosition(wish.at, rate)
  if (frame !== null && frame < frameCount) return [frame]
  throw new UserError(
    'bad-argument',
    frame === null
      ? sentence`“${wish.at}” is neither a frame number nor a timecode of this film.`
      : sentence`The film has no frame ${frame}: its frames are 0 to ${frameCount - 1}.`,
    sentence`Give --still a number from 0 on, or a timecode counted from the film’s first frame.`,
  )
}

export interface PictureJob {
  readonly footageId: string
  readonly wish: PictureWish
  readonly frames: readonly number[]
  readonly order: Pick<FilmOrder, 'target' | 'overwrite'>
}

/**
 * Colors the frames as the project wants them, and writes them as one picture: PNG, or TIFF by its ending.
 * @returns where it lies, and what there is to say of that
 */
export async function writePicture(
  session: Session,
  { footageId, wish, frames, order }: PictureJob,
  project: FilmProject,
  onProgress: OnProgress,
): Promise<{ readonly path: string; readonly note: Sentence | null }> {
  const { client } = session
  const { target, overwrite } = order
  const ranges = frames.map((frame) => ({ from: frame, to: frame + 1 }))
  await session.run((jobId) => client.call('startColorize', { jobId, footageId, ranges }), onProgress)
  await client.call('setEdits', footageId, project.editsAsWanted)
  const [frame] = frames
  return wish.kind === 'still'
    ? client.call('exportFrame', footageId, frame!, target, overwrite, project.originals)
    : client.call('exportSheet', footageId, frames, target, overwrite, project.originals)
}
