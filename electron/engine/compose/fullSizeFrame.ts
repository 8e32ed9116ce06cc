/** Colored frames at full size: what exports are written of. */
import type { ComposedColoring } from '../film/composition.ts'
import { coloredLayout } from '../writing/segments/encoders.ts'
import type { SourceFrame } from '../reading/footage.ts'
import type { DetailShare } from '../chroma/pinDetail.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import type { PixelLayout, Plane, Planes } from '../picture/pixelLayout.ts'
import { changeMatrix, type MatrixChange } from '../picture/matrixChange.ts'
import { SampleConversion } from '../picture/sampleConversion.ts'
import { FrameComposer } from '../chroma/composeFrame.ts'
import { ComposeThread, type FramePlanes } from './composeThread.ts'

/** Pixels of a frame from which a thread of its own is worth the while. */
const WORTH_A_THREAD = 640 * 360

/** Turns colored frames into planes to write. */
export class FullSizeComposer {
  readonly #samples: SampleConversion
  readonly #composer: FrameComposer
  #thread: ComposeThread | null = null
  /** Memory of frames that were written. */
  readonly #free: FramePlanes[] = []
  readonly #lent = new WeakMap<Planes, FramePlanes>()

  /**
   * @param from layout of the frames that will come
   * @param layout of the planes to write, see writtenLayout()
   * @param networks the size of the networks' pictures
   * @param manyFrames worth a thread of its own, so that the engine is free for the networks and the window
   * @param change of frames that keep their own colors (matrixChange.ts); null where they are as they are to be
   */
  constructor(
    private readonly from: PixelLayout,
    readonly layout: PixelLayout,
    { networkWidth, networkHeight }: { readonly networkWidth: number; readonly networkHeight: number },
    manyFrames: boolean,
    private readonly change: MatrixChange | null,
  ) {
    this.#samples = new SampleConversion(coloredLayout(from), layout)
    const sizes = { layout, networkWidth, networkHeight }
    this.#composer = new FrameComposer(sizes)
    if (manyFrames && layout.width * layout.height >= WORTH_A_THREAD) this.#thread = new ComposeThread(sizes)
  }

  /**
   * `y` of the result is the source's own array where its samples stay as they are. Throws a UserError where a pinned
   * picture can't be read any more.
   */
  async compose(
    source: SourceFrame,
    luma: NetworkLuma,
    { picture, chroma, fine }: Pick<ComposedColoring, 'picture' | 'chroma' | 'fine'>,
  ): Promise<Planes> {
    if (picture) {
      const whole = await picture()
      return this.#written(source.y, whole.u, whole.v)
    }
    const details = fine ? await fine() : []
    const made = this.#thread
      ? await this.#onThread(this.#thread, source.y, luma, chroma, details)
      : this.#here(source.y, luma, chroma, details)
    const planes = { layout: this.layout, y: this.#samples.isNone ? source.y : made.y, u: made.u, v: made.v }
    this.#lent.set(planes, made)
    return planes
  }

  /**
   * The film's own frame: its very samples, but where its colors are in another matrix than the export, and neutral
   * chroma where it has none.
   */
  keep({ y, u, v }: SourceFrame): Planes {
    if (u && v) {
      const own = this.change ? changeMatrix({ y, u, v }, this.from, this.change) : { y, u, v }
      return this.#written(own.y, own.u, own.v)
    }
    const [neutralU, neutralV] = this.#composer.allocate()
    for (const plane of [neutralU, neutralV]) plane.fill(1 << (this.layout.bitDepth - 1))
    return { layout: this.layout, y: this.#samples.luma(y), u: neutralU, v: neutralV }
  }

  /** Gives the memory of planes back that are written. */
  recycle(planes: Planes): void {
    const memory = this.#lent.get(planes)
    if (memory) this.#free.push(memory)
  }

  async close(): Promise<void> {
    await this.#thread?.close()
  }

  #written(y: Plane, u: Plane, v: Plane): Planes {
    return { layout: this.layout, y: this.#samples.luma(y), u: this.#samples.chroma(u), v: this.#samples.chroma(v) }
  }

  #here(y: Plane, luma: NetworkLuma, chroma: NetworkChroma, details: readonly DetailShare[]): FramePlanes {
    const memory = this.#free.pop() ?? this.#allocate(y.length)
    const planes = { ...memory, y: this.#samples.luma(y, memory.y) }
    this.#composer.compose(planes.y, luma, chroma, planes.u, planes.v, details)
    return planes
  }

  async #onThread(
    thread: ComposeThread,
    y: Plane,
    luma: NetworkLuma,
    chroma: NetworkChroma,
    details: readonly DetailShare[],
  ): Promise<FramePlanes> {
    const planes = this.#free.pop() ?? this.#allocate(y.length)
    // A copy: damaged frames share the buffer of the one before, and the writer needs it as well.
    if (this.#samples.isNone) planes.y.set(y)
    else this.#samples.luma(y, planes.y)
    try {
      return await thread.compose(luma, chroma, planes, details)
    } catch {
      // An export goes on without a thread.
      this.#thread = null
      return this.#here(y, luma, chroma, details)
    }
  }

  #allocate(samples: number): FramePlanes {
    const [u, v] = this.#composer.allocate()
    const needsLuma = this.#thread !== null || !this.#samples.isNone
    return { y: new (this.layout.bitDepth > 8 ? Uint16Array : Uint8Array)(needsLuma ? samples : 0), u, v }
  }
}
