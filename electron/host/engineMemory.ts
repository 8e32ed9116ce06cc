/**
 * What a new engine has to be told to be where the one before it was: films with all their edits, the jobs that are not
 * over, in their order and each with the edits that it was started with, and the limit of the cache.
 */
import type { FilmEdits } from '../contract/filmEdits.ts'
import type { FootageInfo, JobProgress, Rational } from '../contract/schemas.ts'
import { isOver } from '../contract/jobs.ts'
import type { ColorizeMore, ColorizeOrder, EngineCallName, EngineCalls, ExportTaken } from '../engine/protocol.ts'
import { mergedEdits } from './mergedEdits.ts'

export type JobCall = 'startColorize' | 'startExport' | 'startFindShots' | 'startInspect' | 'startFindAlike'

export interface JobRecord {
  readonly call: JobCall
  job: EngineCalls[JobCall]['args'][0]
  /** What was added to its order since, each with the edits that it was added with. */
  parts: { readonly part: ColorizeMore; readonly edits: FilmEdits | undefined }[]
  /** Of the film, when the job was started: a coloring reads the pins as they were then. */
  readonly edits: FilmEdits | undefined
  paused: boolean
  /** At work in the engine that runs now: if that one dies, the job may be why. */
  running: boolean
  /** Engines that died while it was at work and had come no further than with the one before. */
  crashes: number
  /** Most frames it had ever done. */
  furthest: number
}

interface OpenedFilm {
  readonly path: string
  readonly rate: Rational | undefined
  /** When it was opened first. */
  readonly bytes: number
}

export class EngineMemory {
  readonly films = new Map<string, OpenedFilm>()
  /** All that the engine was told of each film, in one piece. */
  readonly edits = new Map<string, FilmEdits>()
  /** In the order of their start. */
  readonly jobs = new Map<string, JobRecord>()
  /** Bytes; undefined while the limit is that of the launch. */
  cacheLimit: number | undefined
  /** Jobs that were over before the engine said that it has taken them: it tells of its work first. */
  readonly #overEarly = new Set<string>()

  /** Of calls that are sent: what holds whether or not this engine lives to answer. */
  sent(name: EngineCallName, args: readonly unknown[]): void {
    if (name === 'cache' && typeof args[0] === 'number') this.cacheLimit = args[0]
  }

  /** Of calls that the engine has carried out. */
  done(name: EngineCallName, args: readonly unknown[], value: unknown): void {
    switch (name) {
      case 'openFootage': {
        const [path, footageId, rate] = args as EngineCalls['openFootage']['args']
        this.films.set(footageId, { path, rate, bytes: (value as FootageInfo).bytes })
        // A film that is opened anew has no edits yet.
        this.edits.delete(footageId)
        break
      }
      case 'closeFootage':
        this.forgetFilm(args[0] as string)
        for (const [jobId, record] of this.jobs) if (record.job.footageId === args[0]) this.jobs.delete(jobId)
        break
      case 'setEdits': {
        const [footageId, edits] = args as EngineCalls['setEdits']['args']
        this.edits.set(footageId, mergedEdits(this.edits.get(footageId), edits))
        break
      }
      case 'startColorize':
      case 'startExport':
      case 'startFindShots':
      case 'startInspect':
      case 'startFindAlike': {
        // An export's answer says what its order stood for when it was first given.
        const job = { ...(args as EngineCalls[JobCall]['args'])[0], ...(value as ExportTaken | undefined) }
        if (this.#overEarly.delete(job.jobId)) break
        this.jobs.set(job.jobId, {
          call: name,
          job,
          parts: [],
          edits: this.edits.get(job.footageId),
          paused: false,
          running: false,
          crashes: 0,
          furthest: 0,
        })
        break
      }
      case 'addToColorize': {
        const [part] = args as EngineCalls['addToColorize']['args']
        const record = this.jobs.get(part.jobId)
        record?.parts.push({ part, edits: this.edits.get(record.job.footageId) })
        break
      }
      case 'takeBackColorize': {
        const record = value === true ? this.jobs.get(args[0] as string) : undefined
        if (!record) break
        // What it had finished is known, and is not to be told again by an engine that begins anew.
        const open = { total: record.furthest, done: record.furthest }
        record.job = { ...(record.job as ColorizeOrder), segments: [], ranges: [], open }
        record.parts = []
        break
      }
      case 'pauseJob':
      case 'resumeJob': {
        const record = this.jobs.get(args[0] as string)
        if (record) record.paused = name === 'pauseJob'
        break
      }
      case 'cancelJob':
        this.jobs.delete(args[0] as string)
        break
      default:
      // The other calls leave nothing that an engine started anew has to know.
    }
  }

  /** Of calls that the engine has refused. */
  refused(name: EngineCallName, args: readonly unknown[]): void {
    // It closes what was open under that name before it opens the next.
    if (name === 'openFootage') this.forgetFilm(args[1] as string)
  }

  forgetFilm(footageId: string): void {
    this.films.delete(footageId)
    this.edits.delete(footageId)
  }

  forgetFilms(): void {
    this.films.clear()
    this.edits.clear()
  }

  heard({ jobId, state, done }: JobProgress): void {
    const over = isOver({ state })
    const record = this.jobs.get(jobId)
    if (over && !this.jobs.delete(jobId)) this.#overEarly.add(jobId)
    if (!record || over) return
    record.running = state === 'running'
    if (done > record.furthest) {
      record.furthest = done
      record.crashes = 0
    }
  }

  /** The engine has died. */
  crashed(): void {
    for (const record of this.jobs.values()) {
      if (record.running) record.crashes++
      record.running = false
    }
  }
}
