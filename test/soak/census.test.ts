import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { census, growthOf, type Census } from './census.ts'

const flat = (rounds: number, change: (round: number) => Partial<Census> = () => ({})): Census[] =>
  Array.from({ length: rounds }, (_, round) => ({ memory: 900, openFiles: 200, processes: 7, ...change(round) }))

describe('a program that is used for long', () => {
  it('is counted with all its processes', async () => {
    const before = census(process.pid)
    expect(before.memory).toBeGreaterThan(10)
    const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => 0, 1000)'])
    await once(child.stdout, 'data')
    const after = census(process.pid)
    child.kill()
    expect(after.processes).toBeGreaterThan(before.processes)
    expect(after.openFiles).toBeGreaterThan(before.openFiles)
    expect(after.memory).toBeGreaterThan(before.memory)
  })

  it('is flat where it fills its caches first and then goes up and down', () => {
    expect(
      growthOf(flat(30, (round) => ({ memory: (round < 10 ? 500 + 40 * round : 900) + 60 * (round % 3) }))),
    ).toEqual([])
  })

  it('is told to grow where memory, files or processes go on growing', () => {
    expect(growthOf(flat(30, (round) => ({ memory: 900 + 10 * round })))).toEqual(['memory from 1000 to 1100 MiB'])
    expect(growthOf(flat(30, (round) => ({ openFiles: 200 + round })))).toEqual(['10 more open files'])
    expect(growthOf(flat(30, (round) => ({ processes: round < 20 ? 7 : 8 })))).toEqual(['1 more processes'])
    expect(growthOf(flat(2))).toEqual(['too few rounds to tell'])
  })
})
