import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workFolder } from '../../../../test/material/workFolder.ts'
import { abandonedSegmentsIn, endPart, newPart, removeAbandonedIn, signOfLife } from './partFiles.ts'

const MINUTE = 60
const DAY = 24 * 3600

/** Segments as a program of another host name has left them: sealed, and without a sign of life for some seconds. */
function left(folder: string, name: string, seconds: number, kernel: 'this' | 'another'): string {
  const own = newPart(join(folder, name), 'segments')
  endPart(own)
  const [, head, host, tail] = /^(.*\.segments-)([0-9a-f]{6})(-.*)$/.exec(basename(own))!
  const kernelDigits = /^(.*-)([0-9a-f]{4})([0-9a-f]{4})$/.exec(tail!)!
  const other = (digits: string): string => digits.replace(/./g, (digit) => (15 - parseInt(digit, 16)).toString(16))
  const digits = kernel === 'this' ? kernelDigits[2]! : other(kernelDigits[2]!)
  const path = join(folder, `${head}${other(host!)}${kernelDigits[1]!}${digits}${kernelDigits[3]!}`)
  mkdirSync(path)
  writeFileSync(join(path, '000000.json'), '{}')
  const then = Date.now() / 1000 - seconds
  for (const each of [join(path, '000000.json'), path]) utimesSync(each, then, then)
  return path
}

describe('what is unfinished of a program under another name of the machine', () => {
  it('is nobody’s once it has given no sign of life: for minutes on this very computer, for a day on others', async () => {
    const folder = workFolder()
    left(folder, 'a.mkv', MINUTE, 'this')
    const container = left(folder, 'b.mkv', 10 * MINUTE, 'this')
    left(folder, 'c.mkv', DAY / 2, 'another')
    const renamed = left(folder, 'd.mkv', 2 * DAY, 'another')
    expect((await abandonedSegmentsIn(folder)).sort()).toEqual([container, renamed])
    // A segment that was written lately is one as well.
    const then = Date.now() / 1000
    utimesSync(join(renamed, '000000.json'), then, then)
    expect(await abandonedSegmentsIn(folder)).toEqual([container])
  })

  it('is removed like any other', async () => {
    const folder = workFolder()
    const kept = basename(left(folder, 'a.mkv', 2 * DAY, 'another'))
    left(folder, 'b.mkv', 40 * DAY, 'another')
    const running = basename(left(folder, 'c.mkv', MINUTE, 'another'))
    // A part that holds something may be a whole film that could have no name.
    const parts = ['', 'film'].map((content, n) => {
      const path = join(folder, kept.replace('.segments-', `.part-`).replace(/..$/, `0${n}`))
      writeFileSync(path, content)
      utimesSync(path, Date.now() / 1000 - 40 * DAY, Date.now() / 1000 - 40 * DAY)
      return basename(path)
    })
    await removeAbandonedIn(folder)
    expect(readdirSync(folder).sort()).toEqual([kept, running, parts[1]!].sort())
  })

  it('gives a sign of life while its program runs', async () => {
    const folder = workFolder()
    const own = newPart(join(folder, 'a.mkv'), 'segments')
    mkdirSync(own)
    utimesSync(own, 1000, 1000)
    await signOfLife()
    expect(Date.now() - statSync(own).mtimeMs).toBeLessThan(10_000)
    endPart(own)
    utimesSync(own, 1000, 1000)
    await signOfLife()
    expect(statSync(own).mtimeMs).toBe(1_000_000)
  })

  it('leaves the time of what holds something, by which a finished film is known again', async () => {
    const folder = workFolder()
    const [empty, film] = ['a.mkv', 'b.mkv'].map((name) => newPart(join(folder, name))) as [string, string]
    writeFileSync(empty, '')
    writeFileSync(film, 'film')
    for (const part of [empty, film]) utimesSync(part, 1000, 1000)
    await signOfLife()
    expect(Date.now() - statSync(empty).mtimeMs).toBeLessThan(10_000)
    expect(statSync(film).mtimeMs).toBe(1_000_000)
    for (const part of [empty, film]) endPart(part)
  })

  it('begins no sign of life before the last one is given', async () => {
    const first = signOfLife()
    expect(signOfLife()).toBe(first)
    await first
    const next = signOfLife()
    expect(next).not.toBe(first)
    await next
  })
})
