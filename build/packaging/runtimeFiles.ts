/**
 * Which files of node_modules the packaged program can reach. TensorFlow's packages carry every form of themselves for
 * every kind of page, 300 MB in all; Node.js loads one form, of 10 MB.
 */
import { copyFile, mkdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { tensorflowPackage } from '../../electron/engine/network/tensorflowPackage.ts'
import { root } from '../setup/root.ts'

/** What node-pre-gyp asks for when it publishes a package, which nobody does here, and what is no JavaScript. */
const UNREACHED = ['aws-sdk', 'mock-aws-s3', 'nock', '*.node', '*.html']

/** The package that a file of node_modules belongs to: its folder, from the checkout on. */
export function packageFolderOf(file: string): string {
  const at = file.lastIndexOf('node_modules/')
  const [scopeOrName = '', name = ''] = file.slice(at + 'node_modules/'.length).split('/')
  const folder = file.slice(0, at) + 'node_modules/' + scopeOrName
  return scopeOrName.startsWith('@') ? `${folder}/${name}` : folder
}

/**
 * Every file that a bundler finds on the way from the packages which are not bundled themselves, and the package.json
 * of each package, by which Node.js finds them. Paths from the checkout on, with slashes.
 */
export async function runtimeFiles(): Promise<string[]> {
  const { build } = await import('esbuild')
  const { metafile } = await build({
    entryPoints: [tensorflowPackage(), 'ffmpeg-static'],
    absWorkingDir: root,
    outdir: join(root, 'out', 'never-written'),
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    external: UNREACHED,
    logLevel: 'error',
  })
  const files = new Set(Object.keys(metafile.inputs).filter((file) => file.includes('node_modules/')))
  for (const file of [...files]) files.add(`${packageFolderOf(file)}/package.json`)
  return [...files].sort()
}

/** Copies files of the checkout to the same places of another folder. */
export async function copyFromCheckout(files: readonly string[], folder: string): Promise<void> {
  for (const file of files) {
    const target = join(folder, relative(root, join(root, file)))
    await mkdir(dirname(target), { recursive: true })
    if (existsSync(join(root, file))) await copyFile(join(root, file), target)
  }
}
