/** One text of all reports, to be passed on; with paths shortened it names no folders and disks. Pure. */
import type { CrashReport } from '../contract/reports.ts'

/** How an absolute path begins: of Windows, on a share, of all others; also as the address of a file. */
const BEGINNING = String.raw`(?:file:(?:\/\/)?)?(?:[A-Za-z]:[\\/]|\\\\|~?\/)`

/** Between quotes or parentheses a path may have spaces, and ends where they do. */
const QUOTED = new RegExp(String.raw`(['"“(])${BEGINNING}[^'"”()\n]*[\\/](?=[^'"”()\\/\n]*['"”)])`, 'g')
const UNQUOTED = new RegExp(String.raw`(?<![\w.~:/\\…])${BEGINNING}(?:[^\s'"“”()<>|\\/]+[\\/])+`, 'g')

/** Leaves of every absolute path its last part alone: '…/reel 3.mkv'. */
export function shortenPaths(text: string): string {
  return text.replace(QUOTED, '$1…/').replace(UNQUOTED, '…/')
}

export interface Reported {
  /** A line on the program and on what it runs. */
  readonly about: string
  readonly crashes: readonly CrashReport[]
  /** As RunLog writes it. */
  readonly log: string
}

function crashText({ time, part, reason, detail, version }: CrashReport): string {
  return [
    `${time}  ${part}: ${reason}`,
    `    ${version}`,
    ...(detail === '' ? [] : [detail.replace(/^/gm, '    ')]),
  ].join('\n')
}

export function reportText({ about, crashes, log }: Reported, shorten: boolean): string {
  const text = [
    about,
    '',
    `== Crashes: ${crashes.length}`,
    ...crashes.map(crashText),
    '',
    '== ffmpeg',
    log === '' ? 'nothing yet' : log,
  ].join('\n')
  return shorten ? shortenPaths(text) : text
}
