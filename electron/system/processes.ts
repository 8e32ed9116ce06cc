/**
 * Whether a program still runs. The numbers of programs are used again, so that one is told from another by its start
 * as well.
 */
import { readFileSync } from 'node:fs'
import { errorCode } from './errorCode.ts'

interface ProcessStatus {
  readonly state: string
  readonly started: string
}

/** Null where the system does not say (only Linux has these files), and for programs that are gone. */
function statusOf(pid: number): ProcessStatus | null {
  try {
    // proc(5): the 3rd and the 22nd field; the second, the program's name, may hold spaces and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ')
    return { state: fields[0]!, started: fields[19]! }
  } catch {
    return null
  }
}

/**
 * When a program was started, as digits of a count that only grows until the computer is started anew; null where that
 * is not known.
 */
export function startOf(pid: number): string | null {
  return statusOf(pid)?.started ?? null
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/**
 * Whether a program runs under this number on this computer.
 * @param started what startOf said of it; null to be content with any program of that number
 */
export function isRunning(pid: number, started: string | null): boolean {
  if (!answers(pid)) return false
  const status = statusOf(pid)
  // Gone meanwhile, or on a system that does not say.
  if (status === null) return answers(pid)
  // One that has ended and waits to be counted has its number still.
  return status.state !== 'Z' && (started === null || status.started === started)
}
