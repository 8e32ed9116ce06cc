/**
 * Appends to a journal file, flushed to the disk: at once when nothing was written lately, else less than half a second
 * late; tried again for as long as it fails.
 */
import { open, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../../contract/userError.ts'
import { syncFolder, syncOpen, writeAt } from '../../system/durable.ts'
import { goneError, isGone, writeError } from './diskErrors.ts'
import { encodeLine, encodeTally, isEdit, type JournalHeader, type JournalRecord } from './journalFormat.ts'
import type { KeptEdits } from './keptEdits.ts'
import { writeAtomic } from '../../system/writeAtomic.ts'

/** Between two writes. With the time that an fsync takes, a crash then costs less than a second of work. */
const DELAY_MS = 400
const RETRY_MS = 3_000

export type JournalHealth = { readonly ok: true } | { readonly ok: false; readonly error: UserError }

interface Waiting {
  readonly bytes: Buffer
  readonly record: JournalRecord
}

/** Whoever has a project open. */
export interface JournalOwner {
  /** @param project the project's file: it may no longer be the one that is open */
  readonly onHealth: (health: JournalHealth, project: string) => void
  /** Takes what the project's own disk does not; null where nothing does. */
  readonly kept: KeptEdits | null
}

export interface JournalOptions extends JournalOwner {
  /** The project's file, by whose name it is spoken of. */
  readonly project: string
  /** Asked before every write: throws UserError where this program may not write here any more. */
  readonly mayWrite: () => Promise<void>
}

export function encodeJournal(header: JournalHeader, records: readonly JournalRecord[]): Buffer {
  const tally = encodeTally({
    journal: header.journal,
    last: records.at(-1)?.seq ?? 0,
    edits: records.at(-1)?.edit ?? 0,
  })
  return Buffer.concat([
    Buffer.from(tally, 'utf8'),
    ...[header, ...records].map((record) => Buffer.from(encodeLine(record), 'utf8')),
  ])
}

export class Journal {
  #waiting: Waiting[] = []
  /** So many of the first of them are kept elsewhere. */
  #kept = 0
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #trouble: UserError | null = null
  #lastWrite = 0

  private constructor(
    readonly path: string,
    private file: FileHandle,
    private id: string,
    /** All before this is on the disk for good. */
    private goodBytes: number,
    private readonly options: JournalOptions,
  ) {}

  /** Writes a new journal in place of whatever bears its name. Throws the system's error. */
  static async create(
    path: string,
    header: JournalHeader,
    records: readonly JournalRecord[],
    options: JournalOptions,
  ): Promise<Journal> {
    const content = encodeJournal(header, records)
    await writeAtomic(path, content)
    return new Journal(path, await open(path, 'r+'), header.journal, content.length, options)
  }

  /** Goes on after the first goodBytes of a journal; what follows them is cut off. Throws the system's error. */
  static async resume(path: string, id: string, goodBytes: number, options: JournalOptions): Promise<Journal> {
    const file = await open(path, 'r+')
    try {
      await file.truncate(goodBytes)
      await syncOpen(file)
    } catch (error) {
      await file.close()
      throw error
    }
    await syncFolder(dirname(path))
    return new Journal(path, file, id, goodBytes, options)
  }

  /** Of what is on the disk. */
  get bytes(): number {
    return this.goodBytes
  }

  /**
   * Another journal takes the place of this one, whole or not at all; what is appended must wait for it. Throws the
   * system's error; then this one goes on.
   * @param content as encodeJournal gives it
   */
  async replace(id: string, content: Buffer): Promise<void> {
    while (this.#running) await this.#running
    const replacing = this.#replace(id, content)
    this.#running = replacing.catch(() => undefined).finally(() => (this.#running = null))
    await replacing
  }

  async #replace(id: string, content: Buffer): Promise<void> {
    // Some systems rename onto no file that is open.
    await this.file.close()
    try {
      await writeAtomic(this.path, content, this.options.mayWrite)
      this.id = id
      this.goodBytes = content.length
    } finally {
      this.file = await open(this.path, 'r+')
    }
  }

  /** How many edits are not on the disk yet. */
  get unwrittenEdits(): number {
    return this.#waiting.filter(({ record }) => isEdit(record)).length
  }

  /** Whether a crash would cost nothing of what is not in its place yet. */
  get isKept(): boolean {
    return this.#waiting.length <= this.#kept
  }

  /** With urgent the writing starts at once. Never throws; trouble is told by onHealth and tried again. */
  append(records: readonly JournalRecord[], urgent: boolean): void {
    for (const record of records) this.#waiting.push({ bytes: Buffer.from(encodeLine(record), 'utf8'), record })
    if (this.#waiting.length === 0) return
    if (urgent && !this.#trouble) {
      this.#stopTimer()
      void this.flush()
    } else {
      // What is new must at least be kept elsewhere: it does not wait for the next try.
      this.#stopTimer()
      this.#startTimer(Math.min(DELAY_MS, Math.max(0, this.#lastWrite + DELAY_MS - Date.now())))
    }
  }

  /**
   * Writes all that waits. True when everything that was appended before is on the disk, in the file that bears the
   * journal's name; what is appended meanwhile has a write of its own.
   */
  async flush(): Promise<boolean> {
    while (this.#running) await this.#running
    this.#stopTimer()
    this.#running = this.#write()
    await this.#running
    return this.#trouble === null
  }

  /** Lets go of the file, written or not. */
  async close(): Promise<void> {
    while (this.#running) await this.#running
    this.#stopTimer()
    await this.file.close()
  }

  /** A file that was removed while it is open takes all that is written to it, and keeps nothing. */
  async #checkPlace(): Promise<void> {
    await this.options.mayWrite()
    const [own, there] = await Promise.all([this.file.stat({ bigint: true }), stat(this.path, { bigint: true })])
    if (own.ino === there.ino && own.dev === there.dev) return
    throw Object.assign(new Error(`another file is at ${this.path}`), { code: 'ENOENT' })
  }

  async #write(): Promise<void> {
    // More may come to wait while this is being written.
    const count = this.#waiting.length
    const bytes = Buffer.concat(this.#waiting.map((each) => each.bytes))
    const last = this.#waiting.at(-1)?.record
    this.#lastWrite = Date.now()
    try {
      await this.#checkPlace()
      if (last) {
        // At a fixed place: what an earlier, failed try has left there is written over by the same bytes.
        await writeAt(this.file, bytes, this.goodBytes)
        await writeAt(
          this.file,
          Buffer.from(encodeTally({ journal: this.id, last: last.seq, edits: last.edit ?? 0 }), 'utf8'),
          0,
        )
        await syncOpen(this.file)
        this.goodBytes += bytes.length
        this.#waiting = this.#waiting.slice(count)
        if (this.#kept > 0) await this.options.kept?.forget(this.options.project, this.id)
        this.#kept = 0
      }
      this.#running = null
      if (this.#trouble) this.options.onHealth({ ok: true }, this.options.project)
      this.#trouble = null
      if (this.#waiting.length > 0) this.#startTimer(DELAY_MS)
    } catch (error) {
      const [before, wasKept, keptBefore] = [this.#trouble, this.isKept, this.#kept]
      // Where the project goes on elsewhere as a whole nothing of it has to be kept.
      if (!isGone(error) && !(error instanceof UserError)) await this.#keepElsewhere()
      this.#running = null
      const retried = { again: true, kept: this.isKept }
      this.#trouble = isGone(error)
        ? goneError(this.options.project, error)
        : writeError(this.options.project, error, retried)
      const isNews = before?.code !== this.#trouble.code || wasKept !== this.isKept || keptBefore !== this.#kept
      if (isNews) this.options.onHealth({ ok: false, error: this.#trouble }, this.options.project)
      this.#startTimer(RETRY_MS)
    }
  }

  async #keepElsewhere(): Promise<void> {
    const records = this.#waiting.slice(this.#kept).map(({ record }) => record)
    if (records.length > 0 && (await this.options.kept?.keep(this.options.project, this.id, records)))
      this.#kept += records.length
  }

  #startTimer(delay: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      void this.flush()
    }, delay)
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}
