/** Frames on their way through, each with its small luma and whether a shot begins with it. */
import type { Film } from '../film/film.ts'
import type { SourceFrame } from '../media/footage.ts'
import type { NetworkLuma } from '../network/networks.ts'
import { trace } from './trace.ts'

export interface WatchedFrame {
  readonly source: SourceFrame
  readonly luma: NetworkLuma
  readonly isCut: boolean
}

export async function* watchCuts(film: Film, frames: AsyncIterable<SourceFrame>): AsyncGenerator<WatchedFrame, void, void> {
  for await (const source of frames) {
    const luma = trace('luma', () => film.lumaMaker.make(source))
    film.noteCut(source.number, false)
    yield { source, luma, isCut: false }
  }
}
