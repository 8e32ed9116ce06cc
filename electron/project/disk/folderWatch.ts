/**
 * Tells soon when something has happened in a folder, its own end included: by the system's word, and by looking now
 * and then.
 */
import { watch, type FSWatcher } from 'node:fs'

/** What happens together is told once. */
const TOGETHER_MS = 200
/** Network drives tell nothing. */
const LOOK_MS = 5_000

/** @returns the function that ends it */
export function watchFolder(folder: string, onChange: () => void): () => void {
  let soon: NodeJS.Timeout | null = null
  let watcher: FSWatcher | null = null
  try {
    watcher = watch(folder, { persistent: false }, () => {
      soon ??= setTimeout(() => {
        soon = null
        onChange()
      }, TOGETHER_MS)
    })
    // A folder that is gone can not be watched any more.
    watcher.on('error', onChange)
  } catch {
    // Then looking has to do.
  }
  const looking = setInterval(onChange, LOOK_MS)
  looking.unref()
  return () => {
    watcher?.close()
    clearInterval(looking)
    if (soon) clearTimeout(soon)
  }
}
