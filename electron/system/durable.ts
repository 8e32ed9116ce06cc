/** Makes what was written outlast a loss of power: until then it may be in the system's memory alone. */
import { open, type FileHandle } from 'node:fs/promises'
import { errorCode } from './errorCode.ts'

/** What some network drives answer that can't be asked for this: the file is written all the same. */
const NOT_OFFERED = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

/** All of the bytes, from a place of an open file on: a single write may take a part of them. */
export async function writeAt(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten
  }
}

/** The content of an open file, where its drive can be asked for it. Throws the system's error. */
export async function syncOpen(file: FileHandle): Promise<void> {
  try {
    await file.sync()
  } catch (error) {
    if (!NOT_OFFERED.has(errorCode(error))) throw error
  }
}

/** The content of a file, where its drive can be asked for it. Throws the system's error. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await syncOpen(file)
  } finally {
    await file.close()
  }
}

/** A rename or a new file in a folder. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // Windows and some network drives can not sync a folder; the files themselves are safe.
  }
}
