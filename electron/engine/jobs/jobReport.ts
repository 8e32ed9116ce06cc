/** What a job tells the outside: at most ten messages a second, the last one always. */
import { isDeepStrictEqual } from 'node:util'
import type { AlikeFrame } from '../../contract/alike.ts'
import type { Inspection } from '../../contract/inspection.ts'
import type { Sentence } from '../../contract/sentence.ts'
import { rangesOf } from '../../contract/ranges.ts'
import type { FrameRange, JobProgress, JobState } from '../../contract/schemas.ts'
import type { UserErrorData } from '../../contract/userError.ts'
import { isOver } from '../../contract/jobs.ts'

const INTERVAL_MS = 100
/** The rate is that of this much recent time, so that it follows what the machine does now. */
const RATE_WINDOW_MS = 4000
const LEAST_FOR_ESTIMATE = 3

export class JobReport {
  #state: JobState = 'queued'
  #done = 0
  #finished: number[] = []
  #sentAt = -Infinity
  #timer: NodeJS.Timeout | null = null
  /** Time and count of work done, for the rate. */
  #marks: { at: number; worked: number }[] = []
  #worked = 0
  #notes: Sentence[] = []
  #damaged: readonly FrameRange[] | null = null
  #targets: readonly string[] = []
  #found: Sentence[] = []
  #inspection: Inspection | null = null
  #alike: readonly AlikeFrame[] | null = null

  #total: number

  /** @param total frames to be finished */
  constructor(
    private readonly head: Pick<JobProgress, 'jobId' | 'kind' | 'footageId'>,
    total: number,
    private readonly send: (progress: JobProgress) => void,
  ) {
    this.#total = total
  }

  get state(): JobState {
    return this.#state
  }

  setState(state: JobState): void {
    if (this.#state === state) return
    this.#state = state
    // A pause is no work time.
    this.#marks = []
    this.#flush()
  }

  /** Frames that turned out to be done already. They are finished, but no work. */
  addKnown({ from, to }: FrameRange): void {
    this.#done += to - from
    for (let frame = from; frame < to; frame++) this.#finished.push(frame)
    this.#soon()
  }

  /** The same where nobody asks which, in place of all that was counted before. */
  setKnownCount(count: number): void {
    this.#done = count
    this.#soon()
  }

  addFrame(frame: number): void {
    this.#done++
    this.#worked++
    this.#finished.push(frame)
    const now = performance.now()
    if (this.#marks.length === 0) this.#marks.push({ at: now, worked: this.#worked - 1 })
    this.#marks.push({ at: now, worked: this.#worked })
    while (this.#marks.length > 2 && now - this.#marks[0]!.at > RATE_WINDOW_MS) this.#marks.shift()
    this.#soon()
  }

  /** Tells at once what is known by now. */
  tell(): void {
    this.#flush()
  }

  /** Of work that is ordered bit by bit. */
  setTotal(total: number): void {
    this.#total = total
    this.#soon()
  }

  /** Sentences for the person, told when the job has ended, however that is; once, however often they are added. */
  addNotes(notes: readonly Sentence[]): void {
    for (const note of notes) if (!this.#notes.some((known) => isDeepStrictEqual(known, note))) this.#notes.push(note)
  }

  /** What was read back of a finished file, and is as it was to be. */
  addFound(found: Sentence | null): void {
    if (found !== null) this.#found.push(found)
  }

  /** What looking a film through has found. */
  setInspection(inspection: Inspection): void {
    this.#inspection = inspection
  }

  /** What looking for shots that look like pins has found. */
  setAlike(frames: readonly AlikeFrame[]): void {
    this.#alike = frames
  }

  /** The finished file, or files. */
  setTargets(paths: readonly string[]): void {
    this.#targets = paths
  }

  /** Frames of the film known to be damaged, told with the last message. */
  setDamaged(ranges: readonly FrameRange[]): void {
    this.#damaged = ranges
  }

  end(state: 'done' | 'cancelled' | 'failed', error?: UserErrorData): void {
    this.#state = state
    this.#flush(error)
  }

  #rate(): number {
    const first = this.#marks[0]
    const last = this.#marks[this.#marks.length - 1]
    if (!first || !last || last.at <= first.at) return 0
    return ((last.worked - first.worked) * 1000) / (last.at - first.at)
  }

  #soon(): void {
    const wait = this.#sentAt + INTERVAL_MS - performance.now()
    if (wait <= 0) this.#flush()
    else this.#timer ??= setTimeout(() => this.#flush(), wait)
  }

  #flush(error?: UserErrorData): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#sentAt = performance.now()
    const rate = this.#rate()
    const over = isOver({ state: this.#state })
    const [head, total] = [this.head, this.#total]
    const [target] = this.#targets
    const finished = rangesOf(this.#finished)
    this.#finished = []
    this.send({
      ...head,
      state: this.#state,
      done: this.#done,
      total,
      framesPerSecond: rate,
      secondsLeft: rate > 0 && this.#worked >= LEAST_FOR_ESTIMATE ? Math.max(0, total - this.#done) / rate : null,
      finished,
      ...(target !== undefined && this.#state === 'done' && { target }),
      ...(this.#targets.length > 1 && this.#state === 'done' && { parts: [...this.#targets] }),
      ...(this.#state === 'done' && this.#found.length > 0 && { found: this.#found }),
      ...(this.#state === 'done' && this.#inspection && { inspection: this.#inspection }),
      ...(this.#state === 'done' && this.#alike && { alike: [...this.#alike] }),
      ...(over && this.#notes.length > 0 && { notes: this.#notes }),
      ...(this.#state === 'done' && this.#damaged && { damaged: [...this.#damaged] }),
      ...(error && { error }),
    })
  }
}
