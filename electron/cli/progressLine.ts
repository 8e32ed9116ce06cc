/** Progress in one line: rewritten in place on a terminal, now and then a new line in a log. */
import type { JobProgress } from '../contract/schemas.ts'
import { en } from '../text/en/en.ts'
import { pluralsOf } from '../text/plural.ts'

const LOG_INTERVAL_MS = 5000
const BAR_WIDTH = 24
const plural = pluralsOf('en')

/** 75 -> '1:15', 4000 -> '1:06:40'. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** 1 -> '1 frame', 2 -> '2 frames'. */
export const inFrames = (count: number): string => `${count} ${plural(count, { one: 'frame', other: 'frames' })}`

/** What a job does, where that is not the coloring that was asked for. */
const WORK: Partial<Record<JobProgress['kind'], string>> = {
  shots: 'Looking for shots: ',
  alike: 'Looking for shots that look alike: ',
  inspect: 'Looking through: ',
}

export function formatProgress(
  progress: Pick<JobProgress, 'kind' | 'done' | 'total' | 'framesPerSecond' | 'secondsLeft'>,
): string {
  const { kind, done, total, framesPerSecond, secondsLeft } = progress
  const share = total > 0 ? done / total : 0
  return [
    `${WORK[kind] ?? ''}${en.words.job.progress(done, total)}`,
    `${Math.floor(share * 100)} %`,
    ...(framesPerSecond > 0 ? [`${framesPerSecond.toFixed(1)} frames/s`] : []),
    ...(secondsLeft === null ? [] : [`${formatSeconds(secondsLeft)} left`]),
  ].join(', ')
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH)
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`
}

export class ProgressLine {
  #shown = false
  #jobId = ''
  #loggedAt = -Infinity
  #completeLogged = false

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly now: () => number = Date.now,
  ) {}

  show(progress: JobProgress): void {
    if (progress.jobId !== this.#jobId) {
      this.#jobId = progress.jobId
      this.#completeLogged = false
    }
    const text = formatProgress(progress)
    if (this.stream.isTTY) {
      const share = progress.total > 0 ? progress.done / progress.total : 0
      const line = `${bar(share)} ${text}`.slice(0, Math.max(20, (this.stream.columns || 80) - 1))
      this.stream.write(`\r\u001b[2K${line}`)
      this.#shown = true
      return
    }
    const complete = progress.done >= progress.total
    if (complete ? this.#completeLogged : this.now() - this.#loggedAt < LOG_INTERVAL_MS) return
    this.#loggedAt = this.now()
    this.#completeLogged = complete
    this.stream.write(`${text}\n`)
  }

  /** A line of its own; the progress appears again below it. */
  note(text: string): void {
    this.clear()
    this.stream.write(`${text}\n`)
  }

  clear(): void {
    if (this.#shown) this.stream.write('\r\u001b[2K')
    this.#shown = false
  }
}
