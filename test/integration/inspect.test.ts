/** That faults drawn into known frames of a film are found there, and nothing where there is none. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { FindingKind, Inspection } from '../../electron/contract/inspection.ts'
import type { ExportRecord } from '../../electron/contract/exportRecord.ts'
import { frameInOriginal, inspectionSchema } from '../../electron/contract/inspection.ts'
import type { JobProgress, JobState } from '../../electron/contract/schemas.ts'
import { inspectFilm } from '../../electron/engine/inspect/inspectFilm.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { inspect, prepareCommandLine } from '../material/commandLine.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { commandOf, descendantsOf } from '../material/processes.ts'
import { scriptedFfmpeg } from '../material/scriptedFfmpeg.ts'
import { startTestEngine } from '../material/testEngine.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FRAMES = 48
/** Colors as pale as those of film. */
const pale = 'hue=s=0.3'
const at = (from: number, to: number): string => `enable='between(n,${from},${to - 1})'`

const draw = (name: string, filters: string, frames = FRAMES): Promise<string> =>
  drawFilm(folder, `${name}.mkv`, { frames, range: 'limited', filters: [pale, filters].join(',') })

async function look(path: string, original: string | null = null): Promise<Inspection> {
  const tools = await locateFfmpeg()
  const open = (film: string) => openFootage(tools, film, { id: '' })
  return inspectFilm(
    tools,
    { film: await open(path), record: null, original: original === null ? null : await open(original) },
    new AbortController().signal,
    () => Promise.resolve(),
  )
}

const ofKind = ({ found }: Inspection, kind: FindingKind): [from: number, to: number][] =>
  found.filter((place) => place.kind === kind).map(({ from, to }) => [from, to])

let clean: string
beforeAll(async () => {
  clean = await draw('clean', 'null')
})

describe('looking a film through', () => {
  it('finds nothing in a clean one that is as its original', async () => {
    const inspection = await look(clean, clean)
    expect(inspection).toMatchObject({ name: 'clean.mkv', frames: FRAMES, rate: { num: 24, den: 1 }, found: [] })
    expect(inspection.kinds).toEqual(['flicker', 'gray', 'flash', 'gamut', 'skin', 'doubled', 'dropped'])
    expect((await look(clean)).kinds).not.toContain('doubled')
  })

  it('lets the search for shots of a film go before it that is opened meanwhile', async () => {
    const { engine, messages, open, ended } = startTestEngine(workFolder())
    const long = await draw('long', 'null', 1500)
    await engine.calls.startInspect({ jobId: 'inspect', footageId: '', path: long })
    const isUnderWay = ({ jobId, done }: JobProgress): boolean => jobId === 'inspect' && done > 0
    await vi.waitFor(
      () => expect(messages.some((told) => told.type === 'progress' && isUnderWay(told.progress))).toBe(true),
      20_000,
    )
    await open(clean, 'film')
    await engine.calls.startFindShots({ jobId: 'shots', footageId: 'film' })
    const order: string[] = []
    await Promise.all(['inspect', 'shots'].map((id) => ended(id).then(({ state }) => order.push(`${id} ${state}`))))
    expect(order).toEqual(['shots done', 'inspect done'])
  })

  it('can be paused and ended while its film is still being opened, and fails where that can not be', async () => {
    const place = workFolder()
    const film = join(place, 'slow.mkv')
    copyFileSync(clean, film)
    const held = join(place, 'held')
    writeFileSync(held, '')
    const slow = `case "$*" in *slow.mkv*) while [ -e '${held}' ]; do sleep 0.05; done;; esac`
    vi.stubEnv('COLORNN_FFMPEG', (await scriptedFfmpeg(place, slow)).path)
    onTestFinished(() => {
      rmSync(held, { force: true })
      vi.unstubAllEnvs()
    })
    const { engine, messages, ended } = startTestEngine(place)
    const begin = (jobId: string, path: string) => engine.calls.startInspect({ jobId, footageId: '', path })
    const states = (id: string): JobState[] =>
      messages.flatMap((told) => (told.type === 'progress' && told.progress.jobId === id ? [told.progress.state] : []))
    const opening = (): number[] => descendantsOf(process.pid).filter((pid) => commandOf(pid).join(' ').includes(film))

    void begin('slow', film)
    await vi.waitFor(() => expect(opening()).toHaveLength(1), 10_000)
    await engine.calls.pauseJob('slow')
    expect(states('slow').at(-1)).toBe('paused')
    await engine.calls.resumeJob('slow')
    await engine.calls.cancelJob('slow')
    expect((await ended('slow')).state).toBe('cancelled')
    await vi.waitFor(() => expect(opening()).toEqual([]), 10_000)

    void begin('again', film)
    await vi.waitFor(() => expect(opening()).toHaveLength(1), 10_000)
    await engine.calls.pauseJob('again')
    rmSync(held)
    await vi.waitFor(() => expect(opening()).toEqual([]), 10_000)
    expect(states('again').at(-1)).toBe('paused')
    await engine.calls.resumeJob('again')
    expect(await ended('again')).toMatchObject({ state: 'done', done: FRAMES, total: FRAMES })

    await begin('none', join(place, 'none.mkv'))
    expect(await ended('none')).toMatchObject({ state: 'failed', error: { code: 'not-found' } })
  })

  it('finds nothing in pieces of a film, and knows which of its frames each is', async () => {
    const tools = await locateFfmpeg()
    const pieces = [
      { from: 4, to: 12 },
      { from: 30, to: 42 },
    ]
    const film = join(folder, 'pieces.mkv')
    await ffmpeg(['-i', clean, '-vf', "select='between(n,4,11)+between(n,30,41)',setpts=N/24/TB", '-c:v', 'ffv1', film])
    const shots = [{ from: 0, to: FRAMES, confidence: { mean: 0.1, lowest: 0.05, lowestAt: 35 } }]
    const record = { file: { settings: { range: { from: 4, to: 42 }, pieces } }, shots } as unknown as ExportRecord
    const open = (path: string) => openFootage(tools, path, { id: '' })
    const footage = { film: await open(film), record, original: await open(clean) }
    const found = await inspectFilm(tools, footage, new AbortController().signal, () => Promise.resolve())
    expect(found.found.map(({ kind }) => kind)).toEqual(['unsure', 'unsure'])
    // The one of the lowest confidence.
    const { frame } = found.found[1]!
    expect([frame, frameInOriginal(found, frame), frameInOriginal(found, 0)]).toEqual([13, 35, 4])
  })

  it('finds a frame whose color jumps away and comes back', async () => {
    const found = await look(await draw('flicker', `lutyuv=v=val+9:${at(20, 21)}`))
    expect(found.found).toMatchObject([{ kind: 'flicker', from: 20, to: 21, frame: 20 }])
    expect(found.found[0]!.amount).toBeGreaterThan(5)
    expect(found.found[0]!.amount).toBeLessThan(12)
  })

  it('finds frames that were left gray, but neither black ones nor a film without any color', async () => {
    const gray = await draw('gray', `hue=s=0:${at(30, 36)},lutyuv=y=16:u=128:v=128:${at(40, 44)}`)
    expect(ofKind(await look(gray), 'gray')).toEqual([[30, 36]])
    expect(ofKind(await look(await draw('all gray', 'hue=s=0')), 'gray')).toEqual([])
  })

  it('finds flashes of one and of two frames, but no lasting change of light', async () => {
    const flashes = [at(10, 11), at(20, 22), at(35, FRAMES)].map((when) => `lutyuv=y=val+50:${when}`).join(',')
    expect(ofKind(await look(await draw('flash', flashes)), 'flash')).toEqual([
      [10, 11],
      [20, 22],
    ])
  })

  it('finds saturation that no screen can show', async () => {
    expect(ofKind(await look(await draw('gamut', `hue=s=8:${at(12, 18)}`)), 'gamut')).toEqual([[12, 18]])
  })

  it('finds colors like those of skin that lean to magenta or to green, and leaves those of skin alone', async () => {
    const box = (color: string, from: number): string =>
      `drawbox=x=20:y=10:w=50:h=44:t=fill:c=${color}:${at(from, from + 10)}`
    const faces = ['hue=s=0', box('0xb49384', 4), box('0xb98fa0', 18), box('0xa49975', 34)].join(',')
    const found = await look(await draw('skin', faces))
    expect(ofKind(found, 'skin')).toEqual([
      [18, 28],
      [34, 44],
    ])
    const [magenta, green] = found.found.filter(({ kind }) => kind === 'skin')
    expect(magenta!.amount).toBeLessThan(-30)
    expect(green!.amount).toBeGreaterThan(30)
  })

  it('finds frames that are missing and such as are there twice, also of a film that was encoded with loss', async () => {
    const again = 'loop=loop=1:size=1:start=30,setpts=N/24/TB'
    const name = await drawFilm(folder, 'misplaced.mp4', {
      frames: FRAMES - 1,
      range: 'limited',
      filters: `${pale},select='not(between(n,12,13))',setpts=N/24/TB,${again}`,
      codec: ['-c:v', 'libx264', '-crf', '16'],
    })
    const found = (await look(name, clean)).found.filter(({ kind }) => kind === 'doubled' || kind === 'dropped')
    expect(found).toMatchObject([
      { kind: 'dropped', frame: 12, amount: 2 },
      { kind: 'doubled', frame: 30, amount: 1 },
    ])
  })
})

describe('npm run inspect', () => {
  beforeAll(prepareCommandLine)

  it('names places, and writes a report that opens anywhere and believes no name', async () => {
    const cwd = workFolder()
    const film = await drawFilm(cwd, '<b>&.mkv', {
      frames: 24,
      range: 'limited',
      filters: `${pale},hue=s=0:${at(8, 12)}`,
    })
    const { code, stdout, stderr } = await inspect([film, '--html', 'report.html'], { cwd })
    expect({ code, stdout }, stderr).toMatchObject({ code: 0 })
    expect(stdout).toMatch(/^00:00:00:08 {2}frames 8 to 11 {2}Gray leftovers: These 4 frames have no color\.$/m)
    expect(stderr).toMatch(/Not looked for: low confidence, doubled frames, dropped frames\./)
    const html = readFileSync(join(cwd, 'report.html'), 'utf8')
    expect(html).toContain('Looked through: &lt;b&gt;&amp;.mkv')
    expect(html).toMatch(/<img src="data:image\/jpeg;base64,\/9j\//)
    expect(html).not.toMatch(/<script|<b>&|(src|href)="?(http|\/|\.)/)

    writeFileSync(join(cwd, 'mine.html'), 'mine')
    expect(await inspect([film, '--html', 'mine.html'], { cwd })).toMatchObject({ code: 1 })
    // Before anything is looked at.
    expect(await inspect([film, '--html', 'gone/report.html'], { cwd })).toEqual({
      code: 1,
      stdout: '',
      stderr: `The folder “${join(cwd, 'gone')}” is not there.\nCreate it, connect its disk, or choose another folder.\n`,
    })
    expect(readFileSync(join(cwd, 'mine.html'), 'utf8')).toBe('mine')
    const json = await inspect([film, '--json', '--quiet'], { cwd })
    expect(inspectionSchema.parse(JSON.parse(json.stdout)).found.map(({ kind }) => kind)).toContain('gray')
    // Of the films in a folder none is looked through as if it were all of it.
    expect(await inspect(['.'], { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is a folder.') as string,
    })
    for (const wrong of [[], [film, film], [film, '--html', 'film.mkv'], [film, '--nonsense']])
      expect(await inspect(wrong, { cwd })).toMatchObject({ code: 2 })
  })
})
