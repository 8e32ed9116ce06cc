/**
 * Small pictures of a film, shrunk by ffmpeg: for looking a whole film through, where full frames would only be carried
 * to and fro.
 */
import type { FrameRange } from '../../../contract/schemas.ts'
import type { PixelLayout, Plane } from '../../picture/pixelLayout.ts'
import { decodeFrames, type DecodeOptions } from './decode.ts'
import type { Footage } from '../footage.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'

/** Longer side, in pixels: twice what cut detection compares. */
const SIDE = 112

export interface SmallFrame {
  readonly width: number
  readonly height: number
  /** Luma 0..1, row-major. */
  readonly values: Float32Array
  /** U and V, -0.5..0.5, at the same size; null for films without chroma. */
  readonly chroma: { readonly u: Float32Array; readonly v: Float32Array } | null
}

/** Every frame of a range, in the order of showing, as decodeFrames gives them. */
export async function* decodeSmall(
  tools: FfmpegTools,
  footage: Footage,
  range: FrameRange,
  options: Pick<DecodeOptions, 'signal' | 'standIns'>,
): AsyncGenerator<SmallFrame, void, void> {
  const isGray = footage.layout.sampling === 'gray'
  const { width, height } = footage.layout
  const scale = Math.min(1, SIDE / Math.max(width, height))
  // Shrunk by field, the last line of an odd number is left as it lay in memory, and passes for colors.
  const lines = footage.layout.interlaced ? 2 : 1
  const layout: PixelLayout = {
    ...footage.layout,
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round((height * scale) / lines)) * lines,
    sampling: isGray ? 'gray' : '444',
    bitDepth: 8,
    ffmpegName: isGray ? 'gray' : 'yuv444p',
  }
  for await (const { y, u, v } of decodeFrames(tools, { ...footage, layout }, range, options)) {
    const chroma = u && v ? { u: scaled(u, signed), v: scaled(v, signed) } : null
    yield { width: layout.width, height: layout.height, values: scaled(y, unsigned), chroma }
  }
}

/** What each code value stands for. */
const unsigned = Float32Array.from({ length: 256 }, (_, value) => value / 255)
const signed = Float32Array.from({ length: 256 }, (_, value) => (value - 128) / 255)

function scaled(plane: Plane, values: Float32Array): Float32Array {
  const result = new Float32Array(plane.length)
  for (let i = 0; i < result.length; i++) result[i] = values[plane[i]!]!
  return result
}
