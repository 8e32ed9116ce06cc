/**
 * Which files of node_modules the packaged program can reach. What is bundled needs none; of TensorFlow's packages, 300
 * MB in all, the addon alone is loaded (see electron/engine/network/tensorflow.ts).
 */
import { copyFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { tensorflowPackage } from '../../electron/engine/network/tensorflowPackage.ts'
import { EXTERNAL } from '../bundle.ts'
import { packageFolderOf } from '../licences/packageFolder.ts'
import { root } from '../setup/root.ts'
import { bundledFiles } from './bundledFiles.ts'

/** Of the packages that bundles leave alone, those whose code is loaded: not Electron's own, and not TensorFlow's. */
const LOADED = EXTERNAL.filter((name) => name !== 'electron' && !name.startsWith('@tensorflow/'))

/**
 * Every file that a bundler finds on the way from them, and the package.json of each package, by which Node.js finds
 * it. Paths from the checkout on, with slashes.
 */
export async function runtimeFiles(): Promise<string[]> {
  const files = new Set((await bundledFiles(LOADED)).filter((file) => file.includes('node_modules/')))
  for (const file of [...files]) files.add(`${packageFolderOf(file)}/package.json`)
  files.add(`node_modules/${tensorflowPackage()}/package.json`)
  return [...files].sort()
}

/** Copies files of the checkout to the same places of another folder. */
export async function copyFromCheckout(files: readonly string[], folder: string): Promise<void> {
  for (const file of files) {
    const target = join(folder, file)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(join(root, file), target)
  }
}
