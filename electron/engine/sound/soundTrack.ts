/** Which of a film's sounds is heard, and the filters that lay it beside the pictures: as an export would have it. */
import type { Sentence } from '../../contract/sentence.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { quietArgs, runFfmpeg } from '../ffmpeg/runFfmpeg.ts'
import { audioChannels, type BannerStream } from '../reading/opening/probeText.ts'
import type { Footage } from '../reading/footage.ts'
import { carriedPlan, mixedToStereo, type Carriable, type Carried } from '../writing/carried/carriedStreams.ts'
import { layCarried } from '../writing/carried/layCarried.ts'
import { soundFilters } from '../writing/carried/sideClock.ts'

export interface SoundTrack {
  readonly stream: BannerStream
  readonly label: Sentence
  /** For -af: what places its samples in time and mixes them to two channels. */
  readonly filters: string
}

/** Matroska takes every sound there is. */
const WIDEST = { container: 'matroska', name: 'Matroska' } as const

/** The sounds that an export would carry, in its order. Pure. */
export function soundsOf({ source }: Pick<Footage, 'source'>): Carriable[] {
  return carriedPlan(source.banner, source.stream, WIDEST).carriable.filter(({ kind }) => kind === 'sound')
}

/** Mixing as ffmpeg does it would make a single channel softer, and can not be done where no place is known. */
function toStereo({ text }: BannerStream): string {
  const channels = audioChannels(text)
  if (channels === 1) return 'pan=stereo|c0=c0|c1=c0'
  return /Hz, \d+ channels/.test(text) ? mixedToStereo(channels) : 'aformat=channel_layouts=stereo'
}

/** Whether anything of it can be decoded: tracks may be empty, or of a kind that this ffmpeg only names. */
async function canBeHeard(
  tools: FfmpegTools,
  { inputArgs }: Footage,
  { index }: BannerStream,
  signal: AbortSignal,
): Promise<boolean> {
  let frames = 0
  const once = ['-map', `0:${index}`, '-frames:a', '1', '-f', 'framecrc', '-']
  await runFfmpeg(tools, [...quietArgs, '-v', 'error', '-max_error_rate', '1', ...inputArgs, ...once], {
    signal,
    onStdoutLine: (line) => void (/^\d/.test(line) && frames++),
  })
  return frames > 0
}

/** The first one that can be heard; null where none can. Throws UserError where the film can not be read. */
export async function chooseSound(
  tools: FfmpegTools,
  footage: Footage,
  signal: AbortSignal,
): Promise<SoundTrack | null> {
  for (const { stream, label, kind } of soundsOf(footage)) {
    if (!(await canBeHeard(tools, footage, stream, signal))) continue
    const decoded = { codec: 'pcm_s16le', options: [], filter: null, note: null }
    const carried: Carried = { stream, label, kind, way: decoded }
    const whole = { from: 0, to: footage.info.frameCount }
    const laid = await layCarried(tools, footage, [carried], whole, footage.info.durationSeconds, signal)
    return {
      stream,
      label,
      filters: `${soundFilters(laid.get(stream.index) ?? null, null, false)},${toStereo(stream)}`,
    }
  }
  return null
}
