/** What is said where the system's folder for temporary files can not be used. */
import { sentence } from './sentence.ts'
import { UserError } from './userError.ts'

export interface TemporaryTrouble {
  /** The system's folder itself, not one within it. */
  readonly folder: string
  /** Name of the system's error. */
  readonly code: string
  /** By which this system's programs are told where that folder lies. */
  readonly variable: string
}

export function temporaryFolderError({ folder, code, variable }: TemporaryTrouble): UserError {
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code))
    return new UserError(
      'disk-full',
      sentence`The folder for temporary files, “${folder}”, is full.`,
      sentence`Make room on its disk, or have the variable ${variable} name another folder, and start again.`,
      code,
    )
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new UserError(
      'target-folder-missing',
      sentence`The folder for temporary files, “${folder}”, is not there.`,
      sentence`Create it, or have the variable ${variable} name another folder, and start again.`,
      code,
    )
  return new UserError(
    'target-not-writable',
    sentence`Nothing can be written in the folder for temporary files, “${folder}”.`,
    sentence`Change its permissions, or have the variable ${variable} name another folder, and start again.`,
    code,
  )
}
