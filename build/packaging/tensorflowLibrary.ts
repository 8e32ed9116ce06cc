/**
 * TensorFlow's library beside the packaged program: each file once and without what debuggers alone read, a quarter of
 * it. The system's loader finds it from the addon, so the archive need not know of it.
 */
import { cp, mkdir, readdir, realpath, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { tensorflowPackage } from '../../electron/engine/network/tensorflowPackage.ts'
import { execute, findProgram } from '../setup/execute.ts'
import { say } from '../setup/report.ts'
import { packageFolder } from '../setup/tensorflow.ts'

/** The addon of tfjs-node, below its package. */
export const ADDON = join('lib', 'napi-v8', 'tfjs_binding.node')

/** Libraries below `deps` that Linux's loader opens for the addon, by the very names that it asks for. */
async function neededOnLinux(deps: string): Promise<string[]> {
  const listing = await execute('ldd', [join(packageFolder, ADDON)])
  return [...listing.matchAll(/=> (\S+) \(/g)]
    .map(([, file = '']) => file)
    .filter((file) => file.includes('tensorflow'))
    .map((file) => relative(deps, join(deps, 'lib', file.slice(file.lastIndexOf('/') + 1))))
}

/** What the makers of the library ask to be passed on with it. */
const isNotice = (name: string): boolean => /LICEN[CS]E|NOTICE/i.test(name)

/** Copies one library without its symbols and debugging tables. */
async function copyStripped(from: string, to: string): Promise<void> {
  await cp(await realpath(from), to)
  if (!findProgram('strip')) return say(`there is no strip (binutils) here: ${from} stays as large as it is`)
  await execute('strip', ['--strip-unneeded', to], { timeout: 5 * 60_000 })
}

/** Places the library below the program's folder of resources. */
export async function placeTensorflow(resources: string): Promise<void> {
  const deps = await realpath(join(packageFolder, 'deps'))
  const target = join(resources, 'app.asar.unpacked', 'node_modules', ...tensorflowPackage().split('/'), 'deps')
  await rm(target, { recursive: true, force: true })
  await mkdir(join(target, 'lib'), { recursive: true })
  if (process.platform === 'linux') {
    for (const file of await neededOnLinux(deps)) await copyStripped(join(deps, file), join(target, file))
    // With CUDA, TensorFlow opens these when it finds a driver.
    if (existsSync(join(deps, 'nvidia'))) await cp(join(deps, 'nvidia'), join(target, 'nvidia'), { recursive: true })
  } else await cp(join(deps, 'lib'), join(target, 'lib'), { recursive: true, verbatimSymlinks: true })
  for (const name of (await readdir(deps)).filter(isNotice)) await cp(join(deps, name), join(target, name))
}
