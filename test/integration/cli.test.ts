import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sha256 } from '../../electron/content/digest.ts'
import { filmIdentity } from '../../electron/content/filmIdentity.ts'
import { exportRecordSchema, SYNTHETIC_SOURCE_TYPE, type ExportRecord } from '../../electron/contract/exportRecord.ts'
import { jsonLineSchema, type JsonLine } from '../../electron/cli/jsonLines.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { ProjectSession } from '../../electron/project/session/projectSession.ts'
import { colorize, prepareCommandLine, type Finished } from '../material/commandLine.ts'
import { drawFilm, ffmpeg, longGopH264 } from '../material/films.ts'
import { describe as describeFile, lumaHashes, partHashes, pictureHashes, soundPackets } from '../material/inspect.ts'
import { onlyOn } from '../material/onlyOn.ts'
import { recordSchemaPath } from '../material/recordTable.ts'
import { smallDisk } from '../material/smallDisk.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'

const weightsFolder = join(import.meta.dirname, '..', '..', 'models', 'weights')

const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

let film: string
beforeAll(async () => {
  await prepareCommandLine()
  film = await drawFilm(shared, 'film.mp4', {
    frames: 6,
    size: '96x64',
    rate: '24000/1001',
    filters: 'hue=s=0',
    codec: longGopH264,
    sound: ['-c:a', 'aac'],
  })
})

/** What remains in a folder beside the cache. */
function left(folder: string): string[] {
  return readdirSync(folder).filter((name) => name !== '.colors')
}

function expectSentences({ stderr, stdout }: Finished): void {
  expect(stdout).toBe('')
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => !/^Note: |frames\/s|of \d+ frames|^\S+: \d+ x \d+/.test(line))
  expect(lines.length).toBeGreaterThanOrEqual(2)
  for (const line of lines) expect(line).toMatch(/^[A-Z“].{8,}[.!]$/)
  expect(stderr).not.toMatch(/^\s+at |Error:|node:internal/m)
}

/** A color cache that holds three times what one usually may, of other films; nothing reads it, so it takes no room. */
function fullCache(): { readonly folder: string; readonly isWhole: () => boolean } {
  const folder = workFolder()
  const packs = [1, 2, 3].map((n) => join(folder, `00000000${n}-1-0a1b2c3d-${`${n}`.repeat(32)}.colors`))
  for (const pack of packs) {
    writeFileSync(pack, '')
    truncateSync(pack, 8 * 2 ** 30)
  }
  return { folder, isWhole: () => packs.every((pack) => existsSync(pack) && statSync(pack).size === 8 * 2 ** 30) }
}

/** Each part of a comparison is the very picture of the film, or of the export of the colors alone. */
async function expectCompared(folder: string): Promise<void> {
  const hashes = async (name: string, part: string): Promise<string[]> =>
    (await partHashes(join(folder, name), part)).map(({ md5 }) => md5)
  const own = await pictureHashes(film)
  expect(await hashes('beside.mkv', 'crop=96:64:0:0')).toEqual(own.map(({ md5 }) => md5))
  expect(await hashes('beside.mkv', 'crop=96:64:96:0')).toEqual(await hashes('project.mkv', 'null'))
  expect(await hashes('wiped.mkv', 'crop=22:64:0:0')).toEqual(await hashes('project.mkv', 'crop=22:64:0:0'))
  const right = 'crop=64:64:32:0'
  expect(await hashes('wiped.mkv', right)).toEqual(await hashes('beside.mkv', `crop=96:64:0:0,${right}`))
  const record = exportRecordSchema.parse(JSON.parse(readFileSync(join(folder, 'beside.mkv.colornn.json'), 'utf8')))
  expect(record.file.settings.comparison).toEqual({ kind: 'side' })
  expect(record.statement).toMatch(/^A comparison: the film’s own picture is on the left/)
  expect(await describeFile(join(folder, 'wiped.mkv'))).toMatch(/COLORIZATION *: A comparison: colors are left of/)
}

/** Of a file in its record and in a list, of a folder of pictures in a list. */
function expectChecksums(folder: string): void {
  const sum = sha256(readFileSync(join(folder, 'project.mkv')))
  const record = exportRecordSchema.parse(JSON.parse(readFileSync(join(folder, 'project.mkv.colornn.json'), 'utf8')))
  expect(record.file.sha256).toBe(sum)
  expect(readFileSync(join(folder, 'project.mkv.sha256'), 'utf8')).toContain(`\n${sum}  project.mkv\n`)
  const picture = sha256(readFileSync(join(folder, 'fifth', 'frame_000004.png')))
  expect(readFileSync(join(folder, 'fifth.sha256'), 'utf8')).toContain(`\n${picture}  fifth/frame_000004.png\n`)
  expect(existsSync(join(folder, 'film.mkv.sha256'))).toBe(false)
}

/** Every record that lies there is as the schema in the docs says, and nothing else may be in it. */
function expectRecords(folder: string, count: number): void {
  const records = left(folder).filter((name) => name.endsWith('.colornn.json'))
  expect(records).toHaveLength(count)
  const schema = z.fromJSONSchema(JSON.parse(readFileSync(recordSchemaPath, 'utf8')) as z.core.JSONSchema.JSONSchema)
  for (const name of records) {
    const record = JSON.parse(readFileSync(join(folder, name), 'utf8')) as ExportRecord
    expect(schema.parse(record), name).toEqual(record)
    const settings = { ...record.file.settings, delivery: { shape: { num: 4, den: 3, of: 'film' } } }
    for (const more of [{ more: 1 }, { file: { ...record.file, settings } }])
      expect(schema.safeParse({ ...record, ...more }).success, name).toBe(false)
  }
}

/** A still has the very samples of an export's picture, and a sheet all pins. */
async function expectPictures(folder: string): Promise<void> {
  const [still, sheet] = await Promise.all([
    colorize(['reels.colornn', '--reel', 'Two', '-o', 'still.tif', '--still', '00:00:00:04'], { cwd: folder }),
    colorize([film, '--keyframe', '1=red.png', '--keyframe', '4=red.png', '-o', 'sheet.png', '--sheet'], {
      cwd: folder,
    }),
  ])
  expect([still.code, sheet.code], `${still.stderr}${sheet.stderr}`).toEqual([0, 0])
  expect(still.stdout).toBe(`${join(folder, 'still.tif')}\n`)
  const samples = (name: string): Promise<string> =>
    ffmpeg(['-i', join(folder, name), '-pix_fmt', 'rgb48le', '-f', 'md5', '-'])
  expect(await samples('still.tif')).toBe(await samples(join('fifth', 'frame_000004.png')))
  // Two pictures side by side, 216 pixels high.
  expect(await describeFile(join(folder, 'sheet.png'))).toContain(' 684x')
}

describe('the command line', () => {
  it('explains itself', async () => {
    const help = await colorize(['--help'], { cwd: shared })
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const word of ['--keyframe', '--range', '--format', '--overwrite', 'Exit codes', 'png-sequence', '130'])
      expect(help.stdout).toContain(word)
  })

  it('says what it is and what it runs on', async () => {
    expect((await colorize(['--version'], { cwd: shared })).stdout).toMatch(/^ColoRNN Studio \d+\.\d+\.\d+\n$/)
    const cache = fullCache()
    const verbose = await colorize(['--version', '--verbose'], {
      cwd: shared,
      env: { COLORNN_CACHE: cache.folder, COLORNN_CACHE_LIMIT: '1000' },
    })
    expect(verbose.code).toBe(0)
    expect(verbose.stdout).toMatch(/TensorFlow \d.*(CPU|GPU)/)
    expect(verbose.stdout).toMatch(/ffmpeg \S+/)
    expect(cache.isWhole()).toBe(true)
  })

  it('colors of a run of pictures only what was made of pictures that were replaced since, and comes out as one never colored before', async () => {
    const folder = workFolder()
    /** Two shots of twelve pictures each. */
    const draw = async (from: number, to: number, filter: string): Promise<void> => {
      const pictures = join(folder, '%d_scan.png')
      const chain = `split[a][b];[a]trim=end_frame=12[c];[b]trim=start_frame=12,negate,hflip[d];[c][d]concat,trim=start_frame=${from}:end_frame=${to}`
      const source = ['-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=24:d=1']
      await ffmpeg([
        ...source,
        '-vf',
        `${chain},format=gray,${filter},format=gray`,
        '-start_number',
        `${from + 9}`,
        pictures,
      ])
    }
    await draw(0, 24, 'null')
    const env = { COLORNN_TRACE: '1' }
    const walked = ({ stderr }: Finished): number => Number(/motion +\S+ ms x (\d+)/.exec(stderr)?.[1] ?? 0)
    const first = await colorize(['11_scan.png', '-o', 'first.mkv'], { cwd: folder, env })
    expect(first.stderr).toMatch(/24 frames/)
    await draw(16, 17, 'lutyuv=y=val*0.85')
    const again = await colorize(['9_scan.png', '-o', 'again.mkv'], { cwd: folder, env })
    expect(again.stderr).toMatch(/Note: One picture of this film has changed since: “25_scan.png”\./)
    const third = await colorize(['9_scan.png', '-o', 'third.mkv'], { cwd: folder, env })
    expect(third.stderr).not.toMatch(/changed since/)
    // The other shot keeps its colors.
    expect(walked(again)).toBeLessThanOrEqual(walked(first) - 12)
    expect(walked(third)).toBe(0)
    await colorize(['9_scan.png', '-o', 'fresh.mkv'], {
      cwd: folder,
      env: { COLORNN_CACHE: join(folder, '.colors anew') },
    })
    const [fresh, ...others] = await Promise.all(
      ['fresh', 'again', 'third'].map((name) => pictureHashes(join(folder, `${name}.mkv`))),
    )
    for (const other of others) expect(other).toEqual(fresh)
  })

  it('ends with 2 when it is used wrongly', async () => {
    for (const args of [
      [],
      ['film.mp4'],
      ['film.mp4', '-o', 'out.gif'],
      ['film.mp4', '-o', 'out.mkv', '--frobnicate'],
    ]) {
      const { code, stderr } = await colorize(args, { cwd: shared })
      expect(code).toBe(2)
      expect(stderr).toContain('--help')
    }
  })

  it('colorizes a film: every luma sample, time and sound packet kept, and colors put in', async () => {
    const folder = workFolder()
    const { code, stdout, stderr } = await colorize([film, '-o', 'out.mkv'], { cwd: folder })
    expect(stderr).toMatch(/6 of 6 frames, 100 %/)
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${join(folder, 'out.mkv')}\n` })
    const [source, result] = [await lumaHashes(film), await lumaHashes(join(folder, 'out.mkv'))]
    expect(result.map((frame) => frame.md5)).toEqual(source.map((frame) => frame.md5))
    result.forEach((frame, n) => expect(frame.seconds).toBeCloseTo(source[n]?.seconds ?? NaN, 2))
    expect((await soundPackets(join(folder, 'out.mkv'))).map((p) => p.md5)).toEqual(
      (await soundPackets(film)).map((p) => p.md5),
    )
    expect((await pictureHashes(join(folder, 'out.mkv')))[0]?.md5).not.toBe((await pictureHashes(film))[0]?.md5)
  })

  it('writes a part, in another format, silent when asked to be, and gives up no colors that it finds, however many', async () => {
    const folder = workFolder()
    const cache = fullCache()
    const env = { COLORNN_CACHE: cache.folder, COLORNN_CACHE_LIMIT: '1000' }
    const run = await colorize([film, '-o', 'part.mov', '--range', '2:5', '--quiet'], { cwd: folder, env })
    expect([run, cache.isWhole()]).toEqual([{ code: 0, stdout: '', stderr: '' }, true])
    expect(await lumaHashes(join(folder, 'part.mov'))).toHaveLength(3)
    expect(await describeFile(join(folder, 'part.mov'))).toContain('prores')
  })

  const asksSystem = onlyOn(['linux'], 'a folder of the system, in which none can be made, is asked')
  it('writes a film also where no color cache can be made', asksSystem, async () => {
    const folder = workFolder()
    const { code, stderr } = await colorize([film, '-o', 'out.mkv', '--range', '0:2'], {
      cwd: folder,
      env: { COLORNN_CACHE: '/proc/nope/colors' },
      onStart: (child) => void setTimeout(() => child.kill('SIGKILL'), 100_000).unref(),
    })
    expect(code, stderr).toBe(0)
    expect(await lumaHashes(join(folder, 'out.mkv'))).toHaveLength(2)
  })

  it('says what could not be carried over as it was', async () => {
    const folder = workFolder()
    const source = await drawFilm(folder, 'pcm.mkv', { frames: 2, sound: ['-c:a', 'pcm_s16le'] })
    const { code, stderr } = await colorize([source, '-o', 'out.mp4'], { cwd: folder })
    expect(code).toBe(0)
    expect(stderr).toContain('Note: H.264 files can not hold pcm_s16le sound; it is converted to AAC.')
  })

  it('shows a pinned picture’s own colors in its frame, and lays a record of what it has made beside the film', async () => {
    const folder = workFolder()
    await ffmpeg(['-f', 'lavfi', '-i', 'color=0xc03020:size=96x64', '-frames:v', '1', join(folder, 'red.png')])
    const { code } = await colorize([film, '-o', 'pinned.mkv', '--keyframe', '2=red.png'], { cwd: folder })
    expect(code).toBe(0)
    const colors = await ffmpeg([
      '-i',
      join(folder, 'pinned.mkv'),
      '-vf',
      "select='eq(n,2)',signalstats,metadata=print:file=-",
      '-f',
      'null',
      '-',
    ])
    expect(Number(/VAVG=([\d.]+)/.exec(colors)?.[1])).toBeGreaterThan(160)

    const text = readFileSync(join(folder, 'pinned.mkv.colornn.json'), 'utf8')
    const record = exportRecordSchema.parse(JSON.parse(text))
    const { hash } = await filmIdentity(film)
    expect(record).toMatchObject({
      digitalSourceType: SYNTHETIC_SOURCE_TYPE,
      source: { name: 'film.mp4', identity: { value: hash }, frames: 6 },
      file: { name: 'pinned.mkv', settings: { format: 'ffv1-mkv', range: { from: 0, to: 6 } } },
      synthetic: [{ from: 0, to: 6 }],
      own: [],
      pins: [{ frame: 2, kind: 'picture', picture: { type: 'png', name: 'red.png' }, pinned: true }],
      readBack: { asOrdered: true },
    })
    expect(record.networks.map(({ name }) => name)).toContain('ColoRNN color model')
    const { confidence } = record.shots[0]!
    expect(confidence!.lowest).toBeLessThanOrEqual(confidence!.mean)
    // Where files lie is nobody’s affair.
    expect(text).not.toContain(folder)
    expect(text).not.toContain(shared)
  })

  it('takes films whose names start with a dash, have spaces and emoji', async () => {
    const folder = workFolder()
    copyFileSync(film, join(folder, '-der große 🎬 "Film".mp4'))
    const { code } = await colorize(['-o', './-out 🎨.mkv', '--range', '0:1', '--', '-der große 🎬 "Film".mp4'], {
      cwd: folder,
    })
    expect(code).toBe(0)
    expect(left(folder)).toContain('-out 🎨.mkv')
  })

  it('goes on with a folder whose exports go into it, and takes none of them for a film', async () => {
    const folder = workFolder()
    const reels = join(folder, 'reels')
    mkdirSync(reels)
    symlinkSync(reels, join(folder, 'way'))
    for (const name of ['one.mp4', 'two.mp4']) copyFileSync(film, join(reels, name))
    const run = async (target: string): Promise<[JsonLine, string]> => {
      const { stdout } = await colorize(['reels', '-o', target, '--range', '0:1', '--json'], { cwd: folder })
      return [jsonLineSchema.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)), stdout]
    }
    expect((await run('reels/'))[0]).toMatchObject({ done: 2, skipped: 0, failed: 0 })
    copyFileSync(film, join(reels, 'three.mp4'))
    const [ended, said] = await run('way/')
    expect(ended).toMatchObject({ done: 1, skipped: 2, failed: 0 })
    expect(said).toContain('What this program has written into the folder is left out: “one.mkv” and “two.mkv”.')
    expect(readdirSync(reels).filter((name) => name.endsWith('.mkv'))).toEqual(['one.mkv', 'three.mkv', 'two.mkv'])
    // Into another folder they are films as others are.
    expect((await run('copies/'))[0]).toMatchObject({ done: 6, skipped: 0, failed: 0 })
  })

  it('carries out a list of projects and films, tells it as JSON, and leaves what is there when it is asked again', async () => {
    const folder = workFolder()
    const path = join(folder, 'reels.colornn')
    const picture = join(folder, 'red.png')
    await ffmpeg(['-f', 'lavfi', '-i', 'color=0xc03020:size=96x64', '-frames:v', '1', picture])
    const session = new ProjectSession({ untitledFolder: join(folder, '.untitled'), emit: () => undefined })
    await session.new()
    await session.saveAs(path)
    const rate = { num: 24000, den: 1001 }
    for (const name of ['One', 'Two']) {
      const footage = await linkFootage(film, path)
      session.apply({ type: 'add-clip', clip: name, name, footage, frameCount: 6, rate })
    }
    const base = { kind: 'picture', asset: await session.assets.putFile(picture) } as const
    session.apply({ type: 'pin', clip: 'Two', frame: 2, base })
    session.apply({ type: 'set-cuts', clip: 'One', cuts: [2], transitions: [], colored: [], source: 'edited' })
    // Never saved since.
    await session.close('keep')

    // Its pictures change their size midway.
    const sized = join(folder, 'sized.mjpeg')
    const sizes = ['96x64', '128x80'].map((size) =>
      drawFilm(folder, `${size}.mjpeg`, { frames: 4, size, codec: ['-c:v', 'mjpeg'], pixelFormat: 'yuvj420p' }),
    )
    writeFileSync(sized, Buffer.concat((await Promise.all(sizes)).map((part) => readFileSync(part))))
    const parts = [1, 2].map((number) => join(folder, `sized part ${number}.mkv`))
    const shots = [1, 2].map((number) => join(folder, `one shot ${number}.mkv`))
    const jobs = [
      { source: 'reels.colornn', target: 'project.mkv', options: { reel: 'Two', checksums: true } },
      { source: film, target: 'film.mkv', options: { keyframes: [{ frame: 2, picture: 'red.png' }] } },
      { source: 'reels.colornn', target: 'none.mkv' },
      { source: film, target: 'part.mov', format: 'prores-mov', range: { from: 1, to: 3 } },
      { source: 'reels.colornn', target: 'beside.mkv', options: { reel: 'Two', compare: 'side' } },
      { source: 'reels.colornn', target: 'wiped.mkv', options: { reel: 'Two', compare: 'wipe=25' } },
      {
        source: 'reels.colornn',
        target: 'fifth',
        range: { from: 4, to: 5 },
        options: { reel: 'Two', checksums: true },
      },
      { source: sized, target: 'sized.mkv', options: { sizes: 'parts', report: true } },
      { source: 'reels.colornn', target: 'one.mkv', options: { reel: 'One', eachShot: true, timecode: '01:00:00:00' } },
    ]
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify({ format: 'colornn-jobs', version: 1, jobs }))
    const run = async (): Promise<JsonLine[]> => {
      const { code, stdout, stderr } = await colorize(['--jobs', 'jobs.json', '--json'], { cwd: folder })
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
      const lines = stdout.trim().split('\n')
      return lines.map((line) => jsonLineSchema.parse(JSON.parse(line)))
    }
    const told = await run()
    expect(told[0]).toMatchObject({ event: 'program', version: 1, jobs: 9 })
    expect(told.filter(({ event }) => event === 'done')).toMatchObject([
      { job: 0, files: [join(folder, 'project.mkv')], frames: 6 },
      { job: 1, files: [join(folder, 'film.mkv')], frames: 6 },
      { job: 3, files: [join(folder, 'part.mov')], frames: 2 },
      { job: 4, files: [join(folder, 'beside.mkv')], found: [expect.stringContaining('6 pictures of 192 × 64')] },
      { job: 5, files: [join(folder, 'wiped.mkv')], found: [expect.stringContaining('6 pictures of 96 × 64')] },
      { job: 6, files: [join(folder, 'fifth')], frames: 1 },
      { job: 7, files: parts },
      { job: 8, files: shots, frames: 6 },
    ])
    expect((await Promise.all(shots.map(pictureHashes))).map(({ length }) => length)).toEqual([2, 4])
    expect(await describeFile(shots[1]!)).toMatch(/timecode *: 01:00:00:02/i)
    // Every part is looked through, and has a report of its own.
    const inspected = told.filter(({ event }) => event === 'inspected')
    expect(inspected).toMatchObject(
      parts.map((file) => ({ job: 7, file, inspection: { frames: 4 }, report: `${file}.html` })),
    )
    for (const part of parts)
      expect(readFileSync(`${part}.html`, 'utf8')).toContain(`Looked through: ${basename(part)}`)
    const progress = told.filter(({ event }) => event === 'progress')
    expect(progress).toContainEqual(expect.objectContaining({ job: 0, work: 'export', done: 6, total: 6 }))
    expect(told).toContainEqual(
      expect.objectContaining({
        event: 'failed',
        job: 2,
        code: 'not-found',
        message: '“reels.colornn” holds several reels: “One” and “Two”.',
      }),
    )
    expect(told.at(-1)).toEqual({ event: 'ended', done: 8, skipped: 0, failed: 1, exitCode: 1 })
    // A project is colored as its film with the same pins is.
    const [project, alone] = ['project.mkv', 'film.mkv'].map((name) => pictureHashes(join(folder, name)))
    expect(await project).toEqual(await alone)
    expectChecksums(folder)
    expectRecords(folder, 10)
    await expectCompared(folder)
    await expectPictures(folder)

    const again = (await run()).filter(({ event }) => event === 'skipped' || event === 'ended')
    expect(again).toEqual([
      { event: 'skipped', job: 0, target: join(folder, 'project.mkv') },
      { event: 'skipped', job: 1, target: join(folder, 'film.mkv') },
      { event: 'skipped', job: 3, target: join(folder, 'part.mov') },
      { event: 'skipped', job: 4, target: join(folder, 'beside.mkv') },
      { event: 'skipped', job: 5, target: join(folder, 'wiped.mkv') },
      { event: 'skipped', job: 6, target: join(folder, 'fifth') },
      { event: 'skipped', job: 7, target: join(folder, 'sized.mkv') },
      { event: 'skipped', job: 8, target: join(folder, 'one.mkv') },
      { event: 'ended', done: 0, skipped: 8, failed: 1, exitCode: 1 },
    ])
  })

  it('writes all films of a folder under their own names, and passes over what is no film', async () => {
    const folder = workFolder()
    mkdirSync(join(folder, 'films'))
    for (const name of ['a.mp4', 'b.mp4', 'b.mov', '.hidden.mp4']) copyFileSync(film, join(folder, 'films', name))
    writeFileSync(join(folder, 'films', 'notes.txt'), 'no film')
    const { code, stdout } = await colorize(['films', '-o', 'out/', '--range', '0:1'], { cwd: folder })
    expect(code).toBe(0)
    const names = ['a.mkv', 'b.mov.mkv', 'b.mp4.mkv']
    expect(stdout.trim().split('\n')).toEqual(names.map((name) => join(folder, 'out', name)))
    expect(readdirSync(join(folder, 'out')).filter((name) => name.endsWith('.mkv'))).toEqual(names)
  })

  it('ends with 130 on Ctrl-C and leaves no half file', async () => {
    const folder = workFolder()
    const long = await drawFilm(shared, 'long.mkv', { frames: 400 })
    let sent = false
    const { code, stdout } = await colorize([long, '-o', 'out.mkv'], {
      cwd: folder,
      onStderr: (text, child) => {
        if (sent || !/[1-9]\d* of 400 frames/.test(text)) return
        sent = child.kill('SIGINT')
      },
    })
    expect({ sent, code, stdout }).toEqual({ sent: true, code: 130, stdout: '' })
    expect(left(folder)).toEqual([])
  })
})

describe('what can not be done ends with 1 and a sentence on the command line:', () => {
  const cases: Record<string, (folder: string) => string[] | Promise<string[]>> = {
    'a film that is not there': () => ['gone.mp4', '-o', 'out.mkv'],
    'a folder': (folder) => [folder, '-o', 'out.mkv'],
    'zero bytes': (folder) => {
      writeFileSync(join(folder, 'empty.mp4'), '')
      return ['empty.mp4', '-o', 'out.mkv']
    },
    'a text file named .mp4': (folder) => {
      writeFileSync(join(folder, 'text.mp4'), 'no film\n'.repeat(100))
      return ['text.mp4', '-o', 'out.mkv']
    },
    'sound only': async (folder) => {
      await ffmpeg(['-f', 'lavfi', '-i', 'sine=duration=1', join(folder, 'sound.wav')])
      return ['sound.wav', '-o', 'out.mkv']
    },
    'a truncated film': (folder) => {
      copyFileSync(film, join(folder, 'cut.mp4'))
      truncateSync(join(folder, 'cut.mp4'), Math.floor(statSync(film).size / 2))
      return ['cut.mp4', '-o', 'out.mkv']
    },
    'a target that is the film': (folder) => {
      linkSync(film, join(folder, 'same.mkv'))
      return [film, '-o', 'same.mkv', '--overwrite']
    },
    'a target that is there': (folder) => {
      writeFileSync(join(folder, 'out.mkv'), 'precious')
      return [film, '-o', 'out.mkv']
    },
    'a target folder that is gone': () => [film, '-o', 'gone/out.mkv'],
    'a size that the format can not hold': async (folder) => [
      await drawFilm(folder, 'odd.mkv', { size: '35x19', frames: 2 }),
      '-o',
      'out.mp4',
    ],
    'a rate that the film would not be given': () => [film, '-o', 'out.mkv', '--rate', '16'],
    'a range outside the film': () => [film, '-o', 'out.mkv', '--range', '3:7'],
    'a keyframe outside the film': (folder) => {
      copyFileSync(film, join(folder, 'any.png'))
      return [film, '-o', 'out.mkv', '--keyframe', '6=any.png']
    },
    'a keyframe picture that is not there': () => [film, '-o', 'out.mkv', '--keyframe', '0=gone.png'],
    'a keyframe picture that is no picture': (folder) => {
      writeFileSync(join(folder, 'text.png'), 'no picture')
      return [film, '-o', 'out.mkv', '--keyframe', '0=text.png']
    },
  }
  for (const [title, prepare] of Object.entries(cases)) {
    it(title, async () => {
      const folder = workFolder()
      const args = await prepare(folder)
      const before = left(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')])
      const finished = await colorize(args, { cwd: folder })
      expect(finished.code, finished.stderr).toBe(1)
      expectSentences(finished)
      expect(left(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')])).toEqual(before)
    })
  }

  it('a folder that bears the target’s name, and how to write into it', async () => {
    const folder = workFolder()
    mkdirSync(join(folder, 'mine'))
    writeFileSync(join(folder, 'mine', 'kept'), '')
    const finished = await colorize([film, '-o', 'mine', '--range', '0:1'], { cwd: folder })
    expect(finished.code).toBe(1)
    expectSentences(finished)
    expect(finished.stderr).toContain(
      '“mine” is a folder that is already there.\nTo write into it, end its name in a slash',
    )
    expect(readdirSync(join(folder, 'mine'))).toEqual(['kept'])
  })

  it('a full disk', async () => {
    const folder = workFolder()
    const { folder: disk, tools } = await smallDisk(folder)
    const source = await drawFilm(folder, 'large.mkv', { frames: 30, size: '320x240' })
    const finished = await colorize([source, '-o', join(disk, 'out.mkv')], {
      cwd: folder,
      env: { COLORNN_FFMPEG: tools.path },
    })
    expect(finished.code).toBe(1)
    expect(finished.stderr).toMatch(/The disk is full|needs about \d+ MB of room while it is written/)
    expectSentences(finished)
    expect(readdirSync(disk)).toEqual([])
  })

  it('ffmpeg missing', async () => {
    const finished = await colorize([film, '-o', 'out.mkv'], {
      cwd: workFolder(),
      env: { COLORNN_FFMPEG: '/nowhere/ffmpeg' },
    })
    expect(finished.code).toBe(1)
    expectSentences(finished)
    expect(finished.stderr).toContain('COLORNN_FFMPEG')
  })

  it('weights missing', async () => {
    const folder = workFolder()
    const finished = await colorize([film, '-o', 'out.mkv'], {
      cwd: folder,
      env: { COLORNN_WEIGHTS: join(folder, 'gone') },
    })
    expect(finished.code).toBe(1)
    expectSentences(finished)
    expect(left(folder)).toEqual([])
  })

  it('weights damaged', async () => {
    const folder = workFolder()
    const weights = join(folder, 'weights')
    cpSync(weightsFolder, weights, { recursive: true })
    const graph = join(weights, 'color-model', 'saved_model.pb')
    chmodSync(graph, 0o644)
    const bytes = readFileSync(graph)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(graph, bytes)
    const finished = await colorize([film, '-o', 'out.mkv'], { cwd: folder, env: { COLORNN_WEIGHTS: weights } })
    expect(finished.code).toBe(1)
    expectSentences(finished)
    expect(left(folder)).toEqual(['weights'])
  })
})
