/** Writes a colored film: the source's own luma, and chroma brought to full size along it. */
import type { ExportFormatId, FrameRange } from '../../contract/schemas.ts'
import type { Film } from '../film/film.ts'
import { damageSentence } from '../media/damage.ts'
import { openFilmWriter } from '../media/encode.ts'
import { coloredLayout } from '../media/exportFormats.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import { ChromaComposer } from '../picture/composeChroma.ts'
import { estimateGrain } from '../picture/grain.ts'
import { GuidedModelMaker } from '../picture/guidedModel.ts'
import { colorAll, type ColoredSourceFrame, type ColoringContext } from './coloring.ts'
import type { JobReport } from './jobReport.ts'
import { trace, traceWait } from './trace.ts'

export interface ExportOrder {
  readonly target: string
  readonly format: ExportFormatId
  readonly range: FrameRange
  readonly overwrite: boolean
}

/** Turns colored frames into planes to write; reuses its memory, two frames deep. */
class FrameComposer {
  readonly layout
  readonly #model: GuidedModelMaker
  readonly #composer: ChromaComposer
  readonly #coefficients: Float32Array
  readonly #planes
  #turn = 0

  constructor(private readonly film: Film) {
    const { networkWidth, networkHeight } = film
    this.layout = coloredLayout(film.footage.layout)
    this.#model = new GuidedModelMaker(networkWidth, networkHeight)
    this.#composer = new ChromaComposer(this.layout, networkWidth, networkHeight)
    this.#coefficients = new Float32Array(networkWidth * networkHeight * 4)
    this.#planes = [this.#composer.allocate(), this.#composer.allocate()] as const
  }

  /** `y` of the result is the source's own array. */
  compose({ source, luma, segment, coloring }: ColoredSourceFrame): Planes {
    const pin = segment.kind === 'pin' ? this.film.pins.get(source.number) : undefined
    if (pin) return { layout: this.layout, y: source.y, u: pin.u, v: pin.v }
    const [u, v] = this.#planes[this.#turn++ & 1]!
    const model = trace('model', () => this.#model.make(luma, coloring.chroma, estimateGrain(source), this.#coefficients))
    trace('compose', () => this.#composer.compose(source.y, model, u, v))
    return { layout: this.layout, y: source.y, u, v }
  }
}

/** Throws UserErrors of openFilmWriter before anything is computed, and leaves no half file when it fails later. */
export async function runExport(film: Film, order: ExportOrder, context: ColoringContext, report: JobReport): Promise<void> {
  await context.turn()
  report.setState('running')
  const composer = new FrameComposer(film)
  const writer = await openFilmWriter(film.tools, { ...order, footage: film.footage, layout: composer.layout, signal: context.signal })
  report.addNotes(writer.warnings)
  const { damaged } = film.footage.source
  const known = new Set(damaged)
  try {
    // The encoder takes one frame while the next is computed.
    let writing: Promise<void> = Promise.resolve()
    writing.catch(() => undefined)
    for await (const colored of colorAll(film, order.range, context)) {
      const planes = composer.compose(colored)
      await traceWait('encoder', () => writing)
      writing = writer.write(planes)
      writing.catch(() => undefined)
      report.addFrame(colored.source.number)
    }
    await writing
    await traceWait('finish', () => writer.finish())
    const found = [...damaged].filter((frame) => !known.has(frame) && frame >= order.range.from && frame < order.range.to)
    if (found.length > 0) report.addNotes([damageSentence(found)])
  } catch (error) {
    await writer.abort()
    throw error
  }
}
