/**
 * A second output of an ffmpeg that decodes a film anyway: small JPEGs of every twelfth picture, to stand in for frames
 * that take long to get to. It has filters of its own, so what the first output gives stays the same to the bit.
 */
import type { Footage } from '../footage.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { jpegCutter } from './jpegStream.ts'
import { ANY_MATRIX } from './layoutFilters.ts'
import { decodedFormat } from './pixelFormats.ts'

/** One picture of so many is kept. */
export const STAND_IN_EVERY = 12
/** Longer side, in pixels. */
const SIDE = 640
/** Of 2 (best) to 31: a picture with grain takes 20 kB. */
const QUALITY = 5
/** Tells the scale filter's words from those of the first output's, which sizes are read from. */
const NAME = 'stand_in'

/** @param frame whose picture it is */
export type TakeStandIn = (frame: number, jpeg: Uint8Array<ArrayBuffer>) => void

/** Light and its curve are left alone: films of that kind are sequences, in which no jump is far. */
export function canStandIn({ encoders }: Pick<FfmpegTools, 'encoders'>, { source }: Footage): boolean {
  return encoders.has('mjpeg') && source.file.sequence === null && !decodedFormat(source.decodedName).linear
}

/**
 * Arguments of the output to 'pipe:3'. Luma is of full range there.
 * @param passedBy filters that leave out what the first output leaves out as well
 */
export function standInOutput({ info, layout, source }: Footage, passedBy: readonly string[]): string[] {
  const scale = Math.min(1, SIDE / Math.max(info.width, info.height))
  const [width, height] = [info.width, info.height].map((side) => Math.max(1, Math.round(side * scale)))
  // Some versions take all gray for full, so it is told so to all, and stretched behind.
  const isGray = layout.sampling === 'gray'
  const stretched = isGray && layout.range === 'limited' ? ["lutyuv=y='clip((val-16)*255/219,0,255)'"] : []
  const { fromRgb } = decodedFormat(source.decodedName)
  const range = fromRgb ? 'out_color_matrix=bt709' : `in_range=${isGray ? 'full' : layout.range}`
  const filters = [
    ...passedBy,
    `select='not(mod(n,${STAND_IN_EVERY}))'`,
    ...(fromRgb ? [] : [ANY_MATRIX]),
    `scale@${NAME}=${[`w=${width}:h=${height}`, 'flags=area', range, 'out_range=full'].join(':')}`,
    // In one go 7.0 forgets the matrix (findings/ffmpeg7-yuvj-forgets-the-matrix.sh).
    ...(fromRgb ? ['format=yuv444p'] : []),
    'format=yuvj420p',
    ...stretched,
    // The encoder gives up at times that do not rise.
    'settb=1',
    'setpts=N',
  ]
  return [
    ...['-map', `0:${source.stream}`, '-vf', filters.join(','), '-fps_mode', 'passthrough'],
    ...['-c:v', 'mjpeg', '-q:v', `${QUALITY}`, '-threads:v', '1', '-f', 'mjpeg', 'pipe:3'],
  ]
}

/** What is said of this output alone, and says nothing of the film. */
export function isStandInTalk(line: string): boolean {
  return line.includes(`[scale@${NAME} @`) || line.includes('deprecated pixel format used')
}

/** Brings the pictures of both outputs together, which come by pipes of their own. */
export class StandInMatch {
  /** Those that are to be kept, of the first output's. */
  readonly #frames: number[] = []
  readonly #jpegs: Uint8Array<ArrayBuffer>[] = []
  #count = 0
  /** For what comes by 'pipe:3'. */
  readonly hear = jpegCutter((jpeg) => {
    this.#jpegs.push(jpeg)
    this.#match()
  })

  constructor(private readonly take: TakeStandIn) {}

  /**
   * A picture of the first output has come, of the frame of this number.
   * @param isUsable whether the small picture, which is stretched to the film's shape, shows the same
   */
  arrived(number: number, isUsable: boolean): void {
    if (this.#count++ % STAND_IN_EVERY !== 0) return
    this.#frames.push(isUsable ? number : -1)
    this.#match()
  }

  #match(): void {
    while (this.#frames.length > 0 && this.#jpegs.length > 0) {
      const [frame, jpeg] = [this.#frames.shift()!, this.#jpegs.shift()!]
      if (frame >= 0) this.take(frame, jpeg)
    }
  }
}
