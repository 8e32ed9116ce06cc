/**
 * A log of the programs that were run: each command line as it was started, and how it ended with the last of what it
 * said. Two files take turns, so that the log never grows beyond their sizes.
 */
import { appendFile, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { makeFolder } from '../system/makeFolder.ts'
import { renameOver } from '../system/renameOver.ts'

const CURRENT = 'ffmpeg.log'
const PREVIOUS = 'ffmpeg.1.log'
const LARGEST = 1024 * 1024
/** Of what a program said. */
const KEPT_WORDS = 2000

/** One run of a program. */
export interface LoggedRun {
  heard(text: string): void
  ended(code: number | null, signal: string | null): void
}

/** As a shell would need it, to be tried again by hand. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

export class RunLog {
  #size = -1
  /** Entries are written one after the other; nobody waits for them. */
  #last: Promise<void> = Promise.resolve()
  #runs = 0

  /** @param folder made when the first run begins */
  constructor(private readonly folder: string) {}

  begin(program: string, args: readonly string[]): LoggedRun {
    const run = ++this.#runs
    const started = Date.now()
    let words = ''
    const line = [basename(program), ...args].map(quoted).join(' ')
    this.#write(`${new Date(started).toISOString()} [${process.pid}.${run}] ${line}\n`)
    return {
      heard: (text) => (words = (words + text).slice(-KEPT_WORDS)),
      ended: (code, signal) => {
        const how = signal ?? `exit code ${code}`
        const seconds = ((Date.now() - started) / 1000).toFixed(1)
        const said = words.trim()
        this.#write(
          `${new Date().toISOString()} [${process.pid}.${run}] ended after ${seconds} s: ${how}\n` +
            (said === '' ? '' : `${said.replace(/^/gm, '    ')}\n`),
        )
      },
    }
  }

  /** Settles when all that was begun so far is on the disk, or could not be written. */
  written(): Promise<void> {
    return this.#last
  }

  #write(text: string): void {
    // A log that can not be written is no reason to fail what it is about.
    this.#last = this.#last.then(() => this.#append(text)).catch(() => undefined)
  }

  async #append(text: string): Promise<void> {
    const file = join(this.folder, CURRENT)
    if (this.#size < 0) {
      await makeFolder(this.folder)
      this.#size = await stat(file).then(
        ({ size }) => size,
        () => 0,
      )
    }
    if (this.#size > LARGEST) {
      await renameOver(file, join(this.folder, PREVIOUS))
      this.#size = 0
    }
    await appendFile(file, text)
    this.#size += Buffer.byteLength(text)
  }
}

/** The end of a folder's log: at most 'bytes' of it, from the beginning of a line on. */
export async function readRunLog(folder: string, bytes = LARGEST): Promise<string> {
  const parts = await Promise.all(
    [PREVIOUS, CURRENT].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  )
  const text = parts.join('')
  return text.length <= bytes ? text : text.slice(text.indexOf('\n', text.length - bytes) + 1)
}
