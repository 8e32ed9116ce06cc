/**
 * Owns the engine process: sends calls, hears progress, and when the engine dies starts another and puts it back to
 * where the first one was: films open again under the same ids, with all their edits, unfinished jobs started again.
 * Finished colorings are in the cache on disk, so a restart costs seconds, not work.
 */
import type { EngineInfo, EngineStatus, JobProgress } from '../contract/schemas.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError, toUserErrorData, type UserErrorData } from '../contract/userError.ts'
import type { EngineCallName, EngineCalls, FromEngine } from '../engine/protocol.ts'
import type { EngineLink, LaunchEngine } from './engineLink.ts'
import { EngineMemory, type JobCall, type JobRecord } from './engineMemory.ts'

/** More crashes than this within the window and the engine is given up until the artist does the next thing. */
const CRASH_LIMIT = 4
const CRASH_WINDOW_MS = 60_000
/** What is asked sooner after that was asked by the program, or before the artist could see what has happened. */
const REST_MS = 2_000
/** A call or a job that this many engines died over is taken to be the cause, and fails. */
const CRASHES_PER_CALL = 2

export interface EngineListeners {
  onStatus?(status: EngineStatus): void
  onProgress?(progress: JobProgress): void
  onChanged?(frames: { footageId: string; from: number; to: number }): void
  /** The new engine could not open this film, or not take its edits: it is closed until it is opened anew. */
  onFilmLost?(footageId: string): void
  /**
   * It has crashed too often: all films are closed, all jobs have failed. The next call that is not at once starts
   * anew.
   */
  onGivenUp?(): void
}

interface PendingCall {
  readonly name: EngineCallName
  readonly args: unknown[]
  readonly resolve: (value: unknown) => void
  readonly reject: (error: UserError) => void
  /** Engines that died after it had been sent to them. */
  crashes: number
}

/** One engine process, from its start to its end. Whatever was begun for one never goes on with the next. */
interface Run {
  readonly link: EngineLink
  /** Calls of the window and of jobs that this process was sent. */
  readonly sent: Set<number>
  /** Calls of our own, by which it is made ready; they die with it. */
  readonly own: Map<number, { readonly resolve: PendingCall['resolve']; readonly reject: (error: Error) => void }>
}

/** The process that a call of our own went to is no more; its successor is on its way. */
class RunOver extends Error {}

const JOB_KINDS: Readonly<Record<JobCall, JobProgress['kind']>> = {
  startColorize: 'colorize',
  startExport: 'export',
  startFindShots: 'shots',
  startInspect: 'inspect',
  startFindAlike: 'alike',
}

function stoppedError(reason: string): UserError {
  return new UserError(
    'engine-stopped',
    sentence`The part of the program that computes colors stopped.`,
    sentence`Finished colors are kept. Try the last step again; if it stops again, restart the program.`,
    reason,
  )
}

function replacedError(film: string): UserError {
  return new UserError(
    'footage-changed',
    sentence`“${film}” was changed while it was open.`,
    sentence`Wait until nothing writes to the film any more, then open it again.`,
  )
}

function givenUpError(reason: string): UserError {
  return new UserError(
    'engine-stopped',
    sentence`The part of the program that computes colors has stopped ${CRASH_LIMIT + 1} times within a minute.`,
    sentence`Your edits and all finished colors are kept. It is started again with the next thing that you do; if it goes on stopping, take back your last edit, or restart the computer.`,
    reason,
  )
}

export class EngineClient {
  #run: Run | null = null
  #status: EngineStatus = { state: 'starting' }
  #nextId = 1
  #stopping = false
  /** When it was given up for its crashes; null while it is not. */
  #givenUpAt: number | null = null
  #crashTimes: number[] = []
  #exited: Promise<void> = Promise.resolve()
  readonly #pending = new Map<number, PendingCall>()
  readonly #memory = new EngineMemory()

  constructor(
    private readonly launch: LaunchEngine,
    private readonly listeners: EngineListeners = {},
    /** Whether somebody is to choose from the exports that its status tells. */
    private readonly tellsExports = true,
  ) {}

  get status(): EngineStatus {
    return this.#status
  }

  start(): void {
    this.#startProcess()
  }

  /** Rejects with a UserError; a call caught in a crash is sent again to the next engine. */
  call<N extends EngineCallName>(name: N, ...args: EngineCalls[N]['args']): Promise<EngineCalls[N]['result']> {
    if (this.#givenUpAt !== null && Date.now() - this.#givenUpAt >= REST_MS) this.#startAnew()
    if (this.#status.state === 'failed') return Promise.reject(UserError.from(this.#status.error))
    this.#memory.sent(name, args)
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      this.#pending.set(id, { name, args, resolve: resolve as PendingCall['resolve'], reject, crashes: 0 })
      if (this.#status.state === 'ready' && this.#run) this.#post(this.#run, id)
    })
  }

  /** Hands a MessagePort to the engine; dropped when there is no engine: the status 'ready' says when to try again. */
  sendFramesPort(port: unknown): boolean {
    if (this.#status.state !== 'ready' || !this.#run) return false
    this.#run.link.send({ type: 'framesPort' }, port)
    return true
  }

  /** Ends jobs tidily (no half files stay), then the process; kills it when it does not end by itself. */
  async stop(graceMs = 4000): Promise<void> {
    const link = this.#run?.link
    if (!link) return
    // One that is still loading TensorFlow hears nothing yet, and one that failed has nothing to lose.
    if (this.#status.state !== 'ready') link.kill()
    const orderly =
      this.#stopping || this.#status.state !== 'ready' ? null : this.call('shutdown').catch(() => undefined)
    this.#stopping = true
    const timer = setTimeout(() => link.kill(), graceMs)
    await orderly
    await this.#exited
    clearTimeout(timer)
  }

  #startProcess(): void {
    const { cacheLimit } = this.#memory
    let link: EngineLink
    try {
      // Told at the start: a process that learns of a larger limit later has thrown colors away by then.
      link = this.launch(cacheLimit === undefined ? {} : { COLORNN_CACHE_LIMIT: String(cacheLimit) })
    } catch (error) {
      this.#fail(toUserErrorData(error))
      return
    }
    const run: Run = { link, sent: new Set(), own: new Map() }
    this.#run = run
    link.onMessage((message) => {
      // What a dead process had still said is past.
      if (this.#run === run) this.#receive(run, message)
    })
    this.#exited = new Promise((resolve) => {
      link.onExit((reason) => {
        resolve()
        if (this.#run === run) this.#onExit(run, reason)
      })
    })
  }

  #receive(run: Run, message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        void this.#onReady(run)
        break
      case 'answer':
        this.#onAnswer(run, message)
        break
      case 'progress':
        this.#memory.heard(message.progress)
        this.listeners.onProgress?.(message.progress)
        break
      case 'changed':
        this.listeners.onChanged?.({ footageId: message.footageId, from: message.from, to: message.to })
        break
    }
  }

  #onAnswer(run: Run, { id, outcome }: Extract<FromEngine, { type: 'answer' }>): void {
    const own = run.own.get(id)
    const call = this.#pending.get(id)
    run.own.delete(id)
    run.sent.delete(id)
    this.#pending.delete(id)
    if (call && outcome.ok) this.#memory.done(call.name, call.args, outcome.value)
    else if (call) this.#memory.refused(call.name, call.args)
    const asker = own ?? call
    if (outcome.ok) asker?.resolve(outcome.value)
    else asker?.reject(UserError.from(outcome.error))
  }

  async #onReady(run: Run): Promise<void> {
    let info: EngineInfo
    try {
      info = await this.#ask(run, 'info', ...(this.tellsExports ? [] : (['exports'] as const)))
      await this.#restore(run)
    } catch (error) {
      // One that died on the way has a successor already.
      // A missing library or damaged weights will not heal by themselves: say so and stop trying.
      if (!(error instanceof RunOver)) this.#fail(toUserErrorData(error))
      return
    }
    this.#setStatus({ state: 'ready', info })
    for (const id of this.#pending.keys()) this.#post(run, id)
  }

  /**
   * Brings a fresh engine to the state of the one that died. Rejects with RunOver where it dies as well: then nothing
   * is forgotten. A film that it can't take is left to be opened anew, when somebody next wants it.
   */
  async #restore(run: Run): Promise<void> {
    const lost = new Map<string, UserErrorData>()
    for (const [footageId, { path, rate, bytes }] of this.#memory.films) {
      await this.#unlessRefused(
        async () => {
          const film = await this.#ask(run, 'openFootage', path, footageId, rate)
          if (film.bytes === bytes) return
          // What was ordered of one film must not be done with another.
          await this.#ask(run, 'closeFootage', footageId)
          throw replacedError(film.name)
        },
        (error) => lost.set(footageId, error),
      )
    }
    for (const [jobId, record] of [...this.#memory.jobs]) {
      const unfit =
        record.crashes >= CRASHES_PER_CALL
          ? stoppedError('the engine stopped during this job').toData()
          : lost.get(record.job.footageId)
      const fail = (error: UserErrorData): void => this.#reportFailedJob(jobId, record, error)
      if (unfit) fail(unfit)
      else await this.#unlessRefused(() => this.#restoreJob(run, jobId, record), fail)
    }
    for (const [footageId, edits] of this.#memory.edits) {
      if (!lost.has(footageId)) {
        await this.#unlessRefused(
          () => this.#ask(run, 'setEdits', footageId, edits),
          (error) => lost.set(footageId, error),
        )
      }
    }
    for (const footageId of lost.keys()) {
      this.#memory.forgetFilm(footageId)
      this.listeners.onFilmLost?.(footageId)
    }
  }

  /** Each job goes on with the edits that it was started with; an export leaves alone what came to its target since. */
  async #restoreJob(run: Run, jobId: string, { call, job, parts, edits, paused }: JobRecord): Promise<void> {
    if (edits) await this.#ask(run, 'setEdits', job.footageId, edits)
    await this.#ask(run, call, job)
    let known = edits
    for (const { part, edits: now } of parts) {
      if (now && now !== known) await this.#ask(run, 'setEdits', job.footageId, now)
      known = now
      await this.#ask(run, 'addToColorize', part)
    }
    if (paused) await this.#ask(run, 'pauseJob', jobId)
  }

  async #unlessRefused(work: () => Promise<unknown>, refused: (error: UserErrorData) => void): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof RunOver) throw error
      refused(toUserErrorData(error))
    }
  }

  #reportFailedJob(jobId: string, { call, job }: JobRecord, error: UserErrorData): void {
    const progress: JobProgress = {
      jobId,
      kind: JOB_KINDS[call],
      footageId: job.footageId,
      state: 'failed',
      done: 0,
      total: 0,
      framesPerSecond: 0,
      secondsLeft: null,
      finished: [],
      error,
    }
    this.#memory.heard(progress)
    this.listeners.onProgress?.(progress)
  }

  #onExit(run: Run, reason: string): void {
    this.#run = null
    for (const own of run.own.values()) own.reject(new RunOver())
    if (this.#stopping) {
      this.#rejectPending(stoppedError(reason))
      return
    }
    const now = Date.now()
    this.#crashTimes = [...this.#crashTimes.filter((time) => now - time < CRASH_WINDOW_MS), now]
    for (const id of run.sent) {
      const call = this.#pending.get(id)
      if (!call || ++call.crashes < CRASHES_PER_CALL) continue
      this.#pending.delete(id)
      call.reject(stoppedError(reason))
    }
    this.#memory.crashed()
    if (this.#crashTimes.length > CRASH_LIMIT) return this.#giveUp(reason)
    this.#setStatus({ state: 'restarting', reason })
    this.#startProcess()
  }

  #giveUp(reason: string): void {
    this.#givenUpAt = Date.now()
    this.#fail(givenUpError(reason).toData())
    // One of them may be why: each is opened anew, with its edits, when somebody wants it.
    this.#memory.forgetFilms()
    this.listeners.onGivenUp?.()
  }

  #startAnew(): void {
    this.#givenUpAt = null
    this.#crashTimes = []
    this.#stopping = false
    this.#setStatus({ state: 'restarting', reason: 'asked for' })
    this.#startProcess()
  }

  #fail(error: UserErrorData): void {
    const run = this.#run
    this.#run = null
    this.#stopping = true
    this.#setStatus({ state: 'failed', error })
    this.#rejectPending(UserError.from(error))
    for (const [jobId, record] of [...this.#memory.jobs]) this.#reportFailedJob(jobId, record, error)
    run?.link.kill()
  }

  #rejectPending(error: UserError): void {
    for (const call of this.#pending.values()) call.reject(error)
    this.#pending.clear()
  }

  #setStatus(status: EngineStatus): void {
    this.#status = status
    this.listeners.onStatus?.(status)
  }

  /** No process is ever sent the same call twice. */
  #post(run: Run, id: number): void {
    const call = this.#pending.get(id)
    if (!call || run.sent.has(id)) return
    run.sent.add(id)
    run.link.send({ type: 'call', id, name: call.name, args: call.args as never })
  }

  /** A call of our own to a process that is not yet announced as ready. Rejects with RunOver when it dies. */
  #ask<N extends EngineCallName>(
    run: Run,
    name: N,
    ...args: EngineCalls[N]['args']
  ): Promise<EngineCalls[N]['result']> {
    return new Promise((resolve, reject) => {
      if (this.#run !== run) return reject(new RunOver())
      const id = this.#nextId++
      run.own.set(id, { resolve: resolve as PendingCall['resolve'], reject })
      run.link.send({ type: 'call', id, name, args: args as never })
    })
  }
}
