/**
 * `npm run evaluate -- --clips <folder>`: scores the films that the program exports, beside what needs no network, on
 * clips in color.
 */
import { bundle } from '../bundle.ts'
import { ensureFfmpeg } from '../setup/ffmpeg.ts'
import { prepareEngine } from '../setup/prepare.ts'
import { runPythonModule } from '../setup/pythonEnvironment.ts'
import { root } from '../setup/root.ts'

/** @returns the exit code of the evaluation, which `--help` explains */
export async function main(args: string[]): Promise<number> {
  await prepareEngine()
  await bundle({ page: false })
  return runPythonModule('colornn.evaluate_clips', ['--program', process.execPath, root, ...args], {
    COLORNN_FFMPEG: await ensureFfmpeg(),
  })
}
