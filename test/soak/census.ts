/** What a program and all its processes hold, as Linux counts it, and whether it stays. */
import { readdirSync } from 'node:fs'
import { descendantsOf, memoryOf } from '../material/processes.ts'

export interface Census {
  /** MiB, shared pages counted once: proportional set sizes. */
  readonly memory: number
  readonly openFiles: number
  readonly processes: number
}

function openFilesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    // It has ended by itself meanwhile.
    return 0
  }
}

/** Of a process and all below it. */
export function census(pid: number): Census {
  const all = [pid, ...descendantsOf(pid)]
  return {
    memory: all.reduce((sum, each) => sum + memoryOf(each), 0) / 1024,
    openFiles: all.reduce((sum, each) => sum + openFilesOf(each), 0),
    processes: all.length,
  }
}

/** What grows by this much from the second to the last third of a run is not flat. */
const MOST_MEMORY_GROWTH = 1.05
const MOST_NEW_FILES = 3

/** What has grown, in words; nothing where all is flat. The first third is left out: caches fill there. */
export function growthOf(counts: readonly Census[]): string[] {
  const third = Math.floor(counts.length / 3)
  if (third === 0) return ['too few rounds to tell']
  // The least of a third: what is there after the garbage of a round is gone.
  const least = (part: readonly Census[], of: keyof Census): number => Math.min(...part.map((each) => each[of]))
  const [middle, last] = [counts.slice(third, -third), counts.slice(-third)]
  const grown: string[] = []
  const [memory, before] = [least(last, 'memory'), least(middle, 'memory')]
  if (memory > before * MOST_MEMORY_GROWTH) grown.push(`memory from ${before.toFixed(0)} to ${memory.toFixed(0)} MiB`)
  const files = least(last, 'openFiles') - least(middle, 'openFiles')
  if (files > MOST_NEW_FILES) grown.push(`${files} more open files`)
  const processes = least(last, 'processes') - least(middle, 'processes')
  if (processes > 0) grown.push(`${processes} more processes`)
  return grown
}
