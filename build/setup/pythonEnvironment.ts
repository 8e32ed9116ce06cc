/** A Python environment for models/: its packages, apart from the system's, in the cache folder. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { execute, runInForeground } from './execute.ts'
import { workingFolder } from './invocation.ts'
import { findPython } from './python.ts'
import { reasonOf, say, SetupProblem } from './report.ts'
import { cacheFolder, root } from './root.ts'

export interface PythonEnvironment {
  /** Absolute path of the interpreter. */
  readonly python: string
  /** Environment variables it needs beside the process's own. */
  readonly env: Readonly<Record<string, string>>
}

const requirements = join(root, 'models', 'requirements.txt')

/** TensorFlow's Python packages leave Intel's Macs out since 2.17: there the sources of models/ are checked alone. */
export const networksRun = (platform: NodeJS.Platform = process.platform, arch: string = process.arch): boolean =>
  platform !== 'darwin' || arch === 'arm64'

export const NO_NETWORKS = 'TensorFlow has no Python package for Macs with Intel’s processors: networks are not tried.'

/** Packages in a folder of their own, for Pythons that come without venv: they are put on PYTHONPATH. */
function onPath(python: string, folder: string): PythonEnvironment {
  const path = [folder, process.env['PYTHONPATH'] ?? ''].filter((part) => part !== '').join(delimiter)
  return { python, env: { PYTHONPATH: path } }
}

const PIP = [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--disable-pip-version-check',
  '--no-warn-script-location',
  '--no-cache-dir',
]
const PATIENCE = 20 * 60_000

/** venv's interpreter inside its folder. */
function interpreterOf(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python')
}

/**
 * An interpreter with the packages of models/ at hand, installed when its requirements changed.
 * @throws SetupProblem
 */
export async function ensurePythonEnvironment(): Promise<PythonEnvironment> {
  const key = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = join(cacheFolder, `python-${key}`)
  const done = join(folder, 'complete')
  const plain = join(folder, 'packages')
  if (existsSync(done)) {
    return existsSync(plain) ? onPath(readFileSync(done, 'utf8'), plain) : { python: interpreterOf(folder), env: {} }
  }
  const python = await findPython()
  await removeOthers()
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  say('Python packages of models/')
  const wanted = ['-r', requirements]
  try {
    const hasVenv = await execute(python, ['-m', 'venv', folder], { timeout: PATIENCE }).then(
      () => true,
      () => false,
    )
    if (hasVenv) await execute(interpreterOf(folder), [...PIP, ...wanted], { timeout: PATIENCE })
    else await execute(python, [...PIP, '--target', plain, ...wanted], { timeout: PATIENCE })
    await writeFile(`${done}.new`, python)
    await rename(`${done}.new`, done)
    return hasVenv ? { python: interpreterOf(folder), env: {} } : onPath(python, plain)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw new SetupProblem(
      `The Python packages of models/ could not be installed (${reasonOf(error)}).`,
      `${python} -m pip install ${wanted.join(' ')}`,
    )
  }
}

/** Environments of earlier requirements are of no more use, and are large. */
async function removeOthers(): Promise<void> {
  const old = existsSync(cacheFolder) ? readdirSync(cacheFolder).filter((name) => name.startsWith('python-')) : []
  await Promise.all(old.map((name) => rm(join(cacheFolder, name), { recursive: true, force: true })))
}

/**
 * Runs a module of models/ in the foreground, in the folder that the person stands in: relative paths mean that one, so
 * the package is found by path and not by place.
 * @returns its exit code
 * @throws SetupProblem
 */
export async function runPythonModule(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (!networksRun()) {
    say(NO_NETWORKS)
    return 1
  }
  const environment = await ensurePythonEnvironment()
  const others = environment.env['PYTHONPATH'] ?? process.env['PYTHONPATH'] ?? ''
  const path = [join(root, 'models'), others].filter((part) => part !== '').join(delimiter)
  return runInForeground(environment.python, ['-m', name, ...args], {
    cwd: workingFolder(),
    env: { ...process.env, ...environment.env, PYTHONPATH: path, ...env },
  })
}
