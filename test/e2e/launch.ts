/** Starts the editor as `npm start` does, with a profile of its own, and hands it to a test. */
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasDisplay, sandboxSwitches, virtualScreen } from '../../build/setup/display.ts'
import { electronAtHand } from '../../build/setup/electron.ts'
import { root } from '../../build/setup/root.ts'

export interface Studio {
  readonly app: ElectronApplication
  readonly window: Page
  /** What the page logged as an error or threw, in order. */
  readonly pageErrors: readonly string[]
  close(): Promise<void>
}

export interface LaunchOptions {
  /** As typed behind `npm start --`. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Profile folder (settings, recent films, cached colorings). A fresh one, removed at the end, when left out. */
  readonly profile?: string
  /** Folder of the program; this checkout when left out. */
  readonly root?: string
}

/** How long each try may take. A start takes a second or two, on a busy machine ten, on one that hardly moves more. */
const STARTS_MS = [15_000, 40_000, 60_000]

/**
 * About once in a hundred starts the driver does not get hold of a program that runs: the page is there and answers on
 * its debugging port, and the driver waits on. It ends such a one itself; that is no matter of the editor's.
 */
async function started(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  for (let start = 0; ; start++) {
    try {
      return await _electron.launch({ ...options, timeout: STARTS_MS[start]! })
    } catch (error) {
      if (start === STARTS_MS.length - 1 || !/Timeout/.test(String(error))) throw error
    }
  }
}

/** Starts the editor and waits for its window. `out/` must be up to date: `npm test -- --only e2e` sees to that. */
export async function launchStudio({
  args = [],
  env = {},
  profile,
  root: program = root,
}: LaunchOptions = {}): Promise<Studio> {
  const electron = await electronAtHand()
  const folder = profile ?? (await mkdtemp(join(tmpdir(), 'colornn-profile-')))
  const { ELECTRON_RUN_AS_NODE: _dropped, ...inherited } = process.env as Record<string, string>
  const app = await started({
    executablePath: electron.executable,
    args: [...sandboxSwitches(), program, ...args],
    cwd: program,
    colorScheme: 'dark',
    env: { ...inherited, COLORNN_USER_DATA: folder, COLORNN_CACHE: join(folder, 'colorings'), ...env },
  })
  const window = await app.firstWindow()
  const pageErrors: string[] = []
  window.on('pageerror', (error) => pageErrors.push(String(error)))
  window.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text())
  })
  return {
    app,
    window,
    pageErrors,
    close: async () => {
      await app.close()
      if (!profile) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Playwright's `test` with `launch`: as `launchStudio`, and closed at the end of the test. */
export const test = base.extend<{ launch: (options?: LaunchOptions) => Promise<Studio> }, { ownScreen: void }>({
  // One for all tests of a worker, where there is no real one.
  ownScreen: [
    // oxlint-disable-next-line no-empty-pattern -- as below
    async ({}, use) => {
      const screen = hasDisplay() ? null : await virtualScreen()
      if (screen) process.env['DISPLAY'] = screen.display
      await use(undefined)
      screen?.end()
    },
    { scope: 'worker', auto: true },
  ],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what else the fixture needs.
  launch: async ({}, use) => {
    const started: Studio[] = []
    await use(async (options) => {
      const studio = await launchStudio(options)
      started.push(studio)
      return studio
    })
    await Promise.all(started.map((studio) => studio.close()))
  },
})

export { expect } from '@playwright/test'
