/** `npm run format`: writes every file the way that `npm test` wants it: Prettier all but Python, ruff Python. */
import { join } from 'node:path'
import { runInForeground } from '../setup/execute.ts'
import { ensurePythonEnvironment } from '../setup/pythonEnvironment.ts'
import { modulesFolder, root } from '../setup/root.ts'

/** @returns 0 when every file could be formatted */
export async function main(): Promise<number> {
  const prettier = join(modulesFolder, 'prettier', 'bin', 'prettier.cjs')
  const code = await runInForeground(process.execPath, [prettier, '--write', '--log-level', 'warn', root])
  const { python, env } = await ensurePythonEnvironment()
  const ruff = ['-m', 'ruff', 'format', '--quiet', '.']
  return code || runInForeground(python, ruff, { cwd: join(root, 'models'), env: { ...process.env, ...env } })
}
