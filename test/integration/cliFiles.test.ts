/** Which files the command line writes and which it leaves: shots and parts as files of their own, films of folders. */
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { jsonLineSchema, type JsonLine } from '../../electron/cli/jsonLines.ts'
import { REPORT_HEAD, REPORT_TAIL } from '../../electron/contract/reportFile.ts'
import { colorize, prepareCommandLine } from '../material/commandLine.ts'
import { drawFilm, ffmpeg, ffv1 } from '../material/films.ts'
import { pictureHashes } from '../material/inspect.ts'
import { workFolder } from '../material/workFolder.ts'

beforeAll(prepareCommandLine)

/** The films in a folder, without what lies beside them. */
const filmsOf = (folder: string): string[] => readdirSync(folder).filter((name) => /^[^.].*\.(mkv|mp4)$/.test(name))

/** A film with a cut every `length` frames. */
async function drawShots(path: string, count: number, length: number): Promise<void> {
  const shots = Array.from({ length: count }, (_, n) =>
    n % 2 === 0
      ? `testsrc2=s=96x64:r=24,trim=start_frame=${n * 20}:end_frame=${n * 20 + length},setpts=PTS-STARTPTS`
      : `mandelbrot=s=96x64:rate=24:start_scale=${1 / n},trim=end_frame=${length}`,
  )
  const inputs = shots.flatMap((shot) => ['-f', 'lavfi', '-i', `${shot},format=gray`])
  await ffmpeg([...inputs, '-filter_complex', `concat=n=${count}`, ...ffv1, path])
}

describe('shots as files of their own', () => {
  it('have the numbers that they have in the whole film, whatever part was asked for first', async () => {
    const folder = workFolder()
    await drawShots(join(folder, 'film.mkv'), 6, 180)
    const shots = async (range: string): Promise<[number | null, string[]]> => {
      const { code } = await colorize(['film.mkv', '-o', 'f.mkv', '--each-shot', '--range', range], { cwd: folder })
      return [code, filmsOf(folder).filter((name) => name.startsWith('f '))]
    }
    expect(await shots('730:740')).toEqual([0, ['f shot 5.mkv']])
    expect(await shots('200:210')).toEqual([0, ['f shot 2.mkv', 'f shot 5.mkv']])
    // Scripts read names from standard output.
    const again = ['film.mkv', '-o', 'f.mkv', '--each-shot', '--range', '200:210']
    const { code, stdout, stderr } = await colorize(again, { cwd: folder })
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toContain('All shots of ')
    expect(stderr).not.toContain('0 frames in')
    expect(await pictureHashes(join(folder, 'f shot 2.mkv'))).toHaveLength(10)
    expect(existsSync(join(folder, 'f.mkv'))).toBe(false)
  })
})

it('a typed timecode is not counted through frames that do not come evenly', async () => {
  const folder = workFolder()
  await drawShots(join(folder, 'even.mkv'), 2, 20)
  const dropped = ['-vf', "select='not(between(n,4,6)+eq(n,11))'", '-fps_mode', 'vfr']
  await ffmpeg(['-i', join(folder, 'even.mkv'), ...dropped, ...ffv1, join(folder, 'film.mkv')])
  const timecode = ['film.mkv', '--timecode', '10:00:00:00']
  for (const more of [
    ['-o', 'part.mov', '--range', '8:12', '--handles', '2'],
    ['-o', 'f.mov', '--each-shot'],
  ]) {
    const { lines, code } = await told(folder, ...timecode, ...more)
    expect(lines.find(({ event }) => event === 'failed')).toMatchObject({
      code: 'bad-argument',
      message: expect.stringMatching(/^The frame rate varies, so .* is not known\.$/) as string,
    })
    expect(code).toBe(1)
  }
  expect(readdirSync(folder).filter((name) => name.endsWith('.mov'))).toEqual([])
})

/** A film whose pictures change their size every four frames. */
async function drawSizes(path: string, sizes: readonly string[] = ['96x64', '128x80']): Promise<void> {
  const folder = workFolder()
  const parts: Buffer[] = []
  for (const [n, size] of sizes.entries()) {
    const film = { rate: '25', frames: 4, size, codec: ['-c:v', 'libx264', '-g', '5', '-bf', '0'] }
    parts.push(
      readFileSync(await drawFilm(folder, `${n}.ts`, { ...film, output: ['-output_ts_offset', `${n * 0.16}`] })),
    )
  }
  writeFileSync(path, Buffer.concat(parts))
}

/** The lines that a command line tells, and its exit code. */
async function told(folder: string, ...args: string[]): Promise<{ lines: JsonLine[]; code: number | null }> {
  const { stdout, code } = await colorize([...args, '--json'], { cwd: folder })
  const lines = stdout.trim().split('\n')
  return { lines: lines.map((line) => jsonLineSchema.parse(JSON.parse(line))), code }
}

describe('films of a folder', () => {
  it('are never written over by one another’s exports, nor passed over as done where they bear the name', async () => {
    const folder = workFolder()
    const drawn = await drawFilm(folder, 'drawn.mp4', { frames: 2, codec: ['-c:v', 'libx264'] })
    const reels = join(folder, 'reels')
    mkdirSync(reels)
    for (const name of ['a.mp4', 'a.mkv', 'a.mp4.mkv']) copyFileSync(drawn, join(reels, name))
    const before = readFileSync(drawn)
    for (const more of [[], ['--overwrite']]) {
      const { lines, code } = await told(folder, 'reels', '-o', 'reels/', ...more)
      expect(lines.filter(({ event }) => event === 'failed')).toMatchObject([
        { code: 'target-is-source', message: expect.stringMatching(/^“a.mp4.mkv” is one of the films/) as string },
      ])
      expect([code, lines.at(-1)]).toMatchObject([1, { failed: 1 }])
      for (const name of ['a.mp4', 'a.mkv', 'a.mp4.mkv']) expect(readFileSync(join(reels, name))).toEqual(before)
    }
    expect(filmsOf(reels)).toEqual(['a.mkv', 'a.mkv.mkv', 'a.mp4', 'a.mp4.mkv', 'a.mp4.mkv.mkv'])
  })
})

describe('films of a folder that were done before', () => {
  it('are passed over where they are what would be made now, and else it is told by what they differ', async () => {
    const folder = workFolder()
    mkdirSync(join(folder, 'reels'))
    await drawFilm(join(folder, 'reels'), 'a.mkv', { frames: 2 })
    const again = async (options: string[], env: NodeJS.ProcessEnv = {}): Promise<[number | null, string, string]> => {
      const { code, stderr } = await colorize(['reels', '-o', 'out/', ...options], { cwd: folder, env })
      return [code, stderr, filmsOf(join(folder, 'out')).join()]
    }
    expect((await again([]))[0]).toBe(0)
    const changed = statSync(join(folder, 'out', 'a.mkv')).mtimeMs
    const [code, said] = await again([])
    expect([code, said]).toEqual([0, expect.stringContaining('is there already; it is left as it is')])
    const refusal = (word: string): unknown =>
      expect.stringContaining(`is already there, but with other settings than are asked for now: ${word}.`)
    expect(await again(['--crop', '0:8:0:8'])).toEqual([1, refusal('crop'), 'a.mkv'])
    const weights = join(folder, 'weights')
    cpSync(join(import.meta.dirname, '..', '..', 'models', 'weights'), weights, { recursive: true })
    const model = join(weights, 'color-model', 'model.json')
    const described = JSON.parse(readFileSync(model, 'utf8')) as object
    writeFileSync(model, JSON.stringify({ ...described, version: 'another' }))
    expect(await again([], { COLORNN_WEIGHTS: weights })).toEqual([1, refusal('networks'), 'a.mkv'])
    expect(statSync(join(folder, 'out', 'a.mkv')).mtimeMs).toBe(changed)
  })
})

describe('a list of jobs', () => {
  it('passes no film over, nor writes over it, whose name an earlier job’s shot or part has come to', async () => {
    const folder = workFolder()
    await drawShots(join(folder, 'shots.mkv'), 2, 20)
    await drawSizes(join(folder, 'sizes.ts'))
    await drawFilm(folder, 'other.mp4', { frames: 2, codec: ['-c:v', 'libx264'] })
    const jobs = [
      { source: 'shots.mkv', target: 'a.mkv', options: { eachShot: true } },
      { source: 'other.mp4', target: 'a shot 1.mkv' },
      { source: 'sizes.ts', target: 'a.mkv', options: { sizes: 'parts' } },
      { source: 'other.mp4', target: 'a part 1.mkv', options: { overwrite: true } },
      { source: 'shots.mkv', target: 'a.mkv', range: { from: 0, to: 20 }, options: { eachShot: true } },
    ].map(({ target, ...job }) => ({ ...job, target: join('out', target) }))
    mkdirSync(join(folder, 'out'))
    writeFileSync(join(folder, 'list.json'), JSON.stringify({ format: 'colornn-jobs', version: 1, jobs }))
    for (const [done, skipped] of [
      [2, 1],
      [0, 3],
    ]) {
      const { lines, code } = await told(folder, '--jobs', 'list.json')
      expect(lines.filter(({ event }) => event === 'failed')).toMatchObject([
        { job: 1, message: '“a shot 1.mkv” is what job 1 (“shots.mkv”) was written to.' },
        { job: 3, message: '“a part 1.mkv” is what job 3 (“sizes.ts”) was written to.' },
      ])
      expect([code, lines.at(-1)]).toMatchObject([1, { done, skipped, failed: 2 }])
      expect(await pictureHashes(join(folder, 'out', 'a part 1.mkv'))).toHaveLength(4)
    }
  })
})

describe('lines of JSON', () => {
  it('end with the line that says so where nothing could be begun', async () => {
    const folder = workFolder()
    mkdirSync(join(folder, 'none'))
    const { lines, code } = await told(folder, 'none', '-o', 'out/')
    expect(lines.map(({ event }) => event)).toEqual(['program', 'failed', 'ended'])
    expect([code, lines.at(-1)]).toEqual([1, { event: 'ended', done: 0, skipped: 0, failed: 1, exitCode: 1 }])
  })

  it('end so where the command is stopped at once', async () => {
    const folder = workFolder()
    await drawFilm(folder, 'long.mkv', { frames: 400 })
    let text = ''
    const { code, stdout } = await colorize(['long.mkv', '-o', 'out.mkv', '--json'], {
      cwd: folder,
      onStart: (child) => {
        let asked = 0
        child.stdout?.on('data', (more: Buffer) => {
          text += more.toString()
          // The second time nothing is waited for any more.
          if ((asked === 0 && text.includes('"export","done":')) || (asked === 1 && text.includes('Stopping'))) {
            asked++
            child.kill('SIGINT')
          }
        })
      },
    })
    const lines = stdout.trim().split('\n')
    expect([code, JSON.parse(lines.at(-1)!)]).toMatchObject([130, { event: 'ended', exitCode: 130 }])
    expect(lines.filter((line) => line.includes('"ended"'))).toHaveLength(1)
  })
})

it('a name that could not be had is said by a command that else says nothing', async () => {
  const folder = workFolder()
  await drawFilm(folder, 'film.mkv', { frames: 100 })
  const { code, stdout, stderr } = await colorize(['film.mkv', '-o', 'out.mov', '--quiet'], {
    cwd: folder,
    onStart: (child) => {
      // Once it is being written, somebody else has the name.
      const watch = setInterval(() => {
        if (!readdirSync(folder).some((name) => name.startsWith('.out'))) return
        clearInterval(watch)
        writeFileSync(join(folder, 'out.mov'), 'precious')
      }, 20)
      child.once('close', () => clearInterval(watch))
    },
  })
  expect([code, stdout]).toEqual([0, ''])
  expect(stderr).toBe(
    '“out.mov” could not be had as a name when the export was finished; it is kept as “out (2).mov”.\n',
  )
  expect(readFileSync(join(folder, 'out.mov'), 'utf8')).toBe('precious')
})

describe('parts of one size', () => {
  it('are written where they are missing, and the film is passed over where none is', async () => {
    const folder = workFolder()
    mkdirSync(join(folder, 'two'))
    await drawSizes(join(folder, 'two', 'j.ts'))
    const list = { format: 'colornn-jobs', version: 1 }
    const jobs = [{ source: 'two/j.ts', target: 'out/j.mkv', options: { sizes: 'parts' } }]
    writeFileSync(join(folder, 'list.json'), JSON.stringify({ ...list, jobs }))
    const out = join(folder, 'out')
    const [first, second] = [1, 2].map((n) => join(out, `j part ${n}.mkv`))
    const asFolder = ['two', '-o', 'out/', '--sizes', 'parts']
    expect((await told(folder, ...asFolder)).lines.at(-1)).toMatchObject({ done: 1, skipped: 0 })
    const changed = statSync(first!).mtimeMs
    const hashes = await pictureHashes(second!)
    for (const again of [asFolder, ['--jobs', 'list.json'], ['two/j.ts', '-o', 'out/j.mkv', '--sizes', 'parts']]) {
      rmSync(second!)
      const { lines, code } = await told(folder, ...again)
      expect(lines.filter(({ event }) => event === 'done')).toMatchObject([{ files: [second], frames: 4 }])
      expect(lines).toContainEqual({
        ...{ event: 'note', job: 0, text: '“j part 1.mkv” is there already; it is left as it is.' },
      })
      expect([code, lines.at(-1)]).toMatchObject([0, { done: 1, skipped: 0, failed: 0 }])
      expect(await pictureHashes(second!)).toEqual(hashes)
    }
    expect(statSync(first!).mtimeMs).toBe(changed)

    for (const again of [asFolder, ['--jobs', 'list.json']])
      expect((await told(folder, ...again)).lines.at(-1)).toMatchObject({ done: 0, skipped: 1, failed: 0 })
    // A film by itself is told that there is nothing to do, by a name that is there.
    const alone = await told(folder, 'two/j.ts', '-o', 'out/j.mkv', '--sizes', 'parts')
    expect(alone.lines.find(({ event }) => event === 'failed')).toMatchObject({
      ...{ code: 'target-not-writable', message: '“j part 1.mkv” is already there.' },
    })
    const replaced = await told(folder, 'two/j.ts', '-o', 'out/j.mkv', '--sizes', 'parts', '--overwrite')
    expect(replaced.lines.find(({ event }) => event === 'done')).toMatchObject({ files: [first, second], frames: 8 })
    expect(filmsOf(out)).toEqual(['j part 1.mkv', 'j part 2.mkv'])
  })

  it('and shots that hold other frames than asked for are not taken for done', async () => {
    const folder = workFolder()
    await drawSizes(join(folder, 'j.ts'))
    const parts = ['j.ts', '-o', 'j.mkv', '--sizes', 'parts']
    expect((await told(folder, ...parts, '--range', '2:8')).code).toBe(0)
    const { lines, code } = await told(folder, ...parts)
    expect(lines.find(({ event }) => event === 'failed')).toMatchObject({
      message: '“j part 1.mkv” is already there, with frames 2 to 3 of the film instead of 0 to 3.',
      advice: 'Choose another name, or replace it with --overwrite.',
    })
    expect(code).toBe(1)

    await drawShots(join(folder, 'film.mkv'), 2, 20)
    const shots = ['film.mkv', '-o', 'f.mkv', '--each-shot']
    expect((await told(folder, ...shots, '--range', '10:30')).code).toBe(0)
    const whole = await told(folder, ...shots)
    expect(whole.lines.find(({ event }) => event === 'failed')).toMatchObject({
      message: '“f shot 1.mkv” is already there, with frames 10 to 19 of the film instead of 0 to 19.',
    })
    expect(await pictureHashes(join(folder, 'f shot 1.mkv'))).toHaveLength(10)
    // Nor what was made with other settings.
    await ffmpeg(['-f', 'lavfi', '-i', 'color=0xc03020:size=96x64', '-frames:v', '1', join(folder, 'red.png')])
    for (const [more, word] of [
      [['--crop', '0:8:0:8', '--compare', 'side'], 'comparison and crop'],
      [['--keyframe', '12=red.png'], 'pins'],
    ] as const) {
      const { lines: refused } = await told(folder, ...shots, '--range', '10:30', ...more)
      expect(refused.find(({ event }) => event === 'failed')).toMatchObject({
        message: `“f shot 1.mkv” is already there, but with other settings than are asked for now: ${word}.`,
      })
    }
    // Nor is what was made of another film.
    renameSync(join(folder, 'film.mkv'), join(folder, 'before.mkv'))
    await drawShots(join(folder, 'film.mkv'), 2, 10)
    const other = await told(folder, ...shots, '--range', '0:10')
    expect(other.lines.find(({ event }) => event === 'failed')).toMatchObject({
      message: '“f shot 1.mkv” is already there, of another film.',
    })
  })

  it('are refused where shots are put together in one file', async () => {
    const folder = workFolder()
    await drawSizes(join(folder, 'j.ts'))
    const { code, stderr } = await colorize(['j.ts', '-o', 'j.mkv', '--shots', '1', '--sizes', 'parts'], {
      cwd: folder,
    })
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^Shots are put together in one file/)])
  })
})

describe('what lies beside a film', () => {
  it('is of the film that replaces it, or is gone: the list of its sum, and the report', async () => {
    const folder = workFolder()
    await drawFilm(folder, 'film.mkv', { frames: 8, filters: 'hue=s=0' })
    const beside = (): string[] => readdirSync(folder).filter((name) => /^out\.mkv.*\.(sha256|html)$/.test(name))
    const write = async (...more: string[]): Promise<string> => {
      const { code, stderr } = await colorize(['film.mkv', '-o', 'out.mkv', ...more], { cwd: folder })
      expect(code, stderr).toBe(0)
      return stderr
    }
    const sumOf = (): string =>
      createHash('sha256')
        .update(readFileSync(join(folder, 'out.mkv')))
        .digest('hex')
    await write('--range', '0:3', '--checksums', '--report')
    expect(beside()).toEqual(['out.mkv.html', 'out.mkv.sha256'])
    const first = sumOf()
    const said = await write('--range', '3:8', '--overwrite')
    expect(sumOf()).not.toBe(first)
    expect(readFileSync(join(folder, 'out.mkv.sha256'), 'utf8')).toContain(`\n${sumOf()}  out.mkv\n`)
    expect(beside()).toEqual(['out.mkv.sha256'])
    expect(said).toContain('“out.mkv.html” was the report of the film that was replaced')
    // The same where that one is gone by then, and nothing is left of it but its report.
    renameSync(join(folder, 'out.mkv'), join(folder, 'away.mkv'))
    writeFileSync(join(folder, `out.mkv${REPORT_TAIL}`), `${REPORT_HEAD}an earlier one`)
    expect(await write('--range', '0:3')).toContain('“out.mkv.html” was the report of an earlier film of that name')
    expect(beside()).toEqual(['out.mkv.sha256'])
  })
})
