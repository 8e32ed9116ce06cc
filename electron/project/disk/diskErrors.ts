/** What the file system says, in sentences for an artist. */
import { basename, dirname } from 'node:path'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { errorCode, isNoRoom } from '../../system/errorCode.ts'

export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error))
}

function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error))
}

/** No file of that name can be on this disk. */
function isTooLong(error: unknown): boolean {
  return errorCode(error) === 'ENAMETOOLONG'
}

/** What becomes of edits that could not be written. */
export interface Retry {
  /** It is tried again by itself. */
  readonly again: boolean
  /** Another folder keeps them meanwhile. */
  readonly kept: boolean
}

/**
 * A write of 'path' has failed. Nothing is lost in memory, which is said.
 * @param edits what becomes of those that were to be written; left out where it was saving or opening a project that
 *   failed: they are where they were
 */
export function writeError(path: string, error: unknown, edits?: Retry): UserError {
  if (error instanceof UserError) return error
  const detail = error instanceof Error ? error.message : String(error)
  const name = basename(path)
  const folder = dirname(path)
  const meanwhile = !edits
    ? sentence`What you have open stays as it is.`
    : edits.kept
      ? sentence`Your edits are kept in the program’s own folder, and come back even after a crash.`
      : sentence`Your edits are kept while the program runs.`
  if (isNoRoom(error)) {
    const then = edits?.again ? sentence`it is tried again by itself` : sentence`then try again`
    return new UserError(
      'disk-full',
      sentence`The disk is full; “${name}” could not be written.`,
      sentence`${meanwhile} Make room on the disk that holds “${folder}”; ${then}.`,
      detail,
    )
  }
  if (isTooLong(error)) {
    return new UserError(
      'name-too-long',
      sentence`The name “${name}” is too long for this disk.`,
      sentence`Choose a shorter name.`,
      detail,
    )
  }
  if (isForbidden(error)) {
    return new UserError(
      'target-not-writable',
      sentence`You may not write in the folder “${folder}”.`,
      sentence`Save the project in another folder.`,
      detail,
    )
  }
  if (isMissing(error)) {
    return new UserError(
      'target-folder-missing',
      sentence`The folder “${folder}” is not there any more.`,
      sentence`Connect its disk, or save the project in another folder.`,
      detail,
    )
  }
  return new UserError(
    'target-not-writable',
    sentence`“${name}” could not be written.`,
    sentence`${meanwhile} Save the project in another folder.`,
    detail,
  )
}

/**
 * What was there is gone for this program: removed, moved, or on a drive that was taken away and will be another one.
 */
export function isGone(error: unknown): boolean {
  return isMissing(error) || ['ESTALE', 'ENODEV', 'ENXIO'].includes(errorCode(error))
}

/** The open project at 'path' is not there any more. */
export function goneError(path: string, error: unknown): UserError {
  return new UserError(
    'project-gone',
    sentence`“${basename(path)}” is not in its folder any more: it was moved or removed, or its disk is away.`,
    sentence`What you have open goes on as a copy; save it in a place of your own.`,
    error instanceof Error ? error.message : String(error),
  )
}

/** A read of 'path' has failed. */
export function readError(path: string, error: unknown): UserError {
  if (error instanceof UserError) return error
  const detail = error instanceof Error ? error.message : String(error)
  const name = basename(path)
  if (isMissing(error)) {
    return new UserError(
      'not-found',
      sentence`“${name}” was not found.`,
      sentence`Check whether it was moved, renamed, or lies on a disk that is not connected.`,
      detail,
    )
  }
  if (isForbidden(error)) {
    return new UserError(
      'no-permission',
      sentence`You may not read “${name}”.`,
      sentence`Change the permissions of the file, or copy it to a folder of your own.`,
      detail,
    )
  }
  if (errorCode(error) === 'EISDIR')
    return new UserError('is-a-folder', sentence`“${name}” is a folder.`, sentence`Choose a file.`, detail)
  return new UserError(
    'damaged',
    sentence`“${name}” could not be read.`,
    sentence`Check the disk it lies on, and try again.`,
    detail,
  )
}
