/**
 * That nothing is left out of an export because the folder for temporary files can not be used: it is said which one
 * that is, and what to do.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { inWords } from '../../electron/contract/sentence.ts'
import { UserError } from '../../electron/contract/userError.ts'
import { PinFolder } from '../../electron/cli/pinFolder.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { readCaptions } from '../../electron/engine/reading/decoding/captions.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { makeTemporary } from '../../electron/system/temporaryFolder.ts'
import { asNobody } from '../material/asNobody.ts'
import { spokenCaptions, withCaptions } from '../material/captions.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { recolor } from '../material/recolor.ts'
import { mountsDisk } from '../material/onlyOn.ts'
import { smallDisk } from '../material/smallDisk.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'

const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

let film: string
beforeAll(async () => {
  const [pictures, titles] = [await drawFilm(shared, 'pictures.mkv', { frames: 12 }), join(shared, 'titles.srt')]
  writeFileSync(titles, '1\n00:00:00,100 --> 00:00:00,400\nA title\n')
  film = join(shared, 'film.mkv')
  const sound = ['-f', 'lavfi', '-i', 'anoisesrc=sample_rate=48000:d=3,asetnsamples=96000']
  const tags = ['-metadata', 'title=A film', '-metadata', `comment=${'long '.repeat(40)}`]
  await ffmpeg(['-i', pictures, ...sound, '-i', titles, '-c:v', 'copy', '-c:a', 'pcm_s16le', ...tags, film])
})

/** Has this process, and what it starts, take another folder for temporary files. */
function useFolder(folder: string): void {
  const before = { ...process.env }
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder
  onTestFinished(() => {
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  })
  expect(tmpdir()).toBe(folder)
}

async function errorOf(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof UserError)) throw new Error(`a UserError was expected instead of ${String(error)}`)
  return error
}

function expectSaid(error: UserError, code: string, folder: string): void {
  expect(error.code).toBe(code)
  expect(error.message).toMatch(/folder for temporary files/)
  expect(error.message).toContain(`“${folder}”`)
  expect(inWords(error.advice)).toMatch(process.platform === 'win32' ? /TEMP/ : /TMPDIR/)
}

/** Fills a disk up to so many bytes. */
function fill(folder: string, left: number): void {
  const { bavail, bsize } = statfsSync(folder)
  writeFileSync(join(folder, 'fill'), Buffer.alloc(Math.max(0, bavail * bsize - left)))
}

describe('where the folder for temporary files', () => {
  it.each([
    ['is full', 0],
    ['becomes full', 20_000],
  ])('%s, an export says so and leaves nothing out', async (_, left) => {
    const folder = workFolder()
    const disk = await smallDisk(folder, 128)
    if (disk.isWhole) fill(disk.folder, left)
    useFolder(disk.folder)
    const target = join(folder, 'out.mkv')
    expectSaid(await errorOf(recolor(film, target, 'ffv1-mkv', { tools: disk.tools })), 'disk-full', disk.folder)
    expect(existsSync(target)).toBe(false)
    expect(readdirSync(disk.folder).filter((name) => name !== 'fill')).toEqual([])
  })

  it('has no room for what a film’s tags are read into, an export says so', mountsDisk, async ({ skip }) => {
    const folder = workFolder()
    const silent = await drawFilm(folder, 'silent.mkv', { frames: 12, output: ['-metadata', 'title=A film'] })
    const disk = await smallDisk(folder, 64)
    skip(!disk.isWhole, 'no disk can be mounted here')
    fill(disk.folder, 0)
    useFolder(disk.folder)
    expectSaid(await errorOf(recolor(silent, join(folder, 'out.mkv'))), 'disk-full', disk.folder)
  })

  it('is full, closed captions are not taken for missing', mountsDisk, async ({ skip }) => {
    const folder = workFolder()
    const drawn = await drawFilm(folder, 'film.m2v', {
      rate: '25',
      frames: 24,
      codec: ['-c:v', 'mpeg2video', '-bf', '0', '-g', '1'],
    })
    const data = spokenCaptions(24, [{ text: 'ONE', from: 14, to: 20 }])
    const captioned = join(folder, 'captioned.m2v')
    writeFileSync(
      captioned,
      withCaptions(readFileSync(drawn), 'mpeg2video', (n) => data[n]),
    )
    const tools = await locateFfmpeg()
    const footage = await openFootage(tools, captioned)
    const range = { from: 0, to: footage.info.frameCount }
    expect((await readCaptions(tools, footage, range)).frames.size).toBeGreaterThan(0)
    const disk = await smallDisk(folder, 64)
    skip(!disk.isWhole, 'no disk can be mounted here')
    fill(disk.folder, 0)
    useFolder(disk.folder)
    expectSaid(await errorOf(readCaptions(tools, footage, range)), 'disk-full', disk.folder)
  })

  it('is not there, or is a file, whoever needs it says so', async () => {
    const folder = workFolder()
    writeFileSync(join(folder, 'file'), '')
    for (const name of ['gone', 'file']) {
      const place = join(folder, name)
      useFolder(place)
      expectSaid(await errorOf(recolor(film, join(folder, 'out.mkv'))), 'target-folder-missing', place)
      expectSaid(await errorOf(new PinFolder().assets()), 'target-folder-missing', place)
    }
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('may not be written in, it is said so', async () => {
    const folder = workFolder()
    const locked = join(folder, 'locked')
    mkdirSync(locked, { mode: 0o555 })
    await asNobody(folder, async () =>
      expectSaid(await errorOf(makeTemporary('colornn-', locked)), 'target-not-writable', locked),
    )
  })
})
