/** How to start an Electron on this machine: with a screen or without one, as root or not. */
import { readFileSync } from 'node:fs'
import { findProgram } from './execute.ts'
import { installLine } from './systemPackages.ts'
import { SetupProblem } from './report.ts'

/** Large enough for the editor's first window and its dialogs. */
const VIRTUAL_SCREEN = '-screen 0 1920x1200x24'
const FIRST_SCREEN = 99
const SCREENS_APART = 50

export function hasDisplay(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY'])
}

/**
 * A command line that runs `program` on a virtual screen where there is no real one. Throws SetupProblem.
 * @param number of screens that are made at the same time: looked for from another place on, two do not take the same
 */
export function onSomeDisplay(program: string, args: readonly string[], number = 0): [program: string, args: string[]] {
  if (hasDisplay()) return [program, [...args]]
  const xvfb = findProgram('xvfb-run')
  if (!xvfb)
    throw new SetupProblem(
      'There is no screen, and no virtual screen (xvfb-run) either.',
      installLine(['xvfb', 'xauth']),
    )
  const from = `--server-num=${FIRST_SCREEN + SCREENS_APART * number}`
  return [xvfb, ['--auto-servernum', from, `--server-args=${VIRTUAL_SCREEN}`, program, ...args]]
}

/** Kernel settings with which Chromium's sandbox, run from a checkout, can't set itself up. */
const SANDBOX_OBSTACLES: readonly (readonly [file: string, value: string])[] = [
  ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
  ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
]

function kernelSays(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

/**
 * Chromium's sandbox refuses to run as root, and without user namespaces it would need a helper that only an installed
 * program brings along. The page is the checkout's own, and it opens nothing else.
 */
export function sandboxSwitches(): string[] {
  if (process.platform !== 'linux') return []
  const impossible = process.getuid?.() === 0 || SANDBOX_OBSTACLES.some(([file, value]) => kernelSays(file) === value)
  return impossible ? ['--no-sandbox'] : []
}

/** The environment for Electron: some editors' terminals carry a switch that would turn it into a plain Node.js. */
export function electronEnvironment(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: dropped, ...env } = process.env
  return dropped === undefined ? process.env : env
}
