/**
 * Loads native TensorFlow when the first network is needed, not before: opening a film must not wait for it.
 * Its calls are synchronous and two threads of one process must not use it, so only the engine's main thread does.
 */
import { createRequire } from 'node:module'
import util from 'node:util'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'

export type TensorFlow = typeof import('@tensorflow/tfjs-node-gpu')
export type Tensor = import('@tensorflow/tfjs-node-gpu').Tensor
export type Tensor4D = import('@tensorflow/tfjs-node-gpu').Tensor4D

export interface TensorFlowRuntime {
  readonly tf: TensorFlow
  /** Of the native library, e.g. 2.15.1. */
  readonly version: string
  readonly usesGpu: boolean
}

let loaded: TensorFlowRuntime | null = null

/** Throws UserError 'tensorflow-missing' when the native library is not there or does not fit this machine. */
export function loadTensorFlow(): TensorFlowRuntime {
  if (loaded) return loaded
  // Its start-up notes about instruction sets would be taken for our own words.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3'
  // tfjs-node 4.22 still calls what Node 23 removed.
  const older = util as { isNullOrUndefined?: (value: unknown) => boolean; isArray?: (value: unknown) => boolean }
  older.isNullOrUndefined ??= (value) => value === null || value === undefined
  older.isArray ??= Array.isArray
  try {
    // The bundle is CommonJS and has a file name; run from source there is a module's address instead.
    const require = createRequire(typeof __filename === 'string' ? __filename : import.meta.url)
    const tf = require('@tensorflow/tfjs-node-gpu') as TensorFlow
    const backend = tf.backend() as unknown as { binding: { TF_Version: string }; isUsingGpuDevice: boolean }
    loaded = { tf, version: backend.binding.TF_Version, usesGpu: backend.isUsingGpuDevice }
    return loaded
  } catch (error) {
    throw new UserError(
      'tensorflow-missing',
      sentence`TensorFlow, which computes the colors, could not be loaded on this computer.`,
      sentence`Run npm start once more, which sets it up again; on a packaged version, install the program again.`,
      error instanceof Error ? error.message : String(error),
    )
  }
}
