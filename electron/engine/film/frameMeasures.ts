/** Confidence and mean chroma of what frames show: for the timeline's strip, the flicker graph and the next pin. */
import type { FrameMeasures, FrameRange } from '../../contract/schemas.ts'
import { meanChroma, type ColoringMeasure } from '../cache/coloringCodec.ts'
import { Recent } from '../cache/recent.ts'
import type { Film } from './film.ts'
import { appearance, baseSource, locksAt, type FilmView } from './filmView.ts'

/** Longest stretch of work before messages get in between. */
const CHUNK_MS = 10
/** Edited frames whose measures are remembered. */
const REMEMBERED = 50_000

const remembered = new WeakMap<Film, Recent<ColoringMeasure>>()

/**
 * Colorings as the pass made them are not even read; of edited frames the picture is composed, once. NaN where a frame
 * shows no coloring.
 */
export async function frameMeasures(film: Film, { from, to }: FrameRange): Promise<FrameMeasures> {
  const { view } = film
  const empty = (): Float32Array<ArrayBuffer> => new Float32Array(to - from).fill(NaN)
  const measures = { from, confidence: empty(), u: empty(), v: empty() }
  const edited: number[] = []
  const put = (frame: number, { confidence, u, v }: ColoringMeasure): void => {
    measures.confidence[frame - from] = confidence
    measures.u[frame - from] = u
    measures.v[frame - from] = v
  }
  let since = performance.now()
  const breathe = async (): Promise<void> => {
    if (performance.now() - since < CHUNK_MS) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    since = performance.now()
  }
  for (let frame = from; frame < to; frame++) {
    await breathe()
    const source = baseSource(view, frame, film.isStored)
    if (!source) continue
    const operations = view.frames.get(frame)?.operations.length ?? 0
    const plain = source.kind === 'cached' && operations === 0 && locksAt(view, frame, film.isStored).length === 0
    const measure = plain ? film.measure(source.key, frame) : null
    if (measure) put(frame, measure)
    else edited.push(frame)
  }
  for (const frame of edited) {
    await breathe()
    const measure = await composedMeasure(film, view, frame)
    if (measure) put(frame, measure)
  }
  return measures
}

async function composedMeasure(film: Film, view: FilmView, frame: number): Promise<ColoringMeasure | null> {
  let known = remembered.get(film)
  if (!known) remembered.set(film, (known = new Recent(REMEMBERED)))
  const name = `${frame} ${appearance(view, frame, film.isStored)}`
  const before = known.get(name)
  if (before) return before
  const shown = await film.composition.shown(view, frame, () => film.luma(frame, film.background))
  return shown && known.set(name, { confidence: shown.base.confidence ?? 1, ...meanChroma(shown.beforeLook) })
}
