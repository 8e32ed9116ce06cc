/** The system's name for what went wrong ('ENOENT', 'ENOSPC'); '' for errors that are not the system's. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
