/** Runs a script of the checkout, in TypeScript, over the bundled program: what benchmarks and long tests are. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from '../bundle.ts'
import { electronEnvironment, onSomeDisplay } from './display.ts'
import { runInForeground } from './execute.ts'
import { workingFolder } from './invocation.ts'
import { prepareEditor } from './prepare.ts'
import { modulesFolder, root } from './root.ts'

/**
 * @param script its path from the checkout's root
 * @param opensWindow whether it needs the page and a display
 * @returns its exit code
 */
export async function runOwnScript(script: string, args: readonly string[], opensWindow: boolean): Promise<number> {
  await prepareEditor()
  await bundle({ page: opensWindow })
  const loader = pathToFileURL(join(modulesFolder, 'tsx', 'dist', 'loader.mjs')).href
  const line = ['--import', loader, join(root, script), ...args]
  const [program, all] = opensWindow ? onSomeDisplay(process.execPath, line) : ([process.execPath, line] as const)
  return runInForeground(program, all, { cwd: workingFolder(), env: electronEnvironment() })
}
