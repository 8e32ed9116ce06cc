/** `npm run fuzz`: harmed films, projects and settings, and what the program makes of them; see test/fuzz/fuzz.ts. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from '../bundle.ts'
import { electronEnvironment } from '../setup/display.ts'
import { runInForeground } from '../setup/execute.ts'
import { workingFolder } from '../setup/invocation.ts'
import { prepareEditor } from '../setup/prepare.ts'
import { modulesFolder, root } from '../setup/root.ts'

export async function main(args: string[]): Promise<number> {
  await prepareEditor()
  await bundle({ page: false })
  const loader = pathToFileURL(join(modulesFolder, 'tsx', 'dist', 'loader.mjs')).href
  const program = join(root, 'test', 'fuzz', 'fuzz.ts')
  return runInForeground(process.execPath, ['--import', loader, program, ...args], {
    cwd: workingFolder(),
    env: electronEnvironment(),
  })
}
