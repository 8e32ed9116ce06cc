/** Decodes a lossless export once more and compares its luma with what was to be written, picture by picture. */
import { createHash } from 'node:crypto'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { runFfmpeg } from '../ffmpeg/runFfmpeg.ts'
import type { Plane } from '../picture/pixelLayout.ts'
import { filmGuards } from '../ffmpeg/inputGuards.ts'
import { fileUrl } from '../reading/inputFile.ts'

/** As ffmpeg's framemd5 tells it. */
export function lumaHash(plane: Plane): string {
  return createHash('md5')
    .update(new Uint8Array(plane.buffer, plane.byteOffset, plane.byteLength))
    .digest('hex')
}

/**
 * The first picture whose luma is another, or that is missing or too many; null where all are the same.
 * @param expected hashes of the luma of all pictures
 * @throws UserError 'cancelled'
 */
export async function firstOtherLuma(
  tools: FfmpegTools,
  path: string,
  expected: readonly string[],
  signal?: AbortSignal,
): Promise<number | null> {
  let count = 0
  let other: number | null = null
  const decoding = ['-noautorotate', '-copyts', ...filmGuards, '-i', fileUrl(path), '-map', '0:V:0']
  const hashing = ['-vf', 'extractplanes=y', '-fps_mode', 'passthrough', '-f', 'framemd5', '-']
  await runFfmpeg(tools, ['-v', 'error', ...decoding, ...hashing], {
    ...(signal && { signal }),
    onStdoutLine: (line) => {
      if (line.startsWith('#') || !line.includes(',')) return
      if (line.slice(line.lastIndexOf(',') + 1).trim() !== expected[count]) other ??= count
      count++
    },
  })
  return other ?? (count === expected.length ? null : Math.min(count, expected.length))
}
