/**
 * Frames written in another size than the film's first, which colors are found in: read once more in the size to write,
 * and colored from where their picture lies in the first.
 */
import type { FrameRange } from '../../contract/schemas.ts'
import type { FullSizeComposer } from '../compose/fullSizeFrame.ts'
import type { Film } from '../film/film.ts'
import type { NetworkChroma } from '../picture/networkPictures.ts'
import { movedChroma, type FramePart } from '../picture/movedChroma.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import { decodeFrames } from '../reading/decoding/decode.ts'
import type { Footage, SourceFrame } from '../reading/footage.ts'
import { boxOf, clearBars, type PictureBox } from '../reading/decoding/letterbox.ts'
import { NetworkLumaMaker } from '../scaling/networkLumaMaker.ts'

export class ResizedFrames {
  readonly #frames: AsyncGenerator<SourceFrame, void, void>
  readonly #luma: NetworkLumaMaker

  /** @param footage the film in the size to write (sizedFootage.ts) */
  constructor(
    private readonly film: Film,
    private readonly footage: Footage,
    range: FrameRange,
    signal?: AbortSignal,
  ) {
    this.#frames = decodeFrames(film.tools, footage, range, { signal })
    this.#luma = new NetworkLumaMaker(footage.layout, film.networkWidth, film.networkHeight)
  }

  /** The frame after the one before. Decoding always gives as many as were asked for. */
  async next(): Promise<SourceFrame> {
    const { value } = await this.#frames.next()
    if (!value) throw new Error('the film was read in two sizes, and one of them ended first')
    return value
  }

  /** @param chroma of the frame in the film's first size */
  async compose(composer: FullSizeComposer, source: SourceFrame, chroma: NetworkChroma): Promise<Planes> {
    const from = this.#boxIn(this.film.footage, source.number)
    const to = this.#boxIn(this.footage, source.number)
    const moved = movedChroma(chroma, partOf(from, this.film.footage), partOf(to, this.footage))
    const planes = await composer.compose(source, this.#luma.make(source), { chroma: moved, picture: null, fine: null })
    clearBars(planes.layout, [planes.u, planes.v], to)
    return planes
  }

  async close(): Promise<void> {
    await this.#frames.return()
  }

  #boxIn(footage: Footage, frame: number): PictureBox {
    return boxOf(footage, footage.source.sizes.at(frame))
  }
}

function partOf({ left, top, width, height }: PictureBox, { layout }: Footage): FramePart {
  return {
    left: left / layout.width,
    top: top / layout.height,
    width: width / layout.width,
    height: height / layout.height,
  }
}
