/** Makes what was written outlast a loss of power: until then it may be in the system's memory alone. */
import { open } from 'node:fs/promises'

/** The content of a file. Throws the system's error. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
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
