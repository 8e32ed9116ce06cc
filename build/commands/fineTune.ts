/** `npm run fine-tune -- --pictures <folder> --out <folder>`: trains the color model on with one's own pictures. */
import { runPythonModule } from '../setup/pythonEnvironment.ts'

/** @returns the exit code of the training, which `--help` explains */
export function main(args: string[]): Promise<number> {
  return runPythonModule('colornn.fine_tune', args, { TF_CPP_MIN_LOG_LEVEL: '2' })
}
