/** Root may read and write everything; tests of permissions step down for the moment. */
import { chmodSync } from 'node:fs'

const NOBODY = 65534

/** Runs 'work' with the rights of an ordinary user; 'folder' is made enterable for it. */
export async function asNobody<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work()
  chmodSync(folder, 0o755)
  process.seteuid?.(NOBODY)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}
