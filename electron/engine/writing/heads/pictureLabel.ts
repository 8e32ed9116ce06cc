/**
 * The label (fileLabel.ts) in pictures: as XMP in PNG and TIFF, as attributes of OpenEXR, as user data of DPX, which
 * has no place that other programs know for it.
 */
import { crc32 } from '../../../content/crc32.ts'
import { SYNTHETIC_SOURCE_TYPE } from '../../../contract/exportRecord.ts'
import { labelTags, xmpOf, type FileLabel } from './fileLabel.ts'

/** PNG's signature and its first chunk, the header; text may stand behind it (W3C PNG, 5.6). */
const PNG_HEAD_BYTES = 33

/** International text: keyword, not compressed, no language, no translated keyword, UTF-8 (11.3.3.4). */
function pngText(keyword: string, text: string): Buffer {
  const content = Buffer.concat([Buffer.from(`iTXt${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text)])
  const chunk = Buffer.alloc(content.length + 8)
  chunk.writeUInt32BE(content.length - 4, 0)
  content.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(content), content.length + 4)
  return chunk
}

export function labelledPng(file: Buffer, label: FileLabel): Buffer {
  return Buffer.concat([
    file.subarray(0, PNG_HEAD_BYTES),
    pngText('Comment', label.words),
    pngText('XML:com.adobe.xmp', xmpOf(label)),
    file.subarray(PNG_HEAD_BYTES),
  ])
}

const ENTRY_BYTES = 12
/** Tags and types of TIFF 6.0 and of XMP in it. */
const [DESCRIPTION, XMP] = [270, 700]
const [BYTE, ASCII] = [1, 2]

/**
 * The directory of ffmpeg's TIFF files is their end; a longer one takes its place. Little-endian, as ffmpeg writes
 * them here.
 * @throws Error where it is none
 */
export function labelledTiff(file: Buffer, label: FileLabel): Buffer {
  if (file.toString('latin1', 0, 4) !== 'II*\0') throw new Error('not a TIFF picture as ffmpeg writes it')
  const at = file.readUInt32LE(4)
  const count = file.readUInt16LE(at)
  const entries = Array.from({ length: count }, (_, n) =>
    file.subarray(at + 2 + n * ENTRY_BYTES).subarray(0, ENTRY_BYTES),
  )
  const values = [
    { tag: DESCRIPTION, type: ASCII, value: Buffer.from(`${label.words}\0`) },
    { tag: XMP, type: BYTE, value: Buffer.from(xmpOf(label)) },
  ]
  const parts = [Buffer.from(file.subarray(0, at))]
  let end = at
  for (const { tag, type, value } of values) {
    // Values begin at even places.
    const padded = Buffer.concat([value, Buffer.alloc(value.length % 2)])
    const entry = Buffer.alloc(ENTRY_BYTES)
    entry.writeUInt16LE(tag, 0)
    entry.writeUInt16LE(type, 2)
    entry.writeUInt32LE(value.length, 4)
    entry.writeUInt32LE(end + (end % 2), 8)
    parts.push(Buffer.alloc(end % 2), padded)
    end += (end % 2) + padded.length
    entries.push(entry)
  }
  entries.sort((a, b) => a.readUInt16LE(0) - b.readUInt16LE(0))
  const head = Buffer.alloc(2)
  head.writeUInt16LE(entries.length)
  parts[0]!.writeUInt32LE(end, 4)
  return Buffer.concat([...parts, head, ...entries, Buffer.alloc(4)])
}

/** Names and values of OpenEXR attributes of type string. */
export function exrLabel({ words }: FileLabel): readonly (readonly [name: string, value: string])[] {
  return [
    ['comments', words],
    [labelTags.sourceType, SYNTHETIC_SOURCE_TYPE],
  ]
}

const [DPX_ID_BYTES, DPX_ALIGNMENT] = [32, 256]

/** User data of DPX (ST 268-1, 5.4): who it belongs to, then one line of history, padded with zeros. */
export function dpxLabel({ program, words }: FileLabel): Buffer {
  const line = Buffer.from(`process history: ${words} ${SYNTHETIC_SOURCE_TYPE}\0`)
  const data = Buffer.alloc(Math.ceil((DPX_ID_BYTES + line.length) / DPX_ALIGNMENT) * DPX_ALIGNMENT)
  data.write(program.name, 0, DPX_ID_BYTES - 1, 'latin1')
  line.copy(data, DPX_ID_BYTES)
  return data
}
