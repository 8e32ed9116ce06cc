/** The engine's compiled WebAssembly, by the names that build/assembly.ts gives it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const compiled = new Map<string, WebAssembly.Module>()

/** Beside the engine's bundle; or, where the program runs from its sources, where bundling puts it. */
function placeOf(file: string): string {
  const isBundled = typeof __filename === 'string' && __filename.endsWith('.cjs')
  return isBundled ? join(__dirname, file) : fileURLToPath(new URL(`../../../out/${file}`, import.meta.url))
}

/**
 * A new instance, with memory of its own; what is compiled is shared.
 * @param name of the module: 'motion' is motion.wasm
 */
export function wasmInstance(name: string): WebAssembly.Exports {
  let module = compiled.get(name)
  if (!module) compiled.set(name, (module = new WebAssembly.Module(readFileSync(placeOf(`${name}.wasm`)))))
  const abort = (): never => {
    throw new Error(`${name}.wasm has failed`)
  }
  return new WebAssembly.Instance(module, { env: { abort } }).exports
}
