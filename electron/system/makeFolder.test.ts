import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { onlyOn } from '../../test/material/onlyOn.ts'
import { workFolder } from '../../test/material/workFolder.ts'
import { makeFolder, makeFolderSync } from './makeFolder.ts'

describe.each([
  ['makeFolder', makeFolder],
  ['makeFolderSync', (path: string) => Promise.resolve().then(() => makeFolderSync(path))],
])('%s', (_name, make) => {
  it('makes all that is missing, and leaves what is there', async () => {
    const folder = workFolder()
    const path = join(folder, 'a', 'b', 'c')
    await Promise.all([make(path), make(path), make(join(folder, 'a', 'b', 'd'))])
    expect(statSync(path).isDirectory()).toBe(true)
    writeFileSync(join(path, 'kept'), '')
    await make(path)
    expect(existsSync(join(path, 'kept'))).toBe(true)
  })

  it('throws what the system says where a file is in the way', async () => {
    const folder = workFolder()
    mkdirSync(join(folder, 'a'))
    writeFileSync(join(folder, 'a', 'file'), '')
    await expect(make(join(folder, 'a', 'file'))).rejects.toThrow('EEXIST')
    await expect(make(join(folder, 'a', 'file', 'b', 'c'))).rejects.toThrow('ENOTDIR')
  })

  it('gives up where a folder says of each in it that it is missing', onlyOn(['linux'], '/proc is asked'), async () => {
    await expect(make('/proc/nope')).rejects.toThrow('ENOENT')
    await expect(make('/proc/nope/a/b')).rejects.toThrow('ENOENT')
  })
})
