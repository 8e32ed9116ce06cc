/** The networks' pictures of frames in the order in which colors run. */
import type { Film } from '../film/film.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import { decodeLumas } from '../reading/decoding/decode.ts'
import type { ColoringContext } from './coloring.ts'
import { readAhead } from './readAhead.ts'
import { trace, traceEach } from './trace.ts'
import type { UpcomingLuma } from './walk.ts'
import { frameOf, TAKEN_UP_EVERY, type Way } from './way.ts'

export interface LumaOfFrame {
  readonly frame: number
  readonly luma: NetworkLuma
}

export interface LumaOnWay extends LumaOfFrame {
  readonly upcoming: UpcomingLuma
}

/** Frames decoded while the networks compute, half a megabyte each; more than the networks are asked ahead of. */
const AHEAD = 8

/**
 * Those of steps from..to of a way. Backward they are read chunk by chunk; only small pictures are held. Awaits the
 * context's turn before each.
 */
export async function* lumasAlong(
  film: Film,
  way: Way,
  from: number,
  to: number,
  { turn, signal }: Pick<ColoringContext, 'turn' | 'signal'>,
): AsyncGenerator<LumaOnWay, void, void> {
  const read = async function* (range: FrameRange): AsyncGenerator<LumaOfFrame, void, void> {
    const make = (plane: Pick<Planes, 'y'>): NetworkLuma => trace('luma', () => film.lumaMaker.make(plane))
    for await (const { number, made } of decodeLumas(film.tools, film.footage, range, make, { signal }))
      yield { frame: number, luma: made }
  }
  if (from >= to) return
  if (way.direction > 0) {
    const range = { from: frameOf(way, from), to: frameOf(way, to) }
    for await (const { item, soon } of traceEach('reading', readAhead(read(range), AHEAD))) {
      await turn()
      yield { ...item, upcoming: (steps) => soon(steps)?.luma }
    }
    return
  }
  for (let at = from; at < to;) {
    const end = Math.min(to, at - (at % TAKEN_UP_EVERY) + TAKEN_UP_EVERY)
    const chunk: LumaOfFrame[] = []
    for await (const each of traceEach('reading', read({ from: frameOf(way, end - 1), to: frameOf(way, at) + 1 }))) {
      await turn()
      chunk.unshift(each)
    }
    for (const [n, each] of chunk.entries()) {
      await turn()
      yield { ...each, upcoming: (steps) => chunk[n + steps]?.luma }
    }
    at = end
  }
}
