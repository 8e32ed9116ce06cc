/**
 * How reading a film ended. Here, and only here, is the line between two things that look alike from outside, since
 * ffmpeg stops with exit code 0 after both: damage in the film, which is bridged and told, and a read that failed (a
 * disk or share that went away, a killed decoder, a film that changed), after which nothing that was read last may be
 * trusted. Pure.
 */
import { basename } from 'node:path'
import { sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import { lastLines, type ChildEnd, type EndedFor, type FinishedRun } from '../../ffmpeg/runFfmpeg.ts'
import { inputUrl, type InputFile } from '../inputFile.ts'
import { pictureName } from '../pictures/sequenceSizes.ts'

/**
 * What the system says when it can not read, as ffmpeg repeats it at the end of a line (the words of glibc, musl, macOS
 * and Windows); a number where ffmpeg knows no words.
 */
const systemFailure = new RegExp(
  `: (?:${[
    'Input/output error',
    'I/O error',
    'Remote I/O error',
    'Stale (?:NFS )?file handle',
    'Connection timed out',
    'Operation timed out',
    'Connection reset by peer',
    'Connection reset',
    'Connection aborted',
    'Software caused connection abort',
    'Connection refused',
    'Transport endpoint is not connected',
    'Socket is not connected',
    'Network is (?:down|unreachable)',
    'Network dropped connection on reset',
    'Host is (?:down|unreachable)',
    'No route to host',
    'Link has been severed',
    'Permission denied',
    'Access denied',
    'No such file or directory',
    'No such device',
    'No such device or address',
    'Device not configured',
    'No medium found',
    'Bad file descriptor',
    'Resource temporarily unavailable',
    'Resource deadlock avoided',
    'Device or resource busy',
    'Resource busy',
    'Structure needs cleaning',
    'Key has expired',
    'Required key not available',
    'Cannot allocate memory',
    'Out of memory',
    'Not enough space',
    'Too many open files(?: in system)?',
    'No file descriptors available',
    'Protocol error',
    'Interrupted system call',
    'Unknown error:? -?\\d+',
    'Error number -?\\d+ occurred',
  ].join('|')})\\.?$`,
  'i',
)
/**
 * Where ffmpeg says why it stopped reading: from version 6.0 on in words of its own, before with the film's name in
 * front.
 */
const stopped = /Error (?:(?:during|while) demuxing|demuxing input file \d+): (.+)$/
/**
 * Reasons that a demuxer gives for what it finds in the file. (It says 'not permitted' or 'invalid argument' of data,
 * too.)
 */
const inTheFile = new RegExp(
  `^(?:${[
    'Invalid data found when processing input',
    'End of file',
    'Invalid argument',
    'Operation not permitted',
    'Not yet implemented in FFmpeg.*',
    'Numerical result out of range',
    'Math.*out of domain.*',
    'Bitstream filter .*',
    'Unknown error occurred',
    'Internal bug.*',
    'Success',
  ].join('|')})$`,
)

/** Formats whose demuxers, up to ffmpeg 6, say 'Input/output error' at the end of every file. */
export const erringAtTheEnd: ReadonlySet<string> = new Set(['roq'])

/**
 * Why a line of ffmpeg's log says that the film could not be read, or null for any other line. Whatever stopped a
 * demuxer is a failed read, unless it is known to be a complaint about the data.
 * @param line with or without its level
 * @param input how ffmpeg was given the film, up to its '-i'
 */
export function readFailure(line: string, input: readonly string[]): string | null {
  const url = inputUrl(input)
  if (erringAtTheEnd.has(input[input.indexOf('-f') + 1] ?? '') && line.endsWith(': Input/output error')) return null
  const system = systemFailure.exec(line)
  if (system) return system[0].slice(2)
  const reason =
    stopped.exec(line)?.[1] ??
    (line.replace(/^\[\w+\] /, '').startsWith(`${url}: `) ? line.slice(line.indexOf(url) + url.length + 2) : null)
  // With the film's name in front older versions tell of corrupt packets as well, and of how the film is made.
  if (reason === null || inTheFile.test(reason) || /^(?:corrupt|could not|Can't write)/.test(reason)) return null
  return reason
}

/**
 * Hears, line by line, why a film could not be read. Where another run of pictures follows after a gap, ffmpeg tries
 * the one that is missing in the gap: that is the end of the run and no failure, whatever versions call it.
 */
export class FailureWatch {
  /** What readFailure found first. */
  failure: string | null = null
  readonly #args: readonly string[]
  /** The name of the picture that is missing behind the last one of a run. */
  readonly #behind: string | null
  #isBehind = false
  /** Why it stopped there, which some versions say once more, with the film's name in front. */
  #stoppedFor: string | null = null

  constructor(file: Pick<InputFile, 'args' | 'sequence'>) {
    this.#args = file.args
    this.#behind = file.sequence && pictureName(file.sequence, file.sequence.count)
  }

  hear(line: string): void {
    const url = inputUrl(this.#args)
    const ofFilm = line.includes(`${url}: `) ? line.slice(line.indexOf(url) + url.length + 2) : null
    const reason = stopped.exec(line)?.[1] ?? ofFilm
    if (this.#behind !== null && /Could not open file ?: /.test(line)) this.#isBehind = basename(line) === this.#behind
    else if (this.#isBehind && reason !== null) {
      this.#isBehind = false
      this.#stoppedFor = reason
    } else if (this.#stoppedFor !== null && ofFilm === this.#stoppedFor) this.#stoppedFor = null
    else this.failure ??= readFailure(line, this.#args)
  }
}

/**
 * The same for the log of a child that writes a file besides: what the system says of that file is no matter of the
 * film.
 * @param input the first one of the child that the film is, as ffmpeg numbers them
 */
export function inputFailure(line: string, args: readonly string[], input: number): string | null {
  const said = line.replace(/^\[\w+\] /, '')
  return said.startsWith(`${inputUrl(args)}: `) || Number(/^\[in#(\d+)/.exec(said)?.[1] ?? -1) >= input
    ? readFailure(line, args)
    : null
}

export interface Reading extends ChildEnd {
  /** What was heard of it (FailureWatch). */
  readonly failure: string | null
  /** The film's file is another than it was when it was opened. */
  readonly changed: boolean
  /** All that was asked for has arrived, up to the last frame. */
  readonly reached: boolean
  /** Pictures that came. */
  readonly arrived: number
}

/**
 * - 'whole': nothing is missing at the end
 * - 'short': read to its end without a complaint, yet the last frames did not come. They are damaged if they are there
 *   to be read, which the caller has to make sure of.
 * - the others: the read failed
 */
export type Verdict = 'whole' | 'short' | 'changed' | EndedFor | 'killed' | 'crashed' | 'unreadable'

/** What systems end a program with for its own mistakes. */
const crashSignals = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT', 'SIGTRAP', 'SIGSYS'])
/** Windows has exit codes for it: those of NTSTATUS that are errors. */
const FIRST_ERROR_STATUS = 0xc0000000

/** Whether a child was ended for a mistake of its own; else a signal came from outside. */
export function hasCrashed({ code, signal }: ChildEnd): boolean {
  return signal !== null ? crashSignals.has(signal) : code !== null && code >>> 0 >= FIRST_ERROR_STATUS
}

/**
 * Neither the exit code nor the words are enough alone: ffmpeg exits with 0 after a failed read, and with others after
 * damage.
 */
export function judge({ code, signal, endedFor, failure, changed, reached, arrived }: Reading): Verdict {
  if (changed) return 'changed'
  if (endedFor) return endedFor
  if (hasCrashed({ code, signal })) return 'crashed'
  if (signal !== null) return 'killed'
  if (failure !== null) return 'unreadable'
  if (reached) return 'whole'
  // Where no picture came at all newer versions complain that they had nothing to write.
  if (code !== 0 && arrived > 0) return 'unreadable'
  return 'short'
}

/** What ffmpeg says of a file that has no such name any more. */
const isNotThere = /: No such file or directory\.?$/im
/** And of a picture of a run. */
const missingPicture = /Could not open file ?: /

/** A film that was moved or renamed while it was open lies on a disk that is all right. */
function gone(name: string, isPicture: boolean, detail: string): UserError {
  return new UserError(
    'footage-changed',
    isPicture
      ? sentence`A picture of “${name}” is no longer where it was.`
      : sentence`“${name}” is no longer where it was.`,
    sentence`It was moved, renamed or deleted, or its disk is away. Bring it back, or say where it lies now.`,
    detail,
  )
}

/** The error of a read that failed. A job that throws it leaves nothing behind that was made of what was read last. */
export function failedRead(
  name: string,
  verdict: Exclude<Verdict, 'whole' | 'short'> | 'lost',
  detail?: string,
): UserError {
  switch (verdict) {
    case 'changed':
      return new UserError(
        'footage-changed',
        sentence`“${name}” was changed while it was open.`,
        sentence`Wait until nothing writes to the film any more, then open it again.`,
        detail,
      )
    case 'killed':
      return new UserError(
        'footage-changed',
        sentence`“${name}” could not be read to its end: the decoder was ended from outside.`,
        sentence`Try again. If the computer is short of memory, close other programs first.`,
        detail,
      )
    case 'stalled':
      return new UserError(
        'ffmpeg-failed',
        sentence`The program ffmpeg got no further with “${name}” and was ended.`,
        sentence`Copy the film to a disk of this computer and try again. If that does not help, copy it again from where it came from.`,
        detail,
      )
    case 'memory':
      return new UserError(
        'ffmpeg-failed',
        sentence`The program ffmpeg took more memory for “${name}” than a film needs, and was ended.`,
        sentence`The film may be damaged. Copy it again from where it came from, or have the tool that made it write a smaller one.`,
        detail,
      )
    case 'crashed':
      return new UserError(
        'ffmpeg-failed',
        sentence`The program ffmpeg crashed while it read “${name}”.`,
        sentence`Use another version of ffmpeg: install it, or set COLORNN_FFMPEG to its path. Or convert the film.`,
        detail,
      )
    case 'lost':
      return new UserError(
        'footage-changed',
        sentence`“${name}” can not be read as it was when it was opened.`,
        sentence`Check that its disk is connected and that the film is whole, then open it again.`,
        detail,
      )
    case 'unreadable':
      if (detail && isNotThere.test(detail)) return gone(name, missingPicture.test(detail), detail)
      return new UserError(
        'footage-changed',
        sentence`“${name}” could not be read to its end: its disk may have been disconnected.`,
        sentence`Check that the film is still where it was and that its disk is connected, then try again.`,
        detail,
      )
  }
}

/**
 * Throws the error of a failed read where a run through the whole film did not come to the film's own end.
 * @param failure as FailureWatch has it
 * @param arrived how many packets or pictures came
 */
export function mustHaveEnded(name: string, run: FinishedRun, failure: string | null, arrived: number): void {
  const verdict = judge({ ...run, failure, changed: false, reached: run.code === 0, arrived })
  if (verdict !== 'whole' && verdict !== 'short') throw failedRead(name, verdict, lastLines(run.stderr))
}
