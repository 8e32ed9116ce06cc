/** A stand-in's JPEG as the compositor draws pictures: luma, and the film's own tint where it has one. */
import type { FrameReply, SourceChroma, StandInReply } from '../../electron/contract/frames.ts'

/** What is drawn of a frame, or for it. */
export type DrawnPicture = Pick<
  FrameReply,
  'footageId' | 'frame' | 'width' | 'height' | 'luma' | 'sourceChroma' | 'coloring'
>

/** Chroma this near to neutral (of 255) is what coding leaves of gray. */
const TINT = 4

/** Null where these bytes can not be decoded: nothing stands in then. */
export async function standInPicture({ footageId, frame, jpeg, coloring }: StandInReply): Promise<DrawnPicture | null> {
  const pixels = await pixelsOf(jpeg).catch(() => null)
  if (!pixels) return null
  const { width, height, data } = pixels
  return { footageId, frame, width, height, luma: lumaOf(data), sourceChroma: chromaOf(pixels), coloring }
}

async function pixelsOf(jpeg: Uint8Array): Promise<ImageData | null> {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(jpeg)], { type: 'image/jpeg' }))
  try {
    const { width, height } = bitmap
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context?.drawImage(bitmap, 0, 0)
    return context?.getImageData(0, 0, width, height) ?? null
  } finally {
    bitmap.close()
  }
}

/** Of what JFIF makes of Y, U and V: the same Y again. */
export function lumaOf(rgba: Uint8ClampedArray): Uint8Array {
  const luma = new Uint8Array(rgba.length / 4)
  for (let i = 0; i < luma.length; i++)
    luma[i] = 0.299 * rgba[4 * i]! + 0.587 * rgba[4 * i + 1]! + 0.114 * rgba[4 * i + 2]! + 0.5
  return luma
}

/** At half the size, of every second pixel; null where it is as good as neutral. */
export function chromaOf({ width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>): SourceChroma | null {
  const [w, h] = [Math.max(1, width >> 1), Math.max(1, height >> 1)]
  const samples = new Uint8Array(2 * w * h)
  let isTinted = false
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const at = 4 * (2 * y * width + 2 * x)
      const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!]
      const u = 128.5 - 0.168736 * r - 0.331264 * g + 0.5 * b
      const v = 128.5 + 0.5 * r - 0.418688 * g - 0.081312 * b
      // Pure blue has 255.5.
      samples[2 * (y * w + x)] = Math.min(255, u)
      samples[2 * (y * w + x) + 1] = Math.min(255, v)
      isTinted ||= Math.abs(u - 128.5) > TINT || Math.abs(v - 128.5) > TINT
    }
  }
  return isTinted ? { width: w, height: h, samples } : null
}
