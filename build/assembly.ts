/** Compiles the engine's AssemblyScript (folders named 'assembly') to WebAssembly in out/. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { execute } from './setup/execute.ts'

const MODULES: Readonly<Record<string, string>> = {
  chroma: 'electron/engine/chroma/assembly/chroma.ts',
  edges: 'electron/engine/edges/assembly/edges.ts',
  guided: 'electron/engine/chroma/assembly/guided.ts',
  motion: 'electron/engine/motion/assembly/motion.ts',
  scaling: 'electron/engine/scaling/assembly/scaling.ts',
}

/** Names of what is made, in out/. */
export const compiledModules: readonly string[] = Object.keys(MODULES).map((name) => `${name}.wasm`)

/**
 * The compiler runs as a program of its own: its types, once imported, redeclare those of JavaScript for every file of
 * the project (`[].at(-1)` is never undefined in AssemblyScript).
 * @throws ExecutionFailed with the compiler's own words, which name file and line
 */
export async function compileAssembly(root: string, outFolder: string): Promise<void> {
  mkdirSync(outFolder, { recursive: true })
  const compiler = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js')
  for (const [name, source] of Object.entries(MODULES)) {
    const target = join(outFolder, `${name}.wasm`)
    const options = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert']
    await execute(process.execPath, [compiler, source, '--outFile', target, '--baseDir', root, ...options])
  }
}
