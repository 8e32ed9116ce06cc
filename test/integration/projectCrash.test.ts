import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProjectSession } from '../../electron/project/session/projectSession.ts'
import { mountsDisk } from '../material/onlyOn.ts'

const program = join(import.meta.dirname, '..', 'material', 'editUntilKilled.ts')
const tsx = import.meta.resolve('tsx')

let folder: string
let children: ChildProcess[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'project-crash-'))
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

const newSession = (): ProjectSession =>
  new ProjectSession({ untitledFolder: join(folder, 'untitled'), emit: () => undefined })

async function savedProject(path = join(folder, 'harbour.colornn')): Promise<string> {
  const session = newSession()
  await session.new()
  await session.saveAs(path)
  await session.close('keep')
  return path
}

interface Editing {
  readonly child: ChildProcess
  readonly edits: { count: number; at: number }[]
  readonly troubles: string[]
  readonly path: Promise<string>
}

function edit(path: string, manner: 'drag' | 'steps' | 'saves', prefix = ''): Editing {
  const command = `${prefix}exec "$0" "$@"`
  const child = spawn(
    '/bin/sh',
    ['-c', command, process.execPath, '--import', tsx, program, join(folder, 'untitled'), path, manner],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  children.push(child)
  const edits: Editing['edits'] = []
  const troubles: string[] = []
  const opened = new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the program ended with ${code} before it had the project open`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('open ')) resolve(line.slice(5))
      else if (line.startsWith('trouble ')) troubles.push(line)
      else edits.push({ count: Number(line.split(' ')[0]), at: Number(line.split(' ')[1]) })
    })
  })
  return { child, edits, troubles, path: opened }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function until(what: () => boolean, limit = 20_000): Promise<void> {
  for (const end = Date.now() + limit; !what(); await wait(20)) if (Date.now() > end) throw new Error('waited in vain')
}

/** kill -9, and the time at which it was sent. */
async function kill({ child }: Editing): Promise<number> {
  const gone = new Promise((resolve) => child.once('close', resolve))
  const at = Date.now()
  child.kill('SIGKILL')
  await gone
  return at
}

/** 0 for a project that has none of the edits. */
const countIn = (title: string): number => Number(/^edit (\d+)$/.exec(title)?.[1] ?? 0)

describe('a program that is killed', () => {
  for (const manner of ['steps', 'drag'] as const) {
    it(`loses at most the last second of ${manner === 'drag' ? 'a drag' : 'its edits'}, and never the project`, async () => {
      const path = await savedProject()
      let lastTitle = 'Untitled'
      let steps = 0
      for (const runFor of [700, 1_900]) {
        const running = edit(path, manner)
        await running.path
        await wait(runFor)
        const killedAt = await kill(running)

        const session = newSession()
        const state = await session.open(path)
        const recovered = countIn(state.project.title)
        const sure = running.edits.filter(({ at }) => at < killedAt - 1_000).at(-1)?.count ?? 0
        expect(recovered).toBeGreaterThanOrEqual(sure)
        expect(recovered).toBeLessThanOrEqual(running.edits.length + 1)
        expect(recovered).toBeGreaterThan(0)
        expect(state.notices).toEqual([])
        expect(state.saved).toBe(false)
        // The history is whole: every edit can be undone, down to what was there before.
        expect(session.steps.length - steps).toBe(manner === 'drag' ? 1 : recovered)
        session.goTo(steps)
        expect(session.project.title).toBe(lastTitle)
        session.goTo(session.steps.length)
        lastTitle = session.project.title
        steps = session.steps.length
        await session.close('keep')
      }
    })
  }

  it('in the middle of saving leaves a project that opens without a word', async () => {
    const path = await savedProject()
    for (const runFor of [300, 430, 570, 610]) {
      const running = edit(path, 'saves')
      await running.path
      await wait(runFor)
      const killedAt = await kill(running)
      const session = newSession()
      const state = await session.open(path)
      expect(state.notices).toEqual([])
      const sure = running.edits.filter(({ at }) => at < killedAt - 1_000).at(-1)?.count ?? 0
      expect(countIn(state.project.title)).toBeGreaterThanOrEqual(sure)
      session.goTo(0)
      expect(session.project.title).toBe('Untitled')
      await session.close('give-up')
    }
  })

  it('has its untitled project offered again', async () => {
    const running = edit('untitled', 'steps')
    const path = await running.path
    await until(() => running.edits.length > 60)
    const session = newSession()
    expect(await session.unsavedProjects()).toEqual([])
    await expect(session.open(path)).rejects.toMatchObject({ code: 'project-in-use' })
    await kill(running)

    const offered = await session.unsavedProjects()
    expect(offered).toHaveLength(1)
    expect(offered[0]!.steps).toBeGreaterThan(5)
    const state = await session.open(offered[0]!.path)
    expect(state.path).toBeNull()
    expect(countIn(state.project.title)).toBe(offered[0]!.steps)
    const target = join(folder, 'rescued.colornn')
    await session.saveAs(target)
    expect(session.state).toMatchObject({ path: target, saved: true, name: 'rescued' })
    expect(await session.unsavedProjects()).toEqual([])
    session.undo()
    expect(countIn(session.project.title)).toBe(offered[0]!.steps - 1)
    await session.close('keep')
  })
})

describe('a drive that can not be asked to write for good, as some in a network', () => {
  const library = join(tmpdir(), `no-sync-${process.pid}.so`)
  const built = spawnSync('gcc', ['-shared', '-fPIC', '-o', library, join(program, '..', 'noSync.c')]).status === 0
  afterAll(() => rm(library, { force: true }))

  // oxlint-disable-next-line vitest/no-conditional-tests -- what is skipped counts as failed
  if (built)
    it('keeps edits and saves of a project', async () => {
      const path = await savedProject()
      const running = edit(path, 'saves', `export LD_PRELOAD='${library}'; `)
      await running.path
      await until(() => running.edits.length > 20)
      expect([running.troubles, running.child.exitCode]).toEqual([[], null])
      const killedAt = await kill(running)
      const session = newSession()
      const state = await session.open(path)
      const sure = running.edits.filter(({ at }) => at < killedAt - 1_000).at(-1)?.count ?? 0
      expect(countIn(state.project.title)).toBeGreaterThanOrEqual(sure)
      expect([state.notices, countIn(state.project.title) > 0]).toEqual([[], true])
      await session.close('give-up')
    })
})

describe('a full disk', () => {
  it('costs no more than the last second where the program is killed meanwhile', mountsDisk, async ({ skip }) => {
    const disk = join(folder, 'disk')
    await mkdir(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      return skip()
    }
    try {
      const path = await savedProject(join(disk, 'harbour.colornn'))
      const running = edit(path, 'steps')
      await running.path
      execFileSync('sh', ['-c', `dd if=/dev/zero of='${disk}/filler' bs=1k 2>/dev/null || true`])
      await until(() => running.troubles.length > 0)
      const beforeTrouble = running.edits.at(-1)!.count
      await wait(2_000)
      const killedAt = await kill(running)
      await truncate(join(disk, 'filler'), 0)
      const session = newSession()
      expect(await session.unsavedProjects()).toMatchObject([{ path, kept: true }])
      const state = await session.open(path)
      const sure = running.edits.filter(({ at }) => at < killedAt - 1_000).at(-1)!.count
      expect(sure).toBeGreaterThan(beforeTrouble)
      expect(countIn(state.project.title)).toBeGreaterThanOrEqual(sure)
      expect([state.notices, session.steps.length]).toEqual([[], countIn(state.project.title)])
      await session.close('keep')
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  })

  it('is told once, loses nothing, and is tried again until there is room', async () => {
    const path = await savedProject()
    const size = (await readFile(`${path}-journal`)).length
    // No file may grow beyond a few KiB more than the journal has: the system refuses as it does on a full disk.
    const blocks = Math.ceil(size / 512) + 16
    const running = edit(path, 'steps', `ulimit -S -f ${blocks}; `)
    await running.path
    await until(() => running.troubles.length > 0)
    expect(running.troubles[0]).toMatch(
      /^trouble disk-full The disk is full; “harbour.colornn” could not be written\.$/,
    )
    await wait(500)
    const duringTrouble = running.edits.at(-1)!.count
    expect(running.troubles.every((line) => line === running.troubles[0])).toBe(true)

    const room = spawnSync('prlimit', ['--pid', String(running.child.pid), '--fsize=unlimited:'])
    expect(room.status).toBe(0)
    await wait(4_500)
    await kill(running)
    const session = newSession()
    const state = await session.open(path)
    expect(state.notices).toEqual([])
    expect(countIn(state.project.title)).toBeGreaterThan(duringTrouble)
    expect(session.steps).toHaveLength(countIn(state.project.title))
    await session.close('keep')
  })
})
