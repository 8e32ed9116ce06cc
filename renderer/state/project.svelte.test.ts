import { enablePatches, produceWithPatches } from 'immer'
import { describe, expect, it } from 'vitest'
import type { ProjectState, ProjectStatus } from '../../electron/contract/project.ts'
import type { Clip, Project } from '../../electron/contract/projectDocument.ts'
import type { ProjectEvents } from '../../electron/contract/projectEvents.ts'
import { createClip, createProject } from '../../electron/project/document.ts'
import { checkProject } from '../../electron/project/commands/invariants.ts'
import { someFootage } from '../../test/material/arbitraryEdits.ts'
import { ProjectMirror, type Ask } from './project.svelte.ts'

enablePatches()

const clip = (id: string): Clip =>
  createClip({ id, shotId: `${id}-1`, name: id, footage: someFootage, frameCount: 10, rate: { num: 24, den: 1 } })
const status = (revision: number): ProjectStatus => ({
  revision,
  path: null,
  name: 'Reel',
  saved: false,
  undo: null,
  redo: null,
  position: revision,
  steps: revision,
  trouble: null,
  unwritten: 0,
  kept: true,
})

/** Main's side: it holds the document, and tells of each edit as main does. */
class Truth {
  project: Project
  revision = 0

  constructor(project: Project) {
    this.project = project
  }

  edit(change: (project: Project) => void): ProjectEvents['projectChanged'] {
    const [project, patches] = produceWithPatches(this.project, change)
    // What is tested here is to follow projects, and nothing that only looks like one.
    this.project = checkProject(project)
    return {
      status: status(++this.revision),
      patches: patches,
      coverage: [],
      concerned: [],
    }
  }

  get state(): ProjectState {
    return { ...status(this.revision), project: this.project, coverage: [], notices: [], isCopy: false, recovered: 0 }
  }
}

function begin(): {
  truth: Truth
  mirror: ProjectMirror
  asked: string[]
  failures: unknown[]
  followed: (Project | null)[]
} {
  const truth = new Truth({ ...createProject('p', 'Reel'), clips: [clip('one')] })
  const asked: string[] = []
  const failures: unknown[] = []
  const ask = (async (name: string) => {
    asked.push(name)
    if (name === 'redoEdit') throw new Error('There is nothing to redo.')
    return name === 'projectState' ? truth.state : undefined
  }) as unknown as Ask
  const followed: (Project | null)[] = []
  const mirror: ProjectMirror = new ProjectMirror(
    ask,
    (error) => failures.push(error),
    () => void followed.push(mirror.document),
  )
  mirror.replaced({ state: truth.state })
  return { truth, mirror, asked, failures, followed }
}

describe('the window’s copy of the project', () => {
  it('follows each edit, and leaves alone what the edit does not touch', () => {
    const { truth, mirror } = begin()
    const before = mirror.document!
    mirror.changed(truth.edit((project) => void (project.settings.propagateAtOnce = true)))
    expect(mirror.document).toEqual(truth.project)
    expect(mirror.document!.clips).toBe(before.clips)
    expect(mirror.status?.revision).toBe(1)
  })

  it('asks for everything when a message is missing, and what hangs on the document follows then as well', async () => {
    const { truth, mirror, asked, followed } = begin()
    truth.edit((project) => void (project.title = 'Never told'))
    expect(mirror.changed(truth.edit((project) => void project.clips.push(clip('two'))))).toBe(false)
    await Promise.resolve()
    expect(asked).toEqual(['projectState'])
    await expect.poll(() => mirror.document).toEqual(truth.project)
    await expect.poll(() => followed).toEqual([truth.project])
  })

  it('is not set back by messages that were on their way while it asked', async () => {
    const { truth, mirror } = begin()
    const late = [
      truth.edit((project) => void (project.title = 'A')),
      truth.edit((project) => void (project.title = 'B')),
    ]
    await mirror.refresh()
    for (const message of late) expect(mirror.changed(message)).toBe(true)
    expect(mirror.document).toEqual(truth.project)
    expect(mirror.status?.revision).toBe(2)
  })

  it('is not set back by an answer that comes behind messages which were sent after it', async () => {
    const { truth, mirror } = begin()
    const asking = mirror.refresh()
    // The answer is given by now, and on its way.
    mirror.changed(truth.edit((project) => void (project.title = 'A')))
    await asking
    expect(mirror.document).toEqual(truth.project)
    const leaving = mirror.refresh()
    mirror.replaced({ state: null })
    truth.project = { ...truth.project, id: 'another' }
    await leaving
    expect(mirror.document?.id).toBe('another')
  })

  it('keeps the coverage of clips that no message names, and drops that of clips that are gone', () => {
    const { truth, mirror } = begin()
    const covered = (id: string): ProjectState['coverage'][number] => ({
      clip: id,
      stale: [],
      uncolored: [{ from: 0, to: 10 }],
    })
    mirror.changed({
      ...truth.edit((project) => void project.clips.push(clip('two'))),
      coverage: [covered('one'), covered('two')],
    })
    mirror.changed({
      ...truth.edit((project) => void (project.title = 'Other')),
      coverage: [{ ...covered('one'), uncolored: [] }],
    })
    expect([...mirror.coverage].map(([id, { uncolored }]) => [id, uncolored.length])).toEqual([
      ['one', 0],
      ['two', 1],
    ])
    mirror.changed({ ...truth.edit((project) => void project.clips.shift()), coverage: [covered('two')] })
    expect([...mirror.coverage.keys()]).toEqual(['two'])
  })

  it('sends edits in the order they were made, and tells of those that main refuses', async () => {
    const { mirror, asked, failures } = begin()
    void mirror.begin('drag')
    void mirror.edit({ type: 'move-cut', clip: 'one', at: 3, to: 4 }, 'drag')
    void mirror.edit({ type: 'move-cut', clip: 'one', at: 4, to: 5 }, 'drag')
    void mirror.commit('drag')
    expect(await mirror.redo()).toBe(false)
    await mirror.settled()
    expect(asked).toEqual(['beginEdit', 'editProject', 'editProject', 'commitEdit', 'redoEdit'])
    expect(failures).toEqual([new Error('There is nothing to redo.')])
  })

  it('is empty while no project is open', () => {
    const { mirror } = begin()
    mirror.replaced({ state: null })
    expect([mirror.document, mirror.status, mirror.coverage.size]).toEqual([null, null, 0])
  })
})
