/** `npm run pictures`: takes the pictures of the manual anew, from the real window. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from '../bundle.ts'
import { electronEnvironment, onSomeDisplay } from '../setup/display.ts'
import { runInForeground } from '../setup/execute.ts'
import { prepareEditor } from '../setup/prepare.ts'
import { modulesFolder, root } from '../setup/root.ts'

/** @returns the exit code of test/manual/takePictures.ts */
export async function main(): Promise<number> {
  await prepareEditor()
  await bundle({ page: true })
  const loader = pathToFileURL(join(modulesFolder, 'tsx', 'dist', 'loader.mjs')).href
  const script = join(root, 'test', 'manual', 'takePictures.ts')
  const [program, line] = onSomeDisplay(process.execPath, ['--import', loader, script])
  return runInForeground(program, line, { cwd: root, env: electronEnvironment() })
}
