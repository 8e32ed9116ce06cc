/** What the set-up costs when there is nothing to set up. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { outFolder } from '../../build/bundle.ts'
import { root } from '../../build/setup/root.ts'
import { tryTensorflow } from '../../build/setup/tensorflow.ts'

/** Milliseconds of the quickest of several runs: what the command itself takes, whatever else the machine does. */
function quickest(script: string): number {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now()
    execFileSync(process.execPath, [script, '--version'], { cwd: root, stdio: 'ignore' })
    return performance.now() - started
  })
  return Math.min(...times)
}

it('adds no noticeable time to a second start', () => {
  const program = quickest(join(outFolder, 'colorize.cjs'))
  const command = quickest(join(root, 'build', 'colorize.mjs'))
  // A second start of Node.js is in it, which alone takes 40 ms on an idle machine.
  expect(command - program).toBeLessThan(300)
})

it('leaves a native TensorFlow that computes', async () => {
  expect(await tryTensorflow()).toMatch(/^2\.\d+\.\d+/)
})
