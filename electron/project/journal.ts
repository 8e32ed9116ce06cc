/**
 * Appends to a journal file, flushed to the disk: at once when nothing was written lately, else less than half a second
 * late; tried again for as long as it fails.
 */
import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { UserError } from '../contract/userError.ts'
import { writeError } from './diskErrors.ts'
import { encodeLine, type JournalHeader, type JournalRecord } from './journalFormat.ts'
import { syncFolder, writeAtomic } from './writeAtomic.ts'

/** Between two writes. With the time that an fsync takes, a crash then costs less than a second of work. */
const DELAY_MS = 400
const RETRY_MS = 3_000

export type JournalHealth = { readonly ok: true } | { readonly ok: false; readonly error: UserError }

export class Journal {
  #waiting: Buffer[] = []
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #healthy = true
  #lastWrite = 0

  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
    /** All before this is on the disk for good. */
    private goodBytes: number,
    private readonly onHealth: (health: JournalHealth) => void,
  ) {}

  /** Writes a new journal in place of whatever bears its name. Throws the system's error. */
  static async create(path: string, header: JournalHeader, records: readonly JournalRecord[], onHealth: (health: JournalHealth) => void): Promise<Journal> {
    const content = Buffer.from([header, ...records].map(encodeLine).join(''), 'utf8')
    await writeAtomic(path, content)
    return new Journal(path, await open(path, 'r+'), content.length, onHealth)
  }

  /** Goes on after the first goodBytes of a journal; what follows them is cut off. Throws the system's error. */
  static async resume(path: string, goodBytes: number, onHealth: (health: JournalHealth) => void): Promise<Journal> {
    const file = await open(path, 'r+')
    try {
      await file.truncate(goodBytes)
      await file.sync()
    } catch (error) {
      await file.close()
      throw error
    }
    await syncFolder(dirname(path))
    return new Journal(path, file, goodBytes, onHealth)
  }

  /** With urgent the writing starts at once. Never throws; trouble is told by onHealth and tried again. */
  append(records: readonly JournalRecord[], urgent: boolean): void {
    for (const record of records) this.#waiting.push(Buffer.from(encodeLine(record), 'utf8'))
    if (this.#waiting.length === 0) return
    if (urgent && this.#healthy) {
      this.#stopTimer()
      void this.flush()
    } else {
      this.#startTimer(this.#healthy ? Math.max(0, this.#lastWrite + DELAY_MS - Date.now()) : RETRY_MS)
    }
  }

  /** Writes all that waits. True when everything is on the disk. */
  async flush(): Promise<boolean> {
    while (this.#running) await this.#running
    if (this.#waiting.length === 0) return true
    this.#stopTimer()
    this.#running = this.#write()
    await this.#running
    return this.#waiting.length === 0
  }

  /** Flushes and lets go of the file. False where something could not be written. */
  async close(): Promise<boolean> {
    const whole = await this.flush()
    this.#stopTimer()
    await this.file.close()
    return whole
  }

  async #write(): Promise<void> {
    // More may come to wait while this is being written.
    const count = this.#waiting.length
    const bytes = Buffer.concat(this.#waiting)
    this.#lastWrite = Date.now()
    try {
      // At a fixed place: what an earlier, failed try has left there is written over by the same bytes.
      for (let written = 0; written < bytes.length; ) {
        written += (await this.file.write(bytes, written, bytes.length - written, this.goodBytes + written)).bytesWritten
      }
      await this.file.sync()
      this.goodBytes += bytes.length
      this.#waiting = this.#waiting.slice(count)
      this.#running = null
      if (!this.#healthy) this.onHealth({ ok: true })
      this.#healthy = true
      if (this.#waiting.length > 0) this.#startTimer(DELAY_MS)
    } catch (error) {
      this.#running = null
      const first = this.#healthy
      this.#healthy = false
      if (first) this.onHealth({ ok: false, error: writeError(this.path, error, true) })
      this.#startTimer(RETRY_MS)
    }
  }

  #startTimer(delay: number): void {
    // The clock may have been set back: never longer than one delay.
    const wait = this.#healthy ? Math.min(delay, DELAY_MS) : delay
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      void this.flush()
    }, wait)
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}
