import { uptime } from 'node:os'
import { describe, expect, it } from 'vitest'
import { judge, thisHolder, type LockHolder } from './lockHolder.ts'

const isHeld = (token: string): boolean => token === 'held'
/** As a computer writes it whose system tells neither its own start nor that of programs (macOS, Windows). */
const told: LockHolder = {
  ...thisHolder('another'),
  pid: process.ppid,
  started: null,
  boot: null,
  space: null,
  machine: null,
}
const GONE_PID = 2 ** 22 + 1

describe('whether the holder of a lock still runs, where the system tells little', () => {
  it('is known once the computer was started anew since its last sign of life', () => {
    expect(judge(told, uptime() * 1000 + 60_000, isHeld)).toBe('dead')
    expect(judge(told, 0, isHeld)).toBe('unknown')
    // Another computer's uptime says nothing.
    expect(judge({ ...told, host: 'another computer' }, uptime() * 1000 + 60_000, isHeld)).toBe('unknown')
  })

  it('is known where no program bears its number, and of this very program', () => {
    expect(judge({ ...told, pid: GONE_PID }, 0, isHeld)).toBe('dead')
    expect(judge({ ...told, pid: process.pid }, 0, isHeld)).toBe('dead')
    expect(judge({ ...told, pid: process.pid, token: 'held' }, 0, isHeld)).toBe('alive')
  })
})
