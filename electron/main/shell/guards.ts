/** What no page of the program may do: ask for devices, leave, open others, bring guests, save files. */
import { app, type Session, type WebContents } from 'electron'
import { fetchNoDictionaries, makeNoCalls } from './offline.ts'

/** Before the first window. */
export function guardSession(session: Session): void {
  // The window's own 'full screen' is the only thing that is ever asked for; nothing is granted beforehand.
  session.setPermissionRequestHandler((_page, permission, answer) => answer(permission === 'fullscreen'))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  fetchNoDictionaries(session)
}

function guardPage(page: WebContents): void {
  // The page is ours alone and goes nowhere; main loads it by loadURL, which none of these are told of.
  page.on('will-navigate', (event) => event.preventDefault())
  page.on('will-frame-navigate', (event) => event.preventDefault())
  page.on('will-redirect', (event) => event.preventDefault())
  page.on('will-attach-webview', (event) => event.preventDefault())
  page.setWindowOpenHandler(() => ({ action: 'deny' }))
  makeNoCalls(page)
}

/** Before Electron is ready: every page there will be, whoever makes it. */
export function guardPages(): void {
  // Root, and machines without user namespaces, can have no sandbox: a checkout is started there with a switch that
  // says so, and Chromium's processes die of being told both.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.on('web-contents-created', (_event, page) => guardPage(page))
}
