/** Writes down what dies under Electron, and what the main process itself did not expect. */
import { app } from 'electron'
import type { ReportedPart } from '../contract/reports.ts'
import { EXIT_REPORTED } from '../engine/protocol.ts'
import { ENGINE_NAME } from '../host/utilityEngine.ts'
import { noteOfError, type CrashReports } from '../reports/crashReports.ts'

export interface Reporting {
  readonly reports: CrashReports
  /** Tells the artist of an error that no request was waiting for. */
  readonly tell: (error: unknown) => void
  /** Whether the program is ending: then processes are ended by it. */
  readonly isLeaving: () => boolean
}

function partOf({ type, name }: Electron.Details): ReportedPart {
  if (type === 'GPU') return 'graphics'
  return name === ENGINE_NAME ? 'engine' : 'helper'
}

/** Before Electron is ready. The program goes on, as far as it can: its edits are on the disk anyway. */
export function noteCrashes({ reports, tell, isLeaving }: Reporting): void {
  app.on('render-process-gone', (_event, _page, { reason, exitCode }) => {
    if (reason !== 'clean-exit' && !isLeaving()) reports.write({ part: 'page', reason: `${reason} (${exitCode})` })
  })
  app.on('child-process-gone', (_event, details) => {
    const { reason, exitCode } = details
    const part = partOf(details)
    if (reason === 'clean-exit' || isLeaving() || (part === 'engine' && exitCode === EXIT_REPORTED)) return
    reports.write({ part, reason: `${reason} (${exitCode})`, detail: details.name ?? '' })
  })
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      reports.write(noteOfError('program', error))
      tell(error)
    })
  }
}
