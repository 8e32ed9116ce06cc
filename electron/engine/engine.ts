/** Everything the engine's owner can ask of it (protocol.ts), on native networks and ffmpeg. */
import type { EngineInfo, FrameRange, JobProgress, Keyframe } from '../contract/schemas.ts'
import { toUserErrorData, UserError } from '../contract/userError.ts'
import { ColorCache } from './cache/colorCache.ts'
import { Film } from './film/film.ts'
import { runColorize } from './jobs/colorizeJob.ts'
import type { ColoringContext } from './jobs/coloring.ts'
import { runExport } from './jobs/exportJob.ts'
import { JobReport } from './jobs/jobReport.ts'
import { printTrace } from './jobs/trace.ts'
import { Turns, type Ticket } from './jobs/turns.ts'
import { locateFfmpeg, type FfmpegTools } from './media/locateFfmpeg.ts'
import { NativeNetworks } from './network/nativeNetworks.ts'
import type { EngineCallName, EngineCalls, EngineSettings, FromEngine } from './protocol.ts'

type Calls = { [N in EngineCallName]: (...args: EngineCalls[N]['args']) => Promise<EngineCalls[N]['result']> }

interface Job {
  readonly ticket: Ticket
  readonly abort: AbortController
  readonly report: JobReport
  readonly footageId: string
  readonly ended: Promise<void>
}

const DEFAULT_CACHE_LIMIT = 4e9

export class Engine {
  readonly #cache: ColorCache
  readonly #films = new Map<string, Film>()
  readonly #jobs = new Map<string, Job>()
  readonly #turns = new Turns()
  #networks: Promise<NativeNetworks> | null = null
  #tools: Promise<FfmpegTools> | null = null

  constructor(
    private readonly settings: EngineSettings,
    private readonly send: (message: FromEngine) => void,
  ) {
    const limit = Number(settings.COLORNN_CACHE_LIMIT)
    this.#cache = new ColorCache(settings.COLORNN_CACHE, limit > 0 ? limit : DEFAULT_CACHE_LIMIT)
  }

  film(footageId: string): Film {
    const film = this.#films.get(footageId)
    if (!film) throw new UserError('not-found', 'This film is not open any more.', 'Open it again.')
    return film
  }

  readonly calls: Calls = {
    info: () => this.#info(),
    openFootage: (path, footageId) => this.#openFootage(path, footageId),
    closeFootage: (footageId) => this.#closeFootage(footageId),
    setKeyframes: (footageId, keyframes) => this.#setKeyframes(footageId, keyframes),
    coloredRanges: async (footageId) => this.film(footageId).coloredRanges(),
    startColorize: async ({ jobId, footageId, range }) => {
      const film = this.film(footageId)
      const whole = checkedRange(film, range)
      this.#start(jobId, 'colorize', film, whole, undefined, (context, report) => runColorize(film, whole, context, report))
    },
    startExport: async ({ jobId, footageId, range, ...order }) => {
      const film = this.film(footageId)
      const whole = checkedRange(film, range)
      this.#start(jobId, 'export', film, whole, order.target, (context, report) => runExport(film, { ...order, range: whole }, context, report))
    },
    pauseJob: async (jobId) => this.#setPaused(jobId, true),
    resumeJob: async (jobId) => this.#setPaused(jobId, false),
    cancelJob: async (jobId) => {
      const job = this.#jobs.get(jobId)
      job?.abort.abort()
      await job?.ended
    },
    shutdown: () => this.shutdown(),
  }

  async shutdown(): Promise<void> {
    for (const job of this.#jobs.values()) job.abort.abort()
    await Promise.all([...this.#jobs.values()].map((job) => job.ended))
    await Promise.all([...this.#films.keys()].map((id) => this.#closeFootage(id)))
    this.#cache.close()
  }

  #loadNetworks(): Promise<NativeNetworks> {
    // A failure is remembered: neither a library nor weights come back while the process runs.
    this.#networks ??= NativeNetworks.load(this.settings.COLORNN_WEIGHTS)
    return this.#networks
  }

  #locateTools(): Promise<FfmpegTools> {
    this.#tools ??= locateFfmpeg()
    this.#tools.catch(() => (this.#tools = null))
    return this.#tools
  }

  async #info(): Promise<EngineInfo> {
    const [networks, tools] = await Promise.all([this.#loadNetworks(), this.#locateTools()])
    return {
      tensorflow: networks.tensorflow,
      ...networks.device,
      ffmpeg: { path: tools.path, version: tools.version },
      encoders: [...tools.formats],
      models: [...networks.models],
    }
  }

  async #openFootage(path: string, footageId: string): Promise<Film['info']> {
    const [networks, tools] = await Promise.all([this.#loadNetworks(), this.#locateTools()])
    await this.#closeFootage(footageId)
    const film = await Film.open(
      {
        tools,
        cache: this.#cache,
        cacheFolder: this.settings.COLORNN_CACHE,
        networksVersion: networks.version,
        shortSide: networks.shortSide,
      },
      path,
      footageId,
    )
    this.#films.set(footageId, film)
    return film.info
  }

  async #closeFootage(footageId: string): Promise<void> {
    const film = this.#films.get(footageId)
    if (!film) return
    this.#films.delete(footageId)
    const jobs = [...this.#jobs.values()].filter((job) => job.footageId === footageId)
    for (const job of jobs) job.abort.abort()
    await Promise.all(jobs.map((job) => job.ended))
    await film.close()
  }

  async #setKeyframes(footageId: string, keyframes: Keyframe[]): Promise<void> {
    const stale = await this.film(footageId).setKeyframes(keyframes)
    for (const { from, to } of stale) this.send({ type: 'stale', footageId, from, to })
  }

  #start(
    jobId: string,
    kind: JobProgress['kind'],
    film: Film,
    range: FrameRange,
    target: string | undefined,
    run: (context: ColoringContext, report: JobReport) => Promise<void>,
  ): void {
    const abort = new AbortController()
    const ticket = this.#turns.join(abort.signal)
    const head = { jobId, kind, footageId: film.info.id, total: range.to - range.from, ...(target !== undefined && { target }) }
    const report = new JobReport(head, (progress) => this.send({ type: 'progress', progress }))
    const work = async (): Promise<void> => {
      try {
        const networks = await this.#loadNetworks()
        await run({ networks, signal: abort.signal, turn: () => ticket.wait() }, report)
        report.end('done')
      } catch (error) {
        if (abort.signal.aborted) report.end('cancelled')
        else report.end('failed', toUserErrorData(error))
      } finally {
        this.#turns.leave(ticket)
        this.#jobs.delete(jobId)
        printTrace(`${kind} of ${film.info.name}`)
      }
    }
    this.#jobs.set(jobId, { ticket, abort, report, footageId: film.info.id, ended: work() })
  }

  #setPaused(jobId: string, paused: boolean): void {
    const job = this.#jobs.get(jobId)
    if (!job || job.ticket.paused === paused) return
    job.ticket.paused = paused
    job.report.setState(paused ? 'paused' : 'running')
  }
}

function checkedRange(film: Film, range: FrameRange | undefined): FrameRange {
  const { frameCount } = film.info
  const { from, to } = range ?? { from: 0, to: frameCount }
  if (from < to && from >= 0 && to <= frameCount) return { from, to }
  throw new UserError('bad-argument', `The film has frames 0 to ${frameCount - 1}.`, 'Choose a part that lies within the film.')
}
