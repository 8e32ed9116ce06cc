/** Shots without a pin get the colors of pins in other shots that they look like, and of nothing else. */
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { parseCommandLine } from '../../electron/cli/arguments.ts'
import { runFilm } from '../../electron/cli/filmJob.ts'
import { WordsReporter } from '../../electron/cli/reporter.ts'
import { inEnglish, Session, tellNobody } from '../../electron/cli/session.ts'
import type { ColoringExample } from '../../electron/contract/alike.ts'
import { exportRecordSchema } from '../../electron/contract/exportRecord.ts'
import type { UserError } from '../../electron/contract/userError.ts'
import { colorize, prepareCommandLine } from '../material/commandLine.ts'
import { bundledEngine } from '../material/desk.ts'
import { ffmpeg } from '../material/films.ts'
import { onlyOn } from '../material/onlyOn.ts'
import { farFromTruth, PINNED, pinPicture, pinsOf, scenes } from '../material/sceneDesk.ts'
import { drawScenes, SCENE } from '../material/scenes.ts'
import { weightsFolder } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

const haltsEngine = onlyOn(['linux', 'darwin'], 'a signal halts the engine')

describe('pins of shots that look alike', () => {
  it('color a frame of each such shot in one step, and none of another scene', async () => {
    const desk = await scenes()
    await pinPicture(desk, PINNED)
    const before = desk.session.steps.length
    const job = (await desk.alike.start('c'))!
    expect(await desk.jobs.ended(job)).toMatchObject({ kind: 'alike', state: 'done', progress: { done: 2 * SCENE } })
    const pins = Object.keys(desk.clip().frames).map(Number)
    expect(pins).toHaveLength(2)
    const [, found = 0] = pins
    expect(found).toBeGreaterThanOrEqual(2 * SCENE)
    expect(desk.clip().frames[found]).toMatchObject({ pinned: true, base: { kind: 'frozen' } })
    expect(desk.session.steps).toHaveLength(before + 1)

    // The scene has its own colors, which the color model can not know.
    const guess = await desk.engine.call('frozenColoring', 'c', found + 1)
    const { coloring, share } = await desk.engine.call('coloringLike', 'c', found, { pin: PINNED })
    expect(share).toBeGreaterThan(0.4)
    expect(await farFromTruth(desk, found, coloring)).toBeLessThan(0.5 * (await farFromTruth(desk, found + 1, guess)))

    desk.session.undo()
    expect(Object.keys(desk.clip().frames)).toEqual([String(PINNED)])
    expect(desk.troubles).toEqual([])
  })

  it('say how alike they are, the likest first', async () => {
    const desk = await scenes()
    await pinPicture(desk, SCENE + PINNED)
    await pinPicture(desk, PINNED)
    const { pins: likeness } = await desk.alike.likeness('c', 2 * SCENE + PINNED)
    expect(likeness.map(({ frame }) => frame)).toEqual([PINNED, SCENE + PINNED])
    expect(likeness[0]!.share).toBeGreaterThan(0.4)
    expect(likeness[1]!.share).toBeLessThan(0.3)
  })

  it('color the frame that is asked for, as does a picture of something else', async () => {
    const desk = await scenes()
    await pinPicture(desk, PINNED)
    const frame = 2 * SCENE + 5
    const guess = await desk.engine.call('frozenColoring', 'c', frame)
    const far = await farFromTruth(desk, frame, guess)
    const examples: ColoringExample[] = [{ pin: PINNED }, { path: await desk.picture(PINNED) }]
    for (const like of examples) {
      expect(await desk.alike.pinLike('c', frame, like)).toBeGreaterThan(0.4)
      await desk.clips.settled('c')
      const shown = await desk.engine.call('frozenColoring', 'c', frame)
      expect(await farFromTruth(desk, frame, shown)).toBeLessThan(0.5 * far)
      desk.session.undo()
    }
  })

  it('leaves alone what has a pin by then, what is locked and what keeps its own colors', async () => {
    const desk = await scenes()
    await expect(desk.alike.start('c')).rejects.toMatchObject({ code: 'not-found' })
    await pinPicture(desk, PINNED)
    await pinPicture(desk, 2 * SCENE + 3)
    const job = (await desk.alike.start('c'))!
    expect(await desk.jobs.ended(job)).toMatchObject({ state: 'done', progress: { total: SCENE } })
    const [, other] = desk.clip().shots
    desk.session.apply({ type: 'keep-own-colors', clip: 'c', shot: other!.id, keep: true })
    expect(await desk.alike.start('c')).toBeNull()
    expect(Object.keys(desk.clip().frames)).toHaveLength(2)
  })

  it('pins nothing where it is cancelled while what it has found is colored', async () => {
    const desk = await scenes()
    await pinPicture(desk, PINNED)
    const call = desk.engine.call.bind(desk.engine) as (...given: unknown[]) => Promise<unknown>
    const job = (await desk.alike.start('c'))!
    const cancelled: Promise<void>[] = []
    vi.spyOn(desk.engine, 'call').mockImplementation(async (...given: unknown[]) => {
      if (given[0] === 'coloringLike') cancelled.push(desk.jobs.cancel(job))
      return (await call(...given)) as never
    })
    expect(await desk.jobs.ended(job)).toMatchObject({ state: 'cancelled', notes: [] })
    expect(await Promise.all(cancelled)).toHaveLength(1)
    expect([pinsOf(desk), desk.troubles]).toEqual([[PINNED], []])
  })

  it('is cancelled at once, and the engine colors nothing more for it', haltsEngine, async () => {
    const desk = await scenes()
    await pinPicture(desk, PINNED)
    const call = desk.engine.call.bind(desk.engine) as (...given: unknown[]) => Promise<unknown>
    const job = (await desk.alike.start('c'))!
    const came: string[] = []
    let answered: Promise<unknown> = Promise.resolve()
    const engine = desk.pid()
    onTestFinished(() => void process.kill(engine, 'SIGCONT'))
    vi.spyOn(desk.engine, 'call').mockImplementation((async (...given: unknown[]) => {
      if (given[0] !== 'coloringLike') return call(...given)
      // However long this process has to wait for a processor, the engine is not done before it hears of the end.
      process.kill(engine, 'SIGSTOP')
      const answer = call(...given)
      answered = answer.then(
        () => came.push('colored'),
        (error: UserError) => came.push(error.code),
      )
      void desk.jobs.cancel(job)
      return answer
    }) as typeof desk.engine.call)
    expect(await desk.jobs.ended(job)).toMatchObject({ state: 'cancelled' })
    expect(came).toEqual([])
    process.kill(engine, 'SIGCONT')
    await answered
    expect([came, pinsOf(desk), desk.troubles]).toEqual([['cancelled'], [PINNED], []])
  })

  it('pins nothing while it is paused, and what it has found once it goes on', async () => {
    const desk = await scenes()
    await pinPicture(desk, PINNED)
    const call = desk.engine.call.bind(desk.engine) as (...given: unknown[]) => Promise<unknown>
    const job = (await desk.alike.start('c'))!
    vi.spyOn(desk.engine, 'call').mockImplementation((async (...given: unknown[]) => {
      if (given[0] === 'coloringLike') await desk.jobs.pause(job)
      return call(...given)
    }) as typeof desk.engine.call)
    await vi.waitFor(() => expect(desk.jobs.open('c')).toMatchObject([{ state: 'paused' }]), { timeout: 30_000 })
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(pinsOf(desk)).toEqual([PINNED])
    await desk.jobs.resume(job)
    expect(await desk.jobs.ended(job)).toMatchObject({ state: 'done' })
    expect(pinsOf(desk)).toHaveLength(2)
  })

  it('are compared only as long as somebody waits for it', async () => {
    const desk = await scenes()
    for (const frame of [PINNED, SCENE + PINNED, SCENE + PINNED + 1]) await pinPicture(desk, frame)
    const called = vi.spyOn(desk.engine, 'call')
    const compared = desk.alike.likeness('c', 2 * SCENE)
    const told = compared.catch((error: UserError) => error.code)
    await vi.waitFor(() => expect(called.mock.calls.map(([name]) => name)).toContain('likeness'))
    const answer = called.mock.results[called.mock.calls.findIndex(([name]) => name === 'likeness')]!
    desk.alike.giveUpLikeness()
    expect(await told).toBe('cancelled')
    await expect(answer.value).rejects.toMatchObject({ code: 'cancelled' })
    // Given up before the engine has heard of it, and asked for anew.
    const [first, second] = [desk.alike.likeness('c', 2 * SCENE), desk.alike.likeness('c', 2 * SCENE)]
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    expect((await second).pins).toHaveLength(3)
  })

  it('is refused where there is no network to find it, and not told as nothing found', async () => {
    const desk = await scenes()
    await pinPicture(desk, PINNED)
    const weights = join(desk.folder, 'weights without a pass')
    cpSync(join(weightsFolder, 'color-model'), join(weights, 'color-model'), { recursive: true })
    desk.settings.COLORNN_WEIGHTS = weights
    process.kill(desk.pid(), 'SIGKILL')
    await expect(desk.alike.likeness('c', SCENE)).rejects.toMatchObject({ code: 'weights-missing' })
    const ended = await desk.jobs.ended((await desk.alike.start('c'))!)
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'weights-missing' }, notes: [] })
  })

  it('goes on where the engine was killed', async () => {
    const desk = await scenes()
    await pinPicture(desk, PINNED)
    const job = (await desk.alike.start('c'))!
    process.kill(desk.pid(), 'SIGKILL')
    expect(await desk.jobs.ended(job)).toMatchObject({ state: 'done' })
    expect(Object.keys(desk.clip().frames)).toHaveLength(2)
  })
})

describe('a picture that frames are to be colored like', () => {
  it('is refused where it is transparent all over, or gray', async () => {
    const desk = await scenes()
    const [clear, gray] = ['clear.png', 'gray.png'].map((name) => join(desk.folder, name)) as [string, string]
    const source = ['-i', await desk.picture(PINNED)]
    await ffmpeg([...source, '-vf', 'format=rgba,colorchannelmixer=aa=0', clear])
    await ffmpeg([...source, '-vf', 'format=gray,format=rgb24', gray])
    await expect(desk.alike.pinLike('c', 5, { path: clear })).rejects.toThrow(/“clear.png” is transparent all over/)
    await expect(desk.alike.pinLike('c', 5, { path: gray })).rejects.toThrow(/“gray.png” is gray all over/)
    expect(pinsOf(desk)).toEqual([])
  })
})

it('are colored on by the command line where a frame of them can not be pinned, and that is told', async () => {
  const folder = workFolder()
  const { path, picture } = await drawScenes(folder)
  const asked = ['-o', 'out.mkv', '--pin-alike', '--keyframe', `${PINNED}=${await picture(PINNED)}`]
  const command = parseCommandLine([path, ...asked], folder)
  const session = new Session(
    bundledEngine(folder, () => undefined),
    tellNobody,
  )
  onTestFinished(() => session.client.stop())
  const call = session.client.call.bind(session.client) as (...given: unknown[]) => Promise<unknown>
  vi.spyOn(session.client, 'call').mockImplementation(async (...given: unknown[]) => {
    if (given[0] === 'coloringLike') throw new Error('EIO: i/o error, read')
    return (await call(...given)) as never
  })
  const reporter = new WordsReporter(1, { quiet: true, verbose: false })
  const notes = vi.spyOn(reporter, 'note')
  if (command.kind !== 'film') throw new RangeError(command.kind)
  await runFilm(session, { order: command.order, isOneOfMany: false }, folder, reporter)
  const said = notes.mock.calls.map(([note]) => (typeof note === 'string' ? note : inEnglish(note)))
  expect(said).toEqual([expect.stringMatching(/^Frame \d+ is not pinned: Something went wrong .* Try again/)])
  const record: unknown = JSON.parse(readFileSync(join(folder, 'out.mkv.colornn.json'), 'utf8'))
  expect(exportRecordSchema.parse(record).pins.map(({ frame }) => frame)).toEqual([PINNED])
})

it('are pinned by the command line as in the window, when it is asked to', async () => {
  await prepareCommandLine()
  const folder = workFolder()
  const { path, picture } = await drawScenes(folder)
  const keyframe = ['--keyframe', `${PINNED}=${await picture(PINNED)}`]
  const pinnedIn = async (name: string, ...options: string[]): Promise<number[]> => {
    const { code, stderr } = await colorize([path, '-o', name, ...keyframe, ...options], { cwd: folder })
    expect(stderr.includes('Shots without a pin that look like pinned ones: 1 of 2.')).toBe(options.length > 0)
    expect(code).toBe(0)
    const record: unknown = JSON.parse(readFileSync(join(folder, `${name}.colornn.json`), 'utf8'))
    return exportRecordSchema.parse(record).pins.map(({ frame }) => frame)
  }
  expect(await pinnedIn('one.mkv')).toEqual([PINNED])
  const [pinned, alike = 0, ...more] = await pinnedIn('alike.mkv', '--pin-alike')
  expect([pinned, ...more]).toEqual([PINNED])
  expect(alike).toBeGreaterThanOrEqual(2 * SCENE)
})
