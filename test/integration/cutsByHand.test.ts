/** What an artist does to cuts and looks by hand, while shots are looked for and after, beside what is found. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { neutralGrade } from '../../electron/contract/operations.ts'
import type { Shot } from '../../electron/contract/projectDocument.ts'
import { inWords } from '../../electron/contract/sentence.ts'
import { framesToDo } from '../../electron/project/dependents.ts'
import { journalFile } from '../../electron/project/disk/projectFiles.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { FRAMES, SHOT, searching } from '../material/searching.ts'

const startsOf = (desk: Desk): number[] => desk.clip().shots.map(({ from }) => from)
const FOUND = Array.from({ length: FRAMES / SHOT }, (_, n) => n * SHOT)
const withCuts = (...cuts: number[]): number[] => [...FOUND, ...cuts].sort((a, b) => a - b)
const strong = { ...neutralGrade, saturation: 1.5 }
const shotAt = (desk: Desk, frame: number): Shot =>
  desk.clip().shots.find(({ from, to }) => from <= frame && frame < to)!

async function foundAfter({ desk, search }: { readonly desk: Desk; readonly search: string }): Promise<void> {
  await desk.jobs.resume(search)
  await desk.jobs.ended(search)
}

describe('cuts set while the film is looked through', () => {
  it('are laid over those that are found, stay theirs in the project file, and undo takes back them alone', async () => {
    const { desk, search } = await searching(250)
    const { session } = desk
    session.apply({ type: 'split-shot', clip: 'c', at: 50 })
    session.apply({ type: 'split-shot', clip: 'c', at: 650 })
    session.apply({ type: 'move-cut', clip: 'c', at: 650, to: 660 })
    session.apply({ type: 'split-shot', clip: 'c', at: 800 })
    session.apply({ type: 'join-shots', clip: 'c', at: 800 })
    await foundAfter({ desk, search })
    // The last word on frame 800 was that no shot begins there.
    const all = withCuts(50, 660).filter((at) => at !== 800)
    expect(startsOf(desk)).toEqual(all)
    // A cut of one's own is no reason to do without the film's: the next one is on top of them.
    session.apply({ type: 'split-shot', clip: 'c', at: 70 })
    expect(startsOf(desk)).toEqual([...all, 70].sort((a, b) => a - b))
    session.undo()

    const path = join(desk.folder, 'reel.colornn')
    await session.saveAs(path)
    await session.close('keep')
    await session.open(path)
    expect(startsOf(desk)).toEqual(all)
    for (let step = 0; step < 5; step++) session.undo()
    expect(startsOf(desk)).toEqual(FOUND)
    session.goTo(6)
    expect(startsOf(desk)).toEqual(all)
    await session.save(false)
    await session.close('keep')
    await rm(journalFile(path))
    await session.open(path)
    expect(startsOf(desk)).toEqual(all)
    session.apply({ type: 'join-shots', clip: 'c', at: 300 })
    expect(startsOf(desk)).toEqual(all.filter((at) => at !== 300))
    expect(desk.troubles).toEqual([])
  })

  it('are not taken for found ones where an export has looked for those', async () => {
    const { desk } = await searching(250)
    desk.session.apply({ type: 'split-shot', clip: 'c', at: 50 })
    await desk.exported(await desk.order(join(desk.folder, 'out.mkv'), { range: { from: 0, to: 4 } }))
    await vi.waitFor(() => expect(startsOf(desk)).toEqual(withCuts(50)), 10_000)
    desk.session.undo()
    expect(startsOf(desk)).toEqual(FOUND)
    expect(desk.troubles).toEqual([])
  })

  it('do not keep the film from being colored by all of its cuts', async () => {
    const { desk, search } = await searching(250)
    desk.session.apply({ type: 'split-shot', clip: 'c', at: 390 })
    const job = (await desk.coloring.colorize({ clip: 'c', mode: 'between', range: { from: 0, to: 420 } }))!
    await foundAfter({ desk, search })
    await desk.jobs.ended(job)
    expect(startsOf(desk)).toEqual(withCuts(390))
    expect(framesToDo(desk.clip(), { from: 0, to: 420 })).toEqual([])
    expect(desk.troubles).toEqual([])
  })
})

describe('a look, and keeping own colors, given while the film is looked through', () => {
  it('are for the shot that is found around the frame in view, whatever was set for the whole before', async () => {
    const { desk, search } = await searching(150)
    const { session } = desk
    const shot = shotAt(desk, 550).id
    for (const saturation of [1.2, 1.5]) {
      session.apply({ type: 'set-look', clip: 'c', shot, look: { ...neutralGrade, saturation }, frame: 550 })
    }
    session.apply({ type: 'keep-own-colors', clip: 'c', shot, keep: true, frame: 320 })
    session.apply({ type: 'keep-own-colors', clip: 'c', shot, keep: false, frame: 720 })
    // Until the shots are known it is seen wherever one looks.
    expect(shotAt(desk, 0).look).toEqual(strong)
    await foundAfter({ desk, search })
    const looked = desk.clip().shots.filter(({ look }) => look.saturation !== 1)
    expect(looked.map(({ from, look }) => [from, look])).toEqual([[500, strong]])
    expect(desk.clip().shots.flatMap(({ from, keepsOwn }) => (keepsOwn ? [from] : []))).toEqual([300])

    const path = join(desk.folder, 'looked.colornn')
    await session.saveAs(path)
    await session.close('keep')
    await session.open(path)
    expect(shotAt(desk, 550).look).toEqual(strong)
    session.apply({ type: 'split-shot', clip: 'c', at: 555 })
    expect([shotAt(desk, 540).look, shotAt(desk, 560).look, shotAt(desk, 600).look]).toEqual([
      strong,
      strong,
      neutralGrade,
    ])
    session.goTo(1)
    expect(desk.clip().shots.every(({ look, keepsOwn }) => look.saturation === 1 && !keepsOwn)).toBe(true)
    expect(desk.troubles).toEqual([])
  })
})

describe('looking for shots again', () => {
  it('keeps what was done to cuts by hand, with looks, and says what has become of the others', async () => {
    const desk = await openDesk()
    const { session } = desk
    await desk.shots.ensure('c')
    session.apply({ type: 'split-shot', clip: 'c', at: 6 })
    session.apply({ type: 'move-cut', clip: 'c', at: 12, to: 14 })
    session.apply({ type: 'set-look', clip: 'c', shot: shotAt(desk, 8).id, look: strong })
    await desk.jobs.ended(await desk.shots.find('c'))
    expect(startsOf(desk)).toEqual([0, 6, 14])
    expect(shotAt(desk, 8).look).toEqual(strong)
    session.apply({ type: 'join-shots', clip: 'c', at: 14 })
    const search = await desk.shots.find('c')
    session.apply({ type: 'split-shot', clip: 'c', at: 20 })
    await desk.jobs.ended(search)
    expect(startsOf(desk)).toEqual([0, 6, 20])
    expect(desk.notices.map(({ message }) => inWords(message))).toEqual([
      'No other cuts were found. What you have done to cuts by hand stays.',
      'No other cuts were found. What you have done to cuts by hand stays.',
    ])
    expect(desk.troubles).toEqual([])
  })

  it('brings back what a search in vain had left out of an older project, says so, and undo takes it away', async () => {
    const desk = await openDesk()
    const { session } = desk
    await desk.shots.ensure('c')
    // As programs of before have left it: cut by hand while it was looked through, and nothing that was found counts.
    const path = join(desk.folder, 'old.colornn')
    await session.saveAs(path)
    await session.close('keep')
    await asBefore(path)
    await session.open(path)
    expect([startsOf(desk), desk.clip().cuts]).toEqual([[0, 6], 'edited'])
    desk.notices.length = 0
    await desk.clips.open('c')
    await desk.jobs.ended(await desk.shots.find('c'))
    expect(startsOf(desk)).toEqual([0, 6, 12])
    expect(desk.notices.map(({ message, advice }) => [inWords(message), inWords(advice)])).toEqual([
      [
        'Cuts of “Film” were looked for again (new: 1, gone: 0). What you have done to cuts by hand stays.',
        'Undo brings back what was there before.',
      ],
    ])
    await desk.jobs.ended(await desk.shots.find('c'))
    expect(startsOf(desk)).toEqual([0, 6, 12])
    session.undo()
    expect(startsOf(desk)).toEqual([0, 6])
  })
})

async function asBefore(path: string): Promise<void> {
  const { readFile, writeFile } = await import('node:fs/promises')
  const { checksum: _, ...file } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown> & {
    clips: { shots: Shot[]; cuts: string }[]
    saved: { foundCuts: string[] }
  }
  const [clip] = file.clips
  const shot = clip!.shots[0]!
  clip!.shots = [
    { ...shot, to: 6 },
    { ...shot, id: 'by hand', from: 6, to: 24 },
  ]
  clip!.cuts = 'edited'
  await rm(journalFile(path))
  await writeFile(path, JSON.stringify({ ...file, version: 3, saved: { ...file.saved, foundCuts: [] } }))
}
