/** The system's name for what went wrong ('ENOENT', 'ENOSPC'); '' for errors that are not the system's. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** No room on the disk, in the quota, or for a file of that size on that file system. */
export function isNoRoom(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errorCode(error))
}
