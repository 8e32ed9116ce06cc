/**
 * TensorFlow from the Python package index: the wheels carry the whole C library, and one compiler call makes the addon
 * of tfjs-node from the sources that its npm package brings along. For Linux on x86-64.
 */
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { execute, findProgram } from './execute.ts'
import { downloadWheel, unpackWheel, type Wheel } from './python.ts'
import { SetupProblem } from './report.ts'
import { modulesFolder } from './root.ts'
import { ensureSystemPackages, installLine } from './systemPackages.ts'

/** 2.15 is the newest line on which every test of tfjs-core passes. */
export const CPU_WHEELS: readonly Wheel[] = [
  {
    name: 'tensorflow-cpu',
    version: '2.15.1',
    file: 'tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    python: '3.11',
    platform: 'manylinux2014_x86_64',
  },
]

/** The library, and of the headers only what the addon's sources include, directly or not. */
const MEMBERS = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tensorflow/tsl/',
  'tensorflow/include/tsl/',
  'nvidia/',
]

async function requireCompiler(): Promise<string> {
  if (!findProgram('g++')) await ensureSystemPackages(['g++', 'libc6-dev'])
  const compiler = findProgram('g++')
  if (!compiler) throw new SetupProblem('A C++ compiler (g++) is needed to join TensorFlow to Node.js, and was not found.', installLine(['g++']))
  return compiler
}

/** Compiles tfjs-node's addon against the headers in `unpacked`; it finds the library in `deps/lib` beside it. */
async function compileAddon(compiler: string, include: string, lib: string, output: string): Promise<void> {
  const sources = join(modulesFolder, '@tensorflow', 'tfjs-node-gpu', 'binding')
  await execute(
    compiler,
    [
      '-shared',
      '-fPIC',
      '-O2',
      '-std=c++17',
      '-w',
      '-DNAPI_VERSION=8',
      '-DNODE_GYP_MODULE_NAME=tfjs_binding',
      '-DBUILDING_NODE_EXTENSION',
      `-I${include}`,
      `-I${join(modulesFolder, 'node-api-headers', 'include')}`,
      join(sources, 'tfjs_backend.cc'),
      join(sources, 'tfjs_binding.cc'),
      `-L${lib}`,
      '-ltensorflow',
      '-ltensorflow_framework',
      '-Wl,-rpath,$ORIGIN/../../deps/lib',
      '-Wl,--allow-shlib-undefined',
      '-o',
      output,
    ],
    { timeout: 5 * 60_000 },
  )
}

/**
 * Lays out `build` as tfjs-node wants it: `deps/lib/libtensorflow.so.2`, `lib/napi-v8/tfjs_binding.node`.
 * CUDA's libraries go to `deps/nvidia`, where TensorFlow's own search path (`$ORIGIN/../nvidia/<part>/lib`) finds them.
 */
export async function buildFromWheels(build: string, wheels: readonly Wheel[]): Promise<void> {
  const compiler = await requireCompiler()
  const work = `${build}.work`
  const unpacked = join(work, 'unpacked')
  await rm(work, { recursive: true, force: true })
  try {
    for (const wheel of wheels) {
      const file = await downloadWheel(wheel, join(work, 'wheels'))
      await unpackWheel(file, unpacked, MEMBERS)
      await rm(file)
    }
    const lib = join(work, 'result', 'deps', 'lib')
    const addon = join(work, 'result', 'lib', 'napi-v8')
    await mkdir(lib, { recursive: true })
    await mkdir(addon, { recursive: true })
    await rename(join(unpacked, 'tensorflow', 'libtensorflow_cc.so.2'), join(lib, 'libtensorflow_cc.so.2'))
    await rename(join(unpacked, 'tensorflow', 'libtensorflow_framework.so.2'), join(lib, 'libtensorflow_framework.so.2'))
    for (const name of ['libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow.so.2.9.1']) await symlink('libtensorflow_cc.so.2', join(lib, name))
    for (const name of ['libtensorflow_framework.so', 'libtensorflow_framework.so.2.9.1']) await symlink('libtensorflow_framework.so.2', join(lib, name))
    if ((await readdir(unpacked)).includes('nvidia')) await rename(join(unpacked, 'nvidia'), join(work, 'result', 'deps', 'nvidia'))
    await compileAddon(compiler, join(unpacked, 'tensorflow', 'include'), lib, join(addon, 'tfjs_binding.node'))
    await rm(build, { recursive: true, force: true })
    await rename(join(work, 'result'), build)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

export const GPU_WHEELS: readonly Wheel[] = []
