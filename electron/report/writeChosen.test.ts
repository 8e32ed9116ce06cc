import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeChosen } from './writeChosen.ts'
import { onlyOn } from '../../test/material/onlyOn.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chosen-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('writes a report where it is wanted, in the place of the one before', async () => {
  const path = join(folder, 'report.html')
  await writeChosen(path, 'one')
  await writeChosen(path, 'two')
  expect(readFileSync(path, 'utf8')).toBe('two')
})

it.each([
  ['the folder is gone', ['gone', 'report.html'], 'target-folder-missing'],
  ['the folder is a file', ['file', 'report.html'], 'target-folder-missing'],
  ['a folder has its name', ['inside'], 'target-not-writable'],
])('says in a sentence that %s', async (_what, names, code) => {
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'inside'))
  writeFileSync(join(folder, 'inside', 'kept'), '')
  await expect(writeChosen(join(folder, ...names), 'x')).rejects.toMatchObject({ name: 'UserError', code })
  expect(readdirSync(folder).sort()).toEqual(['file', 'inside'])
})

it(
  'says what the system does not take',
  onlyOn(['linux'], 'there is a folder that nothing can be written to'),
  async () => {
    await expect(writeChosen('/proc/report.html', 'x')).rejects.toMatchObject({ name: 'UserError' })
  },
)
