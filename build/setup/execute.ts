/** Runs other programs: quietly, within a time limit, never through a shell. */
import { spawn, type SpawnOptions } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Execution {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Milliseconds; the program is killed when they have passed. */
  readonly timeout?: number
}

/** A program ended with an error, or did not end in time. */
export class ExecutionFailed extends Error {}

/**
 * Runs a program to its end.
 * @returns its standard output
 * @throws ExecutionFailed with the last lines it wrote
 */
export function execute(program: string, args: readonly string[], options: Execution = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const { timeout, ...rest } = options
    const child = spawn(program, args, { ...rest, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    let late = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    const end = (): void => {
      late = true
      child.kill('SIGKILL')
    }
    const timer = timeout === undefined ? undefined : setTimeout(end, timeout)
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(new ExecutionFailed(`${program} could not be started: ${error.message}`))
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) return resolve(output)
      const tail = `${output}\n${errors}`.trim().split('\n').slice(-12).join('\n')
      reject(
        new ExecutionFailed(
          late
            ? `${program} did not end within ${(timeout ?? 0) / 1000} s`
            : `${program} ended with ${signal ?? code}\n${tail}`,
        ),
      )
    })
  })
}

/**
 * Runs a program in the foreground, with this process's own input and output, and hands Ctrl-C on to it.
 * @returns its exit code; 128 + the signal's usual number where a signal ended it
 */
export function runInForeground(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    // The terminal sends Ctrl-C to the child as well; this process only waits for what the child makes of it.
    const ignore = (): void => undefined
    const pass = (): void => void child.kill('SIGTERM')
    process.on('SIGINT', ignore)
    process.on('SIGTERM', pass)
    const done = (): void => {
      process.off('SIGINT', ignore)
      process.off('SIGTERM', pass)
    }
    child.once('error', (error) => {
      done()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      done()
      resolve(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1))
    })
  })
}

/** The path of a program on PATH, or null. */
export function findProgram(name: string, path = process.env['PATH'] ?? ''): string | null {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  for (const folder of path.split(delimiter).filter((entry) => entry !== '')) {
    for (const ending of endings) {
      const file = join(folder, name + ending)
      try {
        accessSync(file, constants.X_OK)
        if (statSync(file).isFile()) return file
      } catch {
        // Not in this folder.
      }
    }
  }
  return null
}
