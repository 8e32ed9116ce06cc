/** Why an export could not be written: a UserError, or what is a bug. */
import { sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import { errorCode } from '../../../system/errorCode.ts'
import { isThere } from '../../../system/present.ts'
import { isChanged } from '../../reading/fileStamp.ts'
import type { Footage } from '../../reading/footage.ts'
import { failedRead } from '../../reading/decoding/readEnd.ts'
import { FfmpegStopped } from '../segments/fedFfmpeg.ts'
import { diskFull, folderMissing, isDiskFull } from './targetFile.ts'

export interface WritingTrouble {
  /** What was thrown. */
  readonly error: unknown
  readonly footage: Footage
  /** Of the target. */
  readonly directory: string
  /** Something of the export is kept, and it can be gone on with. */
  readonly goesOn: boolean
}

export async function writingFailure({ error, footage, directory, goesOn }: WritingTrouble): Promise<Error> {
  if (error instanceof UserError) return error
  const { info, source } = footage
  const stopped = error instanceof FfmpegStopped ? error : null
  const detail = stopped?.detail ?? (error instanceof Error ? error.message : String(error))
  if (await isChanged(info.path, source.stamp)) return failedRead(info.name, 'changed', detail)
  const isFull = ['ENOSPC', 'EDQUOT'].includes(errorCode(error)) || stopped?.isFull
  if (isFull || (await isDiskFull(directory))) return diskFull(directory, detail, goesOn)
  // Whatever ffmpeg and the system said of it.
  if (!(await isThere(directory))) return folderMissing(directory, detail)
  if (stopped?.end instanceof UserError) return stopped.end
  if (stopped === null && errorCode(error) === '') return error instanceof Error ? error : new Error(String(error))
  const isDisk = stopped === null || stopped.isDiskTrouble
  return new UserError(
    'ffmpeg-failed',
    sentence`The film could not be written: ffmpeg stopped.`,
    isDisk
      ? sentence`Check that the disk is still connected, and try again. The footage is unharmed.`
      : sentence`Try again, or choose another format; the details name the cause. The footage is unharmed.`,
    detail,
  )
}
