/** A frame beside pins, of its film and of others, and pictures: how alike they are, and the frame colored like one. */
import type { ColoringExample, PinLikeness, PinsElsewhere } from '../../contract/alike.ts'
import type { Sentence } from '../../contract/sentence.ts'
import type { StoredColoring } from '../cache/coloringCodec.ts'
import { colorLike, noPass } from '../film/exampleColoring.ts'
import type { ExamplePicture } from '../film/exampleParts.ts'
import type { Film } from '../film/film.ts'
import { lumaFor, partsFor, type PinExamples } from '../film/pinExamples.ts'
import { smallPicture } from '../film/smallPicture.ts'
import type { NetworkThread } from '../network/networkThread.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import type { QuestionContext } from './questions.ts'

/** The networks answer others between so many pins that a frame is compared with. */
const COMPARED_AT_ONCE = 8

export interface LikenessContext extends QuestionContext {
  readonly networks: NetworkThread
  readonly examples: PinExamples
}

/**
 * @param footageId the film's own, by which its pins are called
 * @param pins frames of the film itself
 */
export async function pinLikenesses(
  film: Film,
  footageId: string,
  frame: number,
  pins: readonly number[],
  elsewhere: readonly PinsElsewhere[],
  context: LikenessContext,
): Promise<{ pins: PinLikeness[]; leftOut: readonly Sentence[] }> {
  const own = await context.examples.allOwn(film, pins, film.view, context.turn)
  const { examples, leftOut } = await context.examples.elsewhere(elsewhere, context)
  const all = [...own, ...examples]
  const lumas = all.map((example) => lumaFor(film, example))
  const shares = await likenesses(film, frame, lumas, context)
  return {
    pins: all.map((example, n) => ({
      clip: example.clip ?? footageId,
      frame: example.frame,
      share: shares[n] ?? 0,
      picture: smallPicture(example),
    })),
    leftOut,
  }
}

/** @property share how alike the frame and the example are, 0..1 */
export async function coloringLike(
  film: Film,
  frame: number,
  like: ColoringExample,
  context: LikenessContext,
): Promise<{ readonly coloring: StoredColoring; readonly share: number }> {
  const { luma, parts } = await exampleOf(film, like, context)
  const [share = 0] = await likenesses(film, frame, [luma], context)
  return { coloring: await colorLike(film, context.networks, frame, parts, context.turn), share }
}

/** @returns what the frame is compared with, and what the pass reads */
async function exampleOf(
  film: Film,
  like: ColoringExample,
  context: LikenessContext,
): Promise<{ readonly luma: NetworkLuma; readonly parts: readonly ExamplePicture[] }> {
  if ('path' in like) {
    const picture = await film.exampleOf(like.path)
    return { luma: picture.luma, parts: [picture] }
  }
  const { examples } = context
  const pin = 'pin' in like ? await examples.own(film, like.pin) : await examples.oneElsewhere(like.elsewhere, context)
  return { luma: lumaFor(film, pin), parts: partsFor(film, pin) }
}

/** How alike the frame is to each of the examples, 0..1. Throws 'weights-missing' where there is no pass. */
async function likenesses(
  film: Film,
  frame: number,
  examples: readonly NetworkLuma[],
  { networks, turn }: LikenessContext,
): Promise<readonly number[]> {
  const luma = await film.luma(frame, film.background)
  const shares: number[] = []
  for (let n = 0; n < examples.length; n += COMPARED_AT_ONCE) {
    await turn()
    const likeness = networks.startLikeness(examples.slice(n, n + COMPARED_AT_ONCE))
    if (!likeness) throw noPass()
    try {
      shares.push(...(await likeness.of(luma)))
    } finally {
      likeness.dispose()
    }
  }
  return shares
}
