/** A file of words, written to a place that somebody has chosen for it. */
import { basename, dirname } from 'node:path'
import { sentence, type Sentence } from '../contract/sentence.ts'
import { UserError, type UserErrorCode } from '../contract/userError.ts'
import { errorCode } from '../system/errorCode.ts'
import { writeAtomic } from '../system/writeAtomic.ts'

/** What the system says of it, in sentences. */
function cannotWrite(path: string, error: unknown): UserError {
  const code = errorCode(error)
  const [name, folder] = [basename(path), dirname(path)]
  const said = (userCode: UserErrorCode, what: Sentence, advice: Sentence): UserError =>
    new UserError(userCode, what, advice, code || String(error))
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return said(
        'disk-full',
        sentence`The disk is full; “${name}” could not be written.`,
        sentence`Make room on the disk that holds “${folder}”, or choose another one.`,
      )
    case 'ENAMETOOLONG':
      return said(
        'name-too-long',
        sentence`The name “${name}” is too long for this disk.`,
        sentence`Choose a shorter name.`,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return said(
        'target-not-writable',
        sentence`You may not write in the folder “${folder}”.`,
        sentence`Choose another folder, or change its permissions.`,
      )
    case 'ENOENT':
    case 'ENOTDIR':
      return folderMissing(folder)
    default:
      return said(
        'target-not-writable',
        sentence`Nothing could be written in the folder “${folder}”.`,
        sentence`Check that its disk is still connected, or choose another folder.`,
      )
  }
}

export function folderMissing(folder: string): UserError {
  return new UserError(
    'target-folder-missing',
    sentence`The folder “${folder}” is not there.`,
    sentence`Create it, connect its disk, or choose another folder.`,
    folder,
  )
}

/** Whole or not at all. Throws UserError where it can not be written. */
export async function writeChosen(path: string, text: string): Promise<void> {
  try {
    await writeAtomic(path, text)
  } catch (error) {
    throw cannotWrite(path, error)
  }
}
