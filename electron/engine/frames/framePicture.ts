/** A frame as the window draws it: luma of the size wanted, the film's own tint, and the coloring model. */
import type { ColoringModel, FrameReply, FrameRequest } from '../../contract/frames.ts'
import { digest } from '../cache/colorCache.ts'
import type { Film } from '../film/film.ts'
import { coloredLayout } from '../media/exportFormats.ts'
import type { SourceFrame } from '../media/footage.ts'
import type { NetworkChroma, NetworkLuma } from '../network/networks.ts'
import { AreaScaler } from '../picture/areaAverage.ts'
import { estimateGrain } from '../picture/grain.ts'
import { GuidedModelMaker } from '../picture/guidedModel.ts'
import { chromaSize } from '../picture/pixelLayout.ts'
import { chromaScale, lumaScale } from '../picture/sampleScale.ts'
import { pictureModel } from './pictureModel.ts'

/** Chroma this near to neutral (of 255) is coding noise of a gray film, not a tint. */
const TINT = 3

/** Makes the pictures of one film; keeps scratch memory for one size of picture at a time. */
export class FramePictureMaker {
  #scaler: AreaScaler | null = null
  #chromaScaler: AreaScaler | null = null
  readonly #model: GuidedModelMaker

  constructor(private readonly film: Film) {
    this.#model = new GuidedModelMaker(film.networkWidth, film.networkHeight)
  }

  async make(request: FrameRequest, source: SourceFrame): Promise<FrameReply> {
    const { layout } = this.film.footage
    const scale = Math.min(1, request.maxSide / Math.max(layout.width, layout.height))
    const width = Math.max(1, Math.round(layout.width * scale))
    const height = Math.max(1, Math.round(layout.height * scale))
    const luma = new Uint8Array(width * height)
    if (this.#scaler?.width !== width || this.#scaler.height !== height) this.#scaler = new AreaScaler(layout.width, layout.height, width, height)
    const { gain, offset } = lumaScale(layout)
    this.#scaler.scale(source.y, luma, 255 * gain, 255 * offset, 255)
    const { index, info } = this.film.footage
    const { num, den } = index.timeBase
    return {
      type: 'frame',
      requestId: request.requestId,
      footageId: info.id,
      frame: source.number,
      width,
      height,
      luma,
      sourceChroma: this.#sourceChroma(source, width, height),
      coloring: await this.coloring(request, source),
      seconds: ((index.pts[source.number]! - index.pts[0]!) * num) / den,
    }
  }

  /** Null while the frame shows no coloring. */
  async coloring(request: FrameRequest, source: SourceFrame): Promise<ColoringModel | null> {
    const { film } = this
    const { view } = film
    const frame = source.number
    const luma = (): NetworkLuma => film.lumaOf(source)
    const base = await film.composition.base(view, frame, luma)
    if (!base) return null
    const asked = request.coloring === 'base' ? { name: digest(base.name, frame), chroma: base.chroma, picture: null } : await film.composition.compose(view, frame, base, luma)
    const marks = {
      version: `${asked.name}/${request.slot}`,
      confidence: base.confidence,
      pinned: view.frames.get(frame)?.pinned ?? false,
      stale: base.stale,
    }
    if (request.slot === 'thumb') return { ...flatModel(asked.chroma), ...marks }
    if (asked.picture && request.coloring === 'picture') {
      const { u, v } = await asked.picture()
      const model = pictureModel(u, v, coloredLayout(film.footage.layout), request.maxSide)
      return { ...model, ...marks, version: `${asked.name}/picture/${model.width}`, picture: 'drawn' }
    }
    const coefficients = this.#model.make(luma(), asked.chroma, estimateGrain(source))
    return { width: film.networkWidth, height: film.networkHeight, coefficients, ...marks, ...(asked.picture && { picture: 'at-hand' as const }) }
  }

  /** The film's own chroma, scaled to half the size of the luma sent; null where it is as good as gray. */
  #sourceChroma({ u, v }: SourceFrame, width: number, height: number): Uint8Array | null {
    const { layout } = this.film.footage
    if (!u || !v) return null
    const [cw, ch] = chromaSize(layout)
    const [w, h] = [Math.max(1, width >> 1), Math.max(1, height >> 1)]
    if (this.#chromaScaler?.width !== w || this.#chromaScaler.height !== h) this.#chromaScaler = new AreaScaler(cw, ch, w, h)
    const { gain, neutral } = chromaScale(layout)
    const toByte = 255 / gain
    const planes = [u, v].map((plane) => {
      const small = new Uint8Array(w * h)
      this.#chromaScaler!.scale(plane, small, toByte, 128 - neutral * toByte, 255)
      return small
    })
    const [us, vs] = planes as [Uint8Array, Uint8Array]
    let tinted = false
    for (let i = 0; i < us.length && !tinted; i++) tinted = Math.abs(us[i]! - 128) > TINT || Math.abs(vs[i]! - 128) > TINT
    if (!tinted) return null
    const both = new Uint8Array(2 * w * h)
    for (let i = 0; i < us.length; i++) {
      both[2 * i] = us[i]!
      both[2 * i + 1] = vs[i]!
    }
    return both
  }
}

/** For thumbnails: the networks' chroma at half its size, as a model that does not read luma. */
function flatModel(chroma: NetworkChroma): Pick<ColoringModel, 'width' | 'height' | 'coefficients'> {
  const width = Math.max(1, chroma.width >> 1)
  const height = Math.max(1, chroma.height >> 1)
  const coefficients = new Float32Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = 2 * (2 * y * chroma.width + 2 * x)
      const below = i + 2 * chroma.width
      const c = chroma.values
      coefficients[4 * (y * width + x) + 1] = (c[i]! + c[i + 2]! + c[below]! + c[below + 2]!) / 4
      coefficients[4 * (y * width + x) + 3] = (c[i + 1]! + c[i + 3]! + c[below + 1]! + c[below + 3]!) / 4
    }
  }
  return { width, height, coefficients }
}
