/** An ffmpeg child that is fed over a pipe and writes a part of an export: what it says, and why it went away. */
import { UserError } from '../../../contract/userError.ts'
import { fullWords } from '../../ffmpeg/fullDisk.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { eachLine, ended, LogTail, spawnFfmpeg, type ChildEnd, type FfmpegChild } from '../../ffmpeg/runFfmpeg.ts'

/** ffmpeg has ended before its time, or without all that it was to write. */
export class FfmpegStopped extends Error {
  constructor(
    readonly child: FedFfmpeg,
    /** How, or why it could not be started. */
    readonly end: ChildEnd | UserError,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
  }

  /** For want of room on the disk, as ffmpeg says. */
  get isFull(): boolean {
    return fullWords.test(this.child.log)
  }

  /** For want of a disk, not for what was to be written. */
  get isDiskTrouble(): boolean {
    return diskTrouble.test(this.child.log)
  }

  /** For the details of an error. */
  get detail(): string {
    const how = this.end instanceof UserError ? this.end.message : (this.end.signal ?? this.end.code)
    return `${this.child.lastLines}\n${this.message} (${String(how)})`
  }
}

export class FedFfmpeg {
  readonly #child: FfmpegChild
  readonly #done: Promise<ChildEnd | UserError>
  readonly #log = new LogTail()
  #frames = 0

  /**
   * @param onLine hears what ffmpeg says, line by line
   * @param onBeside hears what its second output writes to 'pipe:3'; null where it has none
   */
  constructor(
    tools: Pick<FfmpegTools, 'path'>,
    args: readonly string[],
    onLine: (line: string) => void = () => undefined,
    onBeside: ((line: string) => void) | null = null,
  ) {
    this.#child = spawnFfmpeg(tools, args, onBeside !== null)
    if (onBeside) eachLine(this.#child.beside!, onBeside)
    this.#done = ended(this.#child).catch((error: unknown) => error as UserError)
    eachLine(this.#child.stderr, (line) => {
      this.#log.add(`${line}\n`)
      onLine(line)
    })
    eachLine(this.#child.stdout, (line) => {
      const frame = /^frame=\s*(\d+)/.exec(line)
      if (frame) this.#frames = Number(frame[1])
    })
  }

  get log(): string {
    return this.#log.text
  }

  get lastLines(): string {
    return this.#log.lines(8)
  }

  /** What stands before everything else. */
  begin(head: Uint8Array): void {
    this.#child.stdin.write(head)
  }

  /** Resolves when the bytes have left our memory, so that it may be used again. Throws FfmpegStopped. */
  async write(...chunks: readonly Uint8Array[]): Promise<void> {
    const { stdin } = this.#child
    const last = chunks.length - 1
    for (let n = 0; n < last; n++) stdin.write(chunks[n])
    await new Promise<void>((resolve, reject) => {
      stdin.write(chunks[last], (error) => (error ? reject(error) : resolve()))
    }).catch(async (error: unknown) => {
      throw new FfmpegStopped(this, await this.#done, error)
    })
  }

  async kill(): Promise<void> {
    this.#child.kill()
    this.#child.stdin.destroy()
    await this.#done
  }

  /**
   * Resolves when it is over.
   * @param frames that it has to have encoded; null where it copies them, of which not all versions tell the number
   * @throws FfmpegStopped otherwise
   */
  async finish(frames: number | null): Promise<void> {
    this.#child.stdin.end()
    const end = await this.#done
    const isWhole =
      !(end instanceof UserError) &&
      end.code === 0 &&
      !complaint.test(this.log) &&
      (frames === null || this.#frames === frames)
    if (!isWhole)
      throw new FfmpegStopped(
        this,
        end,
        frames === null ? 'not all was joined' : `${this.#frames} of ${frames} frames encoded`,
      )
  }
}

const diskTrouble =
  /Input\/output error|No such device|Stale file handle|endpoint is not connected|Read-only file system|Connection timed out/
/** Said by an ffmpeg that exits with 0 nevertheless. */
const complaint = new RegExp(`${fullWords.source}|Error writing trailer|Conversion failed`)
