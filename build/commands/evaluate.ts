/** `npm run evaluate -- --clips <folder>`: scores the shipped networks and their baselines on clips. */
import { join } from 'node:path'
import { runInForeground } from '../setup/execute.ts'
import { workingFolder } from '../setup/invocation.ts'
import { ensurePythonEnvironment } from '../setup/pythonEnvironment.ts'
import { root } from '../setup/root.ts'

/** @returns the exit code of the evaluation, which `--help` explains */
export async function main(args: string[]): Promise<number> {
  const { python, env } = await ensurePythonEnvironment(false)
  // The person's relative paths mean the folder they stand in, so the package is found by path and not by place.
  const path = [join(root, 'models'), env['PYTHONPATH'] ?? process.env['PYTHONPATH'] ?? ''].filter((part) => part !== '').join(process.platform === 'win32' ? ';' : ':')
  return runInForeground(python, ['-m', 'colornn.evaluate_clips', ...args], { cwd: workingFolder(), env: { ...process.env, ...env, PYTHONPATH: path } })
}
