import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { english } from '../../../test/material/english.ts'
import { workFolder } from '../../../test/material/workFolder.ts'
import { sha256 } from '../../content/digest.ts'
import { fileSum, writeSums } from './checksums.ts'

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
