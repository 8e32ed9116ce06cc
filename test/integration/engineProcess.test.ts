/** The engine as a process of its own, under the client that owns it: killed, started again, and watched for memory. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { FrameColoring } from '../../electron/contract/filmEdits.ts'
import type { EngineStatus, JobProgress } from '../../electron/contract/schemas.ts'
import { EngineClient } from '../../electron/host/engineClient.ts'
import type { EngineLink } from '../../electron/host/engineLink.ts'
import { bundledEngine } from '../material/desk.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { lumaHashes } from '../material/inspect.ts'
import { editsOf, layoutOf, stroke, wantedBy } from '../material/layouts.ts'
import { workFolder } from '../material/workFolder.ts'

interface Owned {
  readonly client: EngineClient
  readonly statuses: EngineStatus[]
  readonly progress: JobProgress[]
  pid(): number
  ended(jobId: string): Promise<JobProgress>
}

function ownEngine(folder: string, onStart: (pid: number, link: EngineLink) => void = () => undefined): Owned {
  let pid = 0
  const statuses: EngineStatus[] = []
  const progress: JobProgress[] = []
  const waiting = new Map<string, (last: JobProgress) => void>()
  const launch = bundledEngine(folder, (started, link) => {
    pid = started
    onStart(started, link)
  })
  const client = new EngineClient(launch, {
    onStatus: (status) => statuses.push(status),
    onProgress: (message) => {
      progress.push(message)
      if (['done', 'failed', 'cancelled'].includes(message.state)) waiting.get(message.jobId)?.(message)
    },
  })
  client.start()
  onTestFinished(() => client.stop())
  return {
    client,
    statuses,
    progress,
    pid: () => pid,
    ended: (jobId) => new Promise((resolve) => waiting.set(jobId, resolve)),
  }
}

/** A film of one shot without pins. */
async function openAutomatic(client: EngineClient, path: string, id: string): Promise<void> {
  const { frameCount } = await client.call('openFootage', path, id)
  await client.call('setEdits', id, editsOf(layoutOf([], wantedBy({ frameCount }))))
}

/** Highest resident memory so far, in MiB. */
function peakMemory(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

describe('the engine process', () => {
  it('is started again after a kill -9 in the middle of an export, which ends as if nothing had been, beside what came to its target', async () => {
    const folder = workFolder()
    const film = await drawFilm(folder, 'film.mkv', { frames: 40, size: '96x64' })
    const { client, statuses, progress, pid, ended } = ownEngine(folder)
    await openAutomatic(client, film, 'film')
    // One to a free name, one in place of a file that was agreed to be lost; both names are taken meanwhile, by others.
    const targets = ['out.mkv', 'agreed.mkv'].map((name) => join(folder, name))
    writeFileSync(targets[1]!, 'to be lost')
    const order = { footageId: 'film', format: 'ffv1-mkv' } as const
    const ends = ['0', '1'].map((jobId) => ended(jobId))
    for (const [n, target] of targets.entries())
      await client.call('startExport', { ...order, jobId: `${n}`, target, overwrite: n === 1 })
    while ((progress.at(-1)?.done ?? 0) < 10) await new Promise((resolve) => setTimeout(resolve, 10))
    const first = pid()
    process.kill(first, 'SIGKILL')
    for (const target of targets) writeFileSync(target, 'precious')
    const last = await Promise.all(ends)
    expect(last).toMatchObject([
      { state: 'done', done: 40 },
      { state: 'done', done: 40 },
    ])
    expect(pid()).not.toBe(first)
    expect(statuses.map(({ state }) => state)).toEqual(['ready', 'restarting', 'ready'])
    expect(last.map(({ target }) => basename(target!))).toEqual(['out (2).mkv', 'agreed (2).mkv'])
    expect(english(...last[1]!.notes!)).toContain('kept as “agreed (2).mkv”')
    expect(targets.map((target) => readFileSync(target, 'utf8'))).toEqual(['precious', 'precious'])
    expect(await lumaHashes(last[0]!.target!)).toEqual(await lumaHashes(film))
  })

  it('does with no other film what was ordered of one that was replaced while the engine was away', async () => {
    const folder = workFolder()
    const [film, other] = [
      await drawFilm(folder, 'film.mkv', { frames: 60, size: '96x64' }),
      await drawFilm(folder, 'other.mkv', { frames: 9, size: '96x64' }),
    ]
    const { client, pid, progress, ended } = ownEngine(folder)
    await openAutomatic(client, film, 'film')
    const target = join(folder, 'out.mkv')
    const end = ended('export')
    await client.call('startExport', {
      jobId: 'export',
      footageId: 'film',
      format: 'ffv1-mkv',
      target,
      overwrite: false,
    })
    while ((progress.at(-1)?.done ?? 0) < 10) await new Promise((resolve) => setTimeout(resolve, 10))
    process.kill(pid(), 'SIGKILL')
    copyFileSync(other, film)
    expect(await end).toMatchObject({ state: 'failed', error: { code: 'footage-changed' } })
    expect(existsSync(target)).toBe(false)
    // Whoever wants it opens it as what it is now.
    await expect(client.call('coloredRanges', 'film')).rejects.toMatchObject({ code: 'not-found' })
    expect(await client.call('openFootage', film, 'film')).toMatchObject({ frameCount: 9 })
  })

  it('knows every edit again after a kill -9, and a coloring goes on by the pins that it was started with', async () => {
    const folder = workFolder()
    const picture = async (color: string): Promise<FrameColoring> => {
      const path = join(folder, `${color}.png`)
      await ffmpeg([
        '-f',
        'lavfi',
        '-i',
        `color=c=${color}:s=96x64`,
        '-frames:v',
        '1',
        '-pix_fmt',
        'rgb24',
        `file:${path}`,
      ])
      return { base: { kind: 'picture', path }, operations: [], pinned: true }
    }
    const { client, pid, ended, progress } = ownEngine(folder)
    await client.call('openFootage', await drawFilm(folder, 'film.mkv', { frames: 60 }), 'film')
    const [red, blue] = [await picture('red'), await picture('blue')]
    const wanted = wantedBy({ frameCount: 60, pins: { 0: 'red' } })
    await client.call(
      'setEdits',
      'film',
      editsOf(layoutOf([], wanted), { 0: red, 50: { operations: [stroke(0, 0.4, { radius: 0.5 })] } }),
    )
    const end = ended('job')
    await client.call('startColorize', {
      jobId: 'job',
      footageId: 'film',
      segments: wanted,
      ranges: [{ from: 0, to: 60 }],
    })
    while ((progress.at(-1)?.done ?? 0) < 5) await new Promise((resolve) => setTimeout(resolve, 5))
    await client.call('setEdits', 'film', editsOf(undefined, { 0: blue }))
    process.kill(pid(), 'SIGKILL')
    expect(await end).toMatchObject({ state: 'done', done: 60 })
    await client.call('setEdits', 'film', editsOf(layoutOf(wanted, wanted)))
    const at = async (frame: number): Promise<number> =>
      (await client.call('pickColor', 'film', frame, [0.5, 0.5], 0.3))!.u
    expect(await at(0)).toBeGreaterThan(0.2)
    expect(await at(30)).toBeLessThan(0)
    expect((await client.call('pickColor', 'film', 50, [0.45, 0.35], 0.02))!.v).toBeCloseTo(0.4, 1)
    await client.stop()
  })

  it('is started again when it dies while it starts, and serves what was waiting; the limit of the cache outlives it', async () => {
    const folder = workFolder()
    const film = await drawFilm(folder, 'film.mkv', { frames: 4 })
    // At once, at some moment while TensorFlow loads, and when it has just announced itself.
    const kills: ((link: EngineLink) => void)[] = [
      (link) => link.kill(),
      (link) => setTimeout(() => link.kill(), 300),
      (link) => link.onMessage(({ type }) => type === 'ready' && link.kill()),
    ]
    const sent: number[][] = []
    const { client, statuses, ended, pid } = ownEngine(folder, (_pid, link) => {
      const { send } = link
      const calls: number[] = []
      sent.push(calls)
      link.send = (message) => {
        if (message.type === 'call') calls.push(message.id)
        send(message)
      }
      kills.shift()?.(link)
    })
    const limited = client.call('cache', 123_456_789)
    await openAutomatic(client, film, 'film')
    await limited
    expect(statuses.map(({ state }) => state)).toEqual(['restarting', 'restarting', 'restarting', 'ready'])
    const end = ended('job')
    await client.call('startExport', {
      jobId: 'job',
      footageId: 'film',
      target: join(folder, 'out.mkv'),
      format: 'ffv1-mkv',
      overwrite: false,
    })
    expect(await end).toMatchObject({ state: 'done', done: 4 })
    process.kill(pid(), 'SIGKILL')
    expect(await client.call('cache')).toMatchObject({ limitBytes: 123_456_789 })
    expect(sent.every((calls) => new Set(calls).size === calls.length)).toBe(true)
  })

  it('ends by itself when its owner is gone or done with it, and not of a key pressed in the terminal of both', async () => {
    const { client, pid } = ownEngine(workFolder())
    await client.call('info')
    const engine = pid()
    process.kill(engine, 'SIGINT')
    await client.call('info')
    expect(pid()).toBe(engine)
    await client.stop()
    expect(() => process.kill(engine, 0)).toThrow('ESRCH')
  })

  // One process for both, so that what a process needs to start does not count, nor how it happened to lay it out.
  it('needs no more memory for a long film than for a short one', async () => {
    const folder = workFolder()
    const { client, pid, ended } = ownEngine(folder)
    const peakAfter = async (frames: number): Promise<number> => {
      const id = `film-${frames}`
      const film = await drawFilm(folder, `${id}.mkv`, { frames, size: '96x64' })
      await openAutomatic(client, film, id)
      const end = ended(id)
      await client.call('startExport', {
        jobId: id,
        footageId: id,
        target: join(folder, `${id}.out.mkv`),
        format: 'ffv1-mkv',
        overwrite: false,
      })
      expect(await end).toMatchObject({ state: 'done', done: frames })
      return peakMemory(pid())
    }
    const short = await peakAfter(60)
    expect((await peakAfter(300)) / short).toBeLessThan(1.1)
    await client.stop()
  })
})
