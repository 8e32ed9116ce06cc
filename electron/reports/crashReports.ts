/**
 * Reports of crashes, a small file each. They are written at once, since the process that writes may be about to end,
 * and a disk that does not take them is no error more.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crashReportSchema, type CrashReport, type ReportedPart } from '../contract/reports.ts'
import { makeFolderSync } from '../system/makeFolder.ts'

/** Older ones make way for new ones. */
const KEPT = 50
const ENDING = '.crash.json'
/** A page that throws at every frame fills no disk. */
const LONGEST_DETAIL = 16_384

export interface CrashNote {
  readonly part: ReportedPart
  readonly reason: string
  readonly detail?: string
}

/** What an error has to say of itself; anything can be thrown. */
export function noteOfError(part: ReportedPart, error: unknown): CrashNote {
  if (!(error instanceof Error)) return { part, reason: String(error) }
  return { part, reason: error.message, detail: error.stack ?? '' }
}

export class CrashReports {
  #written = 0

  /** @param folder made when the first report comes @param version goes into every report */
  constructor(
    private readonly folder: string,
    private readonly version: string,
  ) {}

  write({ part, reason, detail = '' }: CrashNote, now = new Date()): void {
    const report: CrashReport = {
      time: now.toISOString(),
      part,
      reason: reason.slice(0, 1000),
      detail: detail.slice(0, LONGEST_DETAIL),
      version: this.version,
    }
    try {
      makeFolderSync(this.folder)
      // Two in one thousandth of a second, or of two processes, are two files.
      const name = `${report.time.replaceAll(':', '-')} ${process.pid}-${this.#written++}${ENDING}`
      writeFileSync(join(this.folder, name), JSON.stringify(report, null, 1))
      for (const old of this.#names().slice(0, -KEPT)) rmSync(join(this.folder, old), { force: true })
    } catch {
      // There is nobody to tell.
    }
  }

  /** The latest first. What can not be read as a report is passed over. */
  list(): CrashReport[] {
    return this.#names()
      .reverse()
      .flatMap((name) => {
        try {
          return [crashReportSchema.parse(JSON.parse(readFileSync(join(this.folder, name), 'utf8')))]
        } catch {
          return []
        }
      })
  }

  clear(): void {
    for (const name of this.#names()) rmSync(join(this.folder, name), { force: true })
  }

  /** In the order of their times. */
  #names(): string[] {
    try {
      return readdirSync(this.folder)
        .filter((name) => name.endsWith(ENDING))
        .sort()
    } catch {
      return []
    }
  }
}
