// @ts-check
/**
 * The first steps of every command, in plain JavaScript because nothing is installed yet: npm packages, then the
 * TypeScript of build/ compiled once by esbuild (loading it is then as quick as plain Node, where a TypeScript
 * loader would cost a third of a second at every start).
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const buildFolder = dirname(fileURLToPath(import.meta.url))
const root = dirname(buildFolder)
const cache = join(root, '.cache')
const OLDEST_NODE = [20, 19]

/**
 * Where set-up can't go on: one sentence, and the one line to run.
 * @param {string} sentence
 * @param {string} line
 * @returns {never}
 */
function stop(sentence, line) {
  console.error(`${sentence}\n\n    ${line}\n`)
  process.exit(1)
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = OLDEST_NODE
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  stop(
    `ColoRNN Studio needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`,
    'nvm install 22',
  )
}

/**
 * Brings node_modules to what package-lock.json says. Install scripts of packages stay off: two of them download
 * large files and fail the whole installation on a closed network; set-up fetches those itself, with other sources to
 * turn to.
 */
function ensureNodeModules() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const key = createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex')
  const stamp = join(root, 'node_modules', '.colornn-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return
  // An npm command run by hand is as good as ours: it leaves npm's own list of what is installed, about as new as the
  // lock.
  const installed = join(root, 'node_modules', '.package-lock.json')
  const current =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs - 5000
  if (!current) {
    console.log('Set-up: npm packages')
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    })
    if (npm.error) stop('npm, which comes with Node.js, was not found.', 'npm --version')
    if (npm.status !== 0)
      stop('The npm packages could not be installed; npm says why above.', 'npm ci --ignore-scripts')
  }
  writeFileSync(stamp, key)
}

/** Of the program itself, what the commands import. */
const SHARED = [
  join(root, 'electron', 'content'),
  join(root, 'electron', 'contract'),
  join(root, 'electron', 'engine', 'network', 'tensorflowPackage.ts'),
]

/** Every TypeScript file of a folder, or the file itself. @param {string} folder @returns {string[]} */
function typescriptFiles(folder) {
  if (folder.endsWith('.ts')) return [folder]
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return typescriptFiles(path)
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : []
  })
}

/**
 * Removes what earlier sources compiled to, unless it is so recent that a running command may stem from it.
 * @param {string} folder
 * @param {string} current
 */
function removeOutdated(folder, current) {
  for (const path of readdirSync(folder).map((name) => join(folder, name))) {
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)
    if (path !== current && age > 3_600_000) rmSync(path, { recursive: true, force: true })
  }
}

/**
 * Compiles build/commands/*.ts when a source changed.
 * @returns {Promise<string>} the folder of the compiled commands
 */
async function compileCommands() {
  const hash = createHash('sha256').update(process.version)
  for (const file of [buildFolder, ...SHARED].flatMap(typescriptFiles).sort()) {
    const { mtimeMs, size } = statSync(file)
    hash.update(`${file} ${mtimeMs} ${size}\n`)
  }
  const compiled = join(cache, 'build', hash.digest('hex').slice(0, 16))
  if (existsSync(compiled)) return compiled
  const { build } = await import('esbuild')
  const fresh = `${compiled}.${process.pid}`
  mkdirSync(fresh, { recursive: true })
  await build({
    entryPoints: readdirSync(join(buildFolder, 'commands')).map((name) => join(buildFolder, 'commands', name)),
    outdir: fresh,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
  })
  try {
    renameSync(fresh, compiled)
  } catch (error) {
    // Another command, started at the same moment, was quicker.
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(compiled)) throw error
  }
  removeOutdated(join(cache, 'build'), compiled)
  return compiled
}

/**
 * Runs build/commands/<name>.ts with the arguments of this process.
 * @param {string} name
 */
export async function runCommand(name) {
  checkNode()
  try {
    ensureNodeModules()
    const folder = await compileCommands()
    const path = pathToFileURL(join(folder, `${name}.mjs`)).href
    const command = /** @type {{ main(args: string[]): Promise<number> }} */ (await import(path))
    process.exitCode = await command.main(process.argv.slice(2))
  } catch (error) {
    if (error instanceof Error && error.name === 'SetupProblem') console.error(`\n${error.message}`)
    else console.error(error)
    process.exitCode = 1
  }
}
