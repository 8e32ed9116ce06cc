/** Files written so that whoever reads them, after whatever crash, finds the old one whole or the new one whole. */
import { randomBytes } from 'node:crypto'
import { copyFile, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFile, syncFolder, syncOpen } from './durable.ts'
import { renameOver } from './renameOver.ts'
import { sideFile } from './sideFile.ts'

/**
 * Temp file beside it, fsync, rename, fsync of the folder. Throws the system's error; then the old file is as it was.
 * @param mayReplace asked when all is written; throws where the old file must stay after all
 */
export function writeAtomic(
  path: string,
  content: string | Uint8Array,
  mayReplace?: () => Promise<void>,
): Promise<void> {
  return replaceAtomic(path, async (temporary) => {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(content)
      await syncOpen(file)
    } finally {
      await file.close()
    }
    await mayReplace?.()
  })
}

/** As writeAtomic, with the content of another file. */
export function copyAtomic(from: string, path: string): Promise<void> {
  return replaceAtomic(path, async (temporary) => {
    await copyFile(from, temporary)
    await syncFile(temporary)
  })
}

async function replaceAtomic(path: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = sideFile(path, `.${process.pid}-${randomBytes(4).toString('hex')}.tmp`)
  try {
    await fill(temporary)
    await renameOver(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(path))
}
