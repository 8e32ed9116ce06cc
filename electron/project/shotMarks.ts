/** What was found of a film, as marks of its shots, and back again. Pure. */
import type { FoundShots } from '../contract/foundShots.ts'
import type { Shot } from '../contract/projectDocument.ts'

/** A shot is of a kind when more than half of its frames are. */
function sourceOf({ from, to }: Pick<Shot, 'from' | 'to'>, colored: FoundShots['colored']): Shot['source'] {
  const frames = { tinted: 0, color: 0 }
  for (const range of colored) frames[range.kind] += Math.max(0, Math.min(to, range.to) - Math.max(from, range.from))
  // A shot in color has frames that could pass for tints, hardly the other way round.
  if (2 * (frames.color + frames.tinted) <= to - from) return undefined
  return frames.color * 2 >= frames.tinted ? 'color' : 'tinted'
}

/** The shots with the marks that were found and no others; what the artist has decided of them stays. */
export function markedShots(
  shots: readonly Shot[],
  { transitions, colored }: Pick<FoundShots, 'transitions' | 'colored'>,
): Shot[] {
  return shots.map((shot) => {
    const { transition: _transition, source: _source, ...plain } = shot
    const source = sourceOf(shot, colored)
    // One that the artist has cut is one on both sides of that cut.
    const isTransition = transitions.some(({ from, to }) => from <= shot.from && to >= shot.to)
    return { ...plain, ...(isTransition && { transition: true as const }), ...(source && { source }) }
  })
}

/** What the shots say was found. */
export function foundOf(shots: readonly Shot[]): FoundShots {
  return {
    at: shots.slice(1).map(({ from }) => from),
    transitions: shots.filter(({ transition }) => transition).map(({ from, to }) => ({ from, to })),
    colored: shots.flatMap(({ from, to, source }) => (source ? [{ from, to, kind: source }] : [])),
  }
}
