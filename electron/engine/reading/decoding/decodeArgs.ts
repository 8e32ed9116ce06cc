/** What ffmpeg is told so that it decodes a film from one of its frames on. */
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { clockFilters } from '../../ffmpeg/frameClock.ts'
import { quietArgs, sizeTalkArgs } from '../../ffmpeg/runFfmpeg.ts'
import type { Footage } from '../footage.ts'
import { storedSecondsOf, toldByTime } from '../index/indexLookup.ts'
import { layoutFilters } from './layoutFilters.ts'
import { decodedFormat } from './pixelFormats.ts'
import { readingStarts } from './readingStarts.ts'
import { standInOutput } from './standInOutput.ts'

/** Where to start reading so that 'frame' decodes whole. */
export function seekFrame(footage: Footage, frame: number): number {
  return footage.source.seekTrusted ? readingStarts(footage.index)[frame]! : 0
}

/**
 * Arguments that make ffmpeg read the film from a frame on (see seekFrame); pictures of a sequence are then counted
 * from there.
 */
export function inputFrom({ inputArgs, index, source }: Footage, start: number): readonly string[] {
  if (start === 0) return inputArgs
  const { sequence } = source.file
  if (sequence !== null)
    return inputArgs.map((arg, n) => (inputArgs[n - 1] === '-start_number' ? `${sequence.first + start}` : arg))
  return [
    '-noaccurate_seek',
    '-seek_timestamp',
    '1',
    '-ss',
    `${storedSecondsOf(index, start).toFixed(6)}`,
    ...inputArgs,
  ]
}

/** Pictures that may be missing without anybody knowing yet, when they are passed over by their count. */
const UNSEEN_DAMAGE = 8

interface PassedOver {
  /** Pictures whose times are told before the first one comes. */
  readonly count: number
  readonly filters: readonly string[]
}

/**
 * How to leave frames before the first wanted one inside ffmpeg; one more is let through, to stand in for a damaged
 * one. Where times run back they can't tell what to pass over: then pictures are counted, and their times told all the
 * same.
 */
function passOver({ index, source }: Footage, start: number, firstWanted: number): PassedOver {
  if (firstWanted === 0 || source.file.sequence !== null) return { count: 0, filters: [] }
  if (toldByTime(index)) {
    const from = storedSecondsOf(index, firstWanted - 1) - index.timeBase.num / index.timeBase.den / 2
    return { count: 0, filters: [`trim=start=${from.toFixed(7)}`] }
  }
  const count = start > 0 ? 0 : Math.max(0, firstWanted - 1 - UNSEEN_DAMAGE - source.damage.missing.size)
  return { count, filters: count > 0 ? [`trim=start_frame=${count}`] : [] }
}

/**
 * Arguments for raw pictures of the footage's layout on standard output, and how many are passed over before them.
 * @param start see inputFrom
 * @param hasStandIns small pictures go to 'pipe:3' besides (standInOutput.ts)
 */
export function decodeArgs(
  tools: FfmpegTools,
  footage: Footage,
  start: number,
  firstWanted: number,
  hasStandIns: boolean,
): { readonly args: readonly string[]; readonly passedOver: number } {
  const { index, source } = footage
  const { count, filters } = passOver(footage, start, firstWanted)
  const clock = clockFilters(index.timeBase)
  // What a picture's size is has to be said before its time is.
  const chain =
    count > 0
      ? [...layoutFilters(tools, footage), ...clock, ...filters]
      : [...filters, ...layoutFilters(tools, footage), ...clock]
  const args = [
    '-nostdin',
    ...quietArgs,
    ...sizeTalkArgs,
    '-noautorotate',
    '-copyts',
    // Filters that are set up anew count from zero again. Those for light need to be: they can't change their size.
    ...(decodedFormat(source.decodedName).linear ? [] : ['-reinit_filter', '0']),
    ...inputFrom(footage, start),
    '-map',
    `0:${source.stream}`,
    '-vf',
    chain.join(','),
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-',
    ...(hasStandIns ? standInOutput(footage, filters) : []),
  ]
  return { args, passedOver: count }
}
