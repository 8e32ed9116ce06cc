/** What every command of the command line has: an engine of its own, words in English, and a tidy end. */
import { randomUUID } from 'node:crypto'
import { inWords, noWords, sentence, type Sentence } from '../contract/sentence.ts'
import { errorOf } from '../contract/jobs.ts'
import type { JobProgress } from '../contract/schemas.ts'
import { UserError, type UserErrorData } from '../contract/userError.ts'
import { EngineClient, type EngineListeners } from '../host/engineClient.ts'
import type { LaunchEngine } from '../host/engineLink.ts'
import { en } from '../text/en/en.ts'
import { speechOf } from '../text/speech.ts'
import { ProgressLine } from './progressLine.ts'

/** What the command line finds where it runs: under Node.js in a checkout, under Electron in an installed program. */
export interface Surroundings {
  /** Name and version of the program. */
  readonly program: string
  /** As one types it: `npm run colorize --`. */
  readonly command: string
  /** Where computed colors are kept. */
  readonly cacheFolder: string
  readonly launchEngine: LaunchEngine
  /** Ends this process at once. */
  readonly exit: (code: number) => void
}

const english = speechOf(en)
export const inEnglish = (sentence: Sentence): string => inWords(sentence, english)

/** Exit codes, which `--help` explains. */
export const DONE = 0
export const FAILED = 1
export const WRONG_USE = 2
export const CANCELLED = 130

export const line = new ProgressLine(process.stderr)

export function report(error: UserErrorData, verbose: boolean): void {
  line.clear()
  const text = [error.message, error.advice]
    .map((part) => inEnglish(part))
    .filter((part) => part !== '')
    .join('\n')
  process.stderr.write(`${text}\n`)
  if (verbose && error.detail) process.stderr.write(`\n${error.detail}\n`)
}

/** By which a command is asked to end. */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export type OnProgress = (progress: JobProgress) => void

/** Takes what is to be known beside the work itself. */
export type Tell = (text: string) => void

/** On a line of its own. */
export const tellInWords: Tell = (text) => line.note(text)
export const tellNobody: Tell = () => undefined

/** The engine, and the promise of how each of its jobs ends. */
export class Session {
  readonly client: EngineClient
  readonly #jobs = new Map<
    string,
    { onProgress: OnProgress; resolve: OnProgress; reject: (error: UserError) => void }
  >()

  /** It was asked to end before its work is done. */
  isStopping = false

  constructor(launchEngine: LaunchEngine, tell: Tell) {
    const listeners: EngineListeners = {
      onStatus: (status) => {
        if (status.state === 'restarting') tell('The engine stopped and is started again; finished colors are kept.')
      },
      onProgress: (progress) => this.#follow(progress),
    }
    this.client = new EngineClient(launchEngine, listeners, false)
    this.client.start()
  }

  #follow(progress: JobProgress): void {
    const job = this.#jobs.get(progress.jobId)
    if (!job) return
    job.onProgress(progress)
    if (progress.state === 'done') job.resolve(progress)
    else if (progress.state === 'failed') job.reject(UserError.from(errorOf(progress)))
    else if (progress.state === 'cancelled') job.reject(new UserError('cancelled', sentence`Cancelled.`, noWords))
    else return
    this.#jobs.delete(progress.jobId)
  }

  /** Runs a job to its end, and gives its last message. Rejects with its UserError. */
  async run(start: (jobId: string) => Promise<unknown>, onProgress: OnProgress): Promise<JobProgress> {
    const jobId = randomUUID()
    const ended = new Promise<JobProgress>((resolve, reject) => this.#jobs.set(jobId, { onProgress, resolve, reject }))
    ended.catch(() => undefined)
    await start(jobId)
    return ended
  }
}

/**
 * Does work over an engine; a first Ctrl-C ends it tidily, so that no half file stays and what is whole of an export is
 * gone on with the next time, a second one at once.
 */
export async function withSession(
  { launchEngine, exit }: Pick<Surroundings, 'launchEngine' | 'exit'>,
  tell: Tell,
  work: (session: Session) => Promise<void>,
): Promise<number> {
  const session = new Session(launchEngine, tell)
  const interruption = new Promise<number>((resolve) => {
    const stop = (): void => {
      if (session.isStopping) return exit(CANCELLED)
      session.isStopping = true
      tell('Stopping …')
      void session.client.stop().then(() => resolve(CANCELLED))
    }
    for (const signal of stopSignals) process.on(signal, stop)
  })
  const done = async (): Promise<number> => {
    try {
      await work(session)
      return DONE
    } catch (error) {
      // Everything fails once the engine is told to stop; only why it was is of interest.
      if (session.isStopping) return await interruption
      throw error
    } finally {
      if (!session.isStopping) await session.client.stop()
    }
  }
  return Promise.race([done(), interruption])
}

/** A reader that closes early (`| head`) is no error of ours. */
export function quietPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
