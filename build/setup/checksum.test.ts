import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { requireChecksum, sha256 } from './checksum.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-checksum-'))
})
afterEach(() => rm(folder, { recursive: true }))

const OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

it('computes SHA-256 as FIPS 180-4 gives it for "abc"', async () => {
  const file = join(folder, 'abc')
  await writeFile(file, 'abc')
  expect(await sha256(file)).toBe(OF_ABC)
  await expect(requireChecksum(file, OF_ABC)).resolves.toBeUndefined()
})

it('refuses a file with a single changed byte, and removes it', async () => {
  const file = join(folder, 'library.whl')
  await writeFile(file, 'abd')
  await expect(requireChecksum(file, OF_ABC)).rejects.toThrow('library.whl is not the file that was expected')
  expect(existsSync(file)).toBe(false)
})
