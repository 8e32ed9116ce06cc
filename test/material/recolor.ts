/**
 * The plain way through the media layer: every frame's own luma, and chroma that is neutral or drawn, to a new file. An
 * export of the same content that was ended before its time is gone on with.
 */
import type { Sentence } from '../../electron/contract/sentence.ts'
import { asItIs, deliveredFormat, type Delivery } from '../../electron/contract/delivery.ts'
import { exportFormat, type ExportFormatId } from '../../electron/contract/formats.ts'
import type { Originals } from '../../electron/contract/originals.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { partedAt } from '../../electron/engine/jobs/exportParts.ts'
import { decodeFrames } from '../../electron/engine/reading/decoding/decode.ts'
import { openFilmWriter } from '../../electron/engine/writing/encode.ts'
import type { FileLabel } from '../../electron/engine/writing/heads/fileLabel.ts'
import { coloredLayout, writtenLayout } from '../../electron/engine/writing/segments/encoders.ts'
import type { Standing } from '../../electron/engine/writing/files/standing.ts'
import type { PartRegister } from '../../electron/engine/writing/files/partFiles.ts'
import { SampleConversion } from '../../electron/engine/picture/sampleConversion.ts'
import type { Footage } from '../../electron/engine/reading/footage.ts'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { chromaSize, type PixelLayout, type Plane } from '../../electron/engine/picture/pixelLayout.ts'

export interface Recolored {
  readonly footage: Footage
  readonly path: string
  readonly warnings: readonly Sentence[]
  readonly found: Sentence | null
  readonly damaged: readonly number[]
}

export async function recolor(
  source: string,
  target: string,
  format: ExportFormatId = 'ffv1-mkv',
  options: {
    tools?: FfmpegTools
    range?: FrameRange
    overwrite?: boolean
    standing?: Standing
    timecode?: string
    delivery?: Delivery
    pieces?: readonly FrameRange[]
    firstNumber?: number
    originals?: Originals
    label?: FileLabel
    signal?: AbortSignal
    content?: string
    segmentPictures?: number
    parts?: PartRegister
    onFrame?: (n: number) => void
    chroma?: (layout: PixelLayout) => { readonly u: Plane; readonly v: Plane }
  } = {},
): Promise<Recolored> {
  const { onFrame, tools = await locateFfmpeg(), chroma = neutral, ...more } = options
  const footage = await openFootage(tools, source)
  const layout = writtenLayout(footage.layout, deliveredFormat(exportFormat(format), more.delivery ?? asItIs))
  const samples = new SampleConversion(coloredLayout(footage.layout), layout)
  const colors = chroma(layout)
  const writer = await openFilmWriter(tools, { footage, target, format, layout, ...more })
  try {
    const { pieces, range = { from: 0, to: footage.info.frameCount } } = options
    const { rest } = partedAt(pieces ?? [range], writer.next - (pieces ? 0 : range.from))
    for (const part of rest) {
      for await (const frame of decodeFrames(tools, footage, part, { signal: options.signal })) {
        await writer.write({ layout, y: samples.luma(frame.y), ...colors })
        onFrame?.(frame.number)
      }
    }
    const { path, notes, found } = await writer.finish()
    return { footage, path, warnings: notes, found, damaged: [...footage.source.damage.missing] }
  } catch (error) {
    await writer.abort()
    throw error
  }
}

function neutral(layout: PixelLayout): { u: Plane; v: Plane } {
  const [width, height] = chromaSize(layout)
  const View = layout.bitDepth > 8 ? Uint16Array : Uint8Array
  const plane = new View(width * height).fill(1 << (layout.bitDepth - 1))
  return { u: plane, v: plane }
}
