import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { isAlive } from '../../../test/material/processes.ts'
import { LOOK_MS, watchMemory } from './memory.ts'

/** Nothing is heard of children meanwhile. */
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

it('a child that has ended while nobody looked has taken no memory', async () => {
  const child = spawn(process.execPath, ['--version'])
  let excesses = 0
  watchMemory(child, 2 ** 40, () => excesses++)
  // It ends, and is looked at before that is heard of: time for a look has passed by then.
  while (isAlive(child.pid!)) sleep(10)
  sleep(LOOK_MS)
  await once(child, 'close')
  expect(excesses).toBe(0)
})
