/** Compiles the engine's AssemblyScript (folders named 'assembly') to WebAssembly in out/. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const MODULES: Readonly<Record<string, string>> = {
  motion: 'electron/engine/motion/assembly/motion.ts',
  scaling: 'electron/engine/scaling/assembly/scaling.ts',
}

/** Names of what is made, in out/. */
export const compiledModules: readonly string[] = Object.keys(MODULES).map((name) => `${name}.wasm`)

/** @throws Error with the compiler's own words, which name file and line */
export async function compileAssembly(root: string, outFolder: string): Promise<void> {
  const { main } = await import('assemblyscript/asc')
  mkdirSync(outFolder, { recursive: true })
  for (const [name, source] of Object.entries(MODULES)) {
    const target = join(outFolder, `${name}.wasm`)
    const options = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert']
    const { error, stderr } = await main([source, '--outFile', target, '--baseDir', root, ...options])
    if (error) throw new Error(stderr.toString() || error.message)
  }
}
