/** The editor's window: locked down, remembers its place, never shows an unpainted page. */
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Preferences } from '../contract/preferences.ts'
import { preloadFile } from './paths.ts'
import { PAGE_URL } from './shell/pageFiles.ts'

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640),
  height: z.number().int().min(400),
  maximized: z.boolean(),
})
type Bounds = z.infer<typeof boundsSchema>

/** The last place of the window, if a screen still shows it. */
function readBounds(file: string): Bounds | null {
  try {
    const bounds = boundsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    const visible = screen.getAllDisplays().some(({ workArea }) => {
      const overlapX = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
      const overlapY = Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y)
      return overlapX > 120 && overlapY > 80
    })
    return visible ? bounds : null
  } catch {
    return null
  }
}

/**
 * The page in a language; where it is shown in that one already nothing happens. What is open is in main, and is there
 * again.
 */
export function showPage(window: BrowserWindow, language: Preferences['language']): void {
  const query: Record<string, string> = language === 'system' ? {} : { language }
  const shown = new URLSearchParams(window.webContents.getURL().split('?')[1] ?? '').get('language')
  if (window.webContents.getURL() !== '' && shown === (query['language'] ?? null)) return
  void window.loadURL(`${PAGE_URL}?${new URLSearchParams(query).toString()}`)
}

/** A page that dies again and again is given this much more time with every death, and at most this much. */
const REST_MS = 250
const LONGEST_REST_MS = 15_000

/**
 * The page's process can be killed or crash without the program: it comes back, and asks main for where things stand.
 */
function bringBackPage(window: BrowserWindow): void {
  let deaths = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const rest = Math.min(LONGEST_REST_MS, REST_MS * 2 ** deaths++)
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    }, rest)
  })
}

export function createEditorWindow(boundsFile: string, language: Preferences['language']): BrowserWindow {
  const bounds = readBounds(boundsFile)
  const window = new BrowserWindow({
    ...(bounds
      ? { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height }
      : { width: 1440, height: 900 }),
    minWidth: 720,
    minHeight: 480,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1b1b' : '#e9e9e9',
    title: 'ColoRNN Studio',
    webPreferences: {
      preload: preloadFile,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      // Playback and progress go on while another window is in front.
      backgroundThrottling: false,
      spellcheck: false,
    },
  })
  if (bounds?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    try {
      writeFileSync(boundsFile, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }))
    } catch {
      // Where the window stood is not worth an error.
    }
  })
  bringBackPage(window)
  showPage(window, language)
  return window
}
