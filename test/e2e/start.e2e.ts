/** The two words a person types first. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { join } from 'node:path'
import { root } from '../../build/setup/root.ts'
import { expect, test } from './launch.ts'

test('npm start -- --version --verbose says what the program runs on', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(root, 'build', 'start.mjs'),
    '--version',
    '--verbose',
  ])
  expect(stdout).toMatch(/^ColoRNN Studio \d+\.\d+\.\d+$/m)
  expect(stdout).toMatch(/^Electron \d+/m)
  expect(stdout).toMatch(/^TensorFlow 2\.\d+\.\d+ on /m)
  expect(stdout).toMatch(/^ffmpeg \S+/m)
})

test('the window opens without an error in its page', async ({ launch }) => {
  const { window, pageErrors } = await launch()
  await expect(window).toHaveTitle(/ColoRNN Studio/)
  expect(await window.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false)
  expect(pageErrors).toEqual([])
})
