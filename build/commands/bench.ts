/** `npm run bench`: how fast, with how much memory, and how freely main's event loop runs. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from '../bundle.ts'
import { electronEnvironment, onSomeDisplay } from '../setup/display.ts'
import { runInForeground } from '../setup/execute.ts'
import { workingFolder } from '../setup/invocation.ts'
import { prepareEditor } from '../setup/prepare.ts'
import { modulesFolder, root } from '../setup/root.ts'

export async function main(args: string[]): Promise<number> {
  await prepareEditor()
  await bundle({ page: true })
  const loader = pathToFileURL(join(modulesFolder, 'tsx', 'dist', 'loader.mjs')).href
  const [program, line] = onSomeDisplay(process.execPath, [
    '--import',
    loader,
    join(root, 'test', 'bench', 'bench.ts'),
    ...args,
  ])
  return runInForeground(program, line, { cwd: workingFolder(), env: electronEnvironment() })
}
