/**
 * Ties a child to the process that starts it: where that is killed, no ffmpeg goes on reading or writing for nobody.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'

const SETPRIV = '/usr/bin/setpriv'

let canTie: boolean | null = null

/** Linux can end a child with its parent; util-linux has the program that asks for it, and then becomes the child. */
function tiesWork(): boolean {
  canTie ??= process.platform === 'linux' && spawnSync(SETPRIV, ['--pdeathsig', 'KILL', 'true']).status === 0
  return canTie
}

function canBeRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The command line that ties 'program' to us, or the program itself where that can not be done: there it ends when it
 * finds its pipes broken. One that can not be run is left as it is, so that starting it fails in its own name.
 */
export function tied(program: string, args: readonly string[]): [program: string, args: readonly string[]] {
  return tiesWork() && canBeRun(program) ? [SETPRIV, ['--pdeathsig', 'KILL', program, ...args]] : [program, args]
}
