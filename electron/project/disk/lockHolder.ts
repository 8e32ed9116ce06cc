/** Who holds a lock: enough of a program and its machine to tell later whether that very program still runs. */
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import { z } from 'zod'
import { isRunning, startOf } from '../../system/processes.ts'

const known = z.string().nullable().optional()

export const lockHolderSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  /** One a lock; says whose it is. */
  token: z.string(),
  /** When the program was started, in the system's own count: numbers of programs are used again. */
  started: known,
  /** Another after each start of the computer. */
  boot: known,
  /** Numbers of programs mean something within one of these only (containers). */
  space: known,
  machine: known,
})
export type LockHolder = z.infer<typeof lockHolderSchema>

/** Null where the system does not say (only Linux has these files). */
function said(read: () => string): string | null {
  try {
    return read().trim() || null
  } catch {
    return null
  }
}

export function thisHolder(token: string): LockHolder {
  return {
    pid: process.pid,
    host: hostname(),
    token,
    started: startOf(process.pid),
    boot: said(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1')),
    space: said(() => readlinkSync('/proc/self/ns/pid')),
    machine: said(() => readFileSync('/etc/machine-id', 'latin1')),
  }
}

/** Drives and computers do not count seconds quite alike. */
const SLACK_MS = 10_000

const differ = (a: string | null | undefined, b: string | null | undefined): boolean =>
  a != null && b != null && a !== b

/**
 * Whether the holder still runs. 'unknown' for other machines, and where the system tells too little. No clock is asked
 * but that of the drive, for the age.
 * @param ageMs how long ago the holder last gave a sign of life
 * @param isHeld whether this very program holds the lock of that token
 */
export function judge(
  holder: LockHolder,
  ageMs: number,
  isHeld: (token: string) => boolean,
): 'alive' | 'dead' | 'unknown' {
  const me = thisHolder('')
  if (holder.host !== me.host || differ(holder.machine, me.machine)) return 'unknown'
  if (differ(holder.boot, me.boot)) return 'dead'
  // macOS and Windows do not name their starts, but all know how long ago the last one was.
  if ((holder.boot == null || me.boot == null) && ageMs > uptime() * 1000 + SLACK_MS) return 'dead'
  if (differ(holder.space, me.space)) return 'unknown'
  if (holder.pid === process.pid && !differ(holder.started, me.started)) return isHeld(holder.token) ? 'alive' : 'dead'
  if (!isRunning(holder.pid, holder.started ?? null)) return 'dead'
  return holder.started == null || startOf(holder.pid) === null ? 'unknown' : 'alive'
}
