import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CrashReports, noteOfError } from './crashReports.ts'
import { reportText, shortenPaths } from './reportText.ts'
import { readRunLog, RunLog } from './runLog.ts'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'colornn-reports-'))))
afterEach(() => rmSync(folder, { recursive: true }))

describe('crash reports', () => {
  it('are there for the next run, the latest first, with what died, why, when and in which version', () => {
    const place = join(folder, 'reports')
    new CrashReports(place, 'Studio 1').write({ part: 'engine', reason: 'killed (9)' }, new Date(1000))
    new CrashReports(place, 'Studio 2').write(noteOfError('page', new TypeError('x is not there')), new Date(2000))
    const found = new CrashReports(place, 'Studio 3').list()
    expect(found).toMatchObject([
      { time: '1970-01-01T00:00:02.000Z', part: 'page', reason: 'x is not there', version: 'Studio 2' },
      { time: '1970-01-01T00:00:01.000Z', part: 'engine', reason: 'killed (9)', detail: '', version: 'Studio 1' },
    ])
    expect(found[0]!.detail).toMatch(/TypeError: x is not there\n {4}at /)
  })

  it('are the latest fifty, however often something crashes, also within a thousandth of a second', () => {
    const reports = new CrashReports(folder, 'Studio')
    for (let n = 0; n < 60; n++) reports.write({ part: 'graphics', reason: `death ${n}` }, new Date(n < 30 ? n : 30))
    expect(reports.list()).toHaveLength(50)
    expect(reports.list().some(({ reason }) => reason === 'death 0')).toBe(false)
  })

  it('pass over a file that is damaged, and are gone when they are cleared, they alone', () => {
    const reports = new CrashReports(folder, 'Studio')
    reports.write({ part: 'helper', reason: 'gone' })
    writeFileSync(join(folder, '0.crash.json'), '{"time": 3')
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    expect(reports.list().map(({ reason }) => reason)).toEqual(['gone'])
    reports.clear()
    expect([reports.list(), readdirSync(folder)]).toEqual([[], ['notes.txt']])
  })

  it('are no error of their own where no folder can be made', () => {
    writeFileSync(join(folder, 'file'), '')
    const reports = new CrashReports(join(folder, 'file', 'reports'), 'Studio')
    expect(() => reports.write({ part: 'program', reason: 'x' })).not.toThrow()
    expect(reports.list()).toEqual([])
  })
})

describe('the log of runs', () => {
  it('has each command line as a shell takes it, and how it ended with the last of what it said', async () => {
    const log = new RunLog(join(folder, 'new'))
    const args = ['-i', 'file:/films/a reel’s "end" $HOME.mkv', "it's", '-']
    const run = log.begin('/usr/bin/printf', ['%s|', ...args])
    await log.written()
    const begun = await readRunLog(join(folder, 'new'))
    const line = /\] (printf .*)\n$/.exec(begun)![1]!
    expect(spawnSync('/bin/sh', ['-c', line], { encoding: 'utf8' }).stdout).toBe(`${args.join('|')}|`)
    run.heard(`${'x'.repeat(5000)}\nlast words\n`)
    run.ended(1, null)
    log.begin('ffmpeg', []).ended(null, 'SIGKILL')
    await log.written()
    const text = await readRunLog(join(folder, 'new'))
    expect(text).toMatch(/ended after \d\.\d s: exit code 1\n[\s\S]*\n {4}last words\n/)
    expect(text).toMatch(/SIGKILL\n$/)
    expect(text.length).toBeLessThan(4000)
  })

  it('never grows beyond its two files, and gives its end from the beginning of a line on', async () => {
    mkdirSync(folder, { recursive: true })
    appendFileSync(join(folder, 'ffmpeg.log'), 'old line\n'.repeat(150_000))
    const log = new RunLog(folder)
    log.begin('ffmpeg', ['-version'])
    await log.written()
    expect(statSync(join(folder, 'ffmpeg.log')).size).toBeLessThan(200)
    expect(statSync(join(folder, 'ffmpeg.1.log')).size).toBe(1_350_000)
    const end = await readRunLog(folder, 1000)
    expect(end).toMatch(/^(old line\n)+.*ffmpeg -version\n$/)
    expect(end.length).toBeLessThanOrEqual(1000)
  })

  it('goes on without a word where it can not be written', async () => {
    writeFileSync(join(folder, 'file'), '')
    const log = new RunLog(join(folder, 'file'))
    log.begin('ffmpeg', [])
    await expect(log.written()).resolves.toBeUndefined()
  })
})

describe('the text that is passed on', () => {
  const report = {
    time: '2026-01-02T03:04:05.000Z',
    part: 'program' as const,
    reason: "ENOENT: no such file, open '/home/anna b/films/reel 3.mkv'",
    detail: 'Error\n    at open (file:///opt/Studio/out/main.cjs:1:2)\n    at C:\\Users\\Anna\\app\\main.cjs:3:4',
    version: 'Studio 1',
  }
  const log = 'ffmpeg -i file:/home/anna/a.mkv -vf "scale=1/2" -y "/mnt/n a s/b c.mkv" \\\\server\\share\\x.mov 24/1\n'

  it('has everything, and paths as they are where they are asked for', () => {
    const text = reportText({ about: 'Studio 1', crashes: [report], log }, false)
    for (const part of [report.reason, '/opt/Studio/out/main.cjs:1:2', 'Crashes: 1', log]) expect(text).toContain(part)
  })

  it('names no folders where they are to be left out, but every file', () => {
    const text = reportText({ about: 'Studio 1', crashes: [report], log }, true)
    for (const secret of ['anna', 'Anna', 'films', 'opt', 'Users', 'mnt', 'n a s', 'server', 'share'])
      expect(text).not.toContain(secret)
    for (const kept of ['…/reel 3.mkv', '…/main.cjs:1:2', '…/main.cjs:3:4', '…/a.mkv', '…/b c.mkv', '…/x.mov'])
      expect(text).toContain(kept)
    expect(text).toContain('-vf "scale=1/2" -y')
    expect(text).toContain(' 24/1')
  })

  it('leaves what is no path as it is', () => {
    for (const words of ['24000/1001', 'and/or', 'a: b', 'yuv420p(tv, bt709/unknown)', '1:2:3', 'http 404'])
      expect(shortenPaths(words)).toBe(words)
  })
})

it('the reports’ files hold plain JSON, to be read by anybody', () => {
  new CrashReports(folder, 'Studio').write({ part: 'page', reason: 'crashed (5)' })
  const [name] = readdirSync(folder)
  expect(JSON.parse(readFileSync(join(folder, name!), 'utf8'))).toMatchObject({ part: 'page', reason: 'crashed (5)' })
})
