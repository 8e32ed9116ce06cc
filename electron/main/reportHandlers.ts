/** The window's requests about what went wrong, and about what the program is made of. */
import { app, shell } from 'electron'
import { readFile } from 'node:fs/promises'
import { arch, release } from 'node:os'
import { dirname, join } from 'node:path'
import { LICENCES_FILE, licencesSchema, type Licences } from '../contract/licences.ts'
import { describeEngine } from '../host/describeEngine.ts'
import type { EngineClient } from '../host/engineClient.ts'
import type { CrashReports } from '../reports/crashReports.ts'
import { writeChosen } from '../report/writeChosen.ts'
import { reportText } from '../reports/reportText.ts'
import { readRunLog } from '../reports/runLog.ts'
import type { Dialogs } from './dialogs.ts'
import type { Handlers } from './ipc.ts'

export interface ReportContext {
  readonly reports: CrashReports
  /** Where they and ffmpeg's log lie. */
  readonly folder: string
  readonly engine: EngineClient
  readonly dialogs: Dialogs
}

type ReportRequests =
  | 'crashReports'
  | 'clearCrashReports'
  | 'notePageError'
  | 'runLog'
  | 'saveReport'
  | 'licences'
  | 'revealChromiumLicences'

/** A page that throws again and again is heard so often in a run. */
const HEARD_ERRORS = 20

/** What Chromium itself is made of: half a thousand licences, in a page that every Electron has beside it. */
const CHROMIUM_LICENCES = 'LICENSES.chromium.html'

const chromiumLicences = (): string =>
  process.platform === 'darwin'
    ? join(process.resourcesPath, CHROMIUM_LICENCES)
    : join(dirname(process.execPath), CHROMIUM_LICENCES)

export function reportHandlers({ reports, folder, engine, dialogs }: ReportContext): Pick<Handlers, ReportRequests> {
  let heard = 0

  const about = async (): Promise<string> => {
    const { electron, chrome, node } = process.versions
    const runtime = `Electron ${electron}, Chromium ${chrome}, Node ${node}, ${process.platform} ${release()} ${arch()}`
    const networks = await engine.call('info').then(describeEngine, (error: unknown) => String(error))
    return `${app.getName()} ${app.getVersion()}\n${runtime}\n${networks}`
  }

  return {
    crashReports: () => reports.list(),
    clearCrashReports: () => reports.clear(),
    notePageError: ({ message, stack }) => {
      if (heard++ < HEARD_ERRORS) reports.write({ part: 'page', reason: message, detail: stack })
    },
    runLog: () => readRunLog(folder),
    saveReport: async ({ shorten }) => {
      const target = await dialogs.chooseReportTarget()
      if (target === null) return null
      const reported = { about: await about(), crashes: reports.list(), log: await readRunLog(folder) }
      await writeChosen(target, reportText(reported, shorten))
      return target
    },
    licences: async (): Promise<Licences> => {
      const gathered = licencesSchema.parse(JSON.parse(await readFile(join(__dirname, LICENCES_FILE), 'utf8')))
      const here: Readonly<Record<string, string | undefined>> = {
        Electron: process.versions.electron,
        Chromium: process.versions.chrome,
      }
      return {
        ...gathered,
        parts: gathered.parts.map((part) => ({ ...part, version: here[part.name] ?? part.version })),
      }
    },
    revealChromiumLicences: () => shell.showItemInFolder(chromiumLicences()),
  }
}
