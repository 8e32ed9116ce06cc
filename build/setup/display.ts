/** How to start an Electron on this machine: with a screen or without one, as root or not. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { findProgram } from './execute.ts'
import { installLine } from './systemPackages.ts'
import { SetupProblem } from './report.ts'

/** Large enough for the editor's first window and its dialogs. */
const VIRTUAL_SCREEN = ['-screen', '0', '1920x1200x24']

export function hasDisplay(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY'])
}

/** A program that makes virtual screens. Throws SetupProblem. */
function screenMaker(name: 'xvfb-run' | 'Xvfb'): string {
  const found = findProgram(name)
  if (found) return found
  throw new SetupProblem(`There is no screen, and no virtual screen (${name}) either.`, installLine(['xvfb', 'xauth']))
}

/** A command line that runs `program` on a virtual screen where there is no real one. Throws SetupProblem. */
export function onSomeDisplay(program: string, args: readonly string[]): [program: string, args: string[]] {
  if (hasDisplay()) return [program, [...args]]
  const screen = `--server-args=${VIRTUAL_SCREEN.join(' ')}`
  return [screenMaker('xvfb-run'), ['--auto-servernum', screen, program, ...args]]
}

/** A virtual screen for as long as it is wanted; its number is one that no other has. Throws SetupProblem. */
export async function virtualScreen(): Promise<{ readonly display: string; end(): void }> {
  const options = ['-displayfd', '3', ...VIRTUAL_SCREEN, '-nolisten', 'tcp', '-noreset']
  const server = spawn(screenMaker('Xvfb'), options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  // It says which number it has taken as soon as it can be drawn on; one that can not start says nothing.
  let said = ''
  for await (const part of server.stdio[3] as Readable) if ((said += String(part)).endsWith('\n')) break
  if (said === '') throw new SetupProblem('No virtual screen could be made: Xvfb has ended.', 'Xvfb -displayfd 1')
  return { display: `:${said.trim()}`, end: () => void server.kill() }
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
