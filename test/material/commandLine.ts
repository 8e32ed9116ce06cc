/** Runs the command line as a person would: the bundled program in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { bundle, outFolder } from '../../build/bundle.ts'

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Call once before the tests: the program is bundled from the sources under test. */
export async function prepareCommandLine(): Promise<void> {
  await bundle({ page: false })
}

export interface CommandLineOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
  readonly onStart?: (child: ChildProcess) => void
  /** Hears what goes to standard error, and may end the process. */
  readonly onStderr?: (text: string, child: ChildProcess) => void
}

export const colorize = (args: readonly string[], options: CommandLineOptions): Promise<Finished> =>
  run('colorize', args, options)
export const inspect = (args: readonly string[], options: CommandLineOptions): Promise<Finished> =>
  run('inspect', args, options)

/** Colors are cached in the folder worked in, never in the person's own. */
function run(
  program: 'colorize' | 'inspect',
  args: readonly string[],
  { cwd, env = {}, onStart, onStderr }: CommandLineOptions,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(outFolder, `${program}.cjs`), ...args], {
      cwd,
      env: { ...process.env, COLORNN_CACHE: join(cwd, '.colors'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    onStart?.(child)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      onStderr?.(stderr, child)
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}
