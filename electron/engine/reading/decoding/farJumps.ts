/** Whether a jump in a film may be a long wait: where groups of pictures are long, much is decoded before the frame. */
import { seekFrame } from './decodeArgs.ts'
import type { Footage } from '../footage.ts'

/** As many frames of 1080p, decoded on the way, take a quarter of a second. */
const FAR = 48
const PIXELS = 1920 * 1080

/** Never in a film whose pictures are all keyframes, or are files of their own. */
export function hasFarJumps(footage: Footage): boolean {
  const { info, source } = footage
  if (source.file.sequence !== null) return false
  const weight = Math.max(1, (info.width * info.height) / PIXELS)
  for (let frame = 0; frame < info.frameCount; frame++)
    if ((frame - seekFrame(footage, frame)) * weight > FAR) return true
  return false
}
