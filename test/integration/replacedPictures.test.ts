/**
 * A film of numbered pictures, some of which are replaced or added behind the program's back: what of its colors still
 * holds.
 */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { inWords } from '../../electron/contract/sentence.ts'
import { framesToDo, staleFrames } from '../../electron/project/dependents.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { ffmpeg } from '../material/films.ts'
import { pictureHashes } from '../material/inspect.ts'

const FRAMES = 24

/** A desk whose clip is the run of its film's pictures, numbered in front of the name, colored and saved. */
async function scannedDesk(): Promise<Desk & { readonly scan: string }> {
  const desk = await openDesk()
  const folder = join(desk.folder, 'scan')
  mkdirSync(folder)
  await ffmpeg(['-i', desk.film, '-vf', 'format=gray', join(folder, '%04d_scan.png')])
  const scan = join(folder, '0001_scan.png')
  await relink(desk, scan, false)
  await desk.colorize()
  expect(desk.clip().shots.map(({ from }) => from)).toEqual([0, 12])
  return { ...desk, scan }
}

async function relink(desk: Desk, scan: string, goesOn: boolean): Promise<void> {
  const { frameCount, rate } = await desk.engine.call('probe', scan)
  const footage = await linkFootage(scan, desk.session.path, goesOn ? desk.clip().footage : undefined)
  desk.session.apply({ type: 'relink-clip', clip: 'c', footage, frameCount, rate })
  await desk.clips.open('c')
}

/** Frames from..to are replaced by those of the film under a filter; beyond its end they are added. */
async function draw(desk: Desk, from: number, to: number, filter: string): Promise<void> {
  const pictures = join(desk.folder, 'scan', '%04d_scan.png')
  const first = from % FRAMES
  await ffmpeg([
    '-y',
    '-i',
    desk.film,
    '-vf',
    `trim=start_frame=${first}:end_frame=${first + to - from},format=gray,${filter}`,
    '-start_number',
    `${from + 1}`,
    pictures,
  ])
}

/** Opens the clip as another day; what is found on the way is taken down. */
async function openAgain(desk: Desk): Promise<void> {
  await desk.clips.closeAll()
  await desk.clips.open('c')
  for (const { id } of desk.jobs.open('c')) await desk.jobs.ended(id)
}

async function colorings(desk: Desk, from: number, to: number): Promise<string[]> {
  await desk.clips.settled('c')
  const all: string[] = []
  for (let frame = from; frame < to; frame++)
    all.push(Buffer.from(await desk.engine.call('frozenColoring', 'c', frame)).toString('base64'))
  return all
}

const messages = ({ notices }: Desk): string[] => notices.map(({ message }) => inWords(message))

it('colors anew what replaced pictures have outdated, and nothing else, as a film that was never colored before', async () => {
  const desk = await scannedDesk()
  const before = await colorings(desk, 0, FRAMES)
  await draw(desk, 16, 19, 'lutyuv=y=val*0.85')
  await openAgain(desk)
  expect(messages(desk)).toEqual(['3 pictures of this film have changed since: “0017_scan.png” to “0019_scan.png”.'])
  expect(await desk.session.footageOf('c')).toMatchObject({ state: 'found' })
  expect(staleFrames(desk.clip())).toEqual([{ from: 16, to: FRAMES }])
  // Those of the pictures before are not shown over the new ones.
  expect(await desk.coloredRanges()).toEqual([
    { from: 0, to: 16 },
    { from: 19, to: FRAMES },
  ])

  await desk.colorize()
  expect(framesToDo(desk.clip())).toEqual([])
  const anew = await colorings(desk, 0, FRAMES)
  expect(anew.slice(0, 16)).toEqual(before.slice(0, 16))
  expect(anew.slice(16)).not.toEqual(before.slice(16))
  await openAgain(desk)
  expect(messages(desk)).toHaveLength(1)
  expect(framesToDo(desk.clip())).toEqual([])

  await relink(desk, desk.scan, false)
  await desk.colorize()
  expect(await colorings(desk, 0, FRAMES)).toEqual(anew)
  expect(desk.troubles).toEqual([])
})

it('colors all anew between two pins where a picture among them was replaced: colors come from both', async () => {
  const desk = await scannedDesk()
  for (const frame of [13, 22]) await desk.pin(frame)
  await desk.colorize()
  const before = await colorings(desk, 14, 22)
  await draw(desk, 18, 19, 'hflip')
  await openAgain(desk)
  expect(staleFrames(desk.clip())).toEqual([{ from: 14, to: 22 }])
  await desk.colorize()
  const anew = await colorings(desk, 14, 22)
  expect(anew).not.toContain(before[0])
  await relink(desk, desk.scan, false)
  await desk.colorize()
  expect(await colorings(desk, 14, 22)).toEqual(anew)
})

it('notices pictures that are replaced while the film is open: when the artist comes back, and before anything is colored or written', async () => {
  const desk = await scannedDesk()
  const before = await colorings(desk, 0, FRAMES)
  desk.changed.length = 0
  await desk.clips.lookAtAll()
  expect([desk.changed, messages(desk)]).toEqual([[], []])

  // Scans that were added are said once, and nothing any more where they are taken away again.
  await draw(desk, FRAMES, FRAMES + 2, 'null')
  await desk.clips.lookAtAll()
  await desk.clips.lookAtAll()
  for (const added of [FRAMES + 1, FRAMES + 2]) rmSync(join(desk.folder, 'scan', `00${added}_scan.png`))
  await desk.clips.lookAtAll()
  expect(messages(desk)).toEqual(['“0001_scan.png … 0024_scan.png” has 26 pictures now; this project knows 24.'])
  desk.notices.length = 0

  await draw(desk, 16, 17, 'lutyuv=y=val*0.85')
  await desk.clips.lookAtAll()
  expect(messages(desk)).toEqual(['One picture of this film has changed since: “0017_scan.png”.'])
  expect(desk.changed).toContainEqual({ clip: 'c', from: 0, to: FRAMES })
  expect(staleFrames(desk.clip())).toEqual([{ from: 16, to: FRAMES }])

  await draw(desk, 18, 20, 'lutyuv=y=val*0.85')
  await desk.colorize()
  expect(messages(desk).at(-1)).toBe('2 pictures of this film have changed since: “0019_scan.png” to “0020_scan.png”.')
  expect(framesToDo(desk.clip())).toEqual([])
  const anew = await colorings(desk, 0, FRAMES)
  expect(anew.slice(0, 16)).toEqual(before.slice(0, 16))

  await draw(desk, 22, 23, 'lutyuv=y=val*0.85')
  const target = join(desk.folder, 'out.mkv')
  expect((await desk.exported(await desk.order(target))).state).toBe('done')
  expect(messages(desk).at(-1)).toBe('One picture of this film has changed since: “0023_scan.png”.')
  // What is written is what a project writes that never saw the pictures before.
  const fresh = await openDesk()
  await relink(fresh, desk.scan, false)
  await fresh.colorize()
  const again = join(fresh.folder, 'out.mkv')
  await fresh.exported(await fresh.order(again))
  expect(await pictureHashes(target)).toEqual(await pictureHashes(again))
})

it('keeps nothing that running work has made of a picture that was replaced meanwhile, and says at its end what was', async () => {
  const desk = await scannedDesk()
  const { engine, jobs, exports } = desk
  const before = await colorings(desk, 0, FRAMES)
  await engine.call('clearCache')
  const scan = (frame: number): string => join(desk.folder, 'scan', `00${frame + 1}_scan.png`)
  const [old, mended] = [join(desk.folder, 'old.png'), join(desk.folder, 'mended.png')]
  await draw(desk, 16, 17, 'lutyuv=y=val*0.6')
  renameSync(scan(16), mended)
  await draw(desk, 16, 17, 'null')
  await desk.clips.lookAtAll()
  desk.notices.length = 0

  /** Has the picture replaced when the work has come to its first frames. */
  async function meanwhile<T>(ofWork: () => T | null | undefined, end: () => Promise<T | null>): Promise<T | null> {
    await vi.waitFor(() => expect(ofWork()).toMatchObject({ state: 'running' }), { timeout: 60_000 })
    renameSync(scan(16), old)
    renameSync(mended, scan(16))
    const ended = await end()
    await vi.waitFor(() => expect(messages(desk)).toHaveLength(1), { timeout: 60_000 })
    return ended
  }
  const job = (await desk.coloring.colorize({ clip: 'c', mode: 'between' }))!
  const colorize = await meanwhile(
    () => jobs.entries.find(({ id }) => id === job),
    () => jobs.ended(job),
  )
  expect(colorize).toMatchObject({ state: 'failed', error: { code: 'footage-changed' } })
  expect(inWords(colorize!.error!.message)).toBe('“0017_scan.png” was replaced while the film was open.')
  expect(messages(desk)).toEqual(['One picture of this film has changed since: “0017_scan.png”.'])
  expect(staleFrames(desk.clip())).toEqual([{ from: 16, to: FRAMES }])
  expect(await desk.coloredRanges()).toEqual([{ from: 0, to: 16 }])
  // The artist does not like the new scan: nothing of it has come to be the old one's.
  renameSync(scan(16), mended)
  renameSync(old, scan(16))
  await desk.colorize()
  expect(await colorings(desk, 0, FRAMES)).toEqual(before)

  await engine.call('clearCache')
  desk.notices.length = 0
  const target = join(desk.folder, 'meanwhile.mkv')
  const order = await desk.order(target)
  const written = await meanwhile(
    () => exports.entries.find(({ id, progress }) => id === order && progress.done > 0),
    () => desk.exported(order),
  )
  expect(written).toMatchObject({ state: 'failed', error: { code: 'footage-changed' } })
  expect(readdirSync(desk.folder).filter((name) => name.includes('meanwhile'))).toEqual([])
  await desk.colorize()
  expect(framesToDo(desk.clip())).toEqual([])
  expect((await colorings(desk, 16, FRAMES))[0]).not.toEqual(before[16])
})

it('shows the colors from before where the pictures from before are put back', async () => {
  const desk = await scannedDesk()
  await draw(desk, 3, 4, 'negate')
  await openAgain(desk)
  expect(messages(desk)).toEqual(['One picture of this film has changed since: “0004_scan.png”.'])
  const saved = join(desk.folder, 'saved.colornn')
  await desk.session.saveAs(saved)
  await desk.session.close('keep')
  await desk.session.open(saved)
  expect(staleFrames(desk.clip()).at(0)).toMatchObject({ from: 3 })
  await draw(desk, 3, 4, 'null')
  await openAgain(desk)
  expect(framesToDo(desk.clip())).toEqual([])
  expect(await desk.coloredRanges()).toEqual([{ from: 0, to: FRAMES }])
})

it('looks for the cuts around replaced pictures again, and becomes longer by pictures that were added without losing colors', async () => {
  const desk = await scannedDesk()
  await draw(desk, 18, FRAMES, 'negate,vflip')
  await openAgain(desk)
  expect(desk.clip().shots.map(({ from }) => from)).toEqual([0, 12, 18])
  expect(desk.session.steps.map(({ label }) => label.kind)).toEqual(['add-clip', 'relink-clip'])
  await desk.colorize()
  const before = await colorings(desk, 0, FRAMES)

  await draw(desk, FRAMES, FRAMES + 6, 'hflip')
  await openAgain(desk)
  expect(await desk.session.footageOf('c')).toMatchObject({ state: 'changed' })
  await relink(desk, desk.scan, true)
  for (const { id } of desk.jobs.open('c')) await desk.jobs.ended(id)
  expect(desk.clip().frameCount).toBe(FRAMES + 6)
  expect(staleFrames(desk.clip())).toEqual([])
  expect(framesToDo(desk.clip())).toEqual([{ from: FRAMES, to: FRAMES + 6 }])
  expect(await colorings(desk, 0, FRAMES)).toEqual(before)
  await desk.colorize()
  expect(await desk.coloredRanges()).toEqual([{ from: 0, to: FRAMES + 6 }])
  rmSync(join(desk.folder, 'scan', `00${FRAMES + 6}_scan.png`))
  expect(await desk.session.footageOf('c')).toMatchObject({ state: 'changed' })
  expect(desk.troubles).toEqual([])
})
