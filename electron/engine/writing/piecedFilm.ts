/**
 * A film of which some pieces follow one another in one export: its pictures on a clock of their own, without what lies
 * between, and its sound cut to the very same pieces. Sound is decoded for that, since packets do not end where pieces
 * do. Pure.
 */
import { countFrames } from '../../contract/ranges.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { FilmDamage } from '../reading/decoding/damage.ts'
import type { Footage, FrameIndex } from '../reading/footage.ts'
import { secondsOf } from '../reading/index/indexLookup.ts'
import type { Carriable, CarriedPlan } from './carried/carriedStreams.ts'
import { readsApart } from './carried/sideClock.ts'
import { startTimecode } from './startTimecode.ts'

/** Seconds on the film's clock. */
export interface SoundPiece {
  readonly from: number
  readonly to: number
}

/** When a frame is over, in ticks: when the next one begins, or the film ends. */
const endOf = ({ pts, end }: FrameIndex, to: number): number => pts[to] ?? end

/**
 * @throws UserError 'bad-argument' where the pieces do not follow one another within the film, or where its clock
 *   breaks, so that nothing says which sound goes with them
 */
export function checkPieces(footage: Footage, pieces: readonly FrameRange[]): void {
  const { frameCount } = footage.info
  const isOrdered = pieces.every(({ from, to }, n) => from < to && from >= (pieces[n - 1]?.to ?? 0))
  if (pieces.length === 0 || !isOrdered || pieces.at(-1)!.to > frameCount) {
    throw new UserError(
      'bad-argument',
      sentence`The pieces of an export follow one another within the film, which has frames 0 to ${frameCount - 1}.`,
      sentence`Choose pieces that lie within the film.`,
    )
  }
  if (!readsApart(footage)) return
  throw new UserError(
    'bad-argument',
    sentence`The clock of this film breaks, so that pieces of it can not be put together with their sound.`,
    sentence`Export each shot as a file of its own.`,
  )
}

/** The film that consists of the pieces alone; what it is read by is that of the whole one. */
export function piecedFootage(footage: Footage, pieces: readonly FrameRange[]): Footage {
  const { index, info, source } = footage
  const frameCount = countFrames(pieces)
  const pts = new Float64Array(frameCount)
  let [at, begin] = [0, 0]
  for (const { from, to } of pieces) {
    for (let frame = from; frame < to; frame++) pts[at++] = begin + index.pts[frame]! - index.pts[from]!
    begin += endOf(index, to) - index.pts[from]!
  }
  const first = pieces[0]!.from
  const { timecode } = startTimecode(null, source.banner.timecode, first, info)
  return {
    ...footage,
    index: { ...index, pts, stored: pts, end: begin },
    info: { ...info, frameCount },
    source: {
      ...source,
      // What is damaged is told by the whole film's frames.
      damage: new FilmDamage(),
      pictures: source.pictures?.ofPieces(pieces) ?? null,
      banner: { ...source.banner, startSeconds: 0, timecode },
    },
  }
}

/**
 * As long as the pictures of each piece are in the export, where those of even films have exact times (frameTimes.ts):
 * many pieces, each rounded by its container's clock, would leave the sound behind.
 */
export function soundPieces({ index, info }: Footage, pieces: readonly FrameRange[]): SoundPiece[] {
  const { num, den } = info.rate
  const exact = (frame: number): number => secondsOf(index, 0) + (frame * den) / num
  const stored = (ticks: number): number => (ticks * index.timeBase.num) / index.timeBase.den
  return pieces.map(({ from, to }) =>
    info.variableRate
      ? { from: secondsOf(index, from), to: stored(endOf(index, to)) }
      : { from: exact(from), to: exact(to) },
  )
}

/** Cuts decoded sound to the pieces, one behind the other, to the sample; what is missing in one is silence. */
export function pieceFilter(pieces: readonly SoundPiece[]): string {
  const made = (name: string): string => pieces.map((_, n) => `[${name}${n}]`).join('')
  const cuts = pieces.map(({ from, to }, n) => {
    const [start, end, length] = [from, to, to - from].map((seconds) => seconds.toFixed(6))
    const moved = `atrim=start=${start}:end=${end},asetpts=PTS-${start}/TB`
    return `[whole${n}]${moved},aresample=async=1:first_pts=0,apad=whole_dur=${length},atrim=end=${length}[piece${n}]`
  })
  return [`asplit=${pieces.length}${made('whole')}`, ...cuts, `${made('piece')}concat=n=${pieces.length}:v=0:a=1`].join(
    ';',
  )
}

/** Of what a film holds beside its pictures, its sound alone can be cut so; it is written anew. */
export function inPieces({ carriable, notes }: CarriedPlan): CarriedPlan {
  const isTimeless = ({ kind }: Carriable): boolean => kind === 'cover' || kind === 'attachment'
  const anew = ({ ways, label, ...same }: Carriable): Carriable => ({
    ...same,
    label,
    ways: ways
      .filter(({ codec }) => codec !== 'copy')
      .map((way) => ({ ...way, note: sentence`${label} is cut into pieces, so it was encoded anew (${way.codec}).` })),
  })
  const kept = carriable.flatMap((each) => (isTimeless(each) ? [each] : each.kind === 'sound' ? [anew(each)] : []))
  const left = carriable.filter((each) => !isTimeless(each) && each.kind !== 'sound')
  const leftOut = left.map(({ label }): Sentence => sentence`${label} can not be cut into pieces; it is left out.`)
  return { carriable: kept, notes: [...notes, ...leftOut] }
}
