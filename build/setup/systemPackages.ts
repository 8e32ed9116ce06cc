/** Packages of a Debian-like system: installed when we may, else named in the one line that installs them. */
import { execute, findProgram } from './execute.ts'
import { reasonOf, say } from './report.ts'

/** What Electron links to, the virtual screen it shows its window on where there is none, and a font to write with. */
export const ELECTRON_PACKAGES = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libdrm2',
  'libatspi2.0-0',
  'libnotify4',
  'libsecret-1-0',
  'fonts-dejavu-core',
] as const

/** Since its 64-bit time change Debian 13 (and Ubuntu 24.04) carries these libraries under another name. */
export const RENAMED: Readonly<Record<string, string>> = {
  'libgtk-3-0': 'libgtk-3-0t64',
  libasound2: 'libasound2t64',
  'libatspi2.0-0': 'libatspi2.0-0t64',
}

/** The line a person runs to install packages. */
export function installLine(packages: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/**
 * Which of the packages are not installed, by the output of `dpkg-query -W -f '${Package} ${db:Status-Status}\n'`;
 * a package counts as there under its old or its new name.
 */
export function absentPackages(packages: readonly string[], listing: string): string[] {
  const lines = new Set(listing.split('\n'))
  return packages.filter((name) => !lines.has(`${name} installed`) && !lines.has(`${RENAMED[name] ?? name} installed`))
}

/** Which of the packages dpkg does not have. Null where there is no dpkg: the system is not Debian-like. */
async function missingPackages(packages: readonly string[]): Promise<string[] | null> {
  if (!findProgram('dpkg-query') || !findProgram('apt-get')) return null
  // Listing everything is as quick as asking by name, and does not fail for unknown names.
  const listing = await execute('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n']).catch(() => '')
  return absentPackages(packages, listing)
}

/** The names apt knows today for packages that were renamed. */
async function currentNames(packages: readonly string[]): Promise<string[]> {
  return Promise.all(
    packages.map(async (name) => {
      const renamed = RENAMED[name]
      if (!renamed) return name
      const known = await execute('apt-cache', ['show', '--no-all-versions', renamed]).then(
        (text) => text.trim() !== '',
        () => false,
      )
      return known ? renamed : name
    }),
  )
}

/** Only root on a Debian-like system installs packages; nobody is asked for a password. */
function mayInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0
}

/** One apt at a time: parts of set-up that run side by side queue here, as apt's own lock would make them fail. */
let lastInstallation: Promise<unknown> = Promise.resolve()

/** apt's lists are fetched once a run. */
let listsUpdated: Promise<string> | null = null

/**
 * Installs what is missing where that is possible.
 * @returns the packages that are still missing (empty on systems without apt: there is nothing to know about those)
 */
export function ensureSystemPackages(packages: readonly string[]): Promise<string[]> {
  const turn = lastInstallation.then(async () => {
    const missing = await missingPackages(packages)
    if (missing === null || missing.length === 0 || !mayInstall()) return missing ?? []
    say(`system packages: ${missing.join(' ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    try {
      await (listsUpdated ??= execute('apt-get', ['-qq', 'update'], { env, timeout: 5 * 60_000 }))
      await execute('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', ...(await currentNames(missing))], {
        env,
        timeout: 15 * 60_000,
      })
    } catch (error) {
      say(`system packages: apt could not install them (${reasonOf(error)})`)
    }
    return (await missingPackages(packages)) ?? []
  })
  lastInstallation = turn.catch(() => undefined)
  return turn
}
