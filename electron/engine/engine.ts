/** Everything the engine's owner can ask of it (protocol.ts), on native networks and ffmpeg. */
import { join } from 'node:path'
import type { ExportSettings } from '../contract/exportSettings.ts'
import type { ShotsWish } from '../contract/foundShots.ts'
import type { EngineInfo, FrameRange, Rational } from '../contract/schemas.ts'
import { program } from '../contract/program.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { ColorCache } from './cache/colorCache.ts'
import { encodeColoring } from './cache/coloringCodec.ts'
import { Film } from './film/film.ts'
import type { RunningResults } from './film/filmView.ts'
import { freezeColorings } from './film/freezeColorings.ts'
import { frameMeasures } from './film/frameMeasures.ts'
import { PinExamples } from './film/pinExamples.ts'
import { runFindAlike } from './jobs/alikeJob.ts'
import { blackBars } from './jobs/blackBars.ts'
import { runColorize, type ColorizePlan } from './jobs/colorizeJob.ts'
import { carriedColoring } from './jobs/carriedColoring.ts'
import { contactSheet } from './jobs/contactSheet.ts'
import { exportFrame } from './jobs/exportFrame.ts'
import { labelOf } from './jobs/exportRecord.ts'
import { checkExport, runExport } from './jobs/exportJob.ts'
import { undeliverable } from './writing/delivered.ts'
import { spanOf } from '../contract/shotNumbers.ts'
import { exportParts, exportTargets, partsLeft, withHandles } from './jobs/exportParts.ts'
import { picturesOf, runInspect } from './jobs/inspectJob.ts'
import { JobLine, type JobContext } from './jobs/jobLine.ts'
import type { JobReport } from './jobs/jobReport.ts'
import { coloringLike, pinLikenesses, type LikenessContext } from './jobs/likenessAnswers.ts'
import { OpenOrder } from './jobs/openOrder.ts'
import { Questions, type QuestionContext } from './jobs/questions.ts'
import { runFindShots } from './jobs/shotsJob.ts'
import { countFrames, framesOf, rangesOf } from '../contract/ranges.ts'
import { IndexCache } from './reading/index/indexCache.ts'
import { KeptAnswers } from './reading/keptAnswers.ts'
import { locateFfmpeg, type FfmpegTools } from './ffmpeg/locateFfmpeg.ts'
import { openFootage } from './reading/opening/probe.ts'
import { frameTimes } from './reading/index/shownTimes.ts'
import { NetworkThread } from './network/networkThread.ts'
import { pickColor } from './overrides/eyedropper.ts'
import { gridOf } from './overrides/grid.ts'
import type {
  ColorizeMore,
  ColorizeOrder,
  EngineCallName,
  EngineCalls,
  EngineSettings,
  FromEngine,
} from './protocol.ts'
import { writeSample } from './sample/writeSample.ts'
import type { FileLabel } from './writing/heads/fileLabel.ts'
import { PartRegister } from './writing/files/partFiles.ts'
import { forgetUnfinished } from './writing/segments/segmentFolder.ts'
import { standingsAt } from './writing/files/standing.ts'
import { unwritableFormats } from './writing/files/writable.ts'
import { warmUpColorModel, warmUpStrokes } from './warmUp.ts'

type Calls = { [N in EngineCallName]: (...args: EngineCalls[N]['args']) => Promise<EngineCalls[N]['result']> }

export class Engine {
  readonly #cache: ColorCache
  readonly #films = new Map<string, Film>()
  readonly #examples = new PinExamples(async (path, rate, signal) => {
    const { film } = await this.#openFilm(await this.#locateTools(), path, '', rate ?? undefined, signal)
    return film
  })
  readonly #jobs: JobLine
  readonly #questions = new Questions()
  readonly #indexes: IndexCache
  readonly #answers: KeptAnswers
  readonly #parts: PartRegister
  /** What takes further parts of the orders of jobs, or takes them back. */
  readonly #orders = new Map<string, { add: (more: ColorizeMore) => void; takeBack: () => boolean }>()
  #hasWindow = false
  #networks: Promise<NetworkThread> | null = null
  #tools: Promise<FfmpegTools> | null = null

  constructor(
    private readonly settings: EngineSettings,
    private readonly send: (message: FromEngine) => void,
  ) {
    const limit = Number(settings.COLORNN_CACHE_LIMIT)
    this.#indexes = new IndexCache(join(settings.COLORNN_CACHE, 'indexes'))
    this.#answers = new KeptAnswers(join(settings.COLORNN_CACHE, 'ffmpeg'))
    this.#cache = new ColorCache(settings.COLORNN_CACHE, limit > 0 ? limit : null)
    this.#parts = new PartRegister(join(settings.COLORNN_CACHE, 'unfinished'))
    void this.#parts.removeAbandoned()
    this.#jobs = new JobLine((progress) => send({ type: 'progress', progress }))
  }

  film(footageId: string): Film {
    const film = this.#films.get(footageId)
    if (!film) {
      throw new UserError(
        'not-found',
        sentence`This film is not open at the moment.`,
        sentence`It is opened again by itself as soon as its file can be read.`,
      )
    }
    return film
  }

  giveWay(work: Promise<unknown>): void {
    this.#jobs.giveWay(work)
  }

  /** To be told when a window looks at frames: what its first edit needs is made ready. */
  async windowIsThere(): Promise<void> {
    this.#hasWindow = true
    const networks = await this.#loadNetworks()
    warmUpStrokes(networks.info.shortSide)
    for (const film of this.#films.values())
      warmUpColorModel(networks.colorModel, film.networkWidth, film.networkHeight)
  }

  readonly calls: Calls = {
    info: (without) => this.#info(without !== 'exports'),
    openFootage: (path, footageId, rate) => this.#openFootage(path, footageId, rate),
    closeFootage: (footageId) => this.#closeFootage(footageId),
    probe: async (path) =>
      (await openFootage(await this.#locateTools(), path, { id: '', indexes: this.#indexes })).info,
    setEdits: async (footageId, edits) => this.#tellChanged(footageId, await this.film(footageId).setEdits(edits)),
    checkPicture: (footageId, path) => this.film(footageId).checkPicture(path),
    checkReference: (footageId, path, mode) => this.film(footageId).checkReference(path, mode),
    coloredRanges: async (footageId) => this.film(footageId).coloredRanges(),
    storedRanges: async (footageId, ranges, key) => this.film(footageId).storedRanges(ranges, key),
    measures: async (footageId, range) => {
      const film = this.film(footageId)
      return frameMeasures(film, checkedRange(film, range))
    },
    shots: async (footageId, around) => {
      const film = this.film(footageId)
      return film.cuts.missingAround(checkedShots(film, around), film.info.frameCount) ? null : film.cuts.found
    },
    shotsSoFar: async (footageId, frame) => {
      const { cuts } = checkedFilm(this.film(footageId), frame)
      return { found: cuts.found, ...(cuts.knownAround(frame) ?? { from: frame, to: frame }) }
    },
    frozenColoring: async (footageId, frame) => {
      const film = checkedFilm(this.film(footageId), frame)
      const [{ view }, luma] = [film, film.lumaSource(frame)]
      const base = (await film.composition.base(view, frame, luma, true))!
      const chroma = await film.composition.withLocks(view, frame, base.chroma, luma)
      return Uint8Array.from(encodeColoring({ chroma, confidence: base.confidence ?? 1 }))
    },
    freezeColorings: async (footageId, order) => {
      const film = this.film(footageId)
      return freezeColorings(film, { ...order, ...checkedRange(film, order) })
    },
    pickColor: async (footageId, frame, place, radius) => {
      const film = checkedFilm(this.film(footageId), frame)
      const shown = await film.composition.shown(film.view, frame, film.lumaSource(frame))
      return shown && pickColor(gridOf(shown.beforeLook, film.aspect), shown.beforeLook.values, place, radius)
    },
    blackBars: async (footageId, range) => {
      const film = this.film(footageId)
      return blackBars(film, checkedRange(film, range))
    },
    frameTimes: async (footageId) => frameTimes(this.film(footageId).footage),
    exportFrame: async (footageId, frame, target, overwrite, originals) =>
      exportFrame(checkedFilm(this.film(footageId), frame), frame, {
        target,
        overwrite,
        label: await this.#label(),
        ...(originals && { originals }),
      }),
    exportSheet: async (footageId, frames, target, overwrite, originals) => {
      const film = this.film(footageId)
      for (const frame of frames) checkedFilm(film, frame)
      const label = await this.#label()
      return contactSheet(film, frames, { target, overwrite, label, ...(originals && { originals }) })
    },
    startFindShots: async ({ jobId, footageId, around }) => {
      const film = this.film(footageId)
      const asked = checkedShots(film, around)
      // Nothing is colored of a film before it was looked through: that is what comes next. Without a window nothing
      // else is going on meanwhile that could be waited for: the first frame comes no sooner.
      const warmUp = ({ colorModel }: NetworkThread): void =>
        warmUpColorModel(colorModel, film.networkWidth, film.networkHeight, 0)
      if (this.#hasWindow) this.#loadNetworks().then(warmUp, () => undefined)
      this.#jobs.start({
        jobId,
        kind: 'shots',
        footageId,
        total: countFrames([asked]),
        // Of a part it is somebody who waits.
        isAwaited: around !== undefined,
        // Nobody jumps to and fro where there is no window.
        run: (context, report) => runFindShots(film, asked, context, report, this.#hasWindow),
      })
    },
    startColorize: async (order) => this.#startColorize(order),
    addToColorize: async (more) => this.#orders.get(more.jobId)?.add(more),
    takeBackColorize: async (jobId) => this.#orders.get(jobId)?.takeBack() ?? false,
    startExport: async ({ jobId, footageId, range, account, ...order }) => {
      const film = this.film(footageId)
      const { view } = film
      const planned = plannedExport(film, order, range)
      const left = partsLeft(exportParts(film, planned), order.kept)
      const { standing = standingsAt(exportTargets(film, planned)) } = order
      // In the order in which they are asked for.
      this.#jobs.start({
        jobId,
        kind: 'export',
        footageId,
        total: countFrames(order.pieces ?? left.map((part) => part.range)),
        run: async (context, report) => {
          const networks = await this.#loadNetworks()
          const maker = account && { account, models: networks.info.models }
          const written = { ...planned, standing: await standing, view, parts: this.#parts, maker }
          await runExport(film, written, { ...context, networks }, report)
        },
      })
      return { standing: await standing }
    },
    checkExport: async ({ footageId, range, keepsThere, ...order }) => {
      const film = this.film(footageId)
      const planned = plannedExport(film, order, range)
      const { standing = await standingsAt(exportTargets(film, planned)) } = order
      const checked = { ...planned, standing, view: film.view, parts: this.#parts }
      return { standing, files: await checkExport(film, checked, keepsThere) }
    },
    likeness: (footageId, frame, pins, elsewhere, asked) =>
      this.#questions.answer(asked, async (context) => {
        const film = checkedFilm(this.film(footageId), frame)
        return pinLikenesses(film, footageId, frame, pins, elsewhere, await this.#likenessContext(context))
      }),
    coloringLike: (footageId, frame, like, asked) =>
      this.#questions.answer(asked, async (context) => {
        const film = checkedFilm(this.film(footageId), frame)
        const { coloring, share } = await coloringLike(film, frame, like, await this.#likenessContext(context))
        return { coloring: Uint8Array.from(encodeColoring(coloring)), share }
      }),
    carriedColoring: (footageId, frame, segment, isAtHand) =>
      this.#questions.answer(undefined, async (context) => {
        const film = checkedFilm(this.film(footageId), frame)
        const { view } = film
        const networks = await this.#loadNetworks()
        const coloring = await carriedColoring(film, view, frame, segment, isAtHand ? null : { ...context, networks })
        if (!coloring) return null
        const chroma = await film.composition.withLocks(view, frame, coloring.chroma, film.lumaSource(frame))
        return Uint8Array.from(encodeColoring({ ...coloring, chroma }))
      }),
    giveUp: async (asked) => this.#questions.giveUp(asked),
    startFindAlike: async ({ jobId, footageId, shots, pins, elsewhere }) => {
      const film = this.film(footageId)
      const asked = shots.map((shot) => checkedRange(film, shot))
      const { view } = film
      this.#jobs.start({
        jobId,
        kind: 'alike',
        footageId,
        total: countFrames(asked),
        // It takes seconds, and decides what a coloring has to do.
        isAwaited: true,
        run: async (context, report) => {
          const networks = await this.#loadNetworks()
          const own = await this.#examples.allOwn(film, pins, view, context.turn)
          const { examples, leftOut } = await this.#examples.elsewhere(elsewhere, context)
          report.addNotes(leftOut)
          await runFindAlike(film, asked, [...own, ...examples], { ...context, networks }, report)
        },
      })
    },
    startInspect: async ({ jobId, footageId, path, original = null }) =>
      this.#jobs.start({
        jobId,
        kind: 'inspect',
        footageId,
        // Not known before it is open.
        total: 0,
        run: async (context, report) =>
          runInspect(await this.#locateTools(), this.#indexes, { path, original }, context, report),
      }),
    pictures: async (path, frames) => picturesOf(await this.#locateTools(), this.#indexes, path, frames),
    pauseJob: async (jobId) => this.#jobs.setPaused(jobId, true),
    resumeJob: async (jobId) => this.#jobs.setPaused(jobId, false),
    cancelJob: (jobId, toGoOn) => this.#jobs.cancel(jobId, toGoOn),
    forgetUnfinished,
    cache: async (limitBytes) => {
      if (limitBytes !== undefined) this.#losingColors(() => (this.#cache.limitBytes = limitBytes))
      return { bytes: this.#cache.bytes, limitBytes: this.#cache.limitBytes }
    },
    clearCache: async () => this.#losingColors(() => this.#cache.clear()),
    drawSample: async (target) => writeSample(await this.#locateTools(), target),
    shutdown: () => this.shutdown(),
  }

  async shutdown(): Promise<void> {
    await this.#jobs.endAll()
    await Promise.all([...this.#films.keys()].map((id) => this.#closeFootage(id)))
    this.#cache.close()
  }

  async #likenessContext(context: QuestionContext): Promise<LikenessContext> {
    return { ...context, networks: await this.#loadNetworks(), examples: this.#examples }
  }

  #loadNetworks(): Promise<NetworkThread> {
    // A failure is remembered: neither a library nor weights come back while the process runs.
    this.#networks ??= NetworkThread.load(this.settings.COLORNN_WEIGHTS, join(this.settings.COLORNN_CACHE, 'networks'))
    return this.#networks
  }

  /** What single pictures say of themselves. */
  async #label(): Promise<FileLabel> {
    return labelOf({ account: { program }, models: (await this.#loadNetworks()).info.models })
  }

  #locateTools(): Promise<FfmpegTools> {
    this.#tools ??= locateFfmpeg(process.env, undefined, this.#answers.recall)
    this.#tools.catch(() => (this.#tools = null))
    return this.#tools
  }

  async #info(withExports: boolean): Promise<EngineInfo> {
    const [networks, tools] = await Promise.all([this.#loadNetworks(), this.#locateTools()])
    const exports = withExports && {
      unwritable: Array.from(await unwritableFormats(tools), ([format, reason]) => ({ format, reason })),
      undeliverable: Array.from(await undeliverable(tools), ([wish, reason]) => ({ wish, reason })),
    }
    const { tensorflow, device, models } = networks.info
    return {
      tensorflow,
      ...device,
      ffmpeg: { path: tools.path, version: tools.version },
      ...(exports && { exports }),
      models: [...models],
    }
  }

  async #openFootage(path: string, footageId: string, rate?: Rational): Promise<Film['info']> {
    const tools = await this.#locateTools()
    await this.#closeFootage(footageId)
    const { film, networks } = await this.#openFilm(tools, path, footageId, rate)
    film.onChanged = (ranges) => this.#tellChanged(footageId, ranges)
    this.#films.set(footageId, film)
    if (this.#hasWindow) warmUpColorModel(networks.colorModel, film.networkWidth, film.networkHeight)
    return film.info
  }

  async #openFilm(
    tools: FfmpegTools,
    path: string,
    footageId: string,
    rate?: Rational,
    signal?: AbortSignal,
  ): Promise<{ readonly film: Film; readonly networks: NetworkThread }> {
    const loading = this.#loadNetworks()
    // A film that can not be opened is what is told first.
    loading.catch(() => undefined)
    const wishes = { id: footageId, indexes: this.#indexes, ...(rate ? { rate } : {}), ...(signal && { signal }) }
    const footage = await openFootage(tools, path, wishes)
    const networks = await loading
    const film = await Film.open(
      {
        tools,
        cache: this.#cache,
        cacheFolder: this.settings.COLORNN_CACHE,
        indexes: this.#indexes,
        networks,
        networksVersion: networks.info.version,
        shortSide: networks.info.shortSide,
      },
      footage,
    )
    return { film, networks }
  }

  async #closeFootage(footageId: string): Promise<void> {
    const film = this.#films.get(footageId)
    if (!film) return
    this.#films.delete(footageId)
    await this.#jobs.endAll(footageId)
    await film.close()
  }

  #tellChanged(footageId: string, ranges: readonly FrameRange[]): void {
    for (const { from, to } of ranges) this.send({ type: 'changed', footageId, from, to })
  }

  /** Does something that may take colorings out of the cache, and tells which frames have lost theirs. */
  #losingColors(lose: () => void): void {
    const before = [...this.#films].map(([id, film]) => [id, film, film.coloredRanges()] as const)
    lose()
    for (const [id, film, ranges] of before) {
      film.composition.forget()
      const kept = new Set(film.coloredRanges().flatMap(framesOf))
      this.#tellChanged(id, rangesOf(ranges.flatMap(framesOf).filter((frame) => !kept.has(frame))))
    }
  }

  #startColorize({ jobId, footageId, segments, ranges, first, open }: ColorizeOrder): void {
    const film = this.film(footageId)
    const running: RunningResults[] = []
    const order = new OpenOrder<ColorizeMore & { readonly plan: ColorizePlan }>(!open)
    const planned = (part: Pick<ColorizeOrder, 'segments' | 'ranges' | 'first'>): ColorizePlan => {
      const parts = part.ranges.map((range) => checkedRange(film, range))
      const wanted = part.segments ?? film.view.layout.wanted
      const from = part.first ?? first
      const plan = { view: film.view, segments: wanted, ranges: parts, first: from, isWanted: order.taken() }
      running.push(film.startRunning(plan))
      return plan
    }
    const plan = planned({ ranges, ...(segments && { segments }) })
    const begin = async (context: JobContext, report: JobReport): Promise<void> => {
      const next = async (): Promise<ColorizePlan | null> => {
        const more = await (order.isWhole ? order.next() : context.aside(order.next()))
        return more && more.plan
      }
      if (open?.done !== undefined) report.setKnownCount(open.done)
      this.#orders.set(jobId, {
        add: (more) => {
          order.add({ ...more, plan: planned(more) }, more.isLast)
          report.setTotal(more.total)
        },
        takeBack: () => {
          if (!order.takeBack()) return false
          report.tell()
          for (const results of running.splice(0)) film.endRunning(results)
          return true
        },
      })
      try {
        this.#cache.tryAgain()
        await runColorize(film, plan, { ...context, networks: await this.#loadNetworks() }, report, next)
      } finally {
        this.#orders.delete(jobId)
        // What was cancelled before all shots were known is shown by no document until they are.
        const known = order.isWhole ? Promise.resolve() : this.#jobs.ended('shots', footageId)
        void known.then(() => running.forEach((results) => film.endRunning(results)))
      }
    }
    this.#jobs.start({
      jobId,
      kind: 'colorize',
      footageId,
      total: open?.total ?? countFrames(plan.ranges),
      run: begin,
    })
  }
}

function checkedRange(film: Film, range: FrameRange | undefined): FrameRange {
  const { frameCount } = film.info
  const { from, to } = range ?? { from: 0, to: frameCount }
  if (from < to && from >= 0 && to <= frameCount) return { from, to }
  throw new UserError(
    'bad-argument',
    sentence`The film has frames 0 to ${frameCount - 1}.`,
    sentence`Choose a part that lies within the film.`,
  )
}

/** An order for an export of these frames of the film, with those that it has around them. */
function plannedExport<O extends ExportSettings>(film: Film, order: O, range: FrameRange | undefined) {
  const asked = checkedRange(film, order.pieces ? spanOf(order.pieces) : range)
  return { ...order, range: withHandles(film, asked, order), countedFrom: asked.from }
}

function checkedShots(film: Film, around: ShotsWish | undefined): ShotsWish {
  return { ...checkedRange(film, around), isOpen: around?.isOpen ?? false }
}

function checkedFilm(film: Film, frame: number): Film {
  if (frame >= 0 && frame < film.info.frameCount) return film
  throw new UserError(
    'bad-argument',
    sentence`The film has frames 0 to ${film.info.frameCount - 1}.`,
    sentence`Choose one of them.`,
  )
}
