/** Small luma pictures of a film, shrunk by ffmpeg: for looking a whole film through, where full frames would only be carried to and fro. */
import type { FrameRange } from '../../contract/schemas.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import { decodeFrames } from './decode.ts'
import type { Footage } from './footage.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'

/** Longer side, in pixels: twice what cut detection compares. */
const SIDE = 112

export interface SmallLuma {
  readonly width: number
  readonly height: number
  /** 0..1, row-major */
  readonly values: Float32Array
}

/** Every frame of a range, in the order of showing, as decodeFrames gives them. */
export async function* decodeSmallLuma(tools: FfmpegTools, footage: Footage, range: FrameRange, signal: AbortSignal): AsyncGenerator<SmallLuma, void, void> {
  const { width, height } = footage.layout
  const scale = Math.min(1, SIDE / Math.max(width, height))
  const layout: PixelLayout = {
    ...footage.layout,
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
    sampling: 'gray',
    bitDepth: 8,
    ffmpegName: 'gray',
  }
  for await (const { y } of decodeFrames(tools, { ...footage, layout }, range, { signal })) {
    const values = new Float32Array(y.length)
    for (let i = 0; i < values.length; i++) values[i] = y[i]! / 255
    yield { width: layout.width, height: layout.height, values }
  }
}
