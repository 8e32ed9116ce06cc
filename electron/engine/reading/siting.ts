/**
 * Where a film's chroma samples lie between its luma samples, for versions of ffmpeg that do not say so of its frames.
 */
import { runFfmpeg } from '../ffmpeg/runFfmpeg.ts'
import { parseFfmpegVersion, type FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import type { ChromaSiting } from '../picture/pixelLayout.ts'
import type { DecodedFormat } from './pixelFormats.ts'

const sitings: Readonly<Record<string, ChromaSiting>> = { left: 'left', center: 'center', topleft: 'topleft' }
/** From here on the showinfo filter tells it of each frame. */
const TOLD_FROM = 7

/**
 * What the stream says; undefined where it says nothing, or has no less chroma than luma.
 * @param stream of the file, as ffmpeg numbers it
 */
export async function streamSiting(
  tools: FfmpegTools,
  inputArgs: readonly string[],
  stream: number,
  { sampling, fromRgb }: DecodedFormat,
  signal?: AbortSignal,
): Promise<ChromaSiting | undefined> {
  const version = parseFfmpegVersion(tools.version)?.[0] ?? TOLD_FROM
  if (fromRgb || (sampling !== '420' && sampling !== '422') || version >= TOLD_FROM) return undefined
  // Told only when asked to be talkative. Without an output ffmpeg stops there.
  const { stderr } = await runFfmpeg(tools, ['-v', 'verbose', ...inputArgs], { signal })
  const line =
    stderr.split(/\r?\n/).find((text) => new RegExp(`^\\s*Stream #0:${stream}(?!\\d).*: Video: `).test(text)) ?? ''
  return sitings[/\([^()]*\b(left|center|topleft)\)/.exec(line)?.[1] ?? '']
}
