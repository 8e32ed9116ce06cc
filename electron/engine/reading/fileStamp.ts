/** Whether a file is still the one that was opened. */
import { stat } from 'node:fs/promises'

export interface FileStamp {
  readonly bytes: number
  readonly mtimeMs: number
}

/** Null where the file can not be reached. Inode numbers are left out: some shares give out new ones at any time. */
export async function fileStamp(path: string): Promise<FileStamp | null> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { bytes: size, mtimeMs }
  } catch {
    return null
  }
}

/** @param stamp of the time of opening; null for footage that is no single file */
export async function isChanged(path: string, stamp: FileStamp | null): Promise<boolean> {
  if (stamp === null) return false
  const now = await fileStamp(path)
  // A file that is away says so when it is read; a share that hiccups just now is no change.
  return now !== null && (now.bytes !== stamp.bytes || now.mtimeMs !== stamp.mtimeMs)
}
