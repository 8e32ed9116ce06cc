import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { english } from '../../../../test/material/english.ts'
import { workFolder } from '../../../../test/material/workFolder.ts'
import { sha256 } from '../../../content/digest.ts'
import { fileSum, hasSums, missSums, writeSums } from './checksums.ts'

describe('checksums of a finished export', () => {
  it('are those of its bytes, and other programs check them by the list', async () => {
    const folder = workFolder()
    const film = join(folder, 'out.mkv')
    const pictures = join(folder, 'scans')
    writeFileSync(film, 'film')
    mkdirSync(pictures)
    for (const name of ['frame_2.png', 'frame_1.png']) writeFileSync(join(pictures, name), name)
    const sum = await fileSum(film)
    expect(sum).toBe(sha256(Buffer.from('film')))
    for (let again = 0; again < 2; again++) {
      expect(await writeSums(film, sum)).toEqual([])
      expect(await writeSums(pictures, null)).toEqual([])
    }
    if (process.platform !== 'linux') return
    const checked = execFileSync('sha256sum', ['--check', '--strict', 'out.mkv.sha256', 'scans.sha256'], {
      cwd: folder,
    })
    expect(checked.toString()).toBe('out.mkv: OK\nscans/frame_1.png: OK\nscans/frame_2.png: OK\n')
  })

  it('are checked as well of names that no line could hold as they are', async () => {
    if (process.platform === 'win32') return
    const folder = workFolder()
    const names = ['two\nlines.mkv', 'back\\slash.mkv', 'both\\\n.mkv']
    for (const name of names) {
      const [film, pictures] = [join(folder, name), join(folder, `of ${name}`)]
      writeFileSync(film, name)
      mkdirSync(pictures)
      writeFileSync(join(pictures, 'frame_1.png'), name)
      expect(await writeSums(film, await fileSum(film))).toEqual([])
      expect(await writeSums(pictures, null)).toEqual([])
      if (process.platform !== 'linux') continue
      const lists = [`${name}.sha256`, `of ${name}.sha256`]
      const checked = execFileSync('sha256sum', ['--check', '--strict', ...lists], { cwd: folder })
      expect(checked.toString().match(/: OK$/gm)).toHaveLength(2)
    }
  })

  it('are known to lie there from an earlier export, and go where the file can not be read', async () => {
    const folder = workFolder()
    const film = join(folder, 'out.mkv')
    writeFileSync(film, 'film')
    expect(await hasSums(film)).toBe(false)
    writeFileSync(`${film}.sha256`, 'mine')
    expect(await hasSums(film)).toBe(false)
    await writeSums(film, await fileSum(film))
    expect(await hasSums(film)).toBe(true)
    expect(english(...(await missSums(film)))).toMatch(/^“out\.mkv” could not be read for its checksum/)
    expect(await hasSums(film)).toBe(false)
    expect(readdirSync(folder).sort()).toEqual(['out.mkv', 'out.mkv.sha256'])
  })

  it('take the place of no file that is something else, and are missed in a sentence', async () => {
    const film = join(workFolder(), 'out.mkv')
    writeFileSync(`${film}.sha256`, 'mine')
    expect(await writeSums(film, 'ab'.repeat(32))).toEqual([])
    expect(readFileSync(`${film}.sha256`, 'utf8')).toBe('mine')
    expect(readFileSync(`${film} (2).sha256`, 'utf8')).toMatch(/^# .*\n(ab){32} {2}out\.mkv\n$/)
    expect(english(...(await writeSums(join(workFolder(), 'gone', 'out.mkv'), 'ab'.repeat(32))))).toMatch(
      /“out\.mkv” is finished and whole, but its checksum could not be written\. The folder “.*gone” is not there\.$/,
    )
  })
})
