/** A frame as the window draws it: luma of the size wanted, the film's own tint, and the coloring model. */
import type { ColoringModel, FrameReply, FrameRequest } from '../../contract/frames.ts'
import { digest } from '../../content/digest.ts'
import { Recent } from '../cache/recent.ts'
import { FrameComposer } from '../chroma/composeFrame.ts'
import type { ComposedColoring } from '../film/composition.ts'
import type { Film } from '../film/film.ts'
import { coloredLayout } from '../writing/segments/encoders.ts'
import type { SourceFrame } from '../reading/footage.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import type { Plane } from '../picture/pixelLayout.ts'
import { estimateGrain } from '../picture/grain.ts'
import { GuidedModelMaker } from '../chroma/guidedModel.ts'
import { GrayPictureMaker, type GrayPicture } from './grayPicture.ts'
import { pictureModel } from './pictureModel.ts'

/** Bytes of each that are kept for scrubbing back and forth, and the least number kept of whatever size. */
const KEPT_PICTURES = 96 * 1024 * 1024
const KEPT_MODELS = 96 * 1024 * 1024
const KEPT_LEAST = 4
/** Gray thumbnails kept, 12 kB each: when frames are colored, theirs need no decoder. */
const KEPT_THUMBS = 400

/** Gives a frame decoded; asked again, it gives the same. */
export type ReadFrame = () => Promise<SourceFrame>

const notAtHand: ReadFrame = () => Promise.reject(new Error('This frame is not decoded.'))

const countOf = (bytes: number, each: number): number => Math.max(KEPT_LEAST, Math.floor(bytes / each))

/**
 * Makes the pictures of one film; keeps scratch memory, and what it has made lately, for one size of picture at a time.
 */
export class FramePictureMaker {
  readonly #view: GrayPictureMaker
  readonly #thumb: GrayPictureMaker
  readonly #thumbs = new Recent<GrayPicture>(KEPT_THUMBS)
  #pictures = new Recent<GrayPicture>(KEPT_LEAST)
  #keptWidth = 0
  readonly #models: Recent<Float32Array>
  /** Of frames that the reader keeps: an edited one is asked for at every move of the hand. */
  readonly #grains = new WeakMap<SourceFrame, number>()
  readonly #model: GuidedModelMaker
  /** Made when a picture is first wanted that is more than the model. */
  #composer: FrameComposer | null = null

  constructor(private readonly film: Film) {
    this.#model = new GuidedModelMaker(film.networkWidth, film.networkHeight)
    // Each its own: scratch memory is for one size of picture.
    this.#view = new GrayPictureMaker(film.footage.layout)
    this.#thumb = new GrayPictureMaker(film.footage.layout)
    this.#models = new Recent(countOf(KEPT_MODELS, this.#model.width * this.#model.height * 16))
  }

  /** Whether a frame's picture for the viewer was made lately. */
  has({ maxSide }: FrameRequest, frame: number): boolean {
    return this.#sizeOf(maxSide).width === this.#keptWidth && this.#pictures.get(String(frame)) !== undefined
  }

  #sizeOf(maxSide: number): { readonly width: number; readonly height: number } {
    const { layout } = this.film.footage
    const scale = Math.min(1, maxSide / Math.max(layout.width, layout.height))
    return {
      width: Math.max(1, Math.round(layout.width * scale)),
      height: Math.max(1, Math.round(layout.height * scale)),
    }
  }

  /**
   * @param frame one that the film has
   * @param read decodes it; called only where nothing kept will do
   */
  async make(request: FrameRequest, frame: number, read: ReadFrame): Promise<FrameReply> {
    const { width, height } = this.#sizeOf(request.maxSide)
    const { luma, sourceChroma } = await (request.slot === 'view'
      ? this.#viewPicture(frame, width, height, read)
      : this.#thumbPicture(frame, width, height, read))
    const { index, info } = this.film.footage
    const { num, den } = index.timeBase
    return {
      type: 'frame',
      requestId: request.requestId,
      footageId: info.id,
      frame,
      width,
      height,
      luma,
      sourceChroma,
      coloring: await this.coloring(request, frame, read),
      seconds: ((index.pts[frame]! - index.pts[0]!) * num) / den,
    }
  }

  #grainOf(frame: SourceFrame): number {
    const grain = this.#grains.get(frame) ?? estimateGrain(frame)
    this.#grains.set(frame, grain)
    return grain
  }

  async #viewPicture(frame: number, width: number, height: number, read: ReadFrame): Promise<GrayPicture> {
    if (this.#keptWidth !== width) {
      this.#keptWidth = width
      this.#pictures = new Recent(countOf(KEPT_PICTURES, 1.5 * width * height))
    }
    const key = String(frame)
    const kept = this.#pictures
    return kept.get(key) ?? kept.set(key, this.#view.make(await read(), width, height))
  }

  async #thumbPicture(frame: number, width: number, height: number, read: ReadFrame): Promise<GrayPicture> {
    const key = `${frame}/${width}`
    return this.#thumbs.get(key) ?? this.#thumbs.set(key, this.#thumb.make(await read(), width, height))
  }

  /** What can be had of a coloring without decoding the frame: flat, and where luma is wanted for more, its base. */
  async coloringAtHand(request: FrameRequest, frame: number): Promise<ColoringModel | null> {
    const flat = (coloring: FrameRequest['coloring']): Promise<ColoringModel | null> =>
      this.coloring({ ...request, slot: 'thumb', ...(coloring && { coloring }) }, frame, notAtHand)
    return flat(request.coloring)
      .catch(() => flat('base'))
      .catch(() => null)
  }

  /** Null while the frame shows no coloring. */
  async coloring(request: FrameRequest, frame: number, read: ReadFrame): Promise<ColoringModel | null> {
    const { film } = this
    const { view } = film
    const luma = async (): Promise<NetworkLuma> => film.lumaOf(await read())
    const base = await film.composition.base(view, frame, luma)
    if (!base) return null
    const { picture, fine, chroma } = base
    const asked = request.coloring?.startsWith('base')
      ? { name: digest(base.name, frame), chroma, picture, fine: picture ? null : fine }
      : await film.composition.compose(view, frame, base, luma)
    const marks = {
      version: `${asked.name}/${request.slot}`,
      confidence: base.confidence,
      pinned: view.frames.get(frame)?.pinned ?? false,
      stale: base.stale,
    }
    if (request.slot === 'thumb') return { ...flatModel(asked.chroma), ...marks }
    if ((asked.picture || asked.fine) && request.coloring?.endsWith('picture')) {
      const [u, v] = await this.#fullSize(asked, read)
      const model = pictureModel(u, v, coloredLayout(film.footage.layout), request.maxSide)
      return { ...model, ...marks, version: `${asked.name}/picture/${model.width}`, picture: 'drawn' }
    }
    const key = `${frame}/${marks.version}`
    const coefficients =
      this.#models.get(key) ??
      this.#models.set(key, this.#model.make(await luma(), asked.chroma, this.#grainOf(await read())))
    return {
      width: this.#model.width,
      height: this.#model.height,
      coefficients,
      ...marks,
      ...((asked.picture || asked.fine) && { picture: 'at-hand' as const }),
    }
  }

  /** What an export would write. */
  async #fullSize(
    { picture, fine, chroma }: Pick<ComposedColoring, 'picture' | 'fine' | 'chroma'>,
    read: ReadFrame,
  ): Promise<[u: Plane, v: Plane]> {
    const { film } = this
    if (picture || !fine) {
      const { u, v } = await picture!()
      return [u, v]
    }
    const { networkWidth, networkHeight } = film
    const layout = coloredLayout(film.footage.layout)
    this.#composer ??= new FrameComposer({ layout, networkWidth, networkHeight })
    const planes = this.#composer.allocate()
    const source = await read()
    this.#composer.compose(source.y, film.lumaOf(source), chroma, ...planes, await fine())
    return planes
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
