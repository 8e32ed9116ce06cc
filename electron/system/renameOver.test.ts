import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workFolder } from '../../test/material/workFolder.ts'
import { renameOver, whileHeld } from './renameOver.ts'

describe('a file that gets the name of another', () => {
  it('takes its place', async () => {
    const folder = workFolder()
    await writeFile(join(folder, 'old'), 'old')
    await writeFile(join(folder, 'new'), 'new')
    await renameOver(join(folder, 'new'), join(folder, 'old'))
    expect(await readFile(join(folder, 'old'), 'utf8')).toBe('new')
  })

  it('is tried again while somebody has that one open, and no longer than it is told', async () => {
    const held = Object.assign(new Error('held'), { code: 'EPERM' })
    const open = (tries: number) => {
      let left = tries
      return () => (left-- > 0 ? Promise.reject(held) : Promise.resolve('replaced'))
    }
    expect(await whileHeld(open(2), [1, 1])).toBe('replaced')
    await expect(whileHeld(open(3), [1, 1])).rejects.toBe(held)
  })

  it('fails at once where it is nobody’s holding it open that is in the way', async () => {
    const folder = workFolder()
    await mkdir(join(folder, 'taken'))
    const started = Date.now()
    const trying = whileHeld(() => renameOver(join(folder, 'absent'), join(folder, 'taken')), [60_000])
    await expect(trying).rejects.toMatchObject({ code: 'ENOENT' })
    expect(Date.now() - started).toBeLessThan(30_000)
  })
})
