/**
 * Where a film's chroma samples lie between its luma samples, for versions of ffmpeg that do not say so of its frames.
 */
import { parseFfmpegVersion, type FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import type { ChromaSiting } from '../../picture/pixelLayout.ts'
import type { DecodedFormat } from '../decoding/pixelFormats.ts'
import type { BannerStream } from './probeText.ts'

const sitings: Readonly<Record<string, ChromaSiting>> = { left: 'left', center: 'center', topleft: 'topleft' }
/** From here on the showinfo filter tells it of each frame. */
const TOLD_FROM = 7

/** How talkative an ffmpeg has to be for its line of a stream to tell it. */
export function sitingTalk({ version }: Pick<FfmpegTools, 'version'>): 'info' | 'verbose' {
  return (parseFfmpegVersion(version)?.[0] ?? TOLD_FROM) >= TOLD_FROM ? 'info' : 'verbose'
}

/**
 * What the stream's line says under sitingTalk; undefined where it says nothing, or has no less chroma than luma.
 */
export function streamSiting(
  stream: BannerStream | undefined,
  { sampling, fromRgb }: DecodedFormat,
): ChromaSiting | undefined {
  if (fromRgb || (sampling !== '420' && sampling !== '422')) return undefined
  return sitings[/\([^()]*\b(left|center|topleft)\)/.exec(stream?.text ?? '')?.[1] ?? '']
}
