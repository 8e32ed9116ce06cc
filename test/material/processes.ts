/** Processes that a program has started, as Linux lists them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    )
  } catch {
    return []
  }
}

/** All below a process, nearest first. */
export function descendantsOf(pid: number): number[] {
  const children = childrenOf(pid)
  return [...children, ...children.flatMap(descendantsOf)]
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended by itself.
  }
}

/** Ends a process and all below it at one moment: none of them sees another one end. */
export function killWhole(pid: number): void {
  signal(pid, 'SIGSTOP')
  const stopped = new Set([pid])
  for (let found = descendantsOf(pid); found.some((each) => !stopped.has(each)); found = descendantsOf(pid)) {
    for (const each of found.filter((each) => !stopped.has(each))) {
      signal(each, 'SIGSTOP')
      stopped.add(each)
    }
  }
  for (const each of stopped) signal(each, 'SIGKILL')
}

/** What a process was started with, word by word; nothing where it has ended. */
export function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
  } catch {
    return []
  }
}

/** False for those that have ended and only wait to be counted. */
export function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)![0] !== 'Z'
  } catch {
    return false
  }
}

/**
 * Memory of a process in KiB (Linux), what it shares with others divided among them, so that a sum over processes
 * counts everything once; where that can not be read, its resident memory, which counts libraries again with each
 * process.
 */
export function memoryOf(pid: number): number {
  try {
    return kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss') ?? kilobytes(`/proc/${pid}/status`, 'VmRSS') ?? 0
  } catch {
    return 0
  }
}

function kilobytes(file: string, field: string): number | null {
  const line = existsSync(file) && readFileSync(file, 'utf8').match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))
  return line ? Number(line[1]) : null
}
