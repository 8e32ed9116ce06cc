/**
 * Notices a child that takes more memory than any film needs: a file can be made so that a few bytes of it ask for
 * gigabytes, and where the computer's memory is full the system ends whom it likes, the editor with unsaved work too.
 */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { totalmem } from 'node:os'

const GIB = 2 ** 30

/** In bytes: half of the computer's memory, and on small ones as much as films of 8K take. */
export const MOST_MEMORY = Math.max(4 * GIB, totalmem() / 2)

/** A decoder fills a gigabyte in about as many of these as there are processors. */
export const LOOK_MS = 250

/**
 * Bytes of memory that a process holds; none where the system does not tell, as of one that has ended and that nobody
 * has asked about yet.
 */
function heldBy(pid: number | undefined): number {
  try {
    return 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** @param onExcess called once */
export function watchMemory(child: ChildProcess, most: number, onExcess: () => void): void {
  if (process.platform !== 'linux') return
  const timer = setInterval(() => {
    if (heldBy(child.pid) <= most) return
    clearInterval(timer)
    onExcess()
  }, LOOK_MS)
  timer.unref()
  child.once('close', () => clearInterval(timer))
}
