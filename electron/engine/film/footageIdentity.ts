/** Which film a cached coloring belongs to: known by content, so that renaming or moving a film keeps its colors. */
import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import type { Footage } from '../reading/footage.ts'
import { digest } from '../../content/digest.ts'

const SAMPLE = 256 * 1024

/** Hash of the first and last bytes: enough to tell films apart, quick on a tape-sized file. */
async function sampleHash(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const hash = createHash('sha256')
    const buffer = Buffer.alloc(Math.min(SAMPLE, size))
    for (const position of [0, Math.max(0, size - buffer.length)]) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
      hash.update(buffer.subarray(0, bytesRead))
    }
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}

/** 32 hexadecimal digits from size, time of change, first and last bytes, and how the pictures are read. */
export async function footageIdentity(footage: Footage): Promise<string> {
  const { info, layout } = footage
  const shape = [info.bytes, info.frameCount, layout.width, layout.height, layout.ffmpegName, layout.range] as const
  try {
    const { mtimeMs } = await stat(info.path)
    return digest('film', mtimeMs, await sampleHash(info.path), ...shape)
  } catch {
    // A pattern such as scan_%05d.png names no file of its own.
    return digest('pictures', info.path, info.name, ...shape)
  }
}
