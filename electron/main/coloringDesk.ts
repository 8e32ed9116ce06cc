/**
 * Has clips colored and writes into the document what came of it. A job's frames are noted when it ends, however it
 * ends, as one step that undo takes back. (Were the program to die before, the colors are in the cache all the same.)
 */
import { randomUUID } from 'node:crypto'
import type { Clip, PassMode } from '../contract/projectDocument.ts'
import type { FrameRange, JobProgress } from '../contract/schemas.ts'
import { UserError } from '../contract/userError.ts'
import type { EngineClient } from '../host/engineClient.ts'
import { framesToDo, staleFrames } from '../project/dependents.ts'
import { passOver, segmentOf, wantedSegments, type ModedSegment } from '../project/filmEdits.ts'
import { stretchesOf } from '../project/passKeys.ts'
import type { ProjectSession } from '../project/projectSession.ts'
import { intersect, subtract, unite } from '../project/ranges.ts'
import type { ClipDesk } from './clipDesk.ts'

export interface ColorizeWish {
  readonly clip: string
  readonly mode: PassMode
  readonly range?: FrameRange | undefined
  readonly first?: number | undefined
}

interface Job {
  readonly kind: JobProgress['kind']
  readonly clip: string
  /** Coloring only: by what the frames are colored. */
  readonly segments: readonly ModedSegment[]
  finished: FrameRange[]
  readonly ended: Promise<JobProgress>
  readonly end: (last: JobProgress) => void
}

const OVER: ReadonlySet<JobProgress['state']> = new Set(['done', 'cancelled', 'failed'])

export class ColoringDesk {
  readonly #jobs = new Map<string, Job>()
  /** Steps that wait for the artist to end a drag: they would become part of it. */
  #waiting: (() => void)[] = []
  /** Clips whose stale frames are to be done again at once, when they are what is asked for. */
  readonly #atOnce = new Set<string>()

  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly clips: ClipDesk,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  isBusy(clip: string): boolean {
    return [...this.#jobs.values()].some((job) => job.clip === clip)
  }

  /** The job's id; null where nothing is to do. */
  async colorize({ clip: id, mode, range, first }: ColorizeWish): Promise<string | null> {
    if (this.clips.clip(id).cuts === 'none') await this.#ensureShots(id)
    await this.clips.settled(id)
    const clip = this.clips.clip(id)
    const whole = range ?? { from: 0, to: clip.frameCount }
    const lost = await this.#lostFrames(clip, whole)
    const toDo = unite([...framesToDo(clip, whole), ...lost])
    const { segments, ranges } = mode === 'between' ? { segments: wantedSegments(clip), ranges: toDo } : passOver(clip, mode, whole, toDo)
    if (ranges.length === 0) return null
    const concerned = segments.filter((segment) => segment.kind !== 'pin' && ranges.some((part) => part.from < segment.to && part.to > segment.from))
    const jobId = this.#remember('colorize', id, concerned)
    await this.#start(jobId, () =>
      this.engine.call('startColorize', { jobId, footageId: id, ranges, segments: concerned.map(({ mode: _, ...segment }) => segment), ...(first !== undefined && { first }) }),
    )
    return jobId
  }

  /** Looks for cuts; what it finds takes the place of the shots that are there. */
  async findShots(id: string): Promise<string> {
    const running = [...this.#jobs].find(([, job]) => job.kind === 'shots' && job.clip === id)
    if (running) return running[0]
    const jobId = this.#remember('shots', id, [])
    await this.#start(jobId, () => this.engine.call('startFindShots', { jobId, footageId: id }))
    return jobId
  }

  /** To be told of every progress message of the engine. */
  follow(progress: JobProgress): void {
    const job = this.#jobs.get(progress.jobId)
    if (!job) return
    job.finished = unite([...job.finished, ...progress.finished])
    if (!OVER.has(progress.state)) return
    this.#jobs.delete(progress.jobId)
    const written = job.kind === 'colorize' ? this.#whenAtRest(() => this.#note(job)) : progress.state === 'done' ? this.#takeShots(job.clip) : Promise.resolve()
    void written.catch(this.onTrouble).finally(() => job.end(progress))
  }

  /** To be called when an edit was made or a drag has ended. */
  edited(): void {
    if (!this.session.isOpen || !this.session.isEditing) {
      const steps = this.#waiting
      this.#waiting = []
      for (const step of steps) step()
    }
    this.#redoAtOnce()
  }

  /** Ends what runs, since the project is about to be another one. What is finished is noted. */
  async stopAll(): Promise<void> {
    const jobs = [...this.#jobs]
    await Promise.all(jobs.map(([id]) => this.engine.call('cancelJob', id).catch(() => undefined)))
  }

  #remember(kind: Job['kind'], clip: string, segments: readonly ModedSegment[]): string {
    const jobId = randomUUID()
    let end: Job['end'] = () => undefined
    const ended = new Promise<JobProgress>((resolve) => (end = resolve))
    this.#jobs.set(jobId, { kind, clip, segments, finished: [], ended, end })
    return jobId
  }

  async #start(jobId: string, call: () => Promise<void>): Promise<void> {
    try {
      await call()
    } catch (error) {
      this.#jobs.delete(jobId)
      throw error
    }
  }

  async #ensureShots(id: string): Promise<void> {
    const jobId = await this.findShots(id)
    const last = await this.#jobs.get(jobId)?.ended
    if (last?.state === 'failed' && last.error) throw UserError.from(last.error as never)
    if (last?.state === 'cancelled') throw new UserError('cancelled', 'Coloring waits for the shots to be found.', 'Start it again when you are ready.')
  }

  async #takeShots(clip: string): Promise<void> {
    const cuts = await this.engine.call('cuts', clip)
    if (!cuts) return
    await this.#whenAtRest(() => {
      if (this.session.project.clips.some((each) => each.id === clip)) this.session.apply({ type: 'set-cuts', clip, cuts, source: 'automatic' })
    })
  }

  /** Frames that show a coloring which the cache has dropped. */
  async #lostFrames(clip: Clip, range: FrameRange): Promise<FrameRange[]> {
    const present = await this.engine.call('coloredRanges', clip.id)
    return subtract(intersect(clip.passes, range), present)
  }

  /** Resolves when the step was made. */
  #whenAtRest(step: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const make = (): void => {
        try {
          if (this.session.isOpen) step()
          resolve()
        } catch (error) {
          reject(error)
        }
      }
      if (this.session.isOpen && this.session.isEditing) this.#waiting.push(make)
      else make()
    })
  }

  /**
   * Notes a job's frames, but only those that a pass would color so now: what was edited meanwhile has made the rest
   * outdated before anybody saw it.
   */
  #note(job: Job): void {
    if (!this.session.isOpen) return
    const clip = this.session.project.clips.find((each) => each.id === job.clip)
    if (!clip) return
    const parts = new Map<PassMode, FrameRange[]>()
    for (const stretch of stretchesOf(clip)) {
      for (const segment of job.segments) {
        if (segment.to <= stretch.from || segment.from >= stretch.to || segment.kind === 'kept') continue
        if (segmentOf(clip, stretch, segment.mode).key !== segment.key) continue
        const noted = clip.passes.filter((result) => result.key === segment.key && result.mode === segment.mode)
        const fresh = subtract(intersect(intersect(job.finished, segment), stretch), noted)
        parts.set(segment.mode, unite([...(parts.get(segment.mode) ?? []), ...fresh]))
      }
    }
    const steps = [...parts].flatMap(([mode, ranges]) => ranges.map((range) => ({ ...range, mode }))).sort((a, b) => a.from - b.from)
    const [head, last] = [steps[0], steps.at(-1)]
    if (!head || !last) return
    this.session.begin({ kind: 'record-pass', frame: head.from, to: last.to, what: head.mode })
    for (const { from, to, mode } of steps) this.session.apply({ type: 'record-pass', clip: job.clip, from, to, mode })
    this.session.commit()
  }

  /** Where the project says so, stale frames are done again without being asked for. */
  #redoAtOnce(): void {
    if (!this.session.isOpen || this.session.isEditing || !this.session.project.settings.propagateAtOnce) return
    for (const clip of this.session.project.clips) {
      if (staleFrames(clip).length === 0 || this.#atOnce.has(clip.id)) continue
      this.#atOnce.add(clip.id)
      void this.#redo(clip.id).catch(this.onTrouble).finally(() => this.#atOnce.delete(clip.id))
    }
  }

  async #redo(id: string): Promise<void> {
    // What is being colored by pins that are no longer so is given up.
    const outdated = [...this.#jobs].filter(([, job]) => job.kind === 'colorize' && job.clip === id)
    await Promise.all(outdated.map(([jobId]) => this.engine.call('cancelJob', jobId)))
    for (const part of staleFrames(this.clips.clip(id))) {
      const jobId = await this.colorize({ clip: id, mode: 'between', range: part })
      if (jobId) await this.#jobs.get(jobId)?.ended
    }
  }
}
