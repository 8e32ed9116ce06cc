/** What the set-up costs when there is nothing to set up. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../build/setup/root.ts'
import { tryTensorflow } from '../../build/setup/tensorflow.ts'

const REPORT =
  'data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();process.stderr.write(`CPU ${(user+system)/1000}`)})'

/**
 * Milliseconds of processor time that a Node.js process takes, without those of the programs it starts. Unlike the
 * clock, it does not count the time in which a busy machine does something else.
 */
function processorTime(...args: string[]): number {
  const { stderr } = spawnSync(process.execPath, ['--import', REPORT, ...args], { cwd: root, encoding: 'utf8' })
  return Number(/CPU ([\d.]+)$/.exec(stderr)?.[1])
}

it('adds no noticeable time to a second start', () => {
  const runs = [1, 2, 3, 4, 5]
  const empty = Math.min(...runs.map(() => processorTime('-e', '0')))
  const command = Math.min(...runs.map(() => processorTime(join(root, 'build', 'colorize.mjs'), '--version')))
  // Node.js itself takes some 40 ms to start; the set-up's look around may take as long three times over.
  expect(command).toBeLessThan(4 * empty)
})

it('leaves a native TensorFlow that computes', async () => {
  expect(await tryTensorflow()).toMatch(/^2\.\d+\.\d+/)
})
