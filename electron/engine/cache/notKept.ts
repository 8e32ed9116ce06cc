/** What is said where the color cache takes nothing more. */
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { errorCode, isNoRoom } from '../../system/errorCode.ts'

/** @param error the system's */
export function notKept(folder: string, error: unknown): UserError {
  const code = errorCode(error)
  return isNoRoom(error)
    ? new UserError(
        'disk-full',
        sentence`The disk that holds the color cache is full, so further colors can not be kept.`,
        sentence`Make room on the disk that holds “${folder}”, then colorize again: it goes on from the frames that are done.`,
        code,
      )
    : new UserError(
        'target-not-writable',
        sentence`The color cache can not be written to, so further colors can not be kept.`,
        sentence`Check that you may write in the folder “${folder}” and that its disk is connected, then colorize again.`,
        code,
      )
}
