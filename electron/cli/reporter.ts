/** What the command line tells while it works: to a person, or as JSON to a program. */
import { basename } from 'node:path'
import { foundIn, type Inspection } from '../contract/inspection.ts'
import { program } from '../contract/program.ts'
import type { FootageInfo, JobProgress } from '../contract/schemas.ts'
import { uprightSize } from '../contract/orientation.ts'
import type { Sentence } from '../contract/sentence.ts'
import type { UserErrorData } from '../contract/userError.ts'
import type { FilmOrder } from './arguments.ts'
import { keptAs } from '../engine/writing/files/taken.ts'
import { en } from '../text/en/en.ts'
import { LINES_VERSION, type JsonLine } from './jsonLines.ts'
import { placeLines } from './lookThrough.ts'
import { formatSeconds, inFrames } from './progressLine.ts'
import { inEnglish, line, report } from './session.ts'

export interface DoneJob {
  readonly files: readonly string[]
  readonly frames: number
  readonly seconds: number
  readonly found: readonly Sentence[]
}

export interface InspectedFile {
  readonly file: string
  readonly inspection: Inspection
  /** Where a report of it lies. */
  readonly report: string | null
}

export interface Summary {
  readonly done: number
  readonly skipped: number
  readonly failed: number
  readonly exitCode: number
}

export interface Reporter {
  /** Of each job from here on, until the next one. */
  begin(job: number, order: FilmOrder): void
  started(film: FootageInfo): void
  progress(progress: JobProgress): void
  note(note: Sentence | string): void
  /** A finished file could not have its name; a note has said so, unless nothing is said. */
  renamed(asked: string, path: string): void
  done(done: DoneJob): void
  /** Of each file, after the job is done. */
  inspected(inspected: InspectedFile): void
  skipped(): void
  failed(error: UserErrorData): void
  ended(summary: Summary): void
}

export class WordsReporter implements Reporter {
  #target = ''
  #isFilm = true
  #isInShots = false

  constructor(
    private readonly jobs: number,
    private readonly options: { readonly quiet: boolean; readonly verbose: boolean },
  ) {}

  begin(job: number, { target, picture, eachShot }: FilmOrder): void {
    this.#target = target
    this.#isFilm = picture === null
    this.#isInShots = eachShot
    if (this.jobs > 1) this.#say(`${job + 1} of ${this.jobs}: ${target}`)
  }

  started(film: FootageInfo): void {
    const rate = (film.rate.num / film.rate.den).toFixed(3).replace(/\.?0+$/, '')
    const length = `${inFrames(film.frameCount)}, ${rate} frames/s, ${formatSeconds(film.durationSeconds)}`
    this.#say(`${film.name}: ${uprightSize(film).join(' x ')}, ${length}, ${film.codec} ${film.pixelFormat}`)
  }

  progress(progress: JobProgress): void {
    if (!this.options.quiet) line.show(progress)
  }

  note(note: Sentence | string): void {
    this.#say(typeof note === 'string' ? note : `Note: ${inEnglish(note)}`)
  }

  renamed(asked: string, path: string): void {
    // Whoever named a file goes on with the one that bears the name.
    if (this.options.quiet) line.note(inEnglish(keptAs(asked, path)))
  }

  done({ files, frames, seconds, found }: DoneJob): void {
    line.clear()
    if (!this.options.quiet) process.stdout.write(`${files.join('\n')}\n`)
    for (const each of found) this.#say(inEnglish(each))
    if (!this.#isFilm) return
    const speed = (frames / Math.max(seconds, 0.001)).toFixed(1)
    this.#say(`${inFrames(frames)} in ${formatSeconds(seconds)}, ${speed} frames/s.`)
  }

  inspected({ file, inspection, report }: InspectedFile): void {
    const count = foundIn(inspection)
    const places =
      count === 0 ? 'nothing stands out' : count === 1 ? 'one place to look at' : `${count} places to look at`
    this.#say(`Looked through ${basename(file)}: ${places}.`)
    if (count > 0) for (const place of placeLines(inspection)) this.#say(place)
    if (report !== null) this.#say(en.words.inspection.saved(report))
  }

  skipped(): void {
    this.#say(
      this.#isInShots
        ? `All shots of ${this.#target} are there already; they are left as they are.`
        : `${this.#target} is there already; it is left as it is.`,
    )
  }

  failed(error: UserErrorData): void {
    report(error, this.options.verbose)
  }

  ended({ done, skipped, failed }: Summary): void {
    line.clear()
    if (this.jobs > 1) this.#say(`${done} done, ${skipped} there before, ${failed} could not be done.`)
  }

  #say(text: string): void {
    if (!this.options.quiet) line.note(text)
  }
}

export class JsonReporter implements Reporter {
  #job: number | null = null
  #order: FilmOrder | null = null

  constructor(jobs: number) {
    this.#write({ event: 'program', version: LINES_VERSION, program: `${program.name} ${program.version}`, jobs })
  }

  begin(job: number, order: FilmOrder): void {
    this.#job = job
    this.#order = order
  }

  started({ frameCount, rate }: FootageInfo): void {
    const { source, target, format } = this.#order!
    const film = { source, target, format, frames: frameCount, framesPerSecond: rate.num / rate.den }
    this.#write({ event: 'started', job: this.#job!, ...film })
  }

  progress({ kind, done, total, framesPerSecond, secondsLeft }: JobProgress): void {
    const work = kind === 'colorize' ? 'export' : kind
    this.#write({ event: 'progress', job: this.#job!, work, done, total, framesPerSecond, secondsLeft })
  }

  note(note: Sentence | string): void {
    this.#write({ event: 'note', job: this.#job, text: typeof note === 'string' ? note : inEnglish(note) })
  }

  renamed(): void {}

  done({ files, frames, seconds, found }: DoneJob): void {
    this.#write({ event: 'done', job: this.#job!, files: [...files], frames, seconds, found: found.map(inEnglish) })
  }

  inspected({ file, inspection, report }: InspectedFile): void {
    this.#write({ event: 'inspected', job: this.#job!, file, inspection, report })
  }

  skipped(): void {
    this.#write({ event: 'skipped', job: this.#job!, target: this.#order!.target })
  }

  failed({ code, message, advice, detail }: UserErrorData): void {
    const said = { message: inEnglish(message), advice: inEnglish(advice) }
    this.#write({ event: 'failed', job: this.#job, code, ...said, ...(detail !== undefined && { detail }) })
  }

  ended(summary: Summary): void {
    this.#write({ event: 'ended', ...summary })
  }

  #write(line: JsonLine): void {
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
}
