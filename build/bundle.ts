/**
 * Makes out/ from the sources: esbuild bundles what runs in Node and Electron's main and preload, vite builds the
 * window's page. Both parts are skipped while their sources are as they were.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { LICENCES_FILE } from '../electron/contract/licences.ts'
import { compileAssembly, compiledModules } from './assembly.ts'
import { gatherLicences, writeLicences } from './licences/gather.ts'
import { packageFoldersOf } from './licences/packageFolder.ts'
import { readStamp, writeStamp } from './setup/stamps.ts'
import { say, SetupProblem } from './setup/report.ts'
import { root } from './setup/root.ts'

export const outFolder = join(root, 'out')

/** Entry of each program, by the name of its bundle. */
const PROGRAMS: Readonly<Record<string, string>> = {
  main: 'electron/main/program.ts',
  preload: 'electron/preload/preload.ts',
  engine: 'electron/engine/engineProcess.ts',
  colorize: 'electron/cli/nodeProgram.ts',
  inspect: 'electron/cli/nodeInspect.ts',
}

/**
 * Packages that stay in node_modules: Electron's own module, and two that look for their binaries beside themselves.
 */
export const EXTERNAL = ['electron', '@tensorflow/*', 'ffmpeg-static']

/** Node.js 16 is the oldest that a bundle may meet: in the Electron that closed networks try the editor out with. */
const NODE_TARGET = 'node16'

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(test|e2e)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Changes whenever a file below one of these places does. */
function sourceKey(places: readonly string[]): string {
  const hash = createHash('sha256').update(NODE_TARGET)
  for (const place of places.map((name) => join(root, name))) {
    for (const file of statSync(place).isFile() ? [place] : filesBelow(place)) {
      const { mtimeMs, size } = statSync(file)
      hash.update(`${file} ${mtimeMs} ${size}\n`)
    }
  }
  return hash.digest('hex')
}

/** Code that runs in worker threads is a program of its own: `electron/engine/<folder>/<name>.worker.ts`. */
function workers(): Record<string, string> {
  const files = filesBelow(join(root, 'electron', 'engine')).filter((file) => file.endsWith('.worker.ts'))
  return Object.fromEntries(files.map((file) => [basename(file, '.ts'), file]))
}

/** As a stamp keeps them. */
const joined = (folders: readonly string[]): string => folders.join(' ')
const parted = (folders: string | undefined): string[] => folders?.split(' ').filter((each) => each !== '') ?? []

/** @returns folders of the packages whose code is in the bundles */
async function bundlePrograms(): Promise<string[]> {
  const key = sourceKey(['electron', 'package-lock.json', 'build/bundle.ts', 'build/assembly.ts'])
  const programs = Object.entries(PROGRAMS).map(([name, entry]): [string, string] => [name, join(root, entry)])
  const entries: Record<string, string> = { ...Object.fromEntries(programs), ...workers() }
  const made = [...Object.keys(entries).map((name) => `${name}.cjs`), ...compiledModules]
  const known = readStamp('bundle', key)
  if (known?.['packages'] !== undefined && made.every((name) => existsSync(join(outFolder, name))))
    return parted(known['packages'])
  await compileAssembly(root, outFolder)
  const { build } = await import('esbuild')
  const { metafile } = await build({
    entryPoints: entries,
    absWorkingDir: root,
    metafile: true,
    outdir: outFolder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: NODE_TARGET,
    external: EXTERNAL,
    sourcemap: 'linked',
    logLevel: 'warning',
    // Code that runs from source as well asks for import.meta.url only where there is no __filename.
    logOverride: { 'empty-import-meta': 'silent' },
  })
  const packages = packageFoldersOf(Object.keys(metafile.inputs))
  writeStamp('bundle', key, { packages: joined(packages) })
  return packages
}

/** @returns folders of the packages whose code is in the page */
async function buildPage(): Promise<string[]> {
  const key = sourceKey(['renderer', 'electron/contract', 'package-lock.json', 'build/bundle.ts'])
  const known = readStamp('page', key)
  if (known?.['packages'] !== undefined && existsSync(join(outFolder, 'renderer', 'index.html')))
    return parted(known['packages'])
  const { build } = await import('vite')
  const result = await build({ configFile: join(root, 'renderer', 'vite.config.ts'), logLevel: 'warn' })
  const outputs = [result].flat().flatMap((made) => ('output' in made ? made.output : []))
  const modules = outputs.flatMap((made) => (made.type === 'chunk' ? made.moduleIds : []))
  const packages = packageFoldersOf(modules.map((file) => relative(root, file).split(sep).join('/')))
  writeStamp('page', key, { packages: joined(packages) })
  return packages
}

/** The licences of all that, for the window to show. */
async function renewLicences(packages: readonly string[]): Promise<void> {
  const key = `${sourceKey(['build/licences', 'models/weights', 'package-lock.json'])} ${joined(packages)}`
  if (readStamp('licences', key) && existsSync(join(outFolder, LICENCES_FILE))) return
  await writeLicences(gatherLicences(packages), outFolder)
  writeStamp('licences', key, {})
}

/** Brings out/ up to date. @returns true @throws SetupProblem with the bundler's own words, which name file and line */
export async function bundle(what: { page: boolean }): Promise<true> {
  const started = Date.now()
  try {
    const packages = await bundlePrograms()
    if (what.page) await renewLicences([...packages, ...(await buildPage())])
  } catch (error) {
    throw new SetupProblem(error instanceof Error ? error.message : String(error), 'npm test -- --only types')
  }
  const seconds = (Date.now() - started) / 1000
  if (seconds > 0.15) say(`bundled the program in ${seconds.toFixed(1)} s`)
  return true
}
