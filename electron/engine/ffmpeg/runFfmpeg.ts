/** Starts ffmpeg children: never through a shell, always cleaned up, their messages kept within bounds. */
import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { sentence } from '../../contract/sentence.ts'
import { cancelled, UserError } from '../../contract/userError.ts'
import { eachClockedLine } from './frameClock.ts'
import type { FfmpegTools } from './locateFfmpeg.ts'
import { MOST_MEMORY, watchMemory } from './memory.ts'
import { PATIENCE, watchForStall } from './stall.ts'
import { tied } from './tie.ts'

/** stderr beyond this is cut in the middle of the run; the last lines are what explain a failure. */
const LOG_LIMIT = 64 * 1024

/**
 * How a child ended: by itself with a code, or by a signal from outside (out of memory, killed), and then without one.
 */
export interface ChildEnd {
  readonly code: number | null
  readonly signal: string | null
  /** The signal was ours, and why. */
  readonly endedFor?: EndedFor | null
}

/** It got nowhere, or took more memory than a film needs. */
export type EndedFor = 'stalled' | 'memory'

export interface FinishedRun extends ChildEnd {
  readonly stdout: string
  readonly stderr: string
}

/** Which ffmpeg reads, and how far it may go. */
type ReadingTools = Pick<FfmpegTools, 'path' | 'patience' | 'mostMemory'>

/** An ffmpeg with its pipes. */
export interface FfmpegChild {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Its 'pipe:3', where it was started with one; somebody has to take what comes there, or it stands still. */
  readonly beside: Readable | null
  readonly process: ChildProcess
  /** We have ended it for this. */
  endedFor: EndedFor | null
  kill(): void
}

/** -nostdin would close the pipe that frames come in by, so it is added only where nothing is written. */
export const quietArgs = ['-hide_banner', '-nostats'] as const

/**
 * For reading films: all that ffmpeg has to say of them, every message with its level and none left out for being like
 * the one before. Damage is no reason to give up.
 */
export const talkArgs = ['-v', 'repeat+level+warning', '-max_error_rate', '1'] as const

/**
 * The same, and besides what the scale filter says of the pictures that reach it (parseScaleLine); all else of such
 * weight is idle talk.
 */
export const sizeTalkArgs = ['-v', 'repeat+level+verbose', '-max_error_rate', '1'] as const

/** Whether a line is there for nothing but sizeTalkArgs. A message of weight that came between its pieces is none. */
export function isIdleTalk(line: string): boolean {
  return /\[(?:info|verbose)\]/.test(line) && !/\[(?:warning|error|fatal|panic)\]/.test(line)
}

/**
 * Static builds for Linux crash where the C library inside them loads the system's tables of character sets, made for
 * another version of it: on every transport stream that names its service. Named in this way no table is loaded
 * ready-made; builds that fit the system still find theirs.
 */
export const characterSets = { GCONV_PATH: process.env['GCONV_PATH'] ?? '/dev/null' } as const

/**
 * What of our own environment a child gets: where programs and scratch files are. Nothing that loads libraries into it,
 * sends it through a proxy, has it write reports or speak another language.
 */
function childEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, TMP, TEMP, SystemRoot, windir } = process.env
  return { PATH, HOME, TMPDIR, TMP, TEMP, SystemRoot, windir, LC_ALL: 'C', AV_LOG_FORCE_NOCOLOR: '1', ...characterSets }
}

/** Where runs are written down; see electron/reports/runLog.ts. */
interface Log {
  begin(
    program: string,
    args: readonly string[],
  ): { heard(text: string): void; ended(code: number | null, signal: string | null): void }
}

let log: Log | null = null

/** From now on every ffmpeg's command line, end and last words are written down. */
export function logRuns(to: Log): void {
  log = to
}

/**
 * One that reads ('-nostdin') is ended where it gets nowhere or fills the memory; one that is written to may have to
 * wait for us, and holds what it was given.
 * @param withBeside it gives a second output, to 'pipe:3'
 */
export function spawnFfmpeg(tools: ReadingTools, args: readonly string[], withBeside = false): FfmpegChild {
  const child = spawn(...tied(tools.path, args), {
    stdio: withBeside ? ['pipe', 'pipe', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    env: childEnvironment(),
  })
  const { stdin, stdout, stderr } = child
  const beside = (child.stdio[3] as Readable | null | undefined) ?? null
  // A child that dies while it is written to raises EPIPE on its stdin; its exit code tells the story.
  for (const stream of [stdin, stdout, stderr, beside]) stream?.on('error', () => {})
  const run = log?.begin(tools.path, args)
  if (run) {
    stderr.on('data', (said: Buffer | string) => run.heard(String(said)))
    child.once('close', (code, signal) => run.ended(code, signal))
  }
  const kill = (): void => void child.kill('SIGKILL')
  const started: FfmpegChild = { stdin, stdout, stderr, beside, process: child, endedFor: null, kill }
  if (args.includes('-nostdin')) {
    const endFor = (reason: EndedFor) => (): void => {
      started.endedFor ??= reason
      kill()
    }
    watchForStall(child, tools.patience ?? PATIENCE, endFor('stalled'))
    watchMemory(child, tools.mostMemory ?? MOST_MEMORY, endFor('memory'))
  }
  return started
}

/** Resolves when the child and its pipes have closed; a child that could not start gives an error. */
export function ended(child: FfmpegChild): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    child.process.once('error', (error) => reject(couldNotStart(error)))
    child.process.once('close', (code, signal) => resolve({ code, signal, endedFor: child.endedFor }))
  })
}

/** The same, for those who ask for the exit code alone. */
export async function exited(child: FfmpegChild): Promise<number | null> {
  return (await ended(child)).code
}

function couldNotStart(error: Error): UserError {
  return new UserError(
    'ffmpeg-missing',
    sentence`The program ffmpeg, which reads and writes the films, could not be started.`,
    sentence`Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to its full path.`,
    error.message,
  )
}

/** The last of what was said, for the "details" of an error. */
export const lastLines = (text: string, count = 6): string => text.trim().split(/\r?\n/).slice(-count).join('\n')

/** The end of a log that keeps growing. */
export class LogTail {
  #text = ''

  add(text: string): void {
    this.#text += text
    if (this.#text.length > LOG_LIMIT) this.#text = this.#text.slice(-LOG_LIMIT / 2)
  }

  get text(): string {
    return this.#text
  }

  lines(count: number): string {
    return lastLines(this.#text, count)
  }
}

/**
 * A warning that ffmpeg 6.0 does not end (findings/ffmpeg6-warning-without-line-end.sh): what it says next is a line of
 * its own.
 */
const UNENDED = /for setting rotation instead\.(?=[^\r\n])/g

/** Hands over whole lines of a stream. */
export function eachLine(stream: Readable, line: (text: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).replace(UNENDED, '$&\n').split(/\r\n|\n|\r/)
    rest = lines.pop() ?? ''
    for (const text of lines) line(text)
  })
  stream.on('end', () => {
    if (rest !== '') line(rest)
  })
}

/**
 * Runs ffmpeg to its end and gives everything it said. 'onStdoutLine' takes the place of collecting stdout, for
 * output that grows with the length of the film.
 */
export async function runFfmpeg(
  tools: ReadingTools,
  args: readonly string[],
  options: {
    signal?: AbortSignal | undefined
    onStdoutLine?: (line: string) => void
    onStderrLine?: (line: string) => void
    /** For runs with clockFilters: the time of each frame, in its place among the lines of stderr. */
    onTime?: (pts: number | null) => void
    /** Has it say in stderr which version it is. */
    banner?: true
  } = {},
): Promise<FinishedRun> {
  if (options.signal?.aborted) throw cancelled()
  const quiet = options.banner ? ['-nostats'] : quietArgs
  const child = spawnFfmpeg(tools, ['-nostdin', ...quiet, ...args])
  const kill = (): void => child.kill()
  options.signal?.addEventListener('abort', kill, { once: true })
  let stdout = ''
  const log = new LogTail()
  eachLine(child.stdout, (line) => {
    if (options.onStdoutLine) options.onStdoutLine(line)
    else stdout += `${line}\n`
  })
  const onLine = (line: string): void => {
    options.onStderrLine?.(line)
    log.add(`${line}\n`)
  }
  if (options.onTime) eachClockedLine(child.stderr, onLine, options.onTime)
  else eachLine(child.stderr, onLine)
  try {
    const end = await ended(child)
    if (options.signal?.aborted) throw cancelled()
    return { ...end, stdout, stderr: log.text }
  } finally {
    options.signal?.removeEventListener('abort', kill)
  }
}
