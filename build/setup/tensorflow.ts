/**
 * Native TensorFlow for the package that joins it to Node.js: the C library and the package's addon. Both live in the
 * cache folder and are linked into the package, so that `npm ci` costs a link and not another download.
 */
import { existsSync, lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { tensorflowPackage } from '../../electron/engine/network/tensorflowPackage.ts'
import { execute, findProgram } from './execute.ts'
import { hostAnswers } from './network.ts'
import { SetupProblem } from './report.ts'
import { cacheFolder, modulesFolder } from './root.ts'
import { firstThatWorks, type Source } from './sources.ts'
import { readStamp, writeStamp } from './stamps.ts'
import { buildFromWheels, CPU_WHEELS, GPU_WHEELS } from './tensorflowWheels.ts'

const TFJS_VERSION = '4.22.0'
/** Of the package that is used on this machine. */
export const packageFolder = join(modulesFolder, ...tensorflowPackage().split('/'))
const KEY = `${tensorflowPackage().replace('@tensorflow/', '')} ${TFJS_VERSION} ${process.platform}-${process.arch} napi-8`
/** The folders that the package looks into: `deps/lib` for the library, `lib/napi-v8` for the addon. */
const LINKED = ['deps', 'lib'] as const

/** True where an NVIDIA driver is loaded: only then are two gigabytes of CUDA libraries worth fetching. */
function hasNvidiaDriver(): boolean {
  return (
    existsSync('/proc/driver/nvidia/version') ||
    existsSync('/dev/dxg') ||
    (process.platform === 'win32' && findProgram('nvidia-smi') !== null)
  )
}

const isLinuxX64 = process.platform === 'linux' && process.arch === 'x64'

/**
 * Multiplies two matrices in a fresh process, so that a library that crashes or will not load is only a failed source.
 * tfjs-node 4.22 calls two functions that Node 23 removed.
 */
const TRIAL = `
const util = require('util')
util.isNullOrUndefined ??= (value) => value === null || value === undefined
util.isArray ??= Array.isArray
const tf = require('${tensorflowPackage()}')
const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).arraySync()
if (JSON.stringify(product) !== '[[19,22],[43,50]]') throw new Error('TensorFlow multiplied wrongly: ' + JSON.stringify(product))
console.log(tf.backend().binding.TF_Version)
`

/** @returns the version of the TensorFlow library that is linked into the package @throws when it does not compute */
export async function tryTensorflow(): Promise<string> {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' }
  const output = await execute(process.execPath, ['-e', TRIAL], { cwd: modulesFolder, env, timeout: 120_000 })
  return output.trim().split('\n').at(-1) ?? ''
}

/** Makes the package's folders point to `build`. Junctions need no special right on Windows. */
function link(build: string): void {
  for (const name of LINKED) {
    const place = join(packageFolder, name)
    rmSync(place, { recursive: true, force: true })
    symlinkSync(join(build, name), place, 'junction')
  }
}

function isLinked(build: string): boolean {
  return LINKED.every((name) => {
    const place = join(packageFolder, name)
    return (
      lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true &&
      readlinkSync(place) === join(build, name) &&
      existsSync(place)
    )
  })
}

/** Runs the package's own install script and moves what it made to the cache folder. */
async function runOfficialInstaller(build: string): Promise<void> {
  if (!(await hostAnswers('storage.googleapis.com'))) throw new Error('storage.googleapis.com does not answer')
  for (const name of LINKED) rmSync(join(packageFolder, name), { recursive: true, force: true })
  const flavor = hasNvidiaDriver() ? 'gpu' : 'cpu'
  const env = {
    ...process.env,
    PATH: `${join(modulesFolder, '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env['PATH'] ?? ''}`,
  }
  await execute(process.execPath, ['scripts/install.js', flavor, 'download'], {
    cwd: packageFolder,
    env,
    timeout: 30 * 60_000,
  })
  mkdirSync(build, { recursive: true })
  for (const name of LINKED) renameSync(join(packageFolder, name), join(build, name))
}

/** A source whose result has proven that it computes. Half a result is removed. */
function proven(
  name: string,
  folder: string,
  fits: () => boolean,
  make: (build: string) => Promise<void>,
): Source<string> {
  const build = join(cacheFolder, folder)
  return {
    name,
    fits,
    fetch: async () => {
      try {
        if (!LINKED.every((part) => existsSync(join(build, part)))) await make(build)
        link(build)
        await tryTensorflow()
        return build
      } catch (error) {
        await rm(build, { recursive: true, force: true })
        for (const part of LINKED) rmSync(join(packageFolder, part), { recursive: true, force: true })
        throw error
      }
    },
  }
}

/** Makes the package compute. @throws SetupProblem */
export async function ensureTensorflow(): Promise<void> {
  const wanted = `${KEY} ${hasNvidiaDriver() ? 'gpu' : 'cpu'}`
  const name = readStamp('tensorflow', wanted)?.['build']
  const known = name === undefined ? null : join(cacheFolder, name)
  if (known && LINKED.every((part) => existsSync(join(known, part)))) {
    if (!isLinked(known)) link(known)
    return
  }
  const build = await firstThatWorks<string>(
    'TensorFlow',
    [
      proven(
        'the Python package index, with CUDA',
        `tensorflow-gpu-${TFJS_VERSION}`,
        () => isLinuxX64 && hasNvidiaDriver(),
        (folder) => buildFromWheels(folder, GPU_WHEELS),
      ),
      proven('its official download', `tensorflow-official-${TFJS_VERSION}`, () => true, runOfficialInstaller),
      proven(
        'the Python package index',
        `tensorflow-cpu-${TFJS_VERSION}`,
        () => isLinuxX64,
        (folder) => buildFromWheels(folder, CPU_WHEELS),
      ),
    ],
    (reasons) =>
      new SetupProblem(
        `TensorFlow could not be set up on this machine (${reasons}).`,
        `npm rebuild ${tensorflowPackage()}`,
      ),
  )
  // By name: the checkout may be moved.
  writeStamp('tensorflow', wanted, { build: basename(build) })
}
