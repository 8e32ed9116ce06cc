/** Runs one job on a real engine and measures it; shared by the benchmarks. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ExportFormatId } from '../../electron/contract/formats.ts'
import type { FootageInfo, JobProgress } from '../../electron/contract/schemas.ts'
import { UserError } from '../../electron/contract/userError.ts'
import { EngineClient } from '../../electron/host/engineClient.ts'
import type { EngineLink, LaunchEngine } from '../../electron/host/engineLink.ts'
import { forkedEngine } from '../../electron/host/forkedEngine.ts'
import { editsOf, layoutOf, wantedBy } from '../material/layouts.ts'
import { descendantsOf, memoryOf } from '../material/processes.ts'

export interface Folders {
  readonly engineFile: string
  readonly cache: string
  readonly weights: string
}

export interface BenchEngine {
  readonly client: EngineClient
  readonly pid: () => number
  /** Opens a film as one shot. @param pin a colored picture of its first frame, which is pinned then */
  open(path: string, footageId: string, pin?: string): Promise<FootageInfo>
  /** Runs to the end; rejects with the job's UserError. @param onProgress hears of it on the way */
  run(job: TimedJob, onProgress?: (progress: JobProgress) => void): Promise<Measured>
}

type TimedJob =
  | { readonly kind: 'colorize'; readonly footageId: string; readonly frameCount: number }
  | { readonly kind: 'export'; readonly footageId: string; readonly target: string; readonly format: ExportFormatId }

export interface Measured {
  readonly frames: number
  readonly seconds: number
  /**
   * CPU time in all, in seconds (Linux): of the engine, and of the ffmpegs that it started and has seen end.
   */
  readonly processors: { readonly engine: number; readonly ffmpeg: number }
}

export function startBenchEngine(folders: Folders): BenchEngine {
  let pid = 0
  const waiting = new Map<string, (progress: JobProgress) => void>()
  const launch: LaunchEngine = (changes): EngineLink => {
    const link = forkedEngine(folders.engineFile, {
      COLORNN_CACHE: folders.cache,
      COLORNN_WEIGHTS: folders.weights,
      COLORNN_CACHE_LIMIT: String(4 * 1024 ** 3),
    })(changes)
    pid = link.pid ?? 0
    return link
  }
  const client = new EngineClient(launch, { onProgress: (progress) => waiting.get(progress.jobId)?.(progress) })
  client.start()
  return {
    client,
    pid: () => pid,
    async open(path, footageId, pin) {
      const info = await client.call('openFootage', path, footageId)
      const layout = layoutOf(
        [],
        wantedBy({ frameCount: info.frameCount, ...(pin !== undefined && { pins: { 0: pin } }) }),
      )
      const pinned = pin === undefined ? {} : { 0: { base: { kind: 'picture' as const, path: pin }, pinned: true } }
      await client.call('setEdits', footageId, editsOf(layout, pinned))
      return info
    },
    async run(job, onProgress) {
      const jobId = randomUUID()
      const started = performance.now()
      const before = processorsOf(pid)
      let frames = 0
      const ended = new Promise<void>((resolve, reject) => {
        waiting.set(jobId, (progress) => {
          frames = progress.total
          onProgress?.(progress)
          if (progress.state === 'done') resolve()
          if (progress.state === 'cancelled') reject(new Error('cancelled'))
          if (progress.state === 'failed' && progress.error) reject(UserError.from(progress.error))
        })
      })
      if (job.kind === 'colorize')
        await client.call('startColorize', {
          jobId,
          footageId: job.footageId,
          ranges: [{ from: 0, to: job.frameCount }],
        })
      else
        await client.call('startExport', {
          jobId,
          footageId: job.footageId,
          target: job.target,
          format: job.format,
          overwrite: true,
        })
      await ended
      waiting.delete(jobId)
      const seconds = (performance.now() - started) / 1000
      const after = processorsOf(pid)
      return {
        frames,
        seconds,
        processors: { engine: after.own - before.own, ffmpeg: after.children - before.children },
      }
    },
  }
}

/** Clock ticks of a second, in /proc. */
const TICKS = 100

/** CPU time in seconds (Linux): a process's own, and of those below it that it has seen end. */
export function processorsOf(pid: number): { readonly own: number; readonly children: number } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    const [user, system, childrensUser, childrensSystem] = fields.slice(11, 15).map(Number)
    return { own: (user! + system!) / TICKS, children: (childrensUser! + childrensSystem!) / TICKS }
  } catch {
    return { own: NaN, children: NaN }
  }
}

/** Milliseconds. Reading it takes the kernel a few for each process. */
const WATCHED_EVERY = 100

/** What was seen of a process and all below it. */
export interface MemoryWatch {
  /** Highest sum of their memory seen since the watch was asked last, or began; in MiB. */
  highestSince(): number
  /** Ends the watch. @returns the highest of all, in MiB */
  stop(): number
}

/** Watches the memory of a process and of all below it (Linux). */
export function watchMemory(pid: number): MemoryWatch {
  let [peak, lately] = [0, 0]
  const timer = setInterval(() => {
    const now = [pid, ...descendantsOf(pid)].reduce((total, one) => total + memoryOf(one), 0)
    lately = Math.max(lately, now)
    peak = Math.max(peak, now)
  }, WATCHED_EVERY)
  return {
    highestSince: () => {
      const highest = lately
      lately = 0
      return highest / 1024
    },
    stop: () => {
      clearInterval(timer)
      return peak / 1024
    },
  }
}
