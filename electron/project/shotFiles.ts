/** Every shot as a file of its own: its name, and what it begins with. */
import { basename, dirname, extname, join } from 'node:path'
import { fittingName } from '../contract/fileNames.ts'
import { exportFormat, type ExportFormatId } from '../contract/formats.ts'
import type { Clip } from '../contract/projectDocument.ts'
import type { FrameRange } from '../contract/schemas.ts'
import { sentence } from '../contract/sentence.ts'
import { laterTimecode, readTimecode } from '../contract/timecode.ts'
import { UserError } from '../contract/userError.ts'

export interface ShotFilesWish {
  /** Of the whole: 'film.mkv' for 'film shot 07.mkv'. */
  readonly target: string
  readonly format: ExportFormatId
  /** Frames; of shots that reach out of it, what lies within. The whole film where left out. */
  readonly range?: FrameRange | undefined
  /** Of the first frame of the range. */
  readonly timecode?: string | undefined
  readonly firstNumber?: number | undefined
  /** The film's frames do not come evenly. */
  readonly variableRate?: boolean | undefined
}

export interface ShotFile {
  readonly target: string
  readonly range: FrameRange
  readonly timecode?: string
  readonly firstNumber?: number
}

/**
 * Counted through: frame n of the range has the same timecode and number in whichever file it is.
 * Throws UserError 'bad-argument' where timecodes can not be counted, as frames do not come evenly.
 */
export function shotFiles(
  { shots, frameCount, rate }: Pick<Clip, 'shots' | 'frameCount' | 'rate'>,
  { target, format, range = { from: 0, to: frameCount }, timecode, firstNumber, variableRate }: ShotFilesWish,
): ShotFile[] {
  if (variableRate && timecode !== undefined && shots.some(({ from }) => from > range.from && from < range.to)) {
    throw new UserError(
      'bad-argument',
      sentence`The frame rate varies, so what the timecode is at the start of each shot is not known.`,
      sentence`Leave the start timecode out, or export the shots one by one, each with its own.`,
    )
  }
  const digits = String(shots.length).length
  const start = timecode === undefined ? null : readTimecode(timecode, rate)
  return shots.flatMap(({ from, to }, n) => {
    const part = { from: Math.max(from, range.from), to: Math.min(to, range.to) }
    if (part.from >= part.to) return []
    return [
      {
        target: shotTarget(target, format, String(n + 1).padStart(digits, '0')),
        range: part,
        // One that does not exist is refused as it was typed.
        ...(timecode !== undefined && {
          timecode: start && 'frame' in start ? laterTimecode(start, part.from - range.from, rate) : timecode,
        }),
        ...(firstNumber !== undefined && { firstNumber: firstNumber + part.from - range.from }),
      },
    ]
  })
}

/** 'film shot 07.mkv' of 'film.mkv'. */
function shotTarget(target: string, format: ExportFormatId, number: string): string {
  const ending = exportFormat(format).endings.length === 0 ? '' : extname(target)
  return join(dirname(target), fittingName(basename(target, ending), ` shot ${number}${ending}`))
}
