/**
 * The program behind the window on a real engine: what an artist does to a clip, and what the document says of it then.
 */
import { randomUUID } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { copyFile, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import { checkReference, pinPicture } from '../../electron/main/pinPicture.ts'
import { framesToDo, staleFrames, uncoloredFrames } from '../../electron/project/dependents.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { leftByKill, openDesk } from '../material/desk.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { workFolder } from '../material/workFolder.ts'
import { inWords } from '../../electron/contract/sentence.ts'
import { countFrames, subtract } from '../../electron/contract/ranges.ts'

const stroke = (id: string, frame: number): ProjectCommand => ({
  type: 'add-operation',
  clip: 'c',
  frame,
  operation: {
    id,
    enabled: true,
    type: 'hint',
    kind: 'neutral',
    color: { u: 0, v: 0 },
    points: [[0.5, 0.5]],
    radius: 0.02,
  },
})

const whole = [{ from: 0, to: 24 }]

describe('the program behind the window', () => {
  it('finds the shots before it colors and notes both, but not as steps: undo passes them over and loses neither', async () => {
    const desk = await openDesk()
    await desk.colorize()
    expect(desk.clip().shots.map(({ from, to }) => [from, to])).toEqual([
      [0, 12],
      [12, 24],
    ])
    expect(framesToDo(desk.clip())).toEqual([])
    expect(await desk.coloredRanges()).toEqual(whole)
    expect(desk.session.steps.map(({ label }) => label.kind)).toEqual(['add-clip'])
    desk.session.undo()
    expect(desk.session.project.clips).toEqual([])
    desk.session.redo()
    expect(uncoloredFrames(desk.clip())).toEqual([])
    await desk.clips.open('c')
    expect(await desk.coloredRanges()).toEqual(whole)
    expect(desk.troubles).toEqual([])
  })

  it('keeps what can be redone, and cuts made meanwhile, while shots are found and frames are colored', async () => {
    const desk = await openDesk()
    const { session } = desk
    for (const id of ['a', 'b', 'c']) session.apply(stroke(id, 3))
    const coloring = desk.colorize()
    for (let count = 0; count < 3; count++) session.undo()
    await coloring
    expect(desk.clip().cuts).toBe('automatic')
    expect(framesToDo(desk.clip())).toEqual([])
    expect(session.state).toMatchObject({ redo: { kind: 'add-operation' }, position: 1, steps: 4 })
    session.goTo(4)
    expect(desk.clip().frames['3']!.operations.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(framesToDo(desk.clip())).toEqual([])

    // Looked for again, with cuts made before and after the search began.
    session.apply({ type: 'split-shot', clip: 'c', at: 6 })
    const search = await desk.shots.find('c')
    session.apply({ type: 'split-shot', clip: 'c', at: 18 })
    await desk.jobs.ended(search)
    expect(desk.clip()).toMatchObject({ cuts: 'edited' })
    expect(desk.clip().shots.map(({ from }) => from)).toEqual([0, 6, 12, 18])
    expect(desk.troubles).toEqual([])
  })

  it('refuses a picture of another shape and takes back nothing else, whenever the artist goes on', async () => {
    const desk = await openDesk()
    const path = join(desk.folder, 'tall.png')
    await ffmpeg(['-f', 'lavfi', '-i', 'color=red:s=300x900', '-frames:v', '1', path])
    const delays = [0, 5, 20, 50, 100, 150, 200]
    for (const [index, delay] of delays.entries()) {
      const refused = expect(pinPicture(desk, { clip: 'c', frame: 7, path })).rejects.toMatchObject({
        code: 'bad-picture',
      })
      await new Promise((resolve) => setTimeout(resolve, delay))
      const drag = desk.session.begin()
      desk.session.apply(stroke(`drawn ${delay}`, 3), drag)
      if (index % 2 === 0) await refused
      desk.session.commit(drag)
      await refused
      desk.session.apply({ type: 'label-frame', clip: 'c', frame: 9, label: `after ${delay}` })
    }
    expect(desk.clip().frames['7']).toBeUndefined()
    expect(desk.clip().frames['3']!.operations.map(({ id }) => id)).toEqual(delays.map((delay) => `drawn ${delay}`))
    expect(desk.session.state).toMatchObject({ position: 1 + 2 * delays.length, undo: { kind: 'label-frame' } })
    // By the name that the artist knows, not by that of its copy.
    const said = await pinPicture(desk, { clip: 'c', frame: 7, path }).catch(String)
    expect(said).toContain('“tall.png”')
    const broken = join(desk.folder, 'my coat.png')
    writeFileSync(broken, 'no picture')
    const copy = desk.session.assets.pathOf(await desk.session.assets.putFile(broken))
    expect(await checkReference(desk.engine, 'c', broken, copy, 'take-colors').catch(String)).toContain('“my coat.png”')
    const fitting = join(desk.folder, 'fitting.png')
    await ffmpeg(['-i', desk.film, '-frames:v', '1', fitting])
    await pinPicture(desk, { clip: 'c', frame: 7, path: fitting })
    expect(desk.clip().frames['7']).toMatchObject({ pinned: true })
    expect(desk.troubles).toEqual([])
  })

  it('opens a film anew that was written to while it was open, be it another one by now or the same', async () => {
    const desk = await openDesk()
    const read = (frame: number) =>
      desk.engine.call('exportFrame', 'c', frame, join(desk.folder, `${randomUUID()}.png`), false)
    const other = await drawFilm(desk.folder, 'other.mkv', { frames: 9 })
    await utimes(desk.film, new Date(), new Date(Date.now() - 3_600_000))
    await expect(read(3)).rejects.toMatchObject({ code: 'footage-changed' })
    // As its advice says.
    expect(await desk.clips.open('c')).toMatchObject({ frameCount: 24 })
    await read(3)

    await copyFile(other, desk.film)
    expect(await desk.clips.open('c')).toMatchObject({ frameCount: 9 })
    await read(5)
    expect(desk.back).toEqual([])

    // For whoever comes back to the program.
    await utimes(desk.film, new Date(), new Date(Date.now() - 7_200_000))
    await desk.clips.lookAtAll()
    expect(desk.back).toEqual(['c'])
    await read(7)
    // It is shorter now than the document says: parts that reach beyond its end are colored up to there.
    expect(await desk.coloring.colorize({ clip: 'c', mode: 'between', range: { from: 10, to: 12 } })).toBeNull()
    await desk.colorize('between', { from: 7, to: 12 })
    expect(await desk.coloredRanges()).toEqual([{ from: 7, to: 9 }])
    await desk.colorize()
    expect(await desk.coloredRanges()).toEqual([{ from: 0, to: 9 }])
    expect(desk.troubles).toEqual([])
  })

  it('keeps no project in which films were only opened and colored: their colors are there when they are opened again', async () => {
    const desk = await openDesk()
    await desk.colorize()
    const { footage, frameCount, rate } = desk.clip()
    await desk.session.close('keep')
    expect(await desk.session.unsavedProjects()).toEqual([])
    await desk.session.new('Another')
    desk.session.apply({ type: 'add-clip', clip: 'c', name: 'Film', footage, frameCount, rate })
    await desk.clips.open('c')
    await desk.shots.ensure('c')
    await vi.waitFor(() => expect(framesToDo(desk.clip())).toEqual([]), 10_000)
    expect(await desk.coloredRanges()).toEqual([{ from: 0, to: frameCount }])
    await desk.session.close('keep')
    expect(await desk.session.unsavedProjects()).toEqual([])
  })

  it('says which frames of a film that became shorter it leaves, since they are colored by a pin behind its end', async () => {
    const desk = await openDesk()
    await desk.shots.ensure('c')
    await desk.pin(20)
    await ffmpeg(['-y', '-i', desk.film, '-frames:v', '16', '-c:v', 'ffv1', join(desk.folder, 'shorter.mkv')])
    await copyFile(join(desk.folder, 'shorter.mkv'), desk.film)
    expect(await desk.clips.open('c')).toMatchObject({ frameCount: 16 })
    desk.notices.length = 0
    await desk.colorize()
    expect(await desk.coloredRanges()).toEqual([{ from: 0, to: 12 }])
    expect(desk.notices.map(({ message }) => inWords(message))).toEqual([
      '4 frames of “Film” were left as they are: their colors come from a pin or a shot that lies behind the end of the film as it is now.',
    ])
    // Once more, what is left is all there is to say.
    await desk.colorize()
    expect(desk.notices).toHaveLength(2)
  })

  it('takes a still that has transparency but is opaque everywhere for the coloring of its frame, of 8 bits or 16', async () => {
    const desk = await openDesk()
    for (const [frame, pixels] of ['rgba', 'rgba64be'].entries()) {
      const path = join(desk.folder, `${pixels}.png`)
      await ffmpeg([
        ...['-f', 'lavfi', '-i', `testsrc2=s=192x128,format=${pixels}`, '-frames:v', '1', '-pix_fmt', pixels],
        path,
      ])
      await pinPicture(desk, { clip: 'c', frame, path })
      expect(desk.clip().frames[frame]).toMatchObject({ base: { kind: 'picture' }, operations: [], pinned: true })
    }
    expect(desk.troubles).toEqual([])
  })

  it('lays a layer that was painted on over the colors of the frame, and takes no hidden black for gray', async () => {
    const desk = await openDesk()
    const path = join(desk.folder, 'layer.png')
    // Red on the left, on the right nothing: black that nobody sees.
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      "nullsrc=s=192x128,format=rgba,geq=r='if(lt(X,96),220,0)':g=30*lt(X\\,96):b=30*lt(X\\,96):a=255*lt(X\\,96)",
      '-frames:v',
      '1',
      path,
    ])
    await desk.colorize()
    const at = async (x: number) => desk.engine.call('pickColor', 'c', 3, [x, 0.5], 0.05)
    const before = await at(0.8)
    await pinPicture(desk, { clip: 'c', frame: 3, path })
    await desk.clips.settled('c')
    expect((await at(0.25))!.v).toBeGreaterThan(0.2)
    expect(await at(0.8)).toEqual({
      u: expect.closeTo(before!.u, 2) as number,
      v: expect.closeTo(before!.v, 2) as number,
    })
    expect(desk.session.state).toMatchObject({ undo: { kind: 'pin', frame: 3 } })
    desk.session.undo()
    expect(desk.clip().frames['3']).toBeUndefined()
    expect(desk.troubles).toEqual([])
  })

  it('knows the rate of a sequence of pictures by what the artist says, in the saved project as well, and tells where nobody did', async () => {
    const desk = await openDesk()
    const { session, clips, engine } = desk
    for (let n = 0; n < 4; n++)
      await drawFilm(desk.folder, `scan_${n}.png`, { frames: 1, pixelFormat: 'gray', codec: ['-c:v', 'png'] })
    const path = join(desk.folder, 'scan_0.png')
    const { name, frameCount, rate, rateFrom } = await engine.call('probe', path)
    expect({ rate, rateFrom }).toEqual({ rate: { num: 24, den: 1 }, rateFrom: 'assumed' })
    session.apply({
      type: 'add-clip',
      clip: 's',
      name,
      footage: await linkFootage(path, session.path),
      frameCount,
      rate,
    })
    expect(await clips.open('s')).toMatchObject({ rateFrom: 'assumed' })
    session.apply({ type: 'set-rate', clip: 's', rate: { num: 16, den: 1 } })
    clips.sync()
    expect(await clips.open('s')).toMatchObject({
      rateFrom: 'artist',
      rate: { num: 16, den: 1 },
      durationSeconds: 0.25,
      warnings: [],
    })
    expect((await clips.open('c')).rateFrom).toBeUndefined()

    // Asked for at once, when the film is not open at its new rate yet.
    session.apply({ type: 'set-rate', clip: 's', rate: { num: 18, den: 1 } })
    clips.sync()
    const coloring = desk.coloring.colorize({ clip: 's', mode: 'between' })
    await expect(coloring).resolves.toEqual(expect.any(String))
    await desk.jobs.ended((await coloring)!)
    session.apply({ type: 'set-rate', clip: 's', rate: { num: 16, den: 1 } })
    clips.sync()

    const project = join(desk.folder, 'kept.colornn')
    await session.saveAs(project)
    await session.close('keep')
    await clips.closeAll()
    await session.open(project)
    expect(session.project.clips.find(({ id }) => id === 's')).toMatchObject({
      rate: { num: 16, den: 1 },
      artistRate: { num: 16, den: 1 },
    })
    expect(await clips.open('s')).toMatchObject({ rate: { num: 16, den: 1 } })
  })

  it('opens the film of a project that was left and opened again while its film was being opened', async () => {
    const desk = await openDesk()
    const { engine, session, clips } = desk
    await session.saveAs(join(desk.folder, 'left.colornn'))
    await clips.closeAll()
    // The engine is slow: it has the film open when the project is closed, and closes it when that is open again.
    const call = engine.call.bind(engine) as (...given: unknown[]) => Promise<unknown>
    const going: Record<string, () => void> = {}
    const slow = new Map(
      ['openFootage', 'closeFootage'].map((name) => [name, new Promise<void>((resolve) => (going[name] = resolve))]),
    )
    vi.spyOn(engine, 'call').mockImplementation(async (...given: unknown[]) => {
      const answer = await call(...given)
      await slow.get(given[0] as string)
      return answer as never
    })
    const early = clips.open('c')
    early.catch(() => undefined)
    await session.close('keep')
    going['openFootage']!()
    await vi.waitFor(() => expect(engine.call).toHaveBeenCalledWith('closeFootage', 'c'))
    await session.open(join(desk.folder, 'left.colornn'))
    const late = clips.open('c')
    going['closeFootage']!()
    expect(await late).toMatchObject({ frameCount: 24 })
    await expect(early).rejects.toMatchObject({ code: 'bad-argument' })
    expect(await desk.coloredRanges()).toEqual([])
    expect(clips.openClips).toEqual(['c'])
    expect(desk.troubles).toEqual([])
  })

  it('makes stale, and does again, only what reads a pin', async () => {
    const desk = await openDesk()
    await desk.colorize()
    await desk.pin(4)
    expect(staleFrames(desk.clip())).toEqual([
      { from: 0, to: 4 },
      { from: 5, to: 12 },
    ])
    await desk.colorize()
    expect(framesToDo(desk.clip())).toEqual([])
    expect(await desk.coloredRanges()).toEqual(whole)
    desk.changed.length = 0
    await desk.pin(8)
    const touched = desk.changed.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n))
    expect(Math.min(...touched)).toBeGreaterThanOrEqual(5)
    expect(Math.max(...touched)).toBeLessThan(12)
  })

  it('goes on where the engine was killed, and loses no edit', async () => {
    const desk = await openDesk()
    await desk.colorize('between', { from: 0, to: 6 })
    const job = desk.colorize()
    process.kill(desk.pid(), 'SIGKILL')
    await job
    expect(framesToDo(desk.clip())).toEqual([])
    expect(await desk.coloredRanges()).toEqual(whole)
  })

  it('keeps the film open that is in view, however many others are worked on', async () => {
    const desk = await openDesk()
    const { footage, frameCount, rate } = desk.clip()
    await desk.clips.show('c')
    const others = ['d', 'e', 'f', 'g', 'h']
    for (const clip of others) desk.session.apply({ type: 'add-clip', clip, name: clip, footage, frameCount, rate })
    for (const clip of others) await desk.clips.open(clip)
    expect(desk.clips.openClips).toEqual(['c', 'f', 'g', 'h'])
    expect(await desk.engine.call('coloredRanges', 'c')).toEqual([])
    await desk.clips.show('h')
    for (const clip of ['d', 'e', 'f', 'g']) await desk.clips.open(clip)
    expect(new Set(desk.clips.openClips)).toEqual(new Set(['e', 'f', 'g', 'h']))
  })

  it('does stale frames again by itself where the project says so', async () => {
    const desk = await openDesk()
    await desk.colorize()
    desk.session.apply({ type: 'change-settings', settings: { propagateAtOnce: true } })
    await desk.pin(4)
    await vi.waitFor(() => expect(framesToDo(desk.clip())).toEqual([]), 120_000)
    expect(await desk.coloredRanges()).toEqual(whole)
    // One undo reaches the pin, and what is done again by itself does not bring it back.
    desk.session.undo()
    expect(desk.clip().frames).toEqual({})
    await vi.waitFor(() => expect(framesToDo(desk.clip())).toEqual([]), 120_000)
    expect(desk.clip().frames).toEqual({})
    expect(desk.session.state).toMatchObject({ undo: { kind: 'change-settings' }, redo: { kind: 'pin' } })
    desk.session.redo()
    expect(desk.clip().frames['4']).toMatchObject({ pinned: true })
  })

  it('says which picture it can not take, and takes the rest', async () => {
    const desk = await openDesk()
    const asset = await desk.session.assets.put(new TextEncoder().encode('no picture'), 'png')
    desk.session.apply({ type: 'pin', clip: 'c', frame: 3, base: { kind: 'picture', asset } })
    await expect(desk.clips.settled('c')).rejects.toMatchObject({ code: 'bad-picture' })
    await desk.colorize('between', { from: 12, to: 24 })
    expect(await desk.coloredRanges()).toEqual([{ from: 12, to: 24 }])
  })

  it('finds its colors again when the project is opened another day', async () => {
    const desk = await openDesk()
    await desk.colorize()
    const saved = join(desk.folder, 'saved.colornn')
    await desk.session.saveAs(saved)
    await desk.clips.closeAll()
    await desk.session.close('keep')
    await desk.session.open(saved)
    await desk.clips.open('c')
    expect(await desk.coloredRanges()).toEqual(whole)
    expect(readdirSync(desk.folder).filter((name) => name.startsWith('two shots'))).toEqual(['two shots.mkv'])
  })

  it('shows what was colored when the program was killed, though its document was never told', async () => {
    const folder = workFolder()
    const frameCount = 240
    const desk = await openDesk(folder, {
      path: await drawFilm(folder, 'one shot.mkv', { frames: frameCount }),
      frameCount,
    })
    await desk.shots.ensure('c')
    await desk.pin(200)
    const job = await desk.coloring.colorize({ clip: 'c', mode: 'between' })
    await vi.waitFor(() => expect(desk.jobs.open()[0]?.progress.done).toBeGreaterThan(12), 60_000)
    const killed = await leftByKill(desk)
    await desk.jobs.cancel(job!)
    const done = subtract([{ from: 0, to: frameCount }], framesToDo(desk.clip()))
    await desk.session.open(killed)
    expect(countFrames(framesToDo(desk.clip()))).toBe(frameCount - 1)
    await desk.clips.open('c')
    await vi.waitFor(() => expect(subtract(done, framesToDo(desk.clip()))).toEqual(done), 10_000)
    expect(subtract(done, await desk.coloredRanges())).toEqual([])
    expect(staleFrames(desk.clip())).toEqual([])
    expect(desk.session.steps.map(({ label }) => label.kind)).toEqual(['add-clip', 'pin'])
    expect(desk.troubles).toEqual([])
  })

  it('takes a film that has changed for what it is now, once the artist says so', async () => {
    const desk = await openDesk()
    await desk.colorize()
    await ffmpeg(['-i', join(desk.folder, 'a.mkv'), '-c:v', 'ffv1', desk.film])
    const { frameCount, rate } = await desk.engine.call('probe', desk.film)
    desk.session.apply({
      type: 'relink-clip',
      clip: 'c',
      footage: await linkFootage(desk.film, desk.session.path),
      frameCount,
      rate,
    })
    expect(desk.clip().frameCount).toBe(12)
    expect((await desk.clips.open('c')).frameCount).toBe(12)
    await desk.colorize()
    expect(await desk.coloredRanges()).toEqual([{ from: 0, to: 12 }])
    expect(desk.troubles).toEqual([])
  })
})
