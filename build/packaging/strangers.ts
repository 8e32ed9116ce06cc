/** What came with the Electron and is no part of it. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Layout } from './layout.ts'

/**
 * The older Electron for closed networks was itself part of another program's package, whose starter, icons and
 * libraries of the system still lie beside it, and holds the loader that runs checkouts.
 */
const STRANGERS = /^(AppRun|\.DirIcon|usr|.*\.desktop|fiftyone\..*)$/

export async function removeStrangers({ folder, resources }: Layout): Promise<void> {
  for (const name of (await readdir(folder)).filter((each) => STRANGERS.test(each)))
    await rm(join(folder, name), { recursive: true })
  // Only the archive is ever loaded.
  await rm(join(resources, 'app'), { recursive: true, force: true })
}
