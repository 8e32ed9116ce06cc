/** The files that a bundler finds on the way from some entries: what of them is really used. Nothing is written. */
import { join } from 'node:path'
import { root } from '../setup/root.ts'

/**
 * @param entryPoints files or packages
 * @param external packages that are not gone into
 * @returns paths from the checkout on, with slashes
 */
export async function bundledFiles(entryPoints: string[], external: string[] = []): Promise<string[]> {
  const { build } = await import('esbuild')
  const { metafile } = await build({
    entryPoints,
    external,
    absWorkingDir: root,
    outdir: join(root, 'out', 'never-written'),
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  })
  return Object.keys(metafile.inputs)
}
