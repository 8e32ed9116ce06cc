/**
 * TensorFlow from the Python package index: the wheels carry the whole C library, and one compiler call makes the addon
 * of tfjs-node from the sources that its npm package brings along. For Linux on x86-64.
 */
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { tensorflowPackage } from '../../electron/engine/network/tensorflowPackage.ts'
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

function cudaWheel(name: string, version: string, sha256: string, platform = 'manylinux1_x86_64'): Wheel {
  return { name, version, file: `${name.replaceAll('-', '_')}-${version}-py3-none-${platform}.whl`, sha256, platform }
}

/**
 * The same with CUDA 12.2 and cuDNN 8.9, which the driver's own CUDA need not match; without a graphics card it
 * computes on the CPU.
 */
export const GPU_WHEELS: readonly Wheel[] = [
  {
    name: 'tensorflow',
    version: '2.15.1',
    file: 'tensorflow-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    sha256: 'bb0edd69103c154245c5f209f0507355cc68ba7e4de350084bc31edc562478e4',
    python: '3.11',
    platform: 'manylinux2014_x86_64',
  },
  cudaWheel('nvidia-cublas-cu12', '12.2.5.6', 'f448d8db463f9a2c7dd9a1e607c0961d3e95f825b86839c5882f7d073d406df0'),
  cudaWheel('nvidia-cuda-cupti-cu12', '12.2.142', 'ce68d1009dd14215e38ed49643d31374c71d6fea381181cb0b9da7f19dfd1624'),
  cudaWheel('nvidia-cuda-nvcc-cu12', '12.2.140', 'c6ff4ae7a636eb6cab7621191e19ac3779690686bbcf52c04d8b1ca2944e1e27'),
  cudaWheel('nvidia-cuda-nvrtc-cu12', '12.2.140', 'b1cdcae6443cb7cdcfb5d1bf51896a148c9f82f9e65b27db9ab095eaed689aa7'),
  cudaWheel('nvidia-cuda-runtime-cu12', '12.2.140', 'acb9cb7e44594a3512533497ea790d9f0b0e399abcc888584c157d1ffa080e41'),
  cudaWheel('nvidia-cudnn-cu12', '8.9.4.25', '9f882d5b11753c566fd32427839089eb4f8ba7a58c28446ad359e32c40229723'),
  cudaWheel('nvidia-cufft-cu12', '11.0.8.103', '72e961e578f9be9e316ccb4db8652c421dd0b57442624faa71061d452f449a67'),
  cudaWheel('nvidia-curand-cu12', '10.3.3.141', '7b6bad6817b5df2a6f5ec221206fb895d9195fdd7d2443f3e86554108c141a0a'),
  cudaWheel('nvidia-cusolver-cu12', '11.5.2.141', '5a85c4653ce34339a5688137f494a0f903e0f0532418550998167f00844161da'),
  cudaWheel('nvidia-cusparse-cu12', '12.1.2.141', '4e13d6a51d2303dcb2a023ba09546811161f0334fc64e13689397bbd3b1eb126'),
  cudaWheel('nvidia-nccl-cu12', '2.16.5', '84695a4248138fb2ca12f5fd3defe986e790e71ccdaad51b2ca34ca4e83ef421'),
  cudaWheel('nvidia-nvjitlink-cu12', '12.2.140', '95635cafbf9f96c38bea5200ab145a2e6aefbb5405e0b04c1e4ba54df2d84ec9'),
]

/** What the library's own parts are licensed under: it goes along where the library goes. */
const NOTICES = 'THIRD_PARTY_NOTICES.txt'

/** The library, and of the headers only what the addon's sources include, directly or not. */
const MEMBERS = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tensorflow/tsl/',
  'tensorflow/include/tsl/',
  `tensorflow/${NOTICES}`,
  'nvidia/',
]

async function requireCompiler(): Promise<string> {
  if (!findProgram('g++')) await ensureSystemPackages(['g++', 'libc6-dev'])
  const compiler = findProgram('g++')
  if (!compiler)
    throw new SetupProblem(
      'A C++ compiler (g++) is needed to join TensorFlow to Node.js, and was not found.',
      installLine(['g++']),
    )
  return compiler
}

/** Compiles tfjs-node's addon against the headers in `unpacked`; it finds the library in `deps/lib` beside it. */
async function compileAddon(compiler: string, include: string, lib: string, output: string): Promise<void> {
  const sources = join(modulesFolder, ...tensorflowPackage().split('/'), 'binding')
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
    await rename(
      join(unpacked, 'tensorflow', 'libtensorflow_framework.so.2'),
      join(lib, 'libtensorflow_framework.so.2'),
    )
    for (const name of ['libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow.so.2.9.1'])
      await symlink('libtensorflow_cc.so.2', join(lib, name))
    for (const name of ['libtensorflow_framework.so', 'libtensorflow_framework.so.2.9.1'])
      await symlink('libtensorflow_framework.so.2', join(lib, name))
    await rename(join(unpacked, 'tensorflow', NOTICES), join(work, 'result', 'deps', NOTICES))
    if ((await readdir(unpacked)).includes('nvidia'))
      await rename(join(unpacked, 'nvidia'), join(work, 'result', 'deps', 'nvidia'))
    await compileAddon(compiler, join(unpacked, 'tensorflow', 'include'), lib, join(addon, 'tfjs_binding.node'))
    await rm(build, { recursive: true, force: true })
    await rename(join(work, 'result'), build)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
