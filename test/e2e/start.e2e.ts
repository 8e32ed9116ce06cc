/** The two words a person types first. */
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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

test('npm start takes the networks that COLORNN_WEIGHTS names', async () => {
  const weights = await mkdtemp(join(tmpdir(), 'colornn-weights-'))
  await cp(join(root, 'models', 'weights', 'color-model'), join(weights, 'color-model'), { recursive: true })
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'build', 'start.mjs'), '--version', '--verbose'],
    { env: { ...process.env, COLORNN_WEIGHTS: weights } },
  )
  expect(stdout).toMatch(/^ColoRNN color model /m)
  expect(stdout).not.toMatch(/consistency pass/)
  await rm(weights, { recursive: true, force: true })
})

test('the window opens without an error in its page', async ({ launch }) => {
  const { window, pageErrors } = await launch()
  await expect(window).toHaveTitle(/ColoRNN Studio/)
  expect(await window.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false)
  expect(pageErrors).toEqual([])
})
