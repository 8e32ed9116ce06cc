/**
 * ASF files (WMV) say how many bytes they have: one that is cut off has fewer. ffmpeg takes its length from what is
 * there then.
 */
import { open } from 'node:fs/promises'

/**
 * The header's File Properties Object by its GUID; after it and its own length comes the file's GUID, then its size.
 */
const fileProperties = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex')
const SIZE_AT = 16 + 8 + 16
/** After the size: date, count of packets, two durations and the preroll, eight bytes each; then flags. */
const FLAGS_AT = SIZE_AT + 6 * 8
/** It is written while it is made: nothing of the above is valid. */
const BROADCAST = 1
/** The object lies in the header, which holds little besides. */
const HEAD_BYTES = 65_536

/** Whether the file has fewer bytes than it says; false for what is no ASF, or was never finished. */
export async function asfIsCutOff(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const at = buffer.indexOf(fileProperties)
    if (at < 0 || at + FLAGS_AT + 4 > bytesRead || (buffer.readUInt32LE(at + FLAGS_AT) & BROADCAST) !== 0) return false
    return Number(buffer.readBigUInt64LE(at + SIZE_AT)) > size
  } finally {
    await file.close()
  }
}
