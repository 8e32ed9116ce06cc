/** How the planes of a raw picture lie in memory, named as ffmpeg names its pixel formats. */
import type { ColorMatrix, ColorRange } from '../../contract/schemas.ts'

/** Chroma samples per luma sample; 'gray' has no chroma planes. */
export type ChromaSampling = 'gray' | '420' | '422' | '444' | '440' | '411' | '410'

/** 'left': on the luma column, between rows; 'center': between both (JPEG, MPEG-1); 'topleft': on both (BT.2020). */
export type ChromaSiting = 'left' | 'center' | 'topleft'

export interface PixelLayout {
  readonly width: number
  readonly height: number
  readonly sampling: ChromaSampling
  /** 8 to 16; samples above 8 bits are little-endian uint16. */
  readonly bitDepth: number
  readonly range: ColorRange
  readonly matrix: ColorMatrix
  /** Where chroma samples lie between luma samples where there are fewer of them; 'left' (MPEG-2 on) when not said. */
  readonly siting?: ChromaSiting
  /** The lines are those of two fields in turn, the top one's first; absent for progressive pictures. */
  readonly interlaced?: true
  /** ffmpeg's name of exactly this layout, for -pix_fmt of raw video. */
  readonly ffmpegName: string
}

/** Samples of one plane, row-major, no padding between rows. */
export type Plane = Uint8Array | Uint16Array

/** One decoded picture: luma and, unless the layout is gray, U and V (Cb and Cr) at the layout's subsampling. */
export interface Planes {
  readonly layout: PixelLayout
  readonly y: Plane
  readonly u: Plane | null
  readonly v: Plane | null
}

/** log2 of the subsampling: [horizontal, vertical]. */
export const chromaShift: Readonly<Record<Exclude<ChromaSampling, 'gray'>, readonly [number, number]>> = {
  '444': [0, 0],
  '440': [0, 1],
  '422': [1, 0],
  '420': [1, 1],
  '411': [2, 0],
  '410': [2, 2],
}

/** Width and height of each chroma plane, rounded up as ffmpeg does; [0, 0] for gray. */
export function chromaSize(layout: Pick<PixelLayout, 'width' | 'height' | 'sampling'>): [number, number] {
  if (layout.sampling === 'gray') return [0, 0]
  const [sx, sy] = chromaShift[layout.sampling]
  return [-(-layout.width >> sx), -(-layout.height >> sy)]
}

/**
 * Pictures are put together at multiples of so many luma samples and lines: whole chroma samples, and whole lines of
 * both fields.
 */
export function sampleSteps({
  sampling,
  interlaced,
}: Pick<PixelLayout, 'sampling' | 'interlaced'>): readonly [across: number, down: number] {
  const [sx, sy] = sampling === 'gray' ? [0, 0] : chromaShift[sampling]
  return [1 << sx, (1 << sy) * (interlaced ? 2 : 1)]
}

/** Luma rows that a chroma row stands for, and their weights, which add up to `total`. */
export interface ChromaRow {
  readonly rows: readonly number[]
  readonly weights: readonly number[]
  readonly total: number
}

/**
 * Where chroma has half the rows of an interlaced picture, its even rows belong to the lines of the top field and its
 * odd ones to the bottom's: the top field's lie a quarter of the way from its upper line to its lower one, the bottom's
 * three quarters (ISO/IEC 13818-2, section 6.1.1.8). Else a chroma row lies in the middle of the rows it stands for.
 */
export function chromaRow(layout: Pick<PixelLayout, 'height' | 'sampling' | 'interlaced'>, row: number): ChromaRow {
  const [, sy] = layout.sampling === 'gray' ? [0, 0] : chromaShift[layout.sampling]
  if (sy === 1 && layout.interlaced) {
    const field = row & 1
    const first = 4 * (row >> 1) + field
    // Past the end the last line of the same field goes on.
    const last = layout.height - 1 - ((layout.height - 1 - field) & 1)
    return {
      rows: [Math.min(first, last), Math.min(first + 2, last)],
      weights: field === 0 ? [3, 1] : [1, 3],
      total: 4,
    }
  }
  const rows = Array.from({ length: 1 << sy }, (_, k) => Math.min(layout.height - 1, (row << sy) + k))
  return { rows, weights: rows.map(() => 1), total: rows.length }
}

/** Bytes of one whole picture as ffmpeg's rawvideo lays it out: Y, then U, then V. */
export function pictureBytes(layout: PixelLayout): number {
  const [cw, ch] = chromaSize(layout)
  return (layout.width * layout.height + 2 * cw * ch) * (layout.bitDepth > 8 ? 2 : 1)
}

/** The planes of one raw picture, as bytes that are not copied, in the order in which rawvideo has them. */
export function rawPlanes({ y, u, v }: Pick<Planes, 'y' | 'u' | 'v'>): Uint8Array[] {
  const there = [y, u, v].filter((plane) => plane !== null)
  return there.map((plane) => new Uint8Array(plane.buffer, plane.byteOffset, plane.byteLength))
}

/** The planes of one raw picture; views on one buffer of its own. */
export function splitPicture(layout: PixelLayout, buffer: ArrayBuffer): { y: Plane; u: Plane | null; v: Plane | null } {
  const [cw, ch] = chromaSize(layout)
  const luma = layout.width * layout.height
  const chroma = cw * ch
  const View = layout.bitDepth > 8 ? Uint16Array : Uint8Array
  const size = View.BYTES_PER_ELEMENT
  const y = new View(buffer, 0, luma)
  if (layout.sampling === 'gray') return { y, u: null, v: null }
  return { y, u: new View(buffer, luma * size, chroma), v: new View(buffer, (luma + chroma) * size, chroma) }
}
