/** Starts ffmpeg children: never through a shell, always cleaned up, their messages kept within bounds. */
import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { UserError } from '../../contract/userError.ts'
import type { FfmpegTools } from './locateFfmpeg.ts'

/** stderr beyond this is cut in the middle of the run; the last lines are what explain a failure. */
const LOG_LIMIT = 64 * 1024

export interface FinishedRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** An ffmpeg with all its pipes; 'side' is its file descriptor 3, which frameClock.ts reads. */
export interface FfmpegChild {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  readonly side: Readable
  readonly process: ChildProcess
  kill(): void
}

/** -nostdin would close the pipe that frames come in by, so it is added only where nothing is written. */
export const quietArgs = ['-hide_banner', '-nostats'] as const

export function spawnFfmpeg(tools: Pick<FfmpegTools, 'path'>, args: readonly string[]): FfmpegChild {
  const child = spawn(tools.path, args, {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C', AV_LOG_FORCE_NOCOLOR: '1' },
  })
  const [stdin, stdout, stderr, side] = child.stdio as unknown as [Writable, Readable, Readable, Readable]
  // A child that dies while it is written to raises EPIPE on its stdin; its exit code tells the story.
  for (const stream of [stdin, stdout, stderr, side]) stream.on('error', () => {})
  return { stdin, stdout, stderr, side, process: child, kill: () => void child.kill('SIGKILL') }
}

/** Resolves with the exit code when the child and its pipes have closed; a child that could not start gives an error. */
export function exited(child: FfmpegChild): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.process.once('error', (error) => reject(couldNotStart(error)))
    child.process.once('close', (code) => resolve(code))
  })
}

export function couldNotStart(error: Error): UserError {
  return new UserError(
    'ffmpeg-missing',
    'The program ffmpeg, which reads and writes the films, could not be started.',
    'Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to its full path.',
    error.message,
  )
}

export function cancelled(): UserError {
  return new UserError('cancelled', 'Cancelled.', '')
}

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

  /** The last lines, for the "details" of an error. */
  lines(count: number): string {
    return this.#text.trim().split(/\r?\n/).slice(-count).join('\n')
  }
}

/** Hands over whole lines of a stream. */
export function eachLine(stream: Readable, line: (text: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r\n|\n|\r/)
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
  tools: Pick<FfmpegTools, 'path'>,
  args: readonly string[],
  options: {
    signal?: AbortSignal | undefined
    onStdoutLine?: (line: string) => void
    onStderrLine?: (line: string) => void
    onSideLine?: (line: string) => void
  } = {},
): Promise<FinishedRun> {
  if (options.signal?.aborted) throw cancelled()
  const child = spawnFfmpeg(tools, ['-nostdin', ...quietArgs, ...args])
  const kill = (): void => child.kill()
  options.signal?.addEventListener('abort', kill, { once: true })
  let stdout = ''
  const log = new LogTail()
  eachLine(child.stdout, (line) => {
    if (options.onStdoutLine) options.onStdoutLine(line)
    else stdout += `${line}\n`
  })
  eachLine(child.side, (line) => options.onSideLine?.(line))
  eachLine(child.stderr, (line) => {
    options.onStderrLine?.(line)
    log.add(`${line}\n`)
  })
  try {
    const code = await exited(child)
    if (options.signal?.aborted) throw cancelled()
    return { code, stdout, stderr: log.text }
  } finally {
    options.signal?.removeEventListener('abort', kill)
  }
}
