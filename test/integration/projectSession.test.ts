import { applyPatches, enablePatches, freeze, type Patch } from 'immer'
import { existsSync } from 'node:fs'
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectStateSchema, type ProjectState } from '../../electron/contract/project.ts'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import { PROJECT_VERSION, type Project } from '../../electron/contract/projectDocument.ts'
import { inWords } from '../../electron/contract/sentence.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { lockFile } from '../../electron/project/disk/projectFiles.ts'
import { ProjectSession, type ProjectEvent } from '../../electron/project/session/projectSession.ts'

enablePatches()

let folder: string
let path: string
let sessions: ProjectSession[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'project-session-'))
  path = join(folder, 'regatta.colornn')
  sessions = []
})
afterEach(async () => {
  for (const session of sessions) await session.close('keep')
  await chmod(folder, 0o755)
  await rm(folder, { recursive: true, force: true })
})

function newSession(emit: (event: ProjectEvent) => void = () => undefined): ProjectSession {
  const session = new ProjectSession({ untitledFolder: join(folder, 'untitled'), emit })
  sessions.push(session)
  return session
}

const clip = { type: 'add-clip', clip: 'c', name: 'Reel', frameCount: 100, rate: { num: 24, den: 1 } } as const
const rename = (title: string): ProjectCommand => ({ type: 'rename-project', title })

async function addFilm(session: ProjectSession): Promise<void> {
  const film = join(folder, 'film.mkv')
  await writeFile(film, 'a film')
  session.apply({ ...clip, footage: await linkFootage(film, session.path) })
}

/** A saved project with a film, a pinned picture, and the titles One and Two, of which Two is not saved. */
async function makeProject(): Promise<void> {
  const session = newSession()
  await session.new()
  await addFilm(session)
  const asset = await session.assets.put(Buffer.from('a picture'), 'png')
  session.apply({ type: 'pin', clip: 'c', frame: 7, base: { kind: 'picture', asset } })
  await session.saveAs(path)
  session.apply(rename('One'))
  await session.save()
  session.apply(rename('Two'))
  await session.close('keep')
}

const said = ({ notices }: Pick<ProjectState, 'notices'>): string[] => notices.map((notice) => inWords(notice))
const isText = (value: string | Buffer): string => value.toString()

describe('a project', () => {
  it('is to be saved beside its film at first, and then in the folder that it was saved in', async () => {
    const session = newSession()
    await session.new('Regatta')
    expect(session.folderForSaving).toBeNull()
    await addFilm(session)
    expect(session.folderForSaving).toBe(folder)
    const projects = join(folder, 'projects')
    await mkdir(projects)
    await session.saveAs(join(projects, 'regatta.colornn'))
    expect(session.folderForSaving).toBe(projects)
  })

  it('is saved, closed and opened with all its history and its pictures', async () => {
    await makeProject()
    const session = newSession()
    const state = projectStateSchema.parse(await session.open(path))
    expect(state).toMatchObject({
      saved: false,
      recovered: 1,
      notices: [],
      name: 'regatta',
      position: 4,
      steps: 4,
      path,
    })
    expect(state.project.title).toBe('Two')
    const { base } = state.project.clips[0]!.frames['7']!
    expect(base.kind === 'picture' && isText(await session.assets.read(base.asset))).toBe('a picture')
    session.undo()
    expect(session.state).toMatchObject({ saved: true })
    session.goTo(0)
    expect(session.project.clips).toEqual([])
    session.goTo(4)
    await session.save()
    expect(session.state).toMatchObject({ saved: true })
    const file = JSON.parse(await readFile(path, 'utf8')) as Project
    expect(file.title).toBe('Two')
    expect((JSON.parse(await readFile(`${path}-backup`, 'utf8')) as Project).title).toBe('One')
    expect(file.clips[0]!.footage.relativePath).toBe('film.mkv')
  })

  it('says how many edits it was brought back with, not how often they were done and undone', async () => {
    await makeProject()
    const session = newSession()
    await session.open(path)
    await session.save()
    for (const title of ['Three', 'Four', 'Five']) session.apply(rename(title))
    session.goTo(4)
    session.goTo(6)
    await session.close('keep')
    expect(await session.open(path)).toMatchObject({ recovered: 2, position: 6, project: { title: 'Four' } })
    session.goTo(4)
    await session.close('keep')
    expect(await session.open(path)).toMatchObject({ recovered: 0, saved: true, steps: 7 })
    session.goTo(2)
    await session.close('keep')
    expect(await session.open(path)).toMatchObject({ recovered: 2, position: 2 })
    await session.close('keep')
  })

  it('goes back to its saved state when it is closed without saving', async () => {
    await makeProject()
    const session = newSession()
    await session.open(path)
    session.apply(rename('Three'))
    await session.close('give-up')
    const state = await session.open(path)
    expect(state).toMatchObject({ saved: true, recovered: 0, position: 3 })
    expect(state.project.title).toBe('One')
    session.apply(rename('Four'))
    await session.close('keep')
    expect((await session.open(path)).project.title).toBe('Four')
  })

  it('is open in one place only', async () => {
    await makeProject()
    await newSession().open(path)
    await expect(newSession().open(path)).rejects.toMatchObject({ code: 'project-in-use' })
  })

  it('tells a window enough to keep a copy of the document', async () => {
    let copy: Project | null = null
    let revision = 0
    const session = newSession(({ name, payload }) => {
      if (name === 'projectReplaced') {
        copy = payload.state && freeze(JSON.parse(JSON.stringify(payload.state.project)) as Project, true)
        revision = payload.state?.revision ?? revision
      } else if (name === 'projectChanged') {
        expect(payload.status.revision).toBe(++revision)
        copy = applyPatches(copy!, JSON.parse(JSON.stringify(payload.patches)) as Patch[])
      }
    })
    await session.new()
    await addFilm(session)
    session.apply({ type: 'set-cuts', clip: 'c', cuts: [20, 50], source: 'automatic' })
    const givenUp = session.begin()
    session.apply({ type: 'move-cut', clip: 'c', at: 20, to: 25 }, givenUp)
    session.apply({ type: 'move-cut', clip: 'c', at: 25, to: 30 }, givenUp)
    session.cancel(givenUp)
    const kept = session.begin()
    session.apply({ type: 'move-cut', clip: 'c', at: 20, to: 24 }, kept)
    session.note({ kind: 'colored', clip: 'c', results: [{ from: 0, to: 20, mode: 'between', key: 'k' }] })
    session.commit(kept)
    session.undo()
    session.redo()
    session.goTo(1)
    session.goTo(3)
    expect(copy).toEqual(session.project)
    expect(copy!.clips[0]!.shots.map((shot) => shot.from)).toEqual([0, 24, 50])
    expect(session.steps.map(({ label }) => label.kind)).toEqual(['add-clip', 'set-cuts', 'move-cut'])
  })

  it('keeps through a crash what is open, also after a step before it was undone', async () => {
    await makeProject()
    const session = newSession()
    await session.open(path)
    const drag = session.begin()
    const written = async (): Promise<string[]> =>
      [...(await readFile(`${path}-journal`, 'latin1')).matchAll(/"kind":"(undo|tentative)"/g)].map(([, kind]) => kind!)
    session.apply({ type: 'label-frame', clip: 'c', frame: 3, label: 'sky' }, drag)
    await expect.poll(written, { timeout: 10_000 }).toEqual(['tentative'])
    session.undo()
    await expect.poll(written, { timeout: 10_000 }).toEqual(['tentative', 'undo', 'tentative'])

    const after = join(folder, 'after.colornn')
    await copyFile(path, after)
    await copyFile(`${path}-journal`, `${after}-journal`)
    const { project } = await newSession().open(after)
    expect([project.title, project.clips[0]!.frames['3']?.label]).toEqual(['One', 'sky'])
  })

  it('saved elsewhere takes its history along and leaves the first one as it was saved', async () => {
    await makeProject()
    const session = newSession()
    await session.open(path)
    session.undo()
    const elsewhere = join(folder, 'elsewhere', 'copy')
    await mkdir(join(folder, 'elsewhere'))
    await session.saveAs(elsewhere)
    session.redo()
    await session.close('keep')
    const copy = await session.open(`${elsewhere}.colornn`)
    expect(copy).toMatchObject({ position: 4, steps: 4, saved: false })
    expect(copy.project.title).toBe('Two')
    expect(copy.project.clips[0]!.footage.relativePath).toBe('../film.mkv')
    expect(await readdir(`${elsewhere}.colornn-assets`)).toHaveLength(1)
    expect((await newSession().open(path)).project.title).toBe('One')
  })

  it.each([['ж'.repeat(118)], ['映'.repeat(82)], ['🎞'.repeat(61)], ['a'.repeat(247)]])(
    'may bear the longest name that the disk takes: %s',
    async (name) => {
      const long = join(folder, `${name}.colornn`)
      const session = newSession()
      await session.new()
      await addFilm(session)
      const asset = await session.assets.put(Buffer.from('a picture'), 'png')
      session.apply({ type: 'pin', clip: 'c', frame: 7, base: { kind: 'picture', asset } })
      await session.saveAs(long)
      session.apply(rename('One'))
      await session.save()
      session.apply(rename('Two'))
      await session.close('keep')
      await writeFile(long, 'damaged')
      expect(await session.open(long)).toMatchObject({ position: 4, recovered: 2, project: { title: 'Two' } })
      expect(isText(await session.assets.read(asset))).toBe('a picture')
    },
  )

  it('whose name is longer than any disk takes is told so', async () => {
    const session = newSession()
    await session.new()
    await expect(session.saveAs(join(folder, 'ж'.repeat(130)))).rejects.toMatchObject({ code: 'name-too-long' })
    expect(session.state).toMatchObject({ path: null })
  })

  it('without a name leaves nothing behind when nothing was done', async () => {
    const session = newSession()
    await session.new()
    await session.close('keep')
    expect(await readdir(join(folder, 'untitled'))).toEqual([])
    await session.new()
    session.apply(rename('Draft'))
    await session.close('keep')
    expect(await session.unsavedProjects()).toMatchObject([{ title: 'Draft', steps: 1 }])
    await session.discardUnsaved((await session.unsavedProjects())[0]!.path)
    expect(await readdir(join(folder, 'untitled'))).toEqual([])
    await expect(session.discardUnsaved(path)).rejects.toThrow('never saved')
  })

  it('without a name is kept where films were gathered in it: which, and in which order, is work', async () => {
    const session = newSession()
    await session.new()
    await addFilm(session)
    const { footage } = session.project.clips[0]!
    await session.close('keep')
    expect(await readdir(join(folder, 'untitled'))).toEqual([])
    await session.new()
    for (const id of ['second', 'first']) session.apply({ ...clip, clip: id, name: id, footage })
    await session.flush()
    // As a program that was killed would leave it.
    const [name] = (await readdir(join(folder, 'untitled'))).filter((each) => each.endsWith('.colornn'))
    await mkdir(join(folder, 'killed'))
    await cp(join(folder, 'untitled'), join(folder, 'killed'), { recursive: true })
    await rm(lockFile(join(folder, 'killed', name!)))
    const next = new ProjectSession({ untitledFolder: join(folder, 'killed'), emit: () => undefined })
    sessions.push(next)
    const found = await next.unsavedProjects()
    expect(found).toMatchObject([{ clips: 2, steps: 2 }])
    await session.close('keep')
    expect(await session.unsavedProjects()).toMatchObject([{ clips: 2 }])
    const { project } = await next.open(found[0]!.path)
    expect(project.clips.map(({ id }) => id)).toEqual(['second', 'first'])
  })

  it('is found by all who ask at once, and opens meanwhile', async () => {
    const first = newSession()
    await first.new('Draft')
    first.apply(rename('Regatta'))
    await first.close('keep')
    const session = newSession()
    const asked = Array.from({ length: 4 }, () => session.unsavedProjects())
    const [found] = await asked[0]!
    const more = session.unsavedProjects()
    await session.open(found!.path)
    for (const projects of [...(await Promise.all(asked)), await more]) expect(projects).toEqual([found])
    expect(session.project.title).toBe('Regatta')
  })

  it('keeps pictures that only its history needs, and drops those that nothing needs', async () => {
    await makeProject()
    const session = newSession()
    await session.open(path)
    const used = await session.assets.put(Buffer.from('used once'), 'png')
    await session.assets.put(Buffer.from('never used'), 'png')
    session.apply({ type: 'pin', clip: 'c', frame: 9, base: { kind: 'picture', asset: used } })
    session.undo()
    await session.close('keep')
    await session.open(path)
    expect(await readdir(`${path}-assets`)).toHaveLength(2)
    expect(isText(await session.assets.read(used))).toBe('used once')
  })

  it('of an old version is kept as it was when it is first saved', async () => {
    const old = join(import.meta.dirname, '..', 'material', 'oldProjects', 'version-0.colornn')
    await copyFile(old, path)
    const session = newSession()
    const state = await session.open(path)
    expect(state.saved).toBe(true)
    // Its pictures were left where it was copied from.
    expect(said(state)).toEqual([expect.stringMatching(/^2 pictures .* are missing/)])
    session.apply(rename('New'))
    await session.save()
    await session.save()
    expect(await readFile(`${path}.version-0`, 'utf8')).toBe(await readFile(old, 'utf8'))
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ version: PROJECT_VERSION, title: 'New' })
  })

  it('of an old version that is edited but not saved has its edits back', async () => {
    await copyFile(join(import.meta.dirname, '..', 'material', 'oldProjects', 'version-0.colornn'), path)
    const session = newSession()
    await session.open(path)
    session.apply(rename('New'))
    await session.close('keep')
    expect(await session.open(path)).toMatchObject({
      recovered: 1,
      position: 1,
      project: { title: 'New' },
    })
  })
})

describe('whatever is damaged, a project opens', () => {
  const zeros = Buffer.alloc(300)

  it('without its journal: as it was saved, and says that edits may be missing', async () => {
    await makeProject()
    await rm(`${path}-journal`)
    const session = newSession()
    const state = await session.open(path)
    expect(state).toMatchObject({ position: 0, saved: true, project: { title: 'One' } })
    expect(said(state).join(' ')).toMatch(
      /journal of “regatta\.colornn” is missing\. Edits made after the project was last saved are missing/,
    )
    session.apply(rename('Three'))
    await session.close('keep')
    expect(await session.open(path)).toMatchObject({
      position: 1,
      saved: false,
      notices: [],
      project: { title: 'Three' },
    })
  })

  it('with a journal of garbage: as it was saved, and the garbage is kept', async () => {
    await makeProject()
    await writeFile(`${path}-journal`, zeros)
    const state = await newSession().open(path)
    expect(state.project.title).toBe('One')
    expect(said(state).join(' ')).toMatch(
      /journal of “regatta\.colornn” could not be read\. Edits made .* are missing.*kept as “regatta\.colornn-journal\.damaged-1”/,
    )
    expect(await readFile(`${path}-journal.damaged-1`)).toEqual(zeros)
  })

  it('alone, as a copy in another place is: without a word', async () => {
    await makeProject()
    const elsewhere = join(folder, 'elsewhere.colornn')
    await copyFile(path, elsewhere)
    expect(await newSession().open(elsewhere)).toMatchObject({
      position: 0,
      saved: true,
      notices: [],
      project: { title: 'One' },
    })
  })

  it('with a journal whose end is missing: as far as it goes, and says what is not there', async () => {
    await makeProject()
    const journal = await readFile(`${path}-journal`)
    await truncate(`${path}-journal`, journal.length - 5)
    const session = newSession()
    const state = await session.open(path)
    expect(state.project.title).toBe('One')
    expect(said(state)[0]).toBe('The one unsaved edit of “regatta.colornn” could not be read: its journal was damaged.')
    session.apply(rename('Three'))
    await session.close('keep')
    expect(await session.open(path)).toMatchObject({ notices: [], position: 4, project: { title: 'Three' } })
  })

  it('with a journal damaged in what was done since saving: as far as it can be read, and goes on from there', async () => {
    await makeProject()
    const first = newSession()
    await first.open(path)
    first.apply(rename('Three'))
    first.apply(rename('Four'))
    await first.close('keep')
    const journal = await readFile(`${path}-journal`)
    journal[journal.indexOf('"Three"') + 2]! ^= 1
    await writeFile(`${path}-journal`, journal)
    const session = newSession()
    const state = await session.open(path)
    // 'Four' was made on top of 'Three' and does not fit without it.
    expect(state).toMatchObject({ project: { title: 'Two' }, position: 4, recovered: 1 })
    expect(said(state).slice(0, 2)).toEqual([
      '1 of 3 unsaved edits of “regatta.colornn” could not be read: its journal was damaged.',
      '1 of 3 unsaved edits of “regatta.colornn” were left out: they rest on others that are missing.',
    ])
    expect(await readFile(`${path}-journal.damaged-1`)).toEqual(journal)
    session.apply(rename('Five'))
    await session.close('keep')
    expect(await session.open(path)).toMatchObject({ notices: [], position: 5, project: { title: 'Five' } })
    session.goTo(0)
    expect(session.project.title).toBe('Untitled')
  })

  it('with a damaged project file: from its backup and its journal, with the newest edits', async () => {
    await makeProject()
    await writeFile(path, zeros)
    const session = newSession()
    const state = await session.open(path)
    expect(state).toMatchObject({ saved: false, position: 4, project: { title: 'Two' } })
    expect(said(state).join(' ')).toMatch(/put together again from its backup.*kept as “regatta\.colornn\.damaged-1”/)
    // It bears its name again though nobody has saved it, and the next opening has nothing to mend.
    expect(existsSync(path)).toBe(true)
    await session.close('keep')
    expect(await session.open(path)).toMatchObject({ notices: [], position: 4, project: { title: 'Two' } })
  })

  it('with project file and backup damaged: from its journal alone', async () => {
    await makeProject()
    await writeFile(path, '{"format": "colornn-project", "version": 1, "clips": 3}')
    await writeFile(`${path}-backup`, zeros)
    const state = await newSession().open(path)
    expect(state).toMatchObject({ saved: false, position: 4, project: { title: 'Two' } })
    expect(said(state)[0]).toContain('from its journal')
  })

  it('with a journal of another project: without it', async () => {
    await makeProject()
    const session = newSession()
    await session.new()
    session.apply(rename('Other'))
    await session.saveAs(join(folder, 'other.colornn'))
    await session.close('keep')
    await copyFile(join(folder, 'other.colornn-journal'), `${path}-journal`)
    const state = await session.open(path)
    expect(state.project.title).toBe('One')
    expect(said(state)[0]).toContain('belongs to another copy')
  })

  it('but a file that is no project is left alone', async () => {
    for (const content of ['', 'hello', '{}', '[1, 2]', '{"format": "colornn-project", "version": 99}']) {
      await writeFile(path, content)
      await expect(newSession().open(path)).rejects.toMatchObject({ name: 'UserError' })
      expect(await readFile(path, 'utf8')).toBe(content)
      expect((await readdir(folder)).filter((name) => name !== 'untitled')).toEqual(['regatta.colornn'])
    }
    await expect(newSession().open(join(folder, 'none.colornn'))).rejects.toThrow('“none.colornn” was not found.')
    await expect(newSession().open(join(folder, 'no', 'folder.colornn'))).rejects.toThrow(
      '“folder.colornn” was not found.',
    )
  })
})

describe('a lock', () => {
  it('left by a crash is taken over, whatever is in it', async () => {
    await makeProject()
    const { pid } = await import('node:child_process').then(({ spawnSync }) => spawnSync(process.execPath, ['-e', '']))
    const { hostname, uptime } = await import('node:os')
    const booted = Date.now() - uptime() * 1000
    await writeFile(`${path}-lock`, JSON.stringify({ pid, host: hostname(), booted, token: 'x' }))
    const session = newSession()
    await session.open(path)
    await session.close('keep')
    // This very program's number, from before a restart of the computer.
    await writeFile(`${path}-lock`, JSON.stringify({ pid: process.pid, host: hostname(), booted, token: 'y' }))
    await session.open(path)
    await session.close('keep')
    expect((await readdir(folder)).filter((name) => name.endsWith('-lock'))).toEqual([])
  })

  it('of another computer that is still at work is respected', async () => {
    await makeProject()
    await writeFile(`${path}-lock`, JSON.stringify({ pid: 1, host: 'another computer', booted: 0, token: 'x' }))
    await expect(newSession().open(path)).rejects.toMatchObject({ code: 'project-in-use' })
  })
})

describe('a failed save', () => {
  it('says why, loses nothing, and leaves the file before as it was', async () => {
    await makeProject()
    const session = newSession()
    await session.open(path)
    const before = await readFile(path, 'utf8')
    session.apply(rename('Three'))
    // The backup can not be written: a folder bears its name.
    await rm(`${path}-backup`)
    await mkdir(`${path}-backup`)
    await expect(session.save()).rejects.toMatchObject({ code: 'target-not-writable' })
    expect(await readFile(path, 'utf8')).toBe(before)
    expect(session.state).toMatchObject({ saved: false, project: { title: 'Three' } })
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
    await rm(`${path}-backup`, { recursive: true })
    await session.save()
    expect(session.state).toMatchObject({ saved: true })
  })
})

describe('a project in a place where nothing may be written', () => {
  it('opens as a copy without a place, and stays as it is', async () => {
    await makeProject()
    const before = await readFile(path, 'utf8')
    // Permissions do not stop the system's administrator; a folder of the lock's name does.
    await mkdir(`${path}-lock`)
    await chmod(folder, 0o555)
    await mkdir(join(folder, 'untitled'), { recursive: true }).catch(() => undefined)
    const session = newSession()
    const state = await session.open(path)
    expect(state).toMatchObject({ path: null, saved: false, position: 4, project: { title: 'Two' } })
    expect(said(state)[0]).toMatch(/opened as a copy/)
    const { base } = state.project.clips[0]!.frames['7']!
    expect(base.kind === 'picture' && isText(await session.assets.read(base.asset))).toBe('a picture')
    expect(await readFile(path, 'utf8')).toBe(before)
  })
})
