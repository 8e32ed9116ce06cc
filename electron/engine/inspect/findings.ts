/** Makes findings of measures: the closed rules by which places are named, and their figures. Pure. */
import { measureFlicker, oddFramesOf, type MeanColors } from '../../contract/flicker.ts'
import type { FindingKind, Inspection, PlaceFound } from '../../contract/inspection.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { Misplaced } from './frameMatch.ts'
import { SKIN_HUE, type FrameMeasure } from './frameMeasure.ts'

/**
 * Mean chroma that jumps by less than one step of 8 bits is not seen. What stands out of a shot's own unrest is said by
 * contract/flicker.ts.
 */
const FLICKER = 1 / 255
/** Mean chroma of a frame without color: one step of 8 bits, which encoders make of nothing. */
const GRAY = 1 / 255
/** So much of the film has to have color before frames without any count as left over. */
const COLORED_SHARE = 0.05
/** Darker and lighter pictures have no color in any film: leader, fades. */
const [BLACK, WHITE] = [0.04, 0.96]
/**
 * A flash is a change of mean luma by a tenth of the way to white, as broadcasters have it (ITU-R BT.1702: 20 of 200
 * cd/m2), that is gone after at most so many frames.
 */
const FLASH = 0.1
const FLASH_FRAMES = 2
/** What comes after it is as bright as what was before, to this share of the jump. */
const BACK = 0.4
/** Single highlights leave the gamut in any film, and the networks' skies a little; a tenth of a picture is seen. */
const CLIPPED = 0.1
/** Mean confidence of a shot at which colors are guesses: shots of real films have 24 to 37 percent. */
const UNSURE = 0.2
/** Less of the picture than a face in a medium shot tells nothing. */
const SKIN_SHARE = 0.04
/** Faces by day and by lamplight lie within this of the line, degrees. */
const SKIN_LEANS = 28
/** Where the hues right beyond have more than this share of skin's, it is grass, cloth or sky. */
const SKIN_BEYOND = 0.15
/** A face is seen for longer than this many frames; shorter ones are passers-by, or no faces. */
const SKIN_FRAMES = 6
/** Frames of one run may be so far apart. */
const GAP = 2
/** Of one kind, so many are named. */
const MOST = 200

export interface InspectedFilm {
  readonly frames: readonly FrameMeasure[]
  /** In order, covering all frames. */
  readonly shots: readonly FrameRange[]
  /** By frame, 0..1; NaN where it is not known. Null where it is of none. */
  readonly confidence: Float32Array | null
  /** Null where there was no original to compare with. */
  readonly misplaced: readonly Misplaced[] | null
}

const frameCountOf = ({ from, to }: FrameRange): number => to - from

/** Runs of frames within a shot for which an amount is told; `frame` is that of the largest amount on either side. */
function runsOf(kind: FindingKind, shot: FrameRange, amountOf: (frame: number) => number | null): PlaceFound[] {
  const runs: PlaceFound[] = []
  for (let frame = shot.from; frame < shot.to; frame++) {
    const amount = amountOf(frame)
    if (amount === null) continue
    const last = runs.at(-1)
    if (!last || frame - last.to > GAP) runs.push({ kind, from: frame, to: frame + 1, frame, amount })
    else {
      const stronger = Math.abs(amount) > Math.abs(last.amount)
      runs[runs.length - 1] = { ...last, to: frame + 1, ...(stronger && { frame, amount }) }
    }
  }
  return runs
}

function flickerOf(colors: MeanColors, flicker: Float32Array, shot: FrameRange): PlaceFound[] {
  measureFlicker(colors, shot, shot, flicker)
  return oddFramesOf(flicker, shot)
    .filter((frame) => flicker[frame]! >= FLICKER)
    .map((frame) => ({ kind: 'flicker', from: frame, to: frame + 1, frame, amount: 255 * flicker[frame]! }))
}

const isGray = ({ color, luma }: FrameMeasure): boolean => color < GRAY && luma > BLACK && luma < WHITE

function flashesOf({ frames }: InspectedFilm, shot: FrameRange): PlaceFound[] {
  const found: PlaceFound[] = []
  for (let frame = shot.from + 1; frame < shot.to - 1; frame++) {
    const before = frames[frame - 1]!.luma
    const jump = frames[frame]!.luma - before
    if (Math.abs(jump) < FLASH) continue
    for (let to = frame + 1; to <= Math.min(shot.to - 1, frame + FLASH_FRAMES); to++) {
      if (Math.abs(frames[to]!.luma - before) > BACK * Math.abs(jump)) continue
      found.push({ kind: 'flash', from: frame, to, frame, amount: 100 * Math.abs(jump) })
      frame = to
      break
    }
  }
  return found
}

function skinOf({ frames }: InspectedFilm, shot: FrameRange): PlaceFound[] {
  const runs = runsOf('skin', shot, (frame) => {
    const { share, hue, beyond } = frames[frame]!.skin
    if (share < SKIN_SHARE || beyond > SKIN_BEYOND * share) return null
    // From U toward V: yellow and green lie beyond the line, red and magenta before it.
    const leans = hue - SKIN_HUE
    return Math.abs(leans) > SKIN_LEANS ? leans : null
  })
  return runs.filter((run) => frameCountOf(run) >= SKIN_FRAMES)
}

function unsureOf(confidence: Float32Array, shot: FrameRange): PlaceFound[] {
  let [sum, count, lowest, frame] = [0, 0, Infinity, shot.from]
  for (let at = shot.from; at < shot.to; at++) {
    const value = confidence[at]!
    if (Number.isNaN(value)) continue
    sum += value
    count++
    if (value < lowest) [lowest, frame] = [value, at]
  }
  if (count === 0 || sum / count >= UNSURE) return []
  return [{ kind: 'unsure', from: shot.from, to: shot.to, frame, amount: (100 * sum) / count }]
}

/** What is found in a film, in the order of its frames; and what could be looked for at all. */
export function findingsOf(film: InspectedFilm): Pick<Inspection, 'kinds' | 'found' | 'more'> {
  const { frames, shots, confidence, misplaced } = film
  const isColored = frames.filter((frame) => frame.color >= GRAY).length > COLORED_SHARE * frames.length
  const colors = { u: frames.map(({ u }) => u), v: frames.map(({ v }) => v) }
  const flicker = new Float32Array(frames.length).fill(NaN)
  const found = shots.flatMap((shot) => [
    ...flickerOf(colors, flicker, shot),
    ...(isColored ? runsOf('gray', shot, (frame) => (isGray(frames[frame]!) ? 0 : null)) : []),
    ...flashesOf(film, shot),
    ...runsOf('gamut', shot, (frame) => {
      const { clipped } = frames[frame]!
      return clipped >= CLIPPED ? 100 * clipped : null
    }),
    ...(confidence ? unsureOf(confidence, shot) : []),
    ...skinOf(film, shot),
  ])
  for (const { kind, frame, count } of misplaced ?? [])
    found.push({ kind, from: frame, to: frame + 1, frame, amount: count })
  const kinds: FindingKind[] = [
    'flicker',
    'gray',
    'flash',
    'gamut',
    ...(confidence ? (['unsure'] as const) : []),
    'skin',
    ...(misplaced ? (['doubled', 'dropped'] as const) : []),
  ]
  const named: PlaceFound[] = []
  const more: Partial<Record<FindingKind, number>> = {}
  for (const kind of kinds) {
    // The strongest are named, and those without a strength as they come.
    const all = found.filter((each) => each.kind === kind).sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
    named.push(...all.slice(0, MOST))
    if (all.length > MOST) more[kind] = all.length - MOST
  }
  return { kinds, found: named.sort((a, b) => a.from - b.from || a.frame - b.frame), more }
}
