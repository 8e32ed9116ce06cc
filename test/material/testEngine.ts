/** The engine in the test's own process: real networks, real ffmpeg, a cache of its own. */
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FilmEdits } from '../../electron/contract/filmEdits.ts'
import type { FootageInfo, FrameRange, JobProgress, Keyframe } from '../../electron/contract/schemas.ts'
import { Engine } from '../../electron/engine/engine.ts'
import type { EngineCalls, EngineSettings, FromEngine } from '../../electron/engine/protocol.ts'

import { layoutOf, wantedBy } from './layouts.ts'

export const weightsFolder = join(import.meta.dirname, '..', '..', 'models', 'weights')

export interface TestEngine {
  readonly engine: Engine
  readonly messages: FromEngine[]
  /** Opens a film and tells its document: cuts, and pictures pinned to frames. What the cache holds by it is shown. */
  open(path: string, footageId: string, sketch?: PinnedSketch): Promise<FootageInfo>
  /** Tells another document of an open film. */
  sketch(footageId: string, sketch: PinnedSketch): Promise<void>
  /** Resolves with the job's last message. */
  ended(jobId: string): Promise<JobProgress>
  colorize(jobId: string, footageId: string, range?: { from: number; to: number }): Promise<JobProgress>
  export(job: EngineCalls['startExport']['args'][0]): Promise<JobProgress>
}

export interface PinnedSketch {
  /** First frames of shots. */
  readonly cuts?: readonly number[]
  /** Which of the shots are dissolves or wipes. */
  readonly transitions?: readonly FrameRange[]
  readonly keyframes?: readonly Keyframe[]
}

/** A document that shows whatever the cache holds of what it wants. */
function sketchedEdits(frameCount: number, { cuts = [], transitions = [], keyframes = [] }: PinnedSketch): FilmEdits {
  const pins = keyframes
    .filter(({ frame }) => frame < frameCount)
    .map(({ frame, picturePath }) => [frame, picturePath] as const)
  const wanted = wantedBy({ frameCount, cuts, transitions, pins: Object.fromEntries(pins) })
  const frames = keyframes.map(
    ({ frame, picturePath }) =>
      [frame, { base: { kind: 'picture', path: picturePath }, operations: [], pinned: true }] as const,
  )
  return { complete: true, frames, pictures: {}, layout: layoutOf(wanted, wanted) }
}

export function settingsFor(folder: string, changes: Partial<EngineSettings> = {}): EngineSettings {
  return {
    COLORNN_CACHE: join(folder, 'cache'),
    COLORNN_WEIGHTS: weightsFolder,
    COLORNN_CACHE_LIMIT: '1000000000',
    ...changes,
  }
}

/** Shut down when the running test ends. */
export function startTestEngine(folder: string, changes: Partial<EngineSettings> = {}): TestEngine {
  const messages: FromEngine[] = []
  const waiting = new Map<string, (last: JobProgress) => void>()
  const last = new Map<string, JobProgress>()
  const engine = new Engine(settingsFor(folder, changes), (message) => {
    messages.push(message)
    if (message.type !== 'progress' || !['done', 'failed', 'cancelled'].includes(message.progress.state)) return
    last.set(message.progress.jobId, message.progress)
    waiting.get(message.progress.jobId)?.(message.progress)
  })
  onTestFinished(() => engine.shutdown())
  const ended = (jobId: string): Promise<JobProgress> => {
    const known = last.get(jobId)
    return known ? Promise.resolve(known) : new Promise((resolve) => waiting.set(jobId, resolve))
  }
  const sketch: TestEngine['sketch'] = (footageId, sketched) =>
    engine.calls.setEdits(footageId, sketchedEdits(engine.film(footageId).info.frameCount, sketched))
  return {
    engine,
    messages,
    ended,
    sketch,
    open: async (path, footageId, sketched = {}) => {
      const info = await engine.calls.openFootage(path, footageId)
      await sketch(footageId, sketched)
      return info
    },
    colorize: async (jobId, footageId, range) => {
      await engine.calls.startColorize({
        jobId,
        footageId,
        ranges: [range ?? { from: 0, to: engine.film(footageId).info.frameCount }],
      })
      return ended(jobId)
    },
    export: async (job) => {
      await engine.calls.startExport(job)
      return ended(job.jobId)
    },
  }
}
