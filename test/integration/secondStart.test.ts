/** What the set-up costs when there is nothing to set up. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { outFolder } from '../../build/bundle.ts'
import { root } from '../../build/setup/root.ts'
import { tryTensorflow } from '../../build/setup/tensorflow.ts'

/** Milliseconds from start to end of a Node.js process. */
function time(...args: string[]): number {
  const started = performance.now()
  execFileSync(process.execPath, args, { cwd: root, stdio: 'ignore' })
  return performance.now() - started
}

it('adds no noticeable time to a second start', () => {
  // Node.js starting with nothing to do is the yardstick: it slows down as everything does when the machine is busy.
  const empty: number[] = []
  const program: number[] = []
  const command: number[] = []
  for (let run = 0; run < 7; run++) {
    empty.push(time('-e', '0'))
    program.push(time(join(outFolder, 'colorize.cjs'), '--version'))
    command.push(time(join(root, 'build', 'colorize.mjs'), '--version'))
  }
  // One start of Node.js is the command's own; the set-up's look around may take two more, some 80 ms.
  expect(Math.min(...command) - Math.min(...program)).toBeLessThan(3 * Math.min(...empty))
})

it('leaves a native TensorFlow that computes', async () => {
  expect(await tryTensorflow()).toMatch(/^2\.\d+\.\d+/)
})
