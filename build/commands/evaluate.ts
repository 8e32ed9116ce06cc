/**
 * `npm run evaluate -- --clips <folder>`: scores the films that the program exports, beside what needs no network, on
 * clips in color.
 */
import { join } from 'node:path'
import { bundle } from '../bundle.ts'
import { ensureFfmpeg } from '../setup/ffmpeg.ts'
import { runInForeground } from '../setup/execute.ts'
import { workingFolder } from '../setup/invocation.ts'
import { prepareEngine } from '../setup/prepare.ts'
import { ensurePythonEnvironment } from '../setup/pythonEnvironment.ts'
import { root } from '../setup/root.ts'

/** @returns the exit code of the evaluation, which `--help` explains */
export async function main(args: string[]): Promise<number> {
  const { python, env } = await ensurePythonEnvironment(false)
  await prepareEngine()
  await bundle({ page: false })
  // The person's relative paths mean the folder they stand in, so the package is found by path and not by place.
  const path = [join(root, 'models'), env['PYTHONPATH'] ?? process.env['PYTHONPATH'] ?? '']
    .filter((part) => part !== '')
    .join(process.platform === 'win32' ? ';' : ':')
  const line = ['-m', 'colornn.evaluate_clips', '--program', process.execPath, root, ...args]
  return runInForeground(python, line, {
    cwd: workingFolder(),
    env: { ...process.env, ...env, PYTHONPATH: path, COLORNN_FFMPEG: await ensureFfmpeg() },
  })
}
