/** Looks for the black beside a film's pictures, on some of them. */
import type { Crop } from '../../contract/delivery.ts'
import { orientationOf } from '../../contract/orientation.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import { BlackBars } from '../picture/blackBars.ts'
import { shownCrop, wholeCrop } from '../picture/croppedPicture.ts'
import { createFrameReader } from '../reading/decoding/reader.ts'

/** Pictures that are looked at, spread over what is asked for. */
const LOOKS = 16

/** Encoders want whole pairs, whatever the film's samples are: of a side that is odd one line of black may stay. */
function pairs(before: number, behind: number, whole: number): [before: number, behind: number] {
  const first = 2 * Math.floor(before / 2)
  return [first, behind > 0 && (whole - first - behind) % 2 !== 0 ? behind - 1 : behind]
}

/**
 * What to cut off the sides of the shown picture; null where there is no black beside it.
 * @throws UserErrors of decodeFrames
 */
export async function blackBars({ tools, footage }: Film, { from, to }: FrameRange): Promise<Crop | null> {
  const bars = new BlackBars(footage.layout)
  const count = Math.min(LOOKS, to - from)
  const reader = createFrameReader(tools, footage, 0)
  try {
    for (let n = 0; n < count; n++)
      bars.look((await reader.read(from + Math.floor(((n + 0.5) * (to - from)) / count))).y)
  } finally {
    await reader.close()
  }
  const { found } = bars
  if (!found) return null
  const { layout } = footage
  const whole = wholeCrop(found, layout)
  const [left, right] = pairs(whole.left, whole.right, layout.width)
  const [top, bottom] = pairs(whole.top, whole.bottom, layout.height)
  const crop = wholeCrop({ left, top, right, bottom }, layout)
  return Object.values(crop).some((side) => side > 0) ? shownCrop(crop, orientationOf(footage.info)) : null
}
