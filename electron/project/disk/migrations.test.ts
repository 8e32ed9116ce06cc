import { readdirSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { PROJECT_VERSION, type Clip } from '../../contract/projectDocument.ts'
import { pinsOf } from '../document.ts'
import { checkProject } from '../commands/invariants.ts'
import { migrate } from './migrations.ts'
import { ProjectSession } from '../session/projectSession.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'test', 'material', 'oldProjects')
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))

describe('old project files', () => {
  it('are kept, one at least of every version', () => {
    const versions = readdirSync(folder).map((name) => (read(name) as { version: number }).version)
    expect([...new Set(versions)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: PROJECT_VERSION + 1 }, (_, version) => version),
    )
  })

  for (const name of readdirSync(folder)) {
    it(`are valid projects of today: ${name}`, () => {
      expect(checkProject(migrate(read(name))).version).toBe(PROJECT_VERSION)
    })
  }

  it('of version 0 become one clip with its pictures pinned', () => {
    const project = checkProject(migrate(read('version-0.colornn')))
    expect(project.title).toBe('regatta 1912.mkv')
    const clip = project.clips[0]!
    expect(clip.shots).toHaveLength(1)
    // The film has frames 0 to 1439: the picture for frame 1440 never belonged to one.
    expect(pinsOf(clip)).toEqual([12, 700])
    expect(clip.frames['12']!.base).toEqual({ kind: 'picture', asset: `${'a'.repeat(64)}.png` })
  })

  it('of version 1 keep their locks, and the keys of what those showed', () => {
    const { clips } = read('version-1.colornn') as { clips: { locks: unknown[] }[] }
    expect(clips[0]!.locks).not.toEqual([])
    expect(checkProject(migrate(read('version-1.colornn'))).clips[0]!.locks).toEqual(clips[0]!.locks)
  })

  it('of the present version are read as they are', () => {
    const file = read('version-4.colornn') as Record<string, unknown>
    const { saved, checksum, ...project } = file
    expect(saved).toMatchObject({ journal: 'a-journal', sequence: 17 })
    expect(checksum).toMatch(/^[0-9a-f]{64}$/)
    const checked = checkProject(migrate(file))
    expect(checked).toEqual(project)
    expect(checked.clips[0]!.markers?.map(({ name }) => name)).toEqual(['The mast is scratched', ''])
    expect(checked.clips.map(({ cutsByHand }) => cutsByHand)).toEqual([{ 20: true, 27: false }, { 10: true }])
    // Version 3 did not say which cuts are by hand.
    const named = (read('version-3.colornn') as { clips: Clip[] }).clips
    const clips = checked.clips.map(({ cutsByHand: _, givenEarly: __, shots: ___, cuts: ____, footage, ...clip }) => {
      const { size: _____, ...link } = footage
      return { ...clip, footage: link }
    })
    expect(migrate(read('version-3.colornn'))).toMatchObject({ ...checked, clips })
    // Version 2 had no markers; version 1 differs from it by what the file says of itself alone.
    const before = { ...checked, clips: named.map(({ markers: _, ...clip }) => clip) }
    for (const name of ['version-2.colornn', 'version-1.colornn']) expect(migrate(read(name))).toMatchObject(before)
  })
})

describe('files that are no project, or of another time', () => {
  it('are refused in a sentence', () => {
    for (const content of [
      null,
      7,
      'text',
      [],
      {},
      { format: 'something', version: 1 },
      { format: 'colornn-project' },
    ]) {
      expect(() => migrate(content)).toThrow('This file is not a project of ColoRNN Studio.')
    }
    expect(() => migrate({ format: 'colornn-project', version: PROJECT_VERSION + 1 })).toThrow('newer version')
  })
})

describe('an old journal', () => {
  /** A project as a program of the time when passes were steps has left it, cut off in the middle of a drag. */
  async function opened(): Promise<ProjectSession> {
    const place = await mkdtemp(join(tmpdir(), 'old-journal-'))
    await cp(join(folder, '..', 'oldJournals'), place, { recursive: true })
    const session = new ProjectSession({ untitledFolder: join(place, 'untitled'), emit: () => undefined })
    onTestFinished(async () => {
      await session.close('keep')
      await rm(place, { recursive: true, force: true })
    })
    await session.open(join(place, 'harbour.colornn'))
    return session
  }
  const kinds = (session: ProjectSession): string[] => session.steps.map(({ label }) => label.kind)

  it('gives back every edit, saved or not; what passes had colored stays and is no step any more', async () => {
    const session = await opened()
    expect(session.state).toMatchObject({ saved: false, position: 5 })
    expect(kinds(session)).toEqual(['add-clip', 'label-frame', 'pin', 'label-frame', 'rename-project'])
    const [clip] = session.project.clips
    expect([session.project.title, clip!.frames['3']!.label, clip!.frames['5']!.label, clip!.frames['7']]).toEqual([
      'Harbour, in a drag',
      'saved',
      'not saved',
      undefined,
    ])
    expect(pinsOf(clip!)).toEqual([10])
    expect(clip!.passes.map(({ from, to, mode }) => [from, to, mode])).toEqual([
      [0, 10, 'between'],
      [11, 40, 'between'],
    ])
    // Undo passes over what a pass had colored, and the way back is whole.
    for (let undone = 0; undone < 4; undone++) session.undo()
    expect(session.project.clips[0]!.frames).toEqual({})
    expect(session.project.clips[0]!.passes).not.toEqual([])
    session.goTo(5)
    expect(session.project.title).toBe('Harbour, in a drag')
    // It goes on in today's form, and is the same the next time.
    const { project, path } = session
    await session.save()
    await session.close('keep')
    await session.open(path)
    expect([session.project, session.state!.saved, kinds(session).length]).toEqual([
      JSON.parse(JSON.stringify(project)),
      true,
      5,
    ])
  })
})
