/** An ffmpeg child that encodes one segment of an export. */
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { pictureBytes, rawPlanes, type Planes } from '../../picture/pixelLayout.ts'
import { exportTags } from '../filters/colorTags.ts'
import { FedFfmpeg, FfmpegStopped } from './fedFfmpeg.ts'
import { pictureHash } from '../check/pictureCheck.ts'
import { pictureHead, rawHeader } from './rawMatroska.ts'
import { hashIn, keepsSamples } from '../check/sampleHash.ts'
import type { FrameRemark } from './segmentFolder.ts'
import { segmentCommand, type PictureOrder } from './segmentCommand.ts'

/**
 * Pictures of a segment are told apart by their times, which Matroska counts in milliseconds. Encoders are told those
 * of the film but for this; the export has them as they are.
 */
const LEAST_NANOSECONDS = 2_000_000n

export class SegmentEncoder {
  readonly #child: FedFfmpeg
  /** Pictures that ffmpeg makes of each frame. */
  readonly #perFrame: number
  /** ffmpeg tells the hashes. */
  readonly #isHashed: boolean
  /** Of each picture, where the format keeps them; of files they are all there once it is finished. */
  readonly hashes: string[] = []
  readonly remarks: FrameRemark[] = []
  /** Own frames. */
  #written = 0
  #time = -LEAST_NANOSECONDS

  /**
   * @param place file to write, or folder to write pictures into
   * @param first the segment's first picture in the export
   * @param hasLead the frame before its own is given first
   */
  constructor(
    tools: FfmpegTools,
    private readonly order: PictureOrder,
    place: string,
    readonly first: number,
    readonly count: number,
    private readonly hasLead: boolean,
  ) {
    const { layout, footage, format, delivery, deinterlacing } = order
    this.#perFrame = deinterlacing?.perFrame ?? 1
    this.#isHashed = keepsSamples(format, delivery)
    const hear = (line: string): void => {
      const hash = hashIn(line)
      if (hash !== null) this.hashes.push(hash)
    }
    const command = segmentCommand(order, place, first, { lead: hasLead, count })
    this.#child = new FedFfmpeg(tools, command, undefined, this.#isHashed ? hear : null)
    // Of what comes by the pipe, and not of what is made of it: by that ffmpeg takes a frame's duration, and where it
    // ends before the last picture of it begins, MXF's filter for the rate leaves that out.
    const { num, den } = footage.info.rate
    const rate = { num, den: den * this.#perFrame }
    this.#child.begin(rawHeader(layout, rate, exportTags(layout, footage.source, format)))
  }

  get isComplete(): boolean {
    return this.#written * this.#perFrame === this.count
  }

  /** The segment's next frame. The planes may be reused afterwards. Throws FfmpegStopped. */
  async write(planes: Planes, remark?: FrameRemark): Promise<void> {
    const frame = this.#written++
    if (remark) this.remarks.push(remark)
    if (this.order.format.lossless) this.hashes.push(pictureHash(planes))
    await this.#feed(planes, frame)
  }

  /** The frame before the segment's own, or the one behind: they are made of these as well. Throws FfmpegStopped. */
  async writeBeside(planes: Planes): Promise<void> {
    await this.#feed(planes, this.#written === 0 ? -1 : this.#written)
  }

  async #feed(planes: Planes, frame: number): Promise<void> {
    const { layout, times } = this.order
    const chunks = rawPlanes(planes)
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    if (size !== pictureBytes(layout)) {
      throw new Error(`a frame of ${size} bytes for ${layout.ffmpegName} ${layout.width}x${layout.height}`)
    }
    const timeOf = (n: number): bigint => times.nanoseconds(this.first + n * this.#perFrame)
    const inFilm = timeOf(frame) - timeOf(this.hasLead ? -1 : 0)
    const least = this.#time + LEAST_NANOSECONDS
    this.#time = inFilm > least ? inFilm : least
    await this.#child.write(pictureHead({ time: this.#time, bytes: size, isKey: true }), ...chunks)
  }

  /** Resolves when all pictures are written. Throws FfmpegStopped. */
  async finish(): Promise<void> {
    await this.#child.finish(this.count)
    const { length } = this.hashes
    if (!this.#isHashed || length === this.count) return
    throw new FfmpegStopped(this.#child, { code: 0, signal: null }, `${length} of ${this.count} pictures hashed`)
  }

  kill(): Promise<void> {
    return this.#child.kill()
  }
}
