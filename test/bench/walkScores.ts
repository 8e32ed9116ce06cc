/**
 * How well colors keep on their way through a clip (electron/engine/jobs/walk.ts), at the networks' own size: from the
 * true colors of its first frame, of its first and last, or of none. What the film that is exported has of it is `npm
 * run evaluate`'s.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PINNED_DOUBTS, Walk } from '../../electron/engine/jobs/walk.ts'
import { Motion, type CarriedChroma } from '../../electron/engine/motion/motion.ts'
import { Sight } from '../../electron/engine/motion/sight.ts'
import { NativeNetworks } from '../../electron/engine/network/nativeNetworks.ts'
import type { NetworkChroma, NetworkLuma } from '../../electron/engine/picture/networkPictures.ts'
import { networkSize } from '../../electron/engine/picture/networkSize.ts'
import { smallChroma } from '../material/trueColors.ts'
import { picturesOf } from './picturesOf.ts'

export type Pins = 'one pin' | 'two pins' | 'no pin'

/** PSNR over U and V in dB. */
export interface WalkScores {
  readonly pins: Pins
  readonly clip: string
  readonly mean: number
  readonly first: number
  readonly lastFifth: number
  readonly worst: number
  /** Mean step of U and V from frame to frame along the motion, where that is certain; of 255. */
  readonly flicker: number
  /** Processor time a frame, milliseconds. */
  readonly processor: number
}

interface TrueFrame {
  readonly luma: NetworkLuma
  readonly chroma: NetworkChroma
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** @param folder holds clips in color and nothing else; their first `frames` frames are walked through */
export async function measureWalks(
  ffmpeg: string,
  weights: string,
  folder: string,
  frames: number,
): Promise<WalkScores[]> {
  const networks = NativeNetworks.load(weights)
  const scores: WalkScores[] = []
  for (const clip of readdirSync(folder).sort()) {
    const film = await trueFrames(ffmpeg, join(folder, clip), networks.info.shortSide, frames)
    // The networks are made ready for a size when they first meet it.
    await scoreWalk(networks, film.slice(0, 4), 'two pins')
    for (const pins of ['one pin', 'two pins', 'no pin'] as const)
      scores.push({ pins, clip, ...(await scoreWalk(networks, film, pins)) })
  }
  return scores
}

async function trueFrames(ffmpeg: string, file: string, shortSide: number, frames: number): Promise<TrueFrame[]> {
  const [first] = await picturesOf(ffmpeg, file, `select='eq(n,0)'`)
  const [width, height] = networkSize({ ...first!, pixelAspect: { num: 1, den: 1 } }, shortSide)
  const pictures = await picturesOf(ffmpeg, file, `select='lt(n,${frames})',scale=${width}:${height}:flags=area`)
  return pictures.map((picture) => ({
    luma: { width, height, values: picture.y },
    chroma: smallChroma(picture, width / 2, height / 2),
  }))
}

async function scoreWalk(
  networks: NativeNetworks,
  film: readonly TrueFrame[],
  pins: Pins,
): Promise<Omit<WalkScores, 'pins' | 'clip'>> {
  const end = film.length - 1
  const pinned = pins === 'one pin' ? [0] : pins === 'two pins' ? [0, end] : []
  const walk = new Walk(
    networks,
    pinned.map((frame) => ({ frame, ...film[frame]! })),
    0,
  )
  const walked = film.map((_, frame) => frame).filter((frame) => !pinned.includes(frame))
  const before = process.cpuUsage()
  const ahead = pins === 'two pins' ? carriedBack(film) : []
  const colored: NetworkChroma[] = []
  for (const frame of walked) colored.push((await walk.color(frame, film[frame]!.luma, ahead[frame] ?? null)).chroma)
  const { user, system } = process.cpuUsage(before)
  walk.dispose()
  const psnr = colored.map((chroma, n) => chromaPsnrOf(chroma, film[walked[n]!]!.chroma))
  return {
    mean: mean(psnr),
    first: psnr[0]!,
    lastFifth: mean(psnr.slice(-Math.ceil(psnr.length / 5))),
    worst: Math.min(...psnr),
    flicker: flickerOf(
      colored,
      walked.map((frame) => film[frame]!.luma),
    ),
    processor: (user + system) / 1000 / walked.length,
  }
}

/** What the last frame's true colors give to those before it (electron/engine/jobs/pinAhead.ts), by frame. */
function carriedBack(film: readonly TrueFrame[]): CarriedChroma[] {
  const { luma, chroma } = film.at(-1)!
  const motion = new Motion(chroma.width, chroma.height, PINNED_DOUBTS)
  const sight = new Sight({ luma, chroma })
  motion.start(luma)
  const carried: CarriedChroma[] = []
  for (let frame = film.length - 2; frame > 0; frame--) {
    motion.advance(film[frame]!.luma)
    const moved = motion.carry(carried[frame + 1]?.chroma ?? chroma)
    const seen = sight.join(motion, moved.chroma, film[frame]!.luma, film.length - 2 - frame)
    carried[frame] = { chroma: seen, origin: motion.origin() }
  }
  return carried
}

function chromaPsnrOf(a: NetworkChroma, b: NetworkChroma): number {
  return -10 * Math.log10(mean(Array.from(a.values, (value, i) => (value - b.values[i]!) ** 2)) + 1e-12)
}

function flickerOf(colored: readonly NetworkChroma[], lumas: readonly NetworkLuma[]): number {
  const [{ width, height }] = [colored[0]!]
  const motion = new Motion(width, height, { luma: 8, way: 0.7 })
  motion.start(lumas[0]!)
  let [sum, count] = [0, 0]
  for (let n = 1; n < colored.length; n++) {
    const certainty = motion.advance(lumas[n]!)
    const moved = motion.move(colored[n - 1]!).values
    const now = colored[n]!.values
    for (let pixel = 0; pixel < certainty.length; pixel++) {
      if (certainty[pixel]! < 0.8) continue
      sum += Math.abs(moved[2 * pixel]! - now[2 * pixel]!) + Math.abs(moved[2 * pixel + 1]! - now[2 * pixel + 1]!)
      count += 2
    }
  }
  return (255 * sum) / count
}

export function printWalks(scores: readonly WalkScores[]): void {
  console.log('\nchroma PSNR of walks               mean    first   last fifth    worst    flicker   ms of processor')
  for (const pins of new Set(scores.map((score) => score.pins))) {
    const these = scores.filter((score) => score.pins === pins)
    const figures = (of: readonly WalkScores[]): string =>
      (['mean', 'first', 'lastFifth', 'worst', 'flicker', 'processor'] as const)
        .map((name) =>
          (of.reduce((sum, score) => sum + score[name], 0) / of.length).toFixed(name === 'flicker' ? 3 : 2).padStart(9),
        )
        .join(' ')
    for (const score of these) console.log(`${pins}, ${score.clip}`.padEnd(30), figures([score]))
    console.log(`${pins}, all`.padEnd(30), figures(these))
  }
}
