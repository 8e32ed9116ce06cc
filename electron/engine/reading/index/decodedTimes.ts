/** When the frames of a film are shown as its decoder has it: the film is decoded, and no pixel leaves ffmpeg. */
import type { Rational } from '../../../contract/schemas.ts'
import { clockFilters } from '../../ffmpeg/frameClock.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { isIdleTalk, runFfmpeg, sizeTalkArgs } from '../../ffmpeg/runFfmpeg.ts'
import { TagLines } from '../../ffmpeg/tagLines.ts'
import { isDamageTalk } from '../decoding/damageTalk.ts'
import { parseScaleLine, type PictureSize } from '../opening/filmSizes.ts'
import type { InputFile } from '../inputFile.ts'
import { ANY_MATRIX } from '../decoding/layoutFilters.ts'
import { parseShownFrame, type FieldOrder } from '../opening/probeText.ts'
import { FailureWatch, mustHaveEnded } from '../decoding/readEnd.ts'

/** Tells by odd times which pictures are of fields: nothing else in a line of the clock is each picture's own. */
const FIELD_MARK = 'setpts=PTS*2+INTERLACED'

/** Tells the line about the first picture of the other field order from all others. */
const OTHER_ORDER = 'other_order'

export interface DecodedTimes {
  /** In the time base asked for. */
  readonly times: readonly number[]
  /** Of each picture; null where nothing was said of it. */
  readonly sizes: readonly (PictureSize | null)[]
  /** How many of the pictures say that they are of two fields. */
  readonly interlaced: number
  /** Of the first picture that says its fields come in another order than was asked about; null where none does. */
  readonly otherOrder: number | null
  /** True when the decoder complained: frames that are missing then are damage, not hidden frames. */
  readonly complained: boolean
  /** It spoke of damage in pictures. */
  readonly suspect: boolean
}

/**
 * Decodes the whole film, or its keyframes alone, without passing pixels on, and gives the times that come out, in
 * ticks of 'timeBase'. Throws UserError 'footage-changed' where the film could not be read to its end.
 */
export async function decodeTimes(
  tools: FfmpegTools,
  file: InputFile,
  {
    stream,
    others,
    field,
    keysOnly = false,
    most,
  }: {
    readonly stream: string
    readonly others: readonly string[]
    /** Of the first picture, as it says itself. */
    readonly field: FieldOrder
    readonly keysOnly?: boolean
    /** So many pictures from the head, instead of all. */
    readonly most?: number
  },
  timeBase: Rational,
  signal?: AbortSignal,
): Promise<DecodedTimes> {
  const times: number[] = []
  const sizes: (PictureSize | null)[] = []
  let interlaced = 0
  let otherOrder: number | null = null
  let size: PictureSize | null = null
  let suspect = false
  let complained = false
  const watch = new FailureWatch(file)
  const tags = new TagLines()
  const run = await runFfmpeg(
    tools,
    [
      ...sizeTalkArgs,
      '-noautorotate',
      '-copyts',
      ...(keysOnly ? ['-skip_frame', 'nokey'] : []),
      ...file.args,
      // Leaves every picture as it is, tells its size, and whether it is of fields.
      '-map',
      stream,
      '-vf',
      [
        ANY_MATRIX,
        'scale=w=iw:h=ih',
        `settb=${timeBase.num}/${timeBase.den}`,
        FIELD_MARK,
        ...clockFilters(timeBase),
      ].join(','),
      '-fps_mode',
      'passthrough',
      ...(most === undefined ? [] : ['-frames:v', `${most}`]),
      '-f',
      'null',
      '-',
      ...(field === 'progressive' ? [] : otherOrderOutput(stream, field, timeBase)),
    ],
    {
      signal,
      onStderrLine: (line) => {
        if (tags.isTag(line)) return
        size = parseScaleLine(line, file)?.size ?? size
        // 6.0 leaves out which filter it is that bears the name.
        if (line.includes(`${OTHER_ORDER} @ `)) otherOrder ??= parseShownFrame(line)?.pts ?? null
        if (isIdleTalk(line)) return
        watch.hear(line)
        suspect ||= isDamageTalk(line, others)
        complained ||= /\[(?:error|fatal|panic)\]/.test(line)
      },
      // A frame without a time shares that of its predecessor, and is told apart by its place.
      onTime: (marked) => {
        const pts = marked === null ? null : Math.floor(marked / 2)
        if (pts !== null && marked! > pts * 2) interlaced++
        times.push(pts ?? times[times.length - 1] ?? 0)
        sizes.push(size)
      },
    },
  )
  mustHaveEnded(file.name, run, watch.failure, times.length)
  return { times, sizes, interlaced, otherOrder, complained, suspect }
}

/** A second output, of which nothing comes but the time of the first picture whose other field is the first one. */
function otherOrderOutput(stream: string, field: FieldOrder, { num, den }: Rational): string[] {
  const other = field === 'top first' ? 'BOTTOMFIRST' : 'TOPFIRST'
  const filters = [
    `select='eq(interlace_type,${other})'`,
    "select='eq(n,0)'",
    `settb=${num}/${den}`,
    `showinfo@${OTHER_ORDER}=checksum=0`,
  ]
  return ['-map', stream, '-vf', filters.join(','), '-fps_mode', 'passthrough', '-f', 'null', '-']
}
