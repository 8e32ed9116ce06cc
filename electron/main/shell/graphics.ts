/** The graphics process may die as often as it likes: a driver's fault is no reason for the program to end. */
import { app } from 'electron'

/**
 * Before Electron is ready. Chromium ends the whole program after a few deaths, and gives a page whose pictures were
 * lost no other canvas for a while: meant for pages of strangers, that could be what kills it.
 */
export function outliveGraphics(): void {
  app.commandLine.appendSwitch('disable-gpu-process-crash-limit')
  app.commandLine.appendSwitch('disable-domain-blocking-for-3d-apis')
}
