/** Colored frames at full size: what exports are written of. */
import type { Film } from '../film/film.ts'
import type { BaseColoring, ComposedColoring } from '../film/composition.ts'
import type { FilmView } from '../film/filmView.ts'
import { coloredLayout } from '../media/exportFormats.ts'
import type { SourceFrame } from '../media/footage.ts'
import type { NetworkLuma } from '../network/networks.ts'
import { ChromaComposer } from '../picture/composeChroma.ts'
import { estimateGrain } from '../picture/grain.ts'
import { GuidedModelMaker } from '../picture/guidedModel.ts'
import type { PixelLayout, Planes } from '../picture/pixelLayout.ts'
import type { ColoredSourceFrame } from './colorAll.ts'
import { writtenKey } from './segmentColors.ts'
import { trace } from './trace.ts'

/** Turns colored frames into planes to write; reuses its memory, two frames deep. */
export class FullSizeComposer {
  readonly layout: PixelLayout
  readonly #model: GuidedModelMaker
  readonly #composer: ChromaComposer
  readonly #coefficients: Float32Array
  readonly #planes
  #turn = 0

  constructor(film: Film) {
    const { networkWidth, networkHeight } = film
    this.layout = coloredLayout(film.footage.layout)
    this.#model = new GuidedModelMaker(networkWidth, networkHeight)
    this.#composer = new ChromaComposer(this.layout, networkWidth, networkHeight)
    this.#coefficients = new Float32Array(networkWidth * networkHeight * 4)
    this.#planes = [this.#composer.allocate(), this.#composer.allocate()] as const
  }

  /** `y` of the result is the source's own array. Throws a UserError where a pinned picture can't be read any more. */
  async compose(source: SourceFrame, luma: NetworkLuma, { picture, chroma }: ComposedColoring): Promise<Planes> {
    if (picture) {
      const whole = await picture()
      return { layout: this.layout, y: source.y, u: whole.u, v: whole.v }
    }
    const [u, v] = this.#planes[this.#turn++ & 1]!
    const model = trace('model', () => this.#model.make(luma, chroma, estimateGrain(source), this.#coefficients))
    trace('compose', () => this.#composer.compose(source.y, model, u, v))
    return { layout: this.layout, y: source.y, u, v }
  }
}

/** What a frame that the pass went through shows in a document. */
export async function composed(film: Film, view: FilmView, { source, luma, segment, coloring }: ColoredSourceFrame): Promise<ComposedColoring> {
  const frame = source.number
  const lumaOf = (): NetworkLuma => luma
  const edit = view.frames.get(frame)
  const own = edit && edit.base.kind !== 'automatic' ? await film.composition.ownBase(edit) : null
  const passed: BaseColoring | null = coloring && { name: writtenKey(segment), ...coloring, stale: false, picture: null }
  const base = own ?? passed ?? (await film.composition.base(view, frame, lumaOf, true))
  return film.composition.compose(view, frame, base!, lumaOf)
}
