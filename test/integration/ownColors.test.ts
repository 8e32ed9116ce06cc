/** What a film has already: scenes in color, tints, and transitions between its shots. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { exportRecordSchema, type ExportRecord } from '../../electron/contract/exportRecord.ts'
import type { ShotsWish } from '../../electron/contract/foundShots.ts'
import { colorize, prepareCommandLine } from '../material/commandLine.ts'
import { english } from '../material/english.ts'
import { ffmpeg, ffv1 } from '../material/films.ts'
import { listed, lumaHashes } from '../material/inspect.ts'
import { startTestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

const COLOR = 'testsrc2=s=192x128:r=24'
const OTHER = 'mandelbrot=s=192x128:r=24:start_scale=0.6'

/** 24 frames in color, then 24 in gray. */
async function mixedFilm(folder: string): Promise<string> {
  const path = join(folder, 'mixed.mkv')
  const chain =
    '[0]trim=end_frame=24,format=yuv420p[c];[1]trim=end_frame=24,setpts=PTS-STARTPTS,format=gray,format=yuv420p[g];[c][g]concat=n=2'
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    COLOR,
    '-f',
    'lavfi',
    '-i',
    OTHER,
    '-filter_complex',
    chain,
    ...ffv1,
    `file:${path}`,
  ])
  return path
}

const recordBeside = (film: string): ExportRecord =>
  exportRecordSchema.parse(JSON.parse(readFileSync(`${film}.colornn.json`, 'utf8')))

/** MD5 of each frame's planes of chroma. */
async function chromaOf(path: string): Promise<string[]> {
  const stdout = await ffmpeg([
    '-i',
    `file:${path}`,
    '-filter_complex',
    '[0:v]extractplanes=u+v[u][v];[u][v]vstack',
    '-f',
    'framemd5',
    '-',
  ])
  return listed(stdout).map(({ hash }) => hash)
}

describe('a film with scenes in color', () => {
  beforeAll(prepareCommandLine)

  it('names them, and colors them anew unless they are to keep their own colors, which then come out sample by sample', async () => {
    const folder = workFolder()
    const film = await mixedFilm(folder)
    const source = await chromaOf(film)
    const anew = await colorize([film, '-o', join(folder, 'anew.mkv')], { cwd: folder })
    expect(anew).toMatchObject({ code: 0 })
    expect(anew.stderr.match(/Frames 0–23 are in color already/g)).toHaveLength(1)
    const kept = await colorize([film, '-o', join(folder, 'kept.mkv'), '--keep-color'], { cwd: folder })
    expect(kept).toMatchObject({ code: 0 })
    expect(kept.stderr).not.toContain('in color already')
    const [colored, own] = [await chromaOf(join(folder, 'anew.mkv')), await chromaOf(join(folder, 'kept.mkv'))]
    expect(own.slice(0, 24)).toEqual(source.slice(0, 24))
    expect(own.slice(24)).toEqual(colored.slice(24))
    expect(own.slice(24).some((frame, n) => frame === source[24 + n])).toBe(false)
    expect(recordBeside(join(folder, 'kept.mkv')).statement).toMatch(/“own” are as they are in the film\.$/)
    expect(colored.slice(0, 24).some((frame, n) => frame === source[n])).toBe(false)
  })

  it('is told from a tinted one, and from gray', async () => {
    const folder = workFolder()
    const path = join(folder, 'tinted.mkv')
    const sepia =
      'format=gray,format=gbrp,lutrgb=r=min(val*1.1+20\\,255):g=val*.9+10:b=val*.7,format=yuv420p,noise=alls=8:allf=t'
    await ffmpeg(['-f', 'lavfi', '-i', OTHER, '-vf', sepia, '-frames:v', '12', ...ffv1, `file:${path}`])
    const gray = join(folder, 'gray.mkv')
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      OTHER,
      '-vf',
      'format=gray,format=yuv420p',
      '-frames:v',
      '12',
      ...ffv1,
      `file:${gray}`,
    ])
    const test = startTestEngine(folder)
    const notes = async (film: string, id: string): Promise<string> => {
      await test.open(film, id)
      await test.engine.calls.startFindShots({ jobId: id, footageId: id })
      return english(...((await test.ended(id)).notes ?? []))
    }
    expect(await notes(path, 'tinted')).toContain('Frames 0–11 are tinted')
    expect(await test.engine.calls.shots('tinted')).toMatchObject({
      at: [],
      colored: [{ from: 0, to: 12, kind: 'tinted' }],
    })
    expect(await notes(gray, 'gray')).toBe('')
    expect(await test.engine.calls.shots('gray')).toEqual({ at: [], transitions: [], colored: [] })
  })
})

/** Mean PSNR of green of a film's pictures against those of another, both as their tags say they are shown. */
async function psnrOfGreen(path: string, original: string): Promise<number> {
  const shown = 'scale=flags=accurate_rnd+full_chroma_int+full_chroma_inp+bicubic,format=gbrp'
  const stats = await ffmpeg([
    ...['-framerate', '24'].slice(path.endsWith('.png') ? 0 : 2),
    ...['-i', `file:${path}`, '-i', `file:${original}`],
    ...['-lavfi', `[0]${shown}[a];[1]${shown}[b];[a][b]psnr=stats_file=-`, '-f', 'null', '-'],
  ])
  const values = [...stats.matchAll(/psnr_g:(\S+)/g)].map(([, value]) => (value === 'inf' ? 99 : Number(value)))
  expect(values.length).toBeGreaterThan(0)
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** A film whose RGB is another's, by the rows of its matrix: luma and both differences of red, green and blue. */
async function inMatrix(original: string, path: string, space: string, rows: readonly number[][]): Promise<void> {
  const raw = `${path}.raw`
  const sum = ([r = 0, g = 0, b = 0]: readonly number[]): string => `(${r}*r(X,Y)+${g}*g(X,Y)+${b}*b(X,Y))`
  const codes = [`16+219/255*${sum(rows[0]!)}`, `128+224/255*${sum(rows[1]!)}`, `128+224/255*${sum(rows[2]!)}`]
  // Planes of green, blue and red, in this order, are taken for those of luma and the differences.
  const geq = `geq=g='round(${codes[0]})':b='round(${codes[1]})':r='round(${codes[2]})'`
  await ffmpeg(['-i', original, '-vf', `format=gbrp,${geq}`, '-f', 'rawvideo', '-pix_fmt', 'gbrp', raw])
  const asYuv = ['-f', 'rawvideo', '-pix_fmt', 'yuv444p', '-video_size', '256x144', '-framerate', '24', '-i', raw]
  await ffmpeg([...asYuv, '-vf', `setparams=colorspace=${space}:range=limited`, ...ffv1, `file:${path}`])
}

describe('a film that keeps its own colors', () => {
  beforeAll(prepareCommandLine)

  const weights = (kr: number, kb: number): number[][] => {
    const kg = 1 - kr - kb
    const [blue, red] = [2 * (1 - kb), 2 * (1 - kr)]
    return [
      [kr, kg, kb],
      [-kr / blue, -kg / blue, 0.5],
      [0.5, -kg / red, -kb / red],
    ]
  }
  const films: [space: string, rows: number[][], formats: string[]][] = [
    ['smpte170m', weights(0.299, 0.114), ['dnxhr444-mov']],
    ['smpte240m', weights(0.212, 0.087), ['ffv1-mkv', 'dnxhr444-mov']],
    [
      'ycgco',
      [
        [0.25, 0.5, 0.25],
        [-0.25, 0.5, -0.25],
        [0.5, 0, -0.5],
      ],
      ['ffv1-mkv', 'png-sequence'],
    ],
  ]
  it.each(films)('shows them as they were, whatever matrix they are in: %s', async (space, rows, formats) => {
    const folder = workFolder()
    const original = join(folder, 'original.mkv')
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=256x144:r=24',
      '-frames:v',
      '6',
      '-vf',
      'format=gbrp',
      '-c:v',
      'ffv1',
      original,
    ])
    await inMatrix(original, join(folder, 'film.mkv'), space, rows)
    for (const format of formats) {
      const [name, first] = format === 'png-sequence' ? ['out', 'out/frame_%06d.png'] : [`out.${format.slice(-3)}`]
      const args = ['film.mkv', '-o', name, '--format', format, '--keep-color', '--overwrite']
      const { code, stderr } = await colorize(args, { cwd: folder })
      expect(code, stderr).toBe(0)
      expect(await psnrOfGreen(join(folder, first ?? name), original), `${space} in ${format}`).toBeGreaterThan(38)
      expect(stderr).toMatch(/Where the film keeps its own colors they were converted from .* luma as well/)
      expect(stderr).not.toMatch(/luma bit for bit as in the film;/)
    }
  })

  it('changes no luma of frames that are colored beside those', async () => {
    const folder = workFolder()
    const film = await mixedFilm(folder)
    const marked = join(folder, 'marked.mkv')
    await ffmpeg(['-i', film, '-vf', 'setparams=colorspace=smpte240m', ...ffv1, marked])
    expect(await colorize([marked, '-o', 'out.mkv', '--keep-color'], { cwd: folder })).toMatchObject({ code: 0 })
    const [own, out] = [await lumaHashes(marked), await lumaHashes(join(folder, 'out.mkv'))]
    expect(out.slice(24)).toEqual(own.slice(24))
    expect(out.slice(0, 24).map(({ md5 }) => md5)).not.toEqual(own.slice(0, 24).map(({ md5 }) => md5))
    // The record, which outlives what the command line has said, says the same.
    const { statement, own: kept, notes } = recordBeside(join(folder, 'out.mkv'))
    expect(kept).toEqual([{ from: 0, to: 24 }])
    expect(statement).toMatch(/^Luma .* that of the film, but in the frames under “own”\./)
    expect(statement).toMatch(/“own” have the film’s own colors, converted from .* to .*, luma as well\.$/)
    expect(notes.join(' ')).toMatch(/Where the film keeps its own colors they were converted from .* luma as well/)
  })
})

describe('a dissolve', () => {
  it('is a shot of its own, the same whichever part of the film is looked at first', async () => {
    const folder = workFolder()
    const path = join(folder, 'dissolve.mkv')
    const chain =
      '[0]format=gray,settb=1/24[a];[1]trim=duration=4,format=gray,settb=1/24,setpts=PTS-STARTPTS[b];[a][b]xfade=transition=dissolve:duration=1.5:offset=2'
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      `${COLOR}:d=4`,
      '-f',
      'lavfi',
      '-i',
      OTHER,
      '-filter_complex',
      chain,
      '-t',
      '5',
      ...ffv1,
      `file:${path}`,
    ])
    const found = async (name: string, around?: ShotsWish): Promise<unknown> => {
      const test = startTestEngine(join(folder, name))
      await test.open(path, 'film')
      if (around) await test.engine.calls.startFindShots({ jobId: 'part', footageId: 'film', around })
      if (around) await test.ended('part')
      // The first frame is known by itself.
      if (around?.isOpen) expect(await test.engine.calls.shots('film', around)).not.toBeNull()
      if (around?.isOpen) expect(await test.engine.calls.shots('film')).toBeNull()
      await test.engine.calls.startFindShots({ jobId: 'all', footageId: 'film' })
      await test.ended('all')
      return test.engine.calls.shots('film')
    }
    const whole = (await found('whole')) as { at: number[]; transitions: { from: number; to: number }[] }
    expect(whole.transitions).toHaveLength(1)
    const [{ from, to }] = whole.transitions as [{ from: number; to: number }]
    expect(Math.abs(from - 48)).toBeLessThanOrEqual(6)
    expect(Math.abs(to - 84)).toBeLessThanOrEqual(6)
    expect(whole.at).toEqual([from, to])
    expect(await found('parts', { from: 100, to: 110 })).toEqual(whole)
    expect(await found('first', { from: 0, to: 1, isOpen: true })).toEqual(whole)
  })
})
