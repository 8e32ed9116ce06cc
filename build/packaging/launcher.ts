/**
 * `colornn`, the command line of an installed program: a script beside the executable, which starts it with the switch
 * that says so. Everything typed stands behind `--`, where Chromium takes nothing for a switch of its own.
 */
import { COMMAND_LINE } from '../../electron/contract/launching.ts'

/** A small file of the package. */
export interface Script {
  readonly name: string
  readonly text: string
}

export interface Launched {
  /** File name of the executable without its ending. */
  readonly executable: string
  /** Whether this Electron runs without any screen; the older one does not. */
  readonly needsNoScreen: boolean
}

/**
 * No page is ever shown, so there is none for Chromium's sandbox to hold in; and it would refuse to start for root and
 * where there are no user namespaces, which is where command lines are run. What it has to say of the graphics that it
 * does not find is of no interest either.
 */
const WITHOUT_PAGES = ['--no-sandbox', '--disable-gpu', '--log-level=3']
const WITHOUT_SCREEN = ['--ozone-platform=headless']

const forShell = (name: string): string => `'${name.replaceAll("'", `'\\''`)}'`

function linuxScript({ executable, needsNoScreen }: Launched): Script {
  const switches = [...WITHOUT_PAGES, ...(needsNoScreen ? WITHOUT_SCREEN : []), COMMAND_LINE].join(' ')
  const text = `#!/bin/sh
# The command line of ColoRNN Studio: see \`colornn --help\`.
here=$(dirname "$(readlink -f "$0")")
exec "$here"/${forShell(executable)} ${switches} -- "$@"
`
  return { name: 'colornn', text }
}

function macScript({ executable }: Launched): Script {
  const text = `#!/bin/sh
# The command line of ColoRNN Studio: see \`colornn --help\`. Lies in Contents/Resources, and may be linked to.
file="$0"
while [ -L "$file" ]; do
  target=$(readlink "$file")
  case "$target" in /*) file="$target" ;; *) file="$(dirname "$file")/$target" ;; esac
done
here=$(cd "$(dirname "$file")" && pwd)
exec "$here/../MacOS/"${forShell(executable)} ${[...WITHOUT_PAGES, COMMAND_LINE].join(' ')} -- "$@"
`
  return { name: 'colornn', text }
}

/** Within a script, unlike at a prompt, Windows waits for a program with windows and passes its exit code on. */
function windowsScript({ executable }: Launched): Script {
  const text = [
    '@echo off',
    'rem The command line of ColoRNN Studio: see "colornn --help".',
    `"%~dp0${executable}.exe" ${[...WITHOUT_PAGES, COMMAND_LINE].join(' ')} -- %*`,
    'exit /b %ERRORLEVEL%',
    '',
  ].join('\r\n')
  return { name: 'colornn.cmd', text }
}

export function launcherScript(launched: Launched, platform: NodeJS.Platform = process.platform): Script {
  if (platform === 'darwin') return macScript(launched)
  return platform === 'win32' ? windowsScript(launched) : linuxScript(launched)
}
