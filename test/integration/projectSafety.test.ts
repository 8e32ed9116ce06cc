/**
 * Places that are lost while a project is open, and programs that want the same project: nobody overwrites, nothing is
 * lost.
 */
import { execFileSync } from 'node:child_process'
import {
  cp,
  link,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Project } from '../../electron/contract/projectDocument.ts'
import { inWords } from '../../electron/contract/sentence.ts'
import { toUserErrorData } from '../../electron/contract/userError.ts'
import { UnwrittenEdits, type UnwrittenAnswer } from '../../electron/main/unwrittenEdits.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { thisHolder } from '../../electron/project/disk/lockHolder.ts'
import { someFootage } from '../material/arbitraryEdits.ts'
import { sha256 } from '../../electron/content/digest.ts'
import { ProjectLock } from '../../electron/project/disk/projectLock.ts'
import { ProjectSession, type ProjectEvent } from '../../electron/project/session/projectSession.ts'
import { mountsDisk } from '../material/onlyOn.ts'

let folder: string
let path: string
let sessions: ProjectSession[]
let told: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'project-safety-'))
  await mkdir(join(folder, 'share'))
  path = join(folder, 'share', 'regatta.colornn')
  sessions = []
  told = []
})
afterEach(async () => {
  for (const session of sessions) {
    session.loseUnwritten()
    await session.close('keep')
  }
  await rm(folder, { recursive: true, force: true })
})

/** Another program: with a folder of its own for projects without a place. */
function program(name = 'one'): ProjectSession {
  const emit = (event: ProjectEvent): void => {
    if (event.name === 'projectNotice') told.push(inWords(event.payload.message))
    if (event.name === 'projectChanged' && event.payload.status.trouble) told.push(event.payload.status.trouble.code)
  }
  const untitledFolder = join(folder, `untitled ${name}`)
  const session = new ProjectSession({
    untitledFolder,
    keptFolders: [join(untitledFolder, 'kept'), join(folder, 'temporary')],
    emit,
  })
  sessions.push(session)
  return session
}

const titled = async (file: string): Promise<string> => (JSON.parse(await readFile(file, 'utf8')) as Project).title
const retitle = (session: ProjectSession, title: string): void => session.apply({ type: 'rename-project', title })

/** Pins two frames of a film that is nowhere; gives the names of their colorings. */
async function withPins(session: ProjectSession): Promise<string[]> {
  session.apply({
    type: 'add-clip',
    clip: 'c',
    name: 'Reel',
    footage: someFootage,
    frameCount: 9,
    rate: { num: 24, den: 1 },
  })
  return Promise.all(
    [2, 5].map(async (frame) => {
      const asset = await session.assets.put(Buffer.from(`colors of ${frame}`), 'chroma')
      session.apply({ type: 'pin', clip: 'c', frame, base: { kind: 'frozen', asset } })
      return asset
    }),
  )
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await what()); await wait(50))
    if (Date.now() > end) throw new Error('waited in vain')
}

/** Open, saved as 'One', with 'Two' unsaved. */
async function openProject(): Promise<ProjectSession> {
  const session = program()
  await session.new()
  retitle(session, 'One')
  await session.saveAs(path)
  retitle(session, 'Two')
  await session.flush()
  return session
}

describe('a project that is open', () => {
  it('is found open through a link, a linked folder and a hard link, and is saved in its own place', async () => {
    const first = await openProject()
    await symlink(path, join(folder, 'linked.colornn'))
    await symlink(join(folder, 'share'), join(folder, 'linked folder'))
    await link(path, join(folder, 'hard.colornn'))
    for (const other of ['linked.colornn', 'linked folder/regatta.colornn', 'hard.colornn']) {
      await expect(program('two').open(join(folder, other))).rejects.toMatchObject({ code: 'project-in-use' })
    }
    await first.close('keep')
    const session = program('two')
    expect(await session.open(join(folder, 'linked.colornn'))).toMatchObject({
      recovered: 1,
      project: { title: 'Two' },
    })
    await session.save()
    expect(await readlink(join(folder, 'linked.colornn'))).toBe(path)
    expect(await titled(path)).toBe('Two')
  })

  it('opens as a copy beside its holder, who goes on undisturbed', async () => {
    const first = await openProject()
    const copy = program('two')
    expect(await copy.open(path, 'copy')).toMatchObject({ path: null, saved: false, project: { title: 'Two' } })
    retitle(copy, 'Copied')
    retitle(first, 'Three')
    await first.save()
    expect(await titled(path)).toBe('Three')
  })

  it('that is taken over stays with who took it: the first finds out before it writes, and goes on as a copy', async () => {
    const sleeper = await openProject()
    const other = program('two')
    await other.open(path, 'take-over')
    retitle(other, 'Of the other')
    await other.save()
    await other.close('keep')
    retitle(sleeper, 'Of the sleeper')
    expect(await sleeper.save()).toBe(false)
    expect(await titled(path)).toBe('Of the other')
    expect(sleeper.state).toMatchObject({ path: null, project: { title: 'Of the sleeper' } })
    expect(told.join(' ')).toContain('“regatta.colornn” was taken over by another program.')
    expect(await sleeper.flush()).toBe(true)
    const again = await program('three').open(path)
    expect(again).toMatchObject({ notices: [], project: { title: 'Of the other' } })
    sleeper.undo()
    expect(sleeper.project.title).toBe('Two')
  })

  it('and changed by another program meanwhile is not saved over without a word; both are kept', async () => {
    const session = await openProject()
    const theirs = (await readFile(path, 'utf8')).replace('"One"', '"Theirs"')
    await writeFile(path, theirs)
    await expect(session.save()).rejects.toMatchObject({ code: 'project-changed' })
    expect(await readFile(path, 'utf8')).toBe(theirs)
    expect(await session.save(true)).toBe(true)
    expect(await titled(path)).toBe('Two')
    expect(await readFile(`${path}.changed-1`, 'utf8')).toBe(theirs)
    expect(told.join(' ')).toContain('kept as “regatta.colornn.changed-1”')
  })
})

describe('a project whose folder goes away', () => {
  for (const [how, remove] of [
    ['is removed', () => rm(join(folder, 'share'), { recursive: true })],
    ['is moved', () => rename(join(folder, 'share'), join(folder, 'moved'))],
    [
      'loses its files',
      async () => Promise.all((await readdir(join(folder, 'share'))).map((name) => rm(join(folder, 'share', name)))),
    ],
  ] as const) {
    it(`goes on in another place at once when it ${how}, without an edit`, async () => {
      const session = await openProject()
      await remove()
      await until(() => session.state?.path === null)
      await until(() => told.join(' ').includes('“regatta.colornn” is not in its folder any more'))
      retitle(session, 'Three')
      expect(await session.flush()).toBe(true)
      expect(session.steps).toHaveLength(3)
      await session.close('keep')
      const [found] = await session.unsavedProjects()
      expect(await session.open(found!.path)).toMatchObject({ project: { title: 'Three' }, steps: 3 })
      // Nothing was written where it was.
      if (how === 'is removed') expect(await readdir(folder)).not.toContain('share')
    })
  }

  it('says which pictures could not come along, and takes them over once their folder is to be had', async () => {
    const session = await openProject()
    const pins = await withPins(session)
    await session.save()
    await rename(join(folder, 'share'), join(folder, 'moved'))
    await until(() => session.state?.path === null)
    await until(() => told.includes('2 pictures and colorings that belong to this project are missing.'))
    const other = join(folder, 'other.colornn')
    told = []
    await session.saveAs(other)
    expect(told).toEqual(['2 pictures and colorings that belong to this project are missing.'])
    await cp(join(folder, 'moved', 'regatta.colornn-assets'), join(folder, 'regatta.colornn-assets'), {
      recursive: true,
    })
    await session.save()
    expect((await readdir(`${other}-assets`)).sort()).toEqual(pins.sort())
    told = []
    await session.save()
    expect(told).toEqual([])
  })

  it('is never said to be written', async () => {
    const session = await openProject()
    await rm(join(folder, 'share'), { recursive: true })
    retitle(session, 'Three')
    expect(await session.flush()).toBe(false)
  })
})

describe('a project file whose name was changed by hand', () => {
  for (const where of ['renamed twice', 'moved to another folder'] as const)
    it(`keeps its unsaved edits, its history and its pictures: ${where}`, async () => {
      const session = await openProject()
      const pins = await withPins(session)
      await session.save()
      retitle(session, 'Three')
      const { steps } = session.state!
      await session.close('keep')
      const before = (await readdir(join(folder, 'share'))).map((name) => name.replace('regatta', 'final')).sort()
      await mkdir(join(folder, 'moved'))
      const renamed = join(folder, where === 'renamed twice' ? 'share' : 'moved', 'final.colornn')
      if (where === 'renamed twice') {
        const between = join(folder, 'share', 'between.colornn')
        await rename(path, between)
        expect((await session.open(between)).project.title).toBe('Three')
        await session.close('keep')
        await rename(between, renamed)
      } else await rename(path, renamed)
      expect(await session.open(renamed)).toMatchObject({ project: { title: 'Three' }, steps, notices: [] })
      expect((await readdir(`${renamed}-assets`)).sort()).toEqual(pins.sort())
      await session.close('keep')
      // Nothing is left under the old name.
      expect((await readdir(dirname(renamed))).sort()).toEqual(before)
    })

  it('keeps its unsaved edits when it is opened in the program that has it open by its old name', async () => {
    const session = await openProject()
    await session.save()
    retitle(session, 'Three')
    const renamed = join(folder, 'share', 'final.colornn')
    await rename(path, renamed)
    expect(await session.open(renamed)).toMatchObject({ project: { title: 'Three' }, notices: [] })
    expect((await readdir(join(folder, 'share'))).filter((name) => name.startsWith('regatta'))).toEqual([])
    retitle(session, 'Four')
    expect(await session.save()).toBe(true)
  })

  it('that was copied leaves the other what is its', async () => {
    const session = await openProject()
    await session.save()
    retitle(session, 'Three')
    await session.close('keep')
    const copy = join(folder, 'share', 'copy.colornn')
    await cp(path, copy)
    expect((await session.open(copy)).project.title).not.toBe('Three')
    expect((await session.open(path)).project.title).toBe('Three')
  })

  it('finds the pictures of its pins beside it, and says how many of them there are not', async () => {
    const session = await openProject()
    const pins = await withPins(session)
    await session.save()
    await session.close('keep')
    const renamed = join(folder, 'share', 'final.colornn')
    await rename(path, renamed)
    expect(await session.open(renamed)).toMatchObject({ notices: [] })
    expect((await readdir(`${renamed}-assets`)).sort()).toEqual(pins.sort())
    await session.close('keep')

    await mkdir(join(folder, 'sent'))
    const sent = join(folder, 'sent', 'final.colornn')
    await cp(renamed, sent)
    const { notices } = await session.open(sent)
    expect(notices.map((notice) => inWords(notice))).toEqual([
      '2 pictures and colorings that belong to this project are missing. ' +
        'Put the folder “final.colornn-assets” back beside the project file, and save.',
    ])
  })
})

describe('a lock', () => {
  const lock = (): string => `${path}-lock`
  const far = (): string => JSON.stringify({ ...thisHolder('theirs'), host: 'another computer', machine: 'another' })

  it('of a program number that is used again, or of before a restart, is taken over', async () => {
    const session = await openProject()
    await session.close('keep')
    // The process that runs this test's own parent lives, but was not started when the lock says.
    for (const holder of [
      { ...thisHolder('x'), pid: process.ppid, started: '1' },
      { ...thisHolder('x'), pid: process.ppid, boot: 'another start of the computer' },
    ]) {
      await writeFile(lock(), JSON.stringify(holder))
      await session.open(path)
      await session.close('keep')
    }
  })

  it('is not given away by a clock: neither by a stamp of long ago while its program lives, nor by one from the future', async () => {
    const session = await openProject()
    await utimes(lock(), 1, 1)
    await expect(program('two').open(path)).rejects.toMatchObject({ code: 'project-in-use' })
    await session.close('keep')
    await writeFile(lock(), far())
    await utimes(lock(), Date.now() / 1000 + 1e6, Date.now() / 1000 + 1e6)
    await expect(program('two').open(path)).rejects.toMatchObject({ code: 'project-in-use' })
    expect(await program('two').open(path, 'take-over')).toMatchObject({ project: { title: 'Two' } })
  })

  it('of another computer is abandoned when it was not renewed for long', async () => {
    const session = await openProject()
    await session.close('keep')
    await writeFile(lock(), far())
    await utimes(lock(), Date.now() / 1000 - 1000, Date.now() / 1000 - 1000)
    expect(await session.open(path)).toMatchObject({ project: { title: 'Two' } })
  })

  it('that is abandoned goes to one of those who want it', async () => {
    for (let round = 0; round < 10; round++) {
      await writeFile(lock(), JSON.stringify({ ...thisHolder('x'), started: '1', pid: process.ppid }))
      const takers = await Promise.allSettled(Array.from({ length: 8 }, () => ProjectLock.take(lock(), path)))
      const taken = takers.flatMap((taker) => (taker.status === 'fulfilled' ? [taker.value] : []))
      expect(taken).toHaveLength(1)
      await taken[0]!.check()
      await taken[0]!.release()
    }
    expect((await readdir(join(folder, 'share'))).filter((name) => name.includes('lock'))).toEqual([])
  })
})

describe('pictures put while a project is saved elsewhere', () => {
  it('come along, every one', async () => {
    const session = program()
    await session.new()
    await writeFile(join(folder, 'film.mkv'), 'a film')
    session.apply({
      type: 'add-clip',
      clip: 'c',
      name: 'Reel',
      frameCount: 100,
      rate: { num: 24, den: 1 },
      footage: await linkFootage(join(folder, 'film.mkv'), session.path),
    })
    const pin = async (frame: number): Promise<void> => {
      const asset = await session.assets.put(Buffer.alloc(20_000, frame + 1), 'png')
      session.apply({ type: 'pin', clip: 'c', frame, base: { kind: 'picture', asset } })
    }
    for (let frame = 0; frame < 30; frame++) await pin(frame)
    const saving = session.saveAs(path)
    const late: Promise<void>[] = []
    for (let frame = 30; frame < 60; frame++) {
      late.push(pin(frame))
      await wait(5)
    }
    await Promise.all([saving, ...late])
    expect(await readdir(`${path}-assets`)).toHaveLength(60)
    expect(await readdir(join(folder, 'untitled one'))).toEqual([])
    await session.close('keep')
    expect(Object.keys((await session.open(path)).project.clips[0]!.frames)).toHaveLength(60)
  })

  it('are put in the new place where the one that they were begun in has gone meanwhile', async () => {
    const session = program()
    await session.new()
    retitle(session, 'One')
    const frozen = Buffer.from('frozen colors')
    let moved: () => void = () => undefined
    const isMoved = new Promise<void>((resolve) => (moved = resolve))
    const put = session.assets.putWritten('chroma', async (place) => {
      await isMoved
      await writeFile(place, frozen)
      return sha256(frozen)
    })
    await session.saveAs(path)
    moved()
    expect(await readFile(session.assets.pathOf((await put)!))).toEqual(frozen)
    expect(session.assets.folder).toBe(`${path}-assets`)
    await expect(session.assets.putFile(join(folder, 'no picture.png'))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('edits that can not be written', () => {
  /** A disk of 256 KiB; null where none may be mounted. */
  function fullDisk(place = join(folder, 'share')): (() => Promise<void>) | null {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', place], { stdio: 'ignore' })
    } catch {
      return null
    }
    return async () => {
      execFileSync('umount', ['-l', place])
    }
  }
  /** Takes what room there is left on it. */
  const fill = (place: string): void =>
    void execFileSync('sh', ['-c', `dd if=/dev/zero of='${place}/filler' bs=1k 2>/dev/null || true`])

  it(
    'are told at once, are counted, and nothing is left before it is asked what becomes of them',
    mountsDisk,
    async ({ skip }) => {
      const end = fullDisk()
      if (!end) return skip()
      try {
        const session = await openProject()
        fill(join(folder, 'share'))
        for (let count = 0; count < 30; count++)
          session.apply({ type: 'rename-project', title: `${count} ${'long '.repeat(90)}` })
        await until(() => told.includes('disk-full'))
        expect(session.state!.unwritten).toBe(30)
        await expect(session.close('keep')).rejects.toMatchObject({ code: 'edits-unwritten' })
        await expect(session.new()).rejects.toMatchObject({ code: 'edits-unwritten' })
        expect(session.project.title).toContain('29 ')

        const answers: UnwrittenAnswer[] = ['again', 'stay', 'elsewhere']
        const unwritten = new UnwrittenEdits(session, {
          ask: async () => answers.shift()!,
          choosePlace: async () => join(folder, 'elsewhere.colornn'),
        })
        expect(unwritten.areNone).toBe(false)
        expect(await unwritten.mayLeave()).toBe(false)
        expect(await unwritten.mayLeave()).toBe(true)
        expect(session.state).toMatchObject({ path: join(folder, 'elsewhere.colornn'), trouble: null, unwritten: 0 })
        await session.close('keep')
        expect((await session.open(join(folder, 'elsewhere.colornn'))).project.title).toContain('29 ')
        await session.close('keep')
      } finally {
        await end()
      }
    },
  )

  it('are written once there is room, and lost only when that was the answer', mountsDisk, async ({ skip }) => {
    const end = fullDisk()
    if (!end) return skip()
    try {
      const session = await openProject()
      const filler = join(folder, 'share', 'filler')
      execFileSync('sh', ['-c', `dd if=/dev/zero of='${filler}' bs=1k 2>/dev/null || true`])
      session.apply({ type: 'rename-project', title: 'long '.repeat(99) })
      for (let count = 0; count < 20; count++)
        session.apply({ type: 'rename-project', title: `${count} ${'long '.repeat(90)}` })
      expect(await session.flush()).toBe(false)
      await truncate(filler, 0)
      expect(await session.flush()).toBe(true)
      expect(session.state).toMatchObject({ trouble: null, unwritten: 0 })
      // Where no other folder takes them either.
      for (const kept of [join(folder, 'untitled one', 'kept'), join(folder, 'temporary')]) {
        await rm(kept, { recursive: true, force: true })
        await writeFile(kept, 'in the way')
      }
      execFileSync('sh', ['-c', `dd if=/dev/zero of='${filler}' bs=1k 2>/dev/null || true`])
      for (let count = 0; count < 30; count++)
        session.apply({ type: 'rename-project', title: `${count} ${'lost '.repeat(90)}` })
      expect(await session.flush()).toBe(false)
      expect(session.state).toMatchObject({ unwritten: 30, kept: false })
      const unwritten = new UnwrittenEdits(session, { ask: async () => 'lose', choosePlace: async () => null })
      expect(await unwritten.mayLeave()).toBe(true)
      await session.close('keep')
      await truncate(filler, 0)
      expect((await session.open(path)).project.title).not.toContain('29 ')
      await session.close('keep')
    } finally {
      await end()
    }
  })

  it(
    'are kept in another folder meanwhile, in the system’s own where the program’s is full as well; the next start offers them',
    mountsDisk,
    async ({ skip }) => {
      const share = join(folder, 'share')
      const ends = [
        fullDisk(),
        fullDisk(await mkdir(join(folder, 'untitled one')).then(() => join(folder, 'untitled one'))),
      ]
      if (ends.includes(null)) return skip()
      try {
        const session = await openProject()
        // The program's own folder is full as well; the system's for temporary files is not.
        for (const place of [share, join(folder, 'untitled one')]) fill(place)
        for (let count = 0; count < 30; count++)
          session.apply({ type: 'rename-project', title: `${count} ${'long '.repeat(90)}` })
        expect(await session.flush()).toBe(false)
        session.undo()
        expect(await session.flush()).toBe(false)
        expect(session.state).toMatchObject({ trouble: { code: 'disk-full' }, unwritten: 31, kept: true })
        expect(inWords(session.state!.trouble!.advice)).toContain('come back even after a crash')

        // Leaving is no loss: they come back.
        session.loseUnwritten()
        await session.close('keep')
        const next = program()
        expect(await next.unsavedProjects()).toMatchObject([{ path, title: 'regatta', steps: 31, kept: true }])
        await truncate(join(share, 'filler'), 0)
        expect(await next.open(path)).toMatchObject({ recovered: 30, trouble: null })
        expect(next.project.title).toContain('28 ')
        next.redo()
        expect(next.project.title).toContain('29 ')
        await next.close('keep')
        // They are in their place now, and no folder keeps them any more.
        expect([await readdir(join(folder, 'temporary')), await next.unsavedProjects()]).toEqual([[], []])
        expect((await next.open(path)).project.title).toContain('29 ')
      } finally {
        for (const end of ends) await end?.()
      }
    },
  )

  it(
    'of a disk that is still full come back in a copy; what is not wanted is discarded',
    mountsDisk,
    async ({ skip }) => {
      const end = fullDisk()
      if (!end) return skip()
      try {
        const session = await openProject()
        fill(join(folder, 'share'))
        for (let count = 0; count < 30; count++)
          session.apply({ type: 'rename-project', title: `${count} ${'long '.repeat(90)}` })
        expect(await session.flush()).toBe(false)
        session.loseUnwritten()
        await session.close('keep')
        const next = program()
        const opened = await next.open(path)
        expect([
          opened.path,
          opened.project.title.slice(0, 3),
          opened.notices.map((each) => inWords(each)).at(-1),
          opened.isCopy,
        ]).toEqual([null, '29 ', expect.stringContaining('is full, so it was opened as a copy'), true])
        // It is the project that could not be saved, not a file that nobody knows of; and its edits lie elsewhere.
        const refused = await next.saveAs(join(folder, 'share', 'other')).catch(toUserErrorData)
        expect(refused && [refused.message, refused.advice].map((each) => inWords(each))).toEqual([
          'The disk is full; “other.colornn” could not be written.',
          expect.stringContaining('What you have open stays as it is.'),
        ])
        await next.close('give-up')
        expect(await next.unsavedProjects()).toMatchObject([{ path, steps: 30, kept: true }])
        await next.discardUnsaved(path)
        expect(await next.unsavedProjects()).toEqual([])
        await truncate(join(folder, 'share', 'filler'), 0)
        // What of them had found its place before the disk was full is there.
        expect((await next.open(path)).project.title).not.toContain('29 ')
      } finally {
        await end()
      }
    },
  )
})
