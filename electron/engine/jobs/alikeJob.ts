/**
 * Looks in shots without a pin for the frame that is most like one of the pins there are, and colors it like that. What
 * comes of it are frames to be pinned; nothing is done to the document here.
 */
import { ALIKE, type AlikeFrame } from '../../contract/alike.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import { colorLike, noPass } from '../film/exampleColoring.ts'
import { lumaFor, partsFor, type PinExample } from '../film/pinExamples.ts'
import type { Likeness } from '../network/networks.ts'
import type { ColoringContext } from './coloring.ts'
import type { JobReport } from './jobReport.ts'

/** Where in a shot it is looked. Its ends may lie in a transition, or show what has just come or is about to go. */
const LOOKED_AT = [0.5, 0.15, 0.85, 0.33, 0.67]
/** Found again this well, no other frame of the shot is looked at. */
const GOOD = 0.6

/**
 * Throws the UserErrors of colorLike.
 * @param pins of the film and of others, as the document was when the job was ordered
 */
export async function runFindAlike(
  film: Film,
  shots: readonly FrameRange[],
  pins: readonly PinExample[],
  context: ColoringContext,
  report: JobReport,
): Promise<void> {
  await context.turn()
  const likeness = context.networks.startLikeness(pins.map((pin) => lumaFor(film, pin)))
  if (!likeness) throw noPass()
  const found: AlikeFrame[] = []
  let looked = 0
  try {
    for (const shot of shots) {
      const best = await mostAlike(film, shot, likeness, context)
      const pin = best && pins[best.pin]
      if (best && pin && best.share >= ALIKE) {
        await context.turn()
        await colorLike(film, context.networks, best.frame, partsFor(film, pin), context.turn)
        found.push({ ...best, pin: pin.frame, ...(pin.clip !== undefined && { clip: pin.clip }) })
      }
      report.setKnownCount((looked += shot.to - shot.from))
    }
  } finally {
    likeness.dispose()
  }
  report.setAlike(found)
}

/** @returns 'pin' is an index */
async function mostAlike(
  film: Film,
  { from, to }: FrameRange,
  likeness: Likeness,
  { turn }: ColoringContext,
): Promise<AlikeFrame | null> {
  let best: AlikeFrame | null = null
  const frames = new Set(LOOKED_AT.map((share) => from + Math.floor((to - from - 1) * share)))
  for (const frame of frames) {
    if (best && best.share >= GOOD) break
    await turn()
    const shares = await likeness.of(await film.luma(frame, film.background))
    for (const [pin, share] of shares.entries()) if (share > (best?.share ?? 0)) best = { frame, pin, share }
  }
  return best
}
