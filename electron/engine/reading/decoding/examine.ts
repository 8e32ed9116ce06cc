/**
 * Looks closely at a part of a film where ffmpeg has complained: which frames did it mean? While decoding runs at full
 * speed, several frames at a time, that can not be told.
 */
import type { Rational } from '../../../contract/schemas.ts'
import { clockFilters } from '../../ffmpeg/frameClock.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { runFfmpeg } from '../../ffmpeg/runFfmpeg.ts'
import { TagLines } from '../../ffmpeg/tagLines.ts'
import { bystanders, DamageLog } from './damageTalk.ts'
import { seekFrame, inputFrom } from './decodeArgs.ts'
import type { Footage, FrameIndex } from '../footage.ts'
import { frameFinder } from '../index/indexLookup.ts'

/** Frames examined for one job; of a film that is damaged all over, what was said in passing has to do beyond that. */
const MOST_FRAMES = 5000

export interface Examined {
  /** Of the pictures in the order in which they came, in ticks; null for those without a time. */
  readonly times: readonly (number | null)[]
  readonly log: DamageLog
}

/** @param args all before the output: where to start, and what to read */
export async function examine(
  tools: FfmpegTools,
  args: readonly string[],
  { stream, others }: { readonly stream: string; readonly others: readonly string[] },
  timeBase: Rational,
  count: number | null,
  signal?: AbortSignal,
): Promise<Examined> {
  const log = new DamageLog(others)
  const tags = new TagLines()
  const times: (number | null)[] = []
  await runFfmpeg(
    tools,
    [
      '-v',
      'repeat+level+info',
      '-max_error_rate',
      '1',
      '-debug_ts',
      '-noautorotate',
      '-copyts',
      '-threads',
      '1',
      ...args,
      '-map',
      stream,
      '-vf',
      clockFilters(timeBase).join(','),
      '-fps_mode',
      'passthrough',
      ...(count === null ? [] : ['-frames:v', `${count}`]),
      '-f',
      'null',
      '-',
    ],
    {
      signal,
      onStderrLine: (line) => {
        if (!tags.isTag(line)) log.line(line)
      },
      onTime: (pts) => times.push(pts),
    },
  )
  return { times, log }
}

/**
 * The frames that are damaged, though they decode.
 * @param shift added to the times
 * @param leading what was said before the first picture is of frames before it
 */
export function flawedFrames(
  index: FrameIndex,
  { times, log }: Examined,
  { shift, leading }: { readonly shift: number; readonly leading: boolean },
): number[] {
  const numbers: number[] = []
  const find = frameFinder(index)
  let place = -1
  for (const time of times) {
    const number = time === null ? place + 1 : find(time + shift, place)
    if (number >= 0) place = number
    numbers.push(number)
  }
  const flawed = new Set<number>()
  for (const at of log.marked) flawed.add(numbers[at] ?? -1)
  for (const at of log.loose) {
    // Where a frame is missing, it was that one.
    const isNext = at === 0 ? !leading : numbers[at] === numbers[at - 1]! + 1
    if (isNext) flawed.add(numbers[at] ?? -1)
  }
  flawed.delete(-1)
  return [...flawed]
}

/**
 * Finds out which frames ffmpeg complained of while the film was decoded, and notes them.
 */
export async function examineSuspects(tools: FfmpegTools, footage: Footage, signal?: AbortSignal): Promise<void> {
  const { index, source, info } = footage
  let left = MOST_FRAMES
  for (const { from, to } of source.damage.takeSuspects(info.frameCount)) {
    const start = seekFrame(footage, from)
    if (to - start > left) return
    left -= to - start
    const examined = await examine(
      tools,
      inputFrom(footage, start),
      { stream: `0:${source.stream}`, others: bystanders(source.banner, source.stream) },
      index.timeBase,
      to - start,
      signal,
    )
    const shift = source.file.sequence === null ? 0 : start
    for (const frame of flawedFrames(index, examined, { shift, leading: start > 0 })) {
      if (frame >= from && frame < to && !source.damage.missing.has(frame)) source.damage.flawed.add(frame)
    }
  }
}
