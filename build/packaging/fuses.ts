/**
 * Electron's fuses: switches in the executable itself, set once when the program is packaged. What is set is read back
 * from the packaged file, since a switch that an Electron does not know is passed over.
 */
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses'

/** As the names of Electron's documents have them, with the value that every package gets and why. */
const WANTED: ReadonlyMap<FuseV1Options, boolean> = new Map([
  // The executable takes the part of Node.js for nobody: not by ELECTRON_RUN_AS_NODE, NODE_OPTIONS or --inspect.
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  // Code comes from the archive alone, and where Electron can tell (macOS, Windows) only from the one packaged with it.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  // No page sets a cookie; one that ever does has it encrypted.
  [FuseV1Options.EnableCookieEncryption, true],
  // One snapshot serves every process; there is none of the main process's own.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
  // The page has a protocol of its own, so file:// needs no rights beyond a browser's.
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
])

export type FuseState = 'on' | 'off' | 'not in this Electron'

export interface Fuse {
  readonly name: string
  readonly wanted: 'on' | 'off'
  readonly found: FuseState
}

/**
 * How a fuse stands in the executable: the characters 0 and 1, r for one that was removed; none where it is unknown.
 */
function stateOf(character: number | undefined): FuseState {
  if (character === '1'.charCodeAt(0)) return 'on'
  return character === '0'.charCodeAt(0) ? 'off' : 'not in this Electron'
}

const inWords = (value: boolean): 'on' | 'off' => (value ? 'on' : 'off')

/**
 * Sets every fuse that this Electron has.
 * @param executable of the packaged program; on macOS the .app folder
 */
export async function setFuses(executable: string): Promise<void> {
  const there = await getCurrentFuseWire(executable)
  const known = [...WANTED].filter(([fuse]) => stateOf(there[fuse]) !== 'not in this Electron')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // A program for Apple's own processors has to be signed, if only by itself; a real signature comes later.
    resetAdHocDarwinSignature: process.platform === 'darwin' && process.arch === 'arm64',
    ...Object.fromEntries(known),
  })
}

/** The fuses of a packaged executable as they stand in the file. */
export async function readFuses(executable: string): Promise<Fuse[]> {
  const there = await getCurrentFuseWire(executable)
  return [...WANTED].map(([fuse, wanted]) => ({
    name: FuseV1Options[fuse],
    wanted: inWords(wanted),
    found: stateOf(there[fuse]),
  }))
}

/**
 * Those that stand otherwise than wanted. One that an Electron lacks is one it has no switch for; the current one lacks
 * none of these.
 */
export function wrongFuses(fuses: readonly Fuse[], isCurrent: boolean): Fuse[] {
  return fuses.filter(({ wanted, found }) => found !== wanted && (isCurrent || found !== 'not in this Electron'))
}
