/**
 * Sets right what ffmpeg writes wrongly of pictures into the head of MXF files: the shape of DNxHR's is that of square
 * pixels whatever they are, and FFV1 in full range can only be written as limited (see fullRange.ts). SMPTE ST 377-1:
 * the generic picture essence descriptor (annex F.4.1) and the CDCI one (annex F.4.2).
 */
import { open, type FileHandle } from 'node:fs/promises'
import type { Rational } from '../../../contract/schemas.ts'
import { reduced } from '../../ffmpeg/rational.ts'
import type { PixelLayout } from '../../picture/pixelLayout.ts'
import { bytesAt } from '../../reading/opening/containerParts.ts'

/** The descriptors stand before the pictures, and ffmpeg's head is a few KiB long. */
const HEAD_BYTES = 256 * 1024
/** Universal labels of the sets that describe pictures: luma and color differences, and RGB. */
const descriptorKeys = ['28', '29'].map((set) => Buffer.from(`060e2b34025301010d0101010101${set}00`, 'hex'))
/** Local tags. */
const [ASPECT, BLACK, WHITE, STEPS] = [0x320e, 0x3304, 0x3305, 0x3306]

/** The values of the picture's descriptor: where in the file each lies, and how long it is. */
async function descriptorOf(file: FileHandle): Promise<Map<number, { readonly at: number; readonly length: number }>> {
  const head = await bytesAt(file, 0, HEAD_BYTES)
  const key = descriptorKeys.map((each) => head.indexOf(each)).find((at) => at >= 0)
  if (key === undefined) throw new Error('no descriptor of pictures')
  // BER: a length by itself, or how many bytes it takes.
  const first = head[key + 16]!
  const bytes = first & 0x80 ? first & 0x7f : 0
  const from = key + 17 + bytes
  const to = from + (bytes > 0 ? head.readUIntBE(key + 17, Math.min(6, bytes)) >>> 0 : first)
  const values = new Map<number, { readonly at: number; readonly length: number }>()
  for (let at = from; at + 4 <= Math.min(to, head.length);) {
    const length = head.readUInt16BE(at + 2)
    values.set(head.readUInt16BE(at), { at: at + 4, length })
    at += 4 + length
  }
  return values
}

/**
 * @param path of a finished MXF file
 * @throws Error where the file has no place for it, or can't be read or written
 */
export async function correctMxfHead(path: string, layout: PixelLayout, pixelAspect: Rational): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const values = await descriptorOf(file)
    const write = async (tag: number, ...words: readonly number[]): Promise<void> => {
      const place = values.get(tag)
      if (place?.length !== 4 * words.length) throw new Error(`no place for ${tag.toString(16)}`)
      const bytes = Buffer.alloc(place.length)
      words.forEach((word, n) => bytes.writeUInt32BE(word, 4 * n))
      await file.write(bytes, 0, bytes.length, place.at)
    }
    const shape = reduced(layout.width * pixelAspect.num, layout.height * pixelAspect.den)
    await write(ASPECT, shape.num, shape.den)
    if (layout.range === 'limited') return
    await write(BLACK, 0)
    await write(WHITE, 2 ** layout.bitDepth - 1)
    await write(STEPS, 2 ** layout.bitDepth)
  } finally {
    await file.close()
  }
}
