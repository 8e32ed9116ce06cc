/** The main process: starts the engine and the window, and joins them. It never touches a pixel. */
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  Notification,
  nativeTheme,
  powerSaveBlocker,
  session,
  type IpcMainInvokeEvent,
} from 'electron'
import { basename, join } from 'node:path'
import type { QueuedExport } from '../contract/exportQueue.ts'
import type { JobEntry } from '../contract/jobs.ts'
import { toUserErrorData } from '../contract/userError.ts'
import { utilityEngine } from '../host/utilityEngine.ts'
import { describeEngine } from '../host/describeEngine.ts'
import { ownArguments, parseCommandLine } from './commandLine.ts'
import { PAGE } from '../project/session/projectHandlers.ts'
import { CrashReports } from '../reports/crashReports.ts'
import type { DialogWords, Language } from '../text/language.ts'
import { languageFor } from '../text/languages.ts'
import { createHandlers } from './handlers.ts'
import type { EventName, Events } from '../contract/events.ts'
import { sendEvent, serveDrops, serveRequests } from './ipc.ts'
import { Dialogs } from './dialogs.ts'
import {
  cacheFolder,
  engineFile,
  exportsFolder,
  pageFolder,
  preferencesFile,
  recentFile,
  reportsFolder,
  untitledFolder,
  weightsFolder,
} from './paths.ts'
import { PreferencesFile } from './preferencesFile.ts'
import { noteCrashes } from './reporting.ts'
import { RecentFootageList } from './recentFootage.ts'
import { joinStudio } from './studio.ts'
import { GivenPaths } from './shell/givenPaths.ts'
import { outliveGraphics } from './shell/graphics.ts'
import { guardPages, guardSession } from './shell/guards.ts'
import { heldToGivenPaths } from './shell/heldRequests.ts'
import { findNoHosts } from './shell/offline.ts'
import { PAGE_URL } from './shell/pageFiles.ts'
import { declarePageScheme, servePage } from './shell/pageProtocol.ts'
import type { UnwrittenAnswer } from './unwrittenEdits.ts'
import { createEditorWindow, showPage } from './window.ts'

findNoHosts()
declarePageScheme()
outliveGraphics()
guardPages()
if (process.env['COLORNN_USER_DATA']) app.setPath('userData', process.env['COLORNN_USER_DATA'])

const launch = parseCommandLine(ownArguments(process.argv, app.isPackaged), process.cwd())
/** Named at a start and not yet fetched by the page. */
let launchFootage = launch.footage
let window: BrowserWindow | null = null
let sleepBlocker: number | null = null

const dialogs = new Dialogs(() => window)
const given = new GivenPaths()
const preferences = new PreferencesFile(preferencesFile(), tellTrouble)
// The page's prefers-color-scheme and the system's own dialogs follow it.
nativeTheme.themeSource = preferences.current.theme

function tellTrouble(error: unknown): void {
  tellWindow('trouble', toUserErrorData(error))
}

function tellWindow<N extends EventName>(name: N, payload: Events[N]): void {
  if (window) sendEvent(window.webContents, name, payload)
}

const studio = joinStudio({
  launchEngine: utilityEngine(engineFile, {
    COLORNN_CACHE: cacheFolder(),
    COLORNN_WEIGHTS: weightsFolder(),
    COLORNN_CACHE_LIMIT: process.env['COLORNN_CACHE_LIMIT'] ?? '',
    COLORNN_REPORTS: reportsFolder(),
  }),
  untitledFolder: untitledFolder(),
  exportsFolder: exportsFolder(),
  tellWindow,
  language,
  unwritten: {
    ask: askAboutUnwritten,
    choosePlace: () => dialogs.chooseProjectTarget(studio.session.state?.name ?? '', null),
  },
  onWork: showWork,
  onExportsRested: notifyOfExports,
})

const reports = new CrashReports(
  reportsFolder(),
  `${app.getName()} ${app.getVersion()}, Electron ${process.versions.electron}`,
)
let isLeaving = false
noteCrashes({
  reports,
  tell: tellTrouble,
  isLeaving: () => isLeaving,
})

/** Long work shows in the taskbar and keeps the machine awake. */
function showWork(entries: readonly (JobEntry | QueuedExport)[]): void {
  const atWork = entries.filter(({ state }) => state !== 'paused')
  const total = atWork.reduce((sum, { progress }) => sum + progress.total, 0)
  const done = atWork.reduce((sum, { progress }) => sum + progress.done, 0)
  window?.setProgressBar(total === 0 ? -1 : done / total)
  if (atWork.length > 0) sleepBlocker ??= powerSaveBlocker.start('prevent-app-suspension')
  else if (sleepBlocker !== null) {
    powerSaveBlocker.stop(sleepBlocker)
    sleepBlocker = null
  }
}

/** That the window has, too. */
function language(): Language {
  const { language: wanted } = preferences.current
  return languageFor(wanted === 'system' ? app.getLocale() : wanted)
}

const dialogWords = (): DialogWords => language().dialogs
/** So many files are named; the list in the window has all. */
const NAMED_FILES = 4

function namesOf(exports: readonly QueuedExport[]): string {
  const names = exports.slice(0, NAMED_FILES).map(({ target }) => basename(target))
  return names.join(', ') + (exports.length > NAMED_FILES ? ', …' : '')
}

/** Whoever has left the program to its exports is told of their end by the system; nothing of it leaves the machine. */
function notifyOfExports(ended: readonly QueuedExport[]): void {
  if (window?.isFocused() || !Notification.isSupported()) return
  const { done, notDone } = dialogWords().exporting
  const finished = ended.filter(({ state }) => state === 'done')
  const others = ended.filter(({ state }) => state !== 'done')
  const parts = [finished.length > 0 && done(finished.length), others.length > 0 && notDone(others.length)]
  const notification = new Notification({
    title: parts.filter(Boolean).join(' '),
    body: namesOf([...others, ...finished]),
  })
  notification.on('click', () => window?.focus())
  notification.show()
}

/** Closing while exports are under way stops them until the next start: ask. A hasty key gives the safe answer. */
function confirmClose(closing: BrowserWindow): boolean {
  const { underWay } = studio.exports
  if (underWay.length === 0) return true
  const { message, atQuit, goOn, quit } = dialogWords().exporting
  const options: Electron.MessageBoxSyncOptions = {
    type: 'question',
    message: message(underWay.length),
    detail: atQuit(namesOf(underWay)),
    buttons: [goOn, quit],
    defaultId: 0,
    cancelId: 0,
  }
  return dialog.showMessageBoxSync(closing, options) === 1
}

/** The safe answers come first; what can not be undone comes last. */
async function askAboutUnwritten(): Promise<UnwrittenAnswer> {
  const { message, detail, detailKept, again, elsewhere, lose, leave, stay } = dialogWords().unwritten
  const isKept = studio.session.areUnwrittenKept
  const answers: readonly (readonly [UnwrittenAnswer, string])[] = [
    ['again', again],
    ['elsewhere', elsewhere],
    ['stay', stay],
    ['lose', isKept ? leave : lose],
  ]
  const count = Math.max(1, studio.session.unwrittenEdits)
  const options: Electron.MessageBoxOptions = {
    type: 'warning',
    message: message(count),
    detail: isKept ? detailKept : detail,
    buttons: answers.map(([, label]) => label),
    defaultId: 0,
    cancelId: 2,
  }
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
  return answers[response]?.[0] ?? 'stay'
}

/** Windows whose end was asked about and agreed to. */
const mayClose = new WeakSet<BrowserWindow>()

/**
 * Closing waits for the disk where that has edits still to take; the window closes by itself once it has, or they are
 * given up.
 */
async function closeWhenWritten(closing: BrowserWindow): Promise<void> {
  if (!(await studio.unwritten.mayLeave())) return
  mayClose.add(closing)
  closing.close()
}

function openWindow(): void {
  const created = createEditorWindow(join(app.getPath('userData'), 'window.json'), preferences.current.language)
  window = created
  created.on('close', (event) => {
    if (mayClose.has(created)) return
    if (!confirmClose(created)) event.preventDefault()
    else if (!studio.unwritten.areNone) {
      event.preventDefault()
      void closeWhenWritten(created)
    }
  })
  created.on('closed', () => (window = null))
  created.on('focus', () => void studio.clips.lookAtAll())
  // A page that begins anew, or has died in the middle of a drag, will never end what it has begun.
  // (Electron before 25 tells where the page goes by position alone.)
  created.webContents.on('did-start-navigation', (_details, _url, isSameDocument, isMainFrame) => {
    if (isMainFrame && !isSameDocument) studio.session.endOpenOf(PAGE)
  })
  created.webContents.on('render-process-gone', () => studio.session.endOpenOf(PAGE))
}

/** The page fetches them, be it there already or still to come: each time, all that have come together until then. */
function requestOpen(paths: readonly string[]): void {
  launchFootage = [...launchFootage, ...paths]
  if (!window) {
    if (app.isReady()) openWindow()
    return
  }
  if (window.isMinimized()) window.restore()
  window.focus()
  tellWindow('openRequested', {})
}

async function printVersion(): Promise<void> {
  console.log(`${app.getName()} ${app.getVersion()}`)
  if (launch.verbose) {
    console.log(
      `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`,
    )
    studio.engine.start()
    try {
      console.log(describeEngine(await studio.engine.call('info')))
    } catch (error) {
      console.log(error instanceof Error ? error.message : String(error))
    }
    await studio.engine.stop()
  }
  app.exit(0)
}

/** The editor's own page, in its main frame. */
function isOurPage({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return (
    sender === window?.webContents && senderFrame === sender.mainFrame && senderFrame.url.split(/[?#]/)[0] === PAGE_URL
  )
}

async function startEditor(): Promise<void> {
  // The window has its own commands, shortcuts and palette; only macOS expects a menu bar, and its roles name
  // themselves.
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  )
  guardSession(session.defaultSession)
  servePage(pageFolder)
  const handlers = createHandlers({
    studio,
    dialogs,
    reports: { reports, folder: reportsFolder() },
    preferences,
    language,
    onPreferences: (changed) => {
      nativeTheme.themeSource = changed.theme
      if (window) showPage(window, changed.language)
      tellWindow('preferencesChanged', changed)
    },
    recent: new RecentFootageList(recentFile()),
    window: () => window,
    takeLaunchFootage: () => {
      const paths = launchFootage
      launchFootage = []
      return [...paths]
    },
  })
  serveRequests(heldToGivenPaths(handlers, given), isOurPage)
  serveDrops((path) => given.give('read', path), isOurPage)
  studio.engine.start()
  // What can't be read is said by whoever asks for it.
  void studio.exports.load().catch(() => undefined)
  // The limit lies with the cache, for every process; where that was lost, or never written, the artist's preference
  // is.
  void studio.engine.call('cache', preferences.current.cacheLimitBytes).catch(() => undefined)
  openWindow()
}

if (launch.version) {
  void app.whenReady().then(printVersion)
} else if (!app.requestSingleInstanceLock({ footage: launch.footage })) {
  app.quit()
} else {
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const { footage } = (data ?? {}) as { footage?: unknown }
    const paths = Array.isArray(footage) ? footage.filter((path) => typeof path === 'string') : []
    if (paths.length > 0) requestOpen(paths)
    else window?.focus()
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    requestOpen([path])
  })
  app.on('window-all-closed', () => app.quit())
  app.on('activate', () => {
    if (!window && app.isReady()) openWindow()
  })
  let engineStopped = false
  app.on('will-quit', (event) => {
    isLeaving = true
    if (engineStopped) return
    // Edits go to the disk and the engine ends before the program does. Of running exports the segments that are whole
    // stay: they are gone on with at the next start.
    event.preventDefault()
    const quit = (): void => {
      engineStopped = true
      // Electron ignores a quit that is asked for while it is still refusing the last one.
      setImmediate(() => app.quit())
    }
    void studio.shutDown().then(quit, () => {
      // Edits that the artist will not lose keep the program.
      isLeaving = false
      if (studio.session.isOpen) openWindow()
      else quit()
    })
  })
  void app.whenReady().then(startEditor)
}
