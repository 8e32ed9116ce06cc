/** What a public host runs is what everybody runs, and nothing that can change behind our back. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { networksRun } from '../build/setup/pythonEnvironment.ts'
import { ELECTRON_PACKAGES, RENAMED } from '../build/setup/systemPackages.ts'

const workflow = readFileSync(join(import.meta.dirname, '..', '.github', 'workflows', 'ci.yml'), 'utf8')

it('the public host’s actions are pinned to what they were when they were chosen, with their versions beside', () => {
  const used = [...workflow.matchAll(/uses: (.*)/g)].map(([, action = '']) => action)
  expect(used.length).toBeGreaterThan(3)
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

it('the public host runs both commands on Linux, Windows and macOS, with no right but to read', () => {
  for (const command of ['npm test', 'npm run package']) expect(workflow).toMatch(new RegExp(`- run: ${command}$`, 'm'))
  for (const system of ['ubuntu', 'windows', 'macos']) expect(workflow).toMatch(new RegExp(`runner: ${system}-\\d`))
  expect(workflow).toMatch(/^permissions:\n {2}contents: read\n/m)
})

it('the public host installs what set-up installs where it may', () => {
  for (const name of ELECTRON_PACKAGES) expect(workflow).toMatch(new RegExp(`\\s${RENAMED[name] ?? name}\\s`))
})

it('what is checked out is the same everywhere, line by line: the formatter is asked about it on Windows too', () => {
  const attributes = readFileSync(join(import.meta.dirname, '..', '.gitattributes'), 'utf8')
  expect(attributes).toMatch(/^\* text=auto eol=lf$/m)
})

it('Python’s packages are asked for where there are such, and networks tried where there is a TensorFlow', () => {
  const wanted = readFileSync(join(import.meta.dirname, '..', 'models', 'requirements.txt'), 'utf8')
  const version = /^tensorflow-cpu==(\S+); sys_platform != "darwin"$/m.exec(wanted)?.[1]
  expect(version).toBeDefined()
  expect(wanted).toContain(`tensorflow==${version}; sys_platform == "darwin" and platform_machine == "arm64"\n`)
  expect(networksRun('darwin', 'arm64') && networksRun('linux', 'x64') && networksRun('win32', 'x64')).toBe(true)
  expect(networksRun('darwin', 'x64')).toBe(false)
})
