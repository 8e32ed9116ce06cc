/**
 * Owns the engine process: sends calls, hears progress, and when the engine dies starts another and puts it back to
 * where the first one was: films open again under the same ids, with all their edits, unfinished jobs started again.
 * Finished colorings are in the cache on disk, so a restart costs seconds, not work.
 */
import type { FilmEdits } from '../contract/filmEdits.ts'
import type { EngineInfo, EngineStatus, JobProgress } from '../contract/schemas.ts'
import { UserError, toUserErrorData, type UserErrorData } from '../contract/userError.ts'
import type { EngineCallName, EngineCalls, FromEngine } from '../engine/protocol.ts'
import type { EngineLink, LaunchEngine } from './engineLink.ts'
import { mergedEdits } from './mergedEdits.ts'

/** More crashes than this within the window and the engine is given up: starting it again would not help. */
const CRASH_LIMIT = 4
const CRASH_WINDOW_MS = 60_000
/** A call that was waiting while this many engines died is taken to be the cause, and fails. */
const CRASHES_PER_CALL = 2

export interface EngineListeners {
  onStatus?(status: EngineStatus): void
  onProgress?(progress: JobProgress): void
  onChanged?(frames: { footageId: string; from: number; to: number }): void
  /** A new engine is ready after a crash; ports to the old one are dead. */
  onRestarted?(): void
}

interface PendingCall {
  readonly name: EngineCallName
  readonly args: unknown[]
  readonly resolve: (value: unknown) => void
  readonly reject: (error: UserError) => void
  crashes: number
}

type JobCall = 'startColorize' | 'startExport' | 'startFindShots'

interface JobRecord {
  readonly call: JobCall
  readonly job: EngineCalls[JobCall]['args'][0]
  /** Of the film, when the job was started: a coloring reads the pins as they were then. */
  readonly edits: FilmEdits | undefined
  paused: boolean
  crashes: number
}

const JOB_KINDS: Readonly<Record<JobCall, JobProgress['kind']>> = { startColorize: 'colorize', startExport: 'export', startFindShots: 'shots' }

function stoppedError(reason: string): UserError {
  return new UserError(
    'engine-stopped',
    'The part of the program that computes colors stopped.',
    'Finished colors are kept. Try the last step again; if it stops again, restart the program.',
    reason,
  )
}

export class EngineClient {
  #link: EngineLink | null = null
  #status: EngineStatus = { state: 'starting' }
  #nextId = 1
  #stopping = false
  #crashTimes: number[] = []
  #fatal: UserErrorData | null = null
  #exited: Promise<void> = Promise.resolve()
  readonly #pending = new Map<number, PendingCall>()
  readonly #films = new Map<string, string>()
  /** All that the engine was told of each film, in one piece. */
  readonly #edits = new Map<string, FilmEdits>()
  readonly #jobs = new Map<string, JobRecord>()

  constructor(
    private readonly launch: LaunchEngine,
    private readonly listeners: EngineListeners = {},
  ) {}

  get status(): EngineStatus {
    return this.#status
  }

  start(): void {
    this.#startProcess(false)
  }

  /** Rejects with a UserError; a call caught in a crash is sent again to the next engine. */
  call<N extends EngineCallName>(name: N, ...args: EngineCalls[N]['args']): Promise<EngineCalls[N]['result']> {
    if (this.#status.state === 'failed') return Promise.reject(UserError.from(this.#status.error as UserErrorData))
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      this.#pending.set(id, {
        name,
        args,
        resolve: (value) => {
          this.#remember(name, args)
          resolve(value as EngineCalls[N]['result'])
        },
        reject,
        crashes: 0,
      })
      if (this.#status.state === 'ready') this.#post(id)
    })
  }

  /** Hands a MessagePort to the engine; dropped when there is no engine (onRestarted says when to try again). */
  sendFramesPort(port: unknown): boolean {
    if (this.#status.state !== 'ready' || !this.#link) return false
    this.#link.send({ type: 'framesPort' }, port)
    return true
  }

  /** Ends jobs tidily (no half files stay), then the process; kills it when it does not end by itself. */
  async stop(graceMs = 4000): Promise<void> {
    const link = this.#link
    if (!link) return
    // One that is still loading TensorFlow hears nothing yet, and one that failed has nothing to lose.
    if (this.#status.state !== 'ready') link.kill()
    const orderly = this.#stopping || this.#status.state !== 'ready' ? null : this.call('shutdown').catch(() => undefined)
    this.#stopping = true
    const timer = setTimeout(() => link.kill(), graceMs)
    await orderly
    await this.#exited
    clearTimeout(timer)
  }

  #startProcess(isRestart: boolean): void {
    let link: EngineLink
    try {
      link = this.launch()
    } catch (error) {
      this.#fail(toUserErrorData(error))
      return
    }
    this.#link = link
    link.onMessage((message) => this.#receive(message, isRestart))
    this.#exited = new Promise((resolve) => {
      link.onExit((reason) => {
        resolve()
        if (this.#link === link) this.#onExit(reason)
      })
    })
  }

  #receive(message: FromEngine, isRestart: boolean): void {
    switch (message.type) {
      case 'ready':
        void this.#onReady(isRestart)
        break
      case 'answer': {
        const call = this.#pending.get(message.id)
        this.#pending.delete(message.id)
        if (!call) break
        if (message.outcome.ok) call.resolve(message.outcome.value)
        else call.reject(UserError.from(message.outcome.error))
        break
      }
      case 'progress':
        if (['done', 'cancelled', 'failed'].includes(message.progress.state)) this.#jobs.delete(message.progress.jobId)
        this.listeners.onProgress?.(message.progress)
        break
      case 'changed':
        this.listeners.onChanged?.({ footageId: message.footageId, from: message.from, to: message.to })
        break
      case 'fatal':
        this.#fatal = message.error
        break
    }
  }

  async #onReady(isRestart: boolean): Promise<void> {
    let info: EngineInfo
    try {
      info = await this.#sendNow('info', [])
      if (isRestart) await this.#restore()
    } catch (error) {
      // A missing library or damaged weights will not heal by themselves: say so and stop trying.
      this.#fail(toUserErrorData(error))
      return
    }
    this.#setStatus({ state: 'ready', info })
    for (const id of this.#pending.keys()) this.#post(id)
    if (isRestart) this.listeners.onRestarted?.()
  }

  /** Brings a fresh engine to the state of the one that died. A film that can't be opened again is left to its next use. */
  async #restore(): Promise<void> {
    for (const [footageId, path] of this.#films) {
      try {
        await this.#sendNow('openFootage', [path, footageId])
        await this.#restoreJobs(footageId)
        const edits = this.#edits.get(footageId)
        if (edits) await this.#sendNow('setEdits', [footageId, edits])
      } catch {
        this.#films.delete(footageId)
      }
    }
    for (const [jobId, record] of this.#jobs) {
      if (this.#films.has(record.job.footageId) && record.crashes < CRASHES_PER_CALL) continue
      this.#jobs.delete(jobId)
      this.#reportFailedJob(record, stoppedError('the engine stopped during this job').toData())
    }
  }

  /** Each job goes on with the edits that it was started with. */
  async #restoreJobs(footageId: string): Promise<void> {
    for (const [jobId, { call, job, edits, paused, crashes }] of this.#jobs) {
      if (job.footageId !== footageId || crashes >= CRASHES_PER_CALL) continue
      if (edits) await this.#sendNow('setEdits', [footageId, edits])
      if (call === 'startExport') await this.#sendNow(call, [{ ...(job as EngineCalls['startExport']['args'][0]), overwrite: true }])
      else await this.#sendNow(call, [job as never])
      if (paused) await this.#sendNow('pauseJob', [jobId])
    }
  }

  #reportFailedJob(record: JobRecord, error: UserErrorData): void {
    this.listeners.onProgress?.({
      jobId: record.job.jobId,
      kind: JOB_KINDS[record.call],
      footageId: record.job.footageId,
      state: 'failed',
      done: 0,
      total: 0,
      framesPerSecond: 0,
      secondsLeft: null,
      finished: [],
      error,
    })
  }

  #onExit(reason: string): void {
    this.#link = null
    if (this.#stopping) {
      for (const call of this.#pending.values()) call.reject(stoppedError(reason))
      this.#pending.clear()
      return
    }
    const now = Date.now()
    this.#crashTimes = [...this.#crashTimes.filter((time) => now - time < CRASH_WINDOW_MS), now]
    for (const [id, call] of this.#pending) {
      if (++call.crashes < CRASHES_PER_CALL) continue
      this.#pending.delete(id)
      call.reject(stoppedError(reason))
    }
    for (const record of this.#jobs.values()) record.crashes++
    if (this.#fatal) return this.#fail(this.#fatal)
    if (this.#crashTimes.length > CRASH_LIMIT) return this.#fail(stoppedError(reason).toData())
    this.#setStatus({ state: 'restarting', reason })
    this.#startProcess(true)
  }

  #fail(error: UserErrorData): void {
    this.#setStatus({ state: 'failed', error })
    for (const call of this.#pending.values()) call.reject(UserError.from(error))
    this.#pending.clear()
    for (const record of this.#jobs.values()) this.#reportFailedJob(record, error)
    this.#jobs.clear()
    this.#stopping = true
    this.#link?.kill()
    this.#link = null
  }

  #setStatus(status: EngineStatus): void {
    this.#status = status
    this.listeners.onStatus?.(status)
  }

  /** What a new engine would have to be told again. */
  #remember(name: EngineCallName, args: unknown[]): void {
    switch (name) {
      case 'openFootage': {
        const [path, footageId] = args as EngineCalls['openFootage']['args']
        this.#films.set(footageId, path)
        break
      }
      case 'closeFootage': {
        const [footageId] = args as EngineCalls['closeFootage']['args']
        this.#films.delete(footageId)
        this.#edits.delete(footageId)
        for (const [jobId, record] of this.#jobs) if (record.job.footageId === footageId) this.#jobs.delete(jobId)
        break
      }
      case 'setEdits': {
        const [footageId, edits] = args as EngineCalls['setEdits']['args']
        this.#edits.set(footageId, mergedEdits(this.#edits.get(footageId), edits))
        break
      }
      case 'startColorize':
      case 'startExport':
      case 'startFindShots': {
        const [job] = args as EngineCalls[JobCall]['args']
        this.#jobs.set(job.jobId, { call: name, job, edits: this.#edits.get(job.footageId), paused: false, crashes: 0 })
        break
      }
      case 'pauseJob':
      case 'resumeJob': {
        const record = this.#jobs.get(args[0] as string)
        if (record) record.paused = name === 'pauseJob'
        break
      }
      case 'cancelJob':
        this.#jobs.delete(args[0] as string)
        break
    }
  }

  #post(id: number): void {
    const call = this.#pending.get(id)
    if (call) this.#link?.send({ type: 'call', id, name: call.name, args: call.args as never })
  }

  /** A call of our own while the engine is not yet announced as ready; not sent again if it dies. */
  #sendNow<N extends EngineCallName>(name: N, args: EngineCalls[N]['args']): Promise<EngineCalls[N]['result']> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      this.#pending.set(id, {
        name,
        args,
        resolve: (value) => resolve(value as EngineCalls[N]['result']),
        reject,
        crashes: CRASHES_PER_CALL,
      })
      this.#post(id)
    })
  }
}
