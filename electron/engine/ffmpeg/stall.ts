/**
 * Notices a child that gets nowhere: a file can be made, or damaged, so that ffmpeg turns in circles over it. What
 * counts is what it says and gives; how long it takes over a whole film is nobody's business.
 */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'

export interface Patience {
  /** For a child that gives nothing and, as far as the system tells (Linux), reads nothing either; in ms. */
  readonly still: number
  /**
   * For one that gives nothing though it reads: it may be looking for a place in a film of hundreds of gigabytes; in
   * ms.
   */
  readonly silent: number
}

export const PATIENCE: Patience = { still: 2 * 60_000, silent: 30 * 60_000 }

const LOOKS_PER_WAIT = 8
const LONGEST_BETWEEN_LOOKS_MS = 5000

/** Bytes that a process has read since its start; null where the system does not tell. */
function bytesRead(pid: number | undefined): number | null {
  try {
    return Number(/^rchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? NaN)
  } catch {
    return null
  }
}

/**
 * @param child with pipes for what it gives, and nothing to be written to it
 * @param onStall called once
 */
export function watchForStall(child: ChildProcess, patience: Patience, onStall: () => void): void {
  const pipes = [child.stdout, child.stderr].filter((pipe) => pipe !== null) as Socket[]
  const wait = Math.min(LONGEST_BETWEEN_LOOKS_MS, patience.still / LOOKS_PER_WAIT)
  let [given, read] = [0, bytesRead(child.pid)]
  // Counted in looks and not by the clock: a machine that slept, or was busy elsewhere, is not held against the child.
  let [stillFor, silentFor] = [0, 0]
  const timer = setInterval(() => {
    const [givenNow, readNow] = [pipes.reduce((sum, pipe) => sum + pipe.bytesRead, 0), bytesRead(child.pid)]
    // What it gave and nobody has taken yet: it is waiting for us.
    const waits = pipes.some((pipe) => pipe.readableLength > 0)
    silentFor = waits || givenNow !== given ? 0 : silentFor + wait
    stillFor = silentFor === 0 || read === null || readNow !== read ? 0 : stillFor + wait
    ;[given, read] = [givenNow, readNow]
    if (stillFor < patience.still && silentFor < patience.silent) return
    clearInterval(timer)
    onStall()
  }, wait)
  timer.unref()
  child.once('close', () => clearInterval(timer))
}
