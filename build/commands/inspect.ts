/** `npm run inspect -- film.mkv`: looks a finished film through, with the editor's engine and without a window. */
import { join } from 'node:path'
import { bundle, outFolder } from '../bundle.ts'
import { runInForeground } from '../setup/execute.ts'
import { workingFolder } from '../setup/invocation.ts'
import { prepareEngine } from '../setup/prepare.ts'

/** @returns the exit code of the command line, which `--help` explains */
export async function main(args: string[]): Promise<number> {
  await prepareEngine()
  await bundle({ page: false })
  return runInForeground(process.execPath, [join(outFolder, 'inspect.cjs'), ...args], { cwd: workingFolder() })
}
