/**
 * AVI files (RIFF, OpenDML's chain of several) say how long they are: one that is cut off is shorter. ffmpeg corrects
 * that in silence.
 */
import { open } from 'node:fs/promises'

/** Whether the file ends before the last of its RIFF chunks does; false for what is no RIFF, or was never finished. */
export async function riffIsCutOff(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(8)
    for (let at = 0; at + 8 <= size;) {
      await file.read(head, 0, 8, at)
      const length = head.readUInt32LE(4)
      if (head.toString('latin1', 0, 4) !== 'RIFF' || length === 0 || length === 0xffffffff) return false
      at += 8 + length + (length % 2)
      // The byte that makes the length even may be left out.
      if (at > size + 1) return true
    }
    return false
  } finally {
    await file.close()
  }
}
