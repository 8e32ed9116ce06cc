import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WrongUse } from './wrongUse.ts'
import { readJobs } from './jobsFile.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function list(content: unknown): string {
  const path = join(folder, 'jobs.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const sound = { source: 'a.mkv', target: 'b.mkv' }
const listOf = (...jobs: unknown[]): string => list({ format: 'colornn-jobs', version: 1, jobs })

describe('a list of jobs', () => {
  it('names films as the command line does, from the folder that it lies in', async () => {
    const path = listOf(
      { source: 'a.mp4', target: 'out/a.mkv' },
      {
        source: '/scans/b_0001.dpx',
        target: 'b',
        format: 'png-sequence',
        range: { from: 3 },
        options: {
          rate: '16',
          keyframes: [{ frame: 4, picture: 'b.png' }],
          overwrite: true,
          cropBars: true,
          delivery: { depth: 8 },
        },
      },
    )
    expect(await readJobs(path)).toMatchObject([
      { source: join(folder, 'a.mp4'), target: join(folder, 'out', 'a.mkv'), format: 'ffv1-mkv', range: null },
      {
        source: '/scans/b_0001.dpx',
        target: join(folder, 'b'),
        format: 'png-sequence',
        range: { from: 3, to: null },
        rate: { num: 16, den: 1 },
        keyframes: [{ frame: 4, picturePath: join(folder, 'b.png') }],
        overwrite: true,
        delivery: { depth: 8 },
      },
    ])
  })

  it('may begin with the mark that editors on Windows put there', async () => {
    const jobs = { format: 'colornn-jobs', version: 1, jobs: [{ source: 'a.mp4', target: 'a.mkv' }] }
    expect(await readJobs(list(`\uFEFF${JSON.stringify(jobs)}`))).toHaveLength(1)
  })

  it('that is not there, or is a folder, is said to be so', async () => {
    await expect(readJobs(join(folder, 'gone.json'))).rejects.toThrow(/^“gone\.json” was not found\. Check /)
    await expect(readJobs(folder)).rejects.toThrow(/is a folder\. Choose a file\.$/)
  })

  it('names no target twice, however it is spelled, but for files of shots', async () => {
    const twice = listOf({ source: 'a.mp4', target: 'out/a.mkv' }, { source: 'b.mp4', target: './b/../out/a.mkv' })
    await expect(readJobs(twice)).rejects.toThrow(/^Jobs 1 and 2 of “.*” would both be written to “.*a\.mkv”/)
    const shots = { source: 'a.mp4', target: 'a.mkv', options: { eachShot: true } }
    expect(await readJobs(listOf({ ...shots, range: { to: 9 } }, { ...shots, range: { from: 9 } }))).toHaveLength(2)
  })

  it.each([
    ['no JSON', 'jobs:', /is no JSON/],
    ['another file', { format: 'colornn-project', version: 2 }, /format/],
    ['a later version', { format: 'colornn-jobs', version: 2, jobs: [] }, /version/],
    ['no job', { format: 'colornn-jobs', version: 1, jobs: [] }, /jobs/],
  ])('that is %s is refused in one line', async (_what, content, said) => {
    const refused = readJobs(list(content))
    await expect(refused).rejects.toThrow(WrongUse)
    await expect(refused).rejects.toThrow(said)
    await expect(refused).rejects.toThrow(/^[^\n]+$/)
  })

  it.each([
    ['a word that it does not know', { source: 'a.mp4', target: 'a.mkv', formt: 'ffv1-mkv' }, /job 2.*formt/],
    ['an unknown format', { source: 'a.mp4', target: 'a.mkv', format: 'gif' }, /“format” of job 2/],
    ['a target of another format', { source: 'a.mp4', target: 'a.mkv', format: 'h264-mp4' }, /Job 2.*not to “a.mkv”/],
    ['an empty range', { source: 'a.mp4', target: 'a.mkv', range: { from: 5, to: 5 } }, /Job 2.*no frame/],
    ['a rate that is none', { source: 'a_%d.png', target: 'a.mkv', options: { rate: 'fast' } }, /Job 2.*--rate/],
    ['a reel of a film', { source: 'a.mp4', target: 'a.mkv', options: { reel: 'One' } }, /Job 2.*reels/],
  ])('is refused for %s, which is named with its job', async (_what, job, said) => {
    const refused = readJobs(listOf({ source: 'a.mp4', target: 'a.mkv' }, job))
    await expect(refused).rejects.toThrow(WrongUse)
    await expect(refused).rejects.toThrow(said)
  })

  it.each([
    ['what it is', [], 'the whole has to be an object in { }'],
    ['that it holds nothing', { jobs: [] }, '“jobs” may not be empty'],
    ['what is missing', { jobs: [{ target: 'b.mkv' }] }, '“source” of job 1 is missing'],
    ['what means nothing', { jobs: [{ ...sound, colour: 1 }] }, 'job 1 says “colour”, which means nothing there'],
    ['what there is', { jobs: [{ ...sound, format: 'gif' }] }, '“format” of job 1 has to be one of "ffv1-mkv", '],
    [
      'how much may be',
      { jobs: [sound, { ...sound, options: { keyframes: [{ frame: -1, picture: 'p.png' }] } }] },
      '“frame” of keyframe 1 of job 2 has to be 0 or more',
    ],
    [
      'what kind it is of',
      { jobs: [{ ...sound, options: { inspect: 'yes' } }] },
      '“inspect” of job 1 has to be true or',
    ],
  ])('says in words %s', async (_what, content, said) => {
    const path = list(Array.isArray(content) ? content : { format: 'colornn-jobs', version: 1, ...content })
    await expect(readJobs(path)).rejects.toThrow(said)
    await expect(readJobs(path)).rejects.not.toThrow(/expected|received|Invalid/)
  })

  it('is missed in one line', async () => {
    await expect(readJobs(join(folder, 'gone.json'))).rejects.toThrow(/^[^\n]*was not found[^\n]*$/)
  })
})
