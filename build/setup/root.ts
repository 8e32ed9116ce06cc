/** Where the checkout lies: set-up runs both from its sources and compiled, from within the checkout. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package-lock.json')) && existsSync(join(folder, 'build', 'bootstrap.mjs'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('The folder of ColoRNN Studio was not found.')
  return findRoot(parent)
}

/** Absolute path of the checkout. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)))

/** What set-up fetched and built. It outlives `npm ci`, and may be deleted at any time. */
export const cacheFolder = join(root, '.cache')

export const modulesFolder = join(root, 'node_modules')
