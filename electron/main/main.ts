/** The main process: starts the engine and the window, and joins them. It never touches a pixel. */
import { app, BrowserWindow, dialog, Menu, nativeTheme, powerSaveBlocker } from 'electron'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { JobProgress } from '../contract/schemas.ts'
import { utilityEngine } from '../host/utilityEngine.ts'
import { describeEngine } from '../host/describeEngine.ts'
import { ownArguments, parseCommandLine } from './commandLine.ts'
import { createHandlers } from './handlers.ts'
import type { EventName, Events } from '../contract/events.ts'
import { sendEvent, serveRequests } from './ipc.ts'
import { Dialogs } from './dialogs.ts'
import { cacheFolder, engineFile, pageFile, preferencesFile, recentFile, untitledFolder, weightsFolder } from './paths.ts'
import { PreferencesFile } from './preferencesFile.ts'
import { RecentFootageList } from './recentFootage.ts'
import { joinStudio } from './studio.ts'
import { createEditorWindow, showPage } from './window.ts'
import { words } from './words.ts'

if (process.env['COLORNN_USER_DATA']) app.setPath('userData', process.env['COLORNN_USER_DATA'])

const launch = parseCommandLine(ownArguments(process.argv, app.isPackaged), process.cwd())
let launchFootage = launch.footage
let window: BrowserWindow | null = null
const runningJobs = new Map<string, JobProgress>()
/** Files that this run has exported; only they are shown in the file manager. */
const exported = new Set<string>()
let sleepBlocker: number | null = null

const preferences = new PreferencesFile(preferencesFile())
// The page's prefers-color-scheme and the system's own dialogs follow it.
nativeTheme.themeSource = preferences.current.theme

function tellWindow<N extends EventName>(name: N, payload: Events[N]): void {
  if (window) sendEvent(window.webContents, name, payload)
}

const { engine, session, clips, coloring, shutDown } = joinStudio({
  launchEngine: utilityEngine(engineFile, {
    COLORNN_CACHE: cacheFolder(),
    COLORNN_WEIGHTS: weightsFolder(),
    COLORNN_CACHE_LIMIT: process.env['COLORNN_CACHE_LIMIT'] ?? String(preferences.current.cacheLimitBytes),
  }),
  untitledFolder: untitledFolder(),
  tellWindow,
  onProgress: followJob,
})

/** Long work shows in the taskbar and keeps the machine awake. */
function followJob(progress: JobProgress): void {
  if (progress.state === 'running' || progress.state === 'queued') runningJobs.set(progress.jobId, progress)
  else runningJobs.delete(progress.jobId)
  if (progress.state === 'done' && progress.target !== undefined) exported.add(progress.target)
  const jobs = [...runningJobs.values()]
  const total = jobs.reduce((sum, job) => sum + job.total, 0)
  const done = jobs.reduce((sum, job) => sum + job.done, 0)
  window?.setProgressBar(jobs.length === 0 || total === 0 ? -1 : done / total)
  if (jobs.length > 0 && sleepBlocker === null) sleepBlocker = powerSaveBlocker.start('prevent-app-suspension')
  if (jobs.length === 0 && sleepBlocker !== null) {
    powerSaveBlocker.stop(sleepBlocker)
    sleepBlocker = null
  }
}

/** Closing while a film is being written would throw that work away: ask first. */
function confirmClose(closing: BrowserWindow): boolean {
  if (![...runningJobs.values()].some((job) => job.kind === 'export')) return true
  const { message, detail, goOn, quit } = words(preferences.current.language, app.getLocale()).exporting
  const answer = dialog.showMessageBoxSync(closing, { type: 'question', message, detail, buttons: [goOn, quit], defaultId: 0, cancelId: 0 })
  return answer === 1
}

function openWindow(): void {
  const created = createEditorWindow(join(app.getPath('userData'), 'window.json'), preferences.current.language)
  window = created
  created.on('close', (event) => {
    if (!confirmClose(created)) event.preventDefault()
  })
  created.on('closed', () => (window = null))
}

function requestOpen(path: string): void {
  if (!window) {
    launchFootage = path
    if (app.isReady()) openWindow()
    return
  }
  if (window.isMinimized()) window.restore()
  window.focus()
  tellWindow('openRequested', { path })
}

async function printVersion(): Promise<void> {
  console.log(`${app.getName()} ${app.getVersion()}`)
  if (launch.verbose) {
    console.log(`Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`)
    engine.start()
    try {
      console.log(describeEngine(await engine.call('info')))
    } catch (error) {
      console.log(error instanceof Error ? error.message : String(error))
    }
    await engine.stop()
  }
  app.exit(0)
}

async function startEditor(): Promise<void> {
  // The window has its own commands, shortcuts and palette; only macOS expects a menu bar, and its roles name themselves.
  Menu.setApplicationMenu(
    process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null,
  )
  const pageUrl = pathToFileURL(pageFile).href
  serveRequests(
    createHandlers({
      engine,
      session,
      clips,
      coloring,
      dialogs: new Dialogs(() => window),
      preferences,
      onPreferences: (changed) => {
        nativeTheme.themeSource = changed.theme
        if (window) showPage(window, changed.language)
        tellWindow('preferencesChanged', changed)
      },
      recent: new RecentFootageList(recentFile()),
      window: () => window,
      exported,
      takeLaunchFootage: () => {
        const path = launchFootage
        launchFootage = null
        return path
      },
    }),
    (event) =>
      event.sender === window?.webContents &&
      event.senderFrame === event.sender.mainFrame &&
      event.senderFrame.url.split(/[?#]/)[0] === pageUrl,
  )
  engine.start()
  openWindow()
}

if (launch.version) {
  void app.whenReady().then(printVersion)
} else if (!app.requestSingleInstanceLock({ footage: launch.footage })) {
  app.quit()
} else {
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const { footage } = (data ?? {}) as { footage?: unknown }
    if (typeof footage === 'string') requestOpen(footage)
    else window?.focus()
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    requestOpen(path)
  })
  app.on('window-all-closed', () => app.quit())
  app.on('activate', () => {
    if (!window && app.isReady()) openWindow()
  })
  let engineStopped = false
  app.on('will-quit', (event) => {
    if (engineStopped) return
    // Running exports remove their unfinished files before the program ends.
    event.preventDefault()
    void shutDown().finally(() => {
      engineStopped = true
      // Electron ignores a quit that is asked for while it is still refusing the last one.
      setImmediate(() => app.quit())
    })
  })
  void app.whenReady().then(startEditor)
}
