/**
 * Native TensorFlow: the addon that tfjs-node brings, spoken to directly. The package's own JavaScript
 * reads a whole SavedModel once more, in JavaScript, for every signature of it, and brings a library of operations that
 * nobody asks for here; that was four seconds of every start.
 *
 * It is loaded when the first network is needed, not before: opening a film must not wait for it. Its calls are
 * synchronous and two threads of one process must not use it, so only one thread of the engine does (networkThread.ts).
 */
import { createRequire } from 'node:module'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { tensorflowPackage } from './tensorflowPackage.ts'

/** The addon for Node-API 8, which all that we run on has: Node.js from 16 on, Electron likewise. */
const ADDON = `${tensorflowPackage()}/lib/napi-v8/tfjs_binding.node`

interface NativeTensor {
  readonly id: number
  readonly shape: readonly number[]
}

interface OperationAttribute {
  readonly name: string
  /** One of the addon's TF_ATTR_ numbers. */
  readonly type: number
  readonly value: number | boolean | string | readonly number[]
}

/** What is used of the addon. Tensors, sessions and types go by numbers. */
interface Addon {
  readonly TF_Version: string
  readonly TF_FLOAT: number
  readonly TF_INT32: number
  readonly TF_UINT8: number
  readonly TF_ATTR_INT: number
  readonly TF_ATTR_BOOL: number
  readonly TF_ATTR_STRING: number
  readonly TF_ATTR_TYPE: number
  isUsingGpuDevice(): boolean
  createTensor(shape: readonly number[], type: number, values: Float32Array | Int32Array | Uint8Array): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): Float32Array | Int32Array
  executeOp(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): NativeTensor[]
  loadSavedModel(folder: string, tags: string): number
  deleteSavedModel(session: number): void
  /** @param inputNames of the graph's tensors, joined by commas; so are the outputs' */
  runSavedModel(session: number, inputs: readonly number[], inputNames: string, outputNames: string): NativeTensor[]
}

export type TensorType = 'float32' | 'bfloat16'

/** TF_DataType of TensorFlow's C interface; the addon names no bfloat16. */
export const TYPES: Readonly<Record<TensorType, number>> = { float32: 1, bfloat16: 14 }
/** Of a number. */
const BYTES: Readonly<Record<TensorType, number>> = { float32: 4, bfloat16: 2 }

let living = 0

/** Numbers on TensorFlow's side; for dispose() in the end. */
export class Tensor {
  #disposed = false

  constructor(
    private readonly addon: Addon,
    readonly id: number,
    readonly shape: readonly number[],
  ) {
    living++
  }

  /** A copy of its numbers, row-major. */
  values(): Float32Array {
    return this.addon.tensorDataSync(this.id) as Float32Array
  }

  /** The same of whole numbers. */
  wholeValues(): Int32Array {
    return this.addon.tensorDataSync(this.id) as Int32Array
  }

  /** Harmless when done before. */
  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    living--
    this.addon.deleteTensor(this.id)
  }
}

export class TensorFlow {
  constructor(private readonly addon: Addon) {}

  /** Of the native library, e.g. 2.15.1. */
  get version(): string {
    return this.addon.TF_Version
  }

  get usesGpu(): boolean {
    return this.addon.isUsingGpuDevice()
  }

  /** How many tensors were made and not disposed of. */
  get tensors(): number {
    return living
  }

  /** @param values as many as the shape says, row-major */
  tensor(values: Float32Array, shape: readonly number[]): Tensor {
    return new Tensor(this.addon, this.addon.createTensor(shape, this.addon.TF_FLOAT, values), shape)
  }

  /**
   * Numbers as TensorFlow stores them, little-endian.
   * @param bytes of as many numbers as the shape says, row-major
   * @param stored how they are stored
   * @param type how they are wanted
   */
  stored(bytes: Uint8Array, shape: readonly number[], stored: TensorType, type: TensorType): Tensor {
    const { TF_ATTR_TYPE, TF_UINT8 } = this.addon
    const raw = this.addon.createTensor([...shape, BYTES[stored]], TF_UINT8, bytes)
    try {
      const made = this.addon.executeOp(
        'Bitcast',
        [
          { name: 'T', type: TF_ATTR_TYPE, value: TF_UINT8 },
          { name: 'type', type: TF_ATTR_TYPE, value: TYPES[stored] },
        ],
        [raw],
        1,
      )
      const tensor = this.#made(made[0]!)
      if (stored === type) return tensor
      try {
        return this.#cast(tensor, stored, type)
      } finally {
        tensor.dispose()
      }
    } finally {
      this.addon.deleteTensor(raw)
    }
  }

  zeros(shape: readonly number[]): Tensor {
    return this.tensor(new Float32Array(shape.reduce((product, side) => product * side, 1)), shape)
  }

  /** Joined along their first axis. @param tensors at least two, alike but for that axis */
  concat(tensors: readonly Tensor[]): Tensor {
    const { TF_ATTR_INT, TF_ATTR_TYPE, TF_INT32, TF_FLOAT } = this.addon
    return this.#execute(
      'ConcatV2',
      [
        { name: 'N', type: TF_ATTR_INT, value: tensors.length },
        { name: 'Tidx', type: TF_ATTR_TYPE, value: TF_INT32 },
        { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
      ],
      tensors,
      this.#whole([], [0]),
    )
  }

  /** a times b transposed. @param a (n, C) @param b (m, C) @returns (n, m) */
  products(a: Tensor, b: Tensor): Tensor {
    const { TF_ATTR_BOOL, TF_ATTR_TYPE, TF_FLOAT } = this.addon
    const made = this.addon.executeOp(
      'MatMul',
      [
        { name: 'transpose_a', type: TF_ATTR_BOOL, value: false },
        { name: 'transpose_b', type: TF_ATTR_BOOL, value: true },
        { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
      ],
      [a.id, b.id],
      1,
    )
    return this.#made(made[0]!)
  }

  /** Where along an axis the greatest number stands: whole numbers. @param axis 0 or 1 @param matrix (n, m) */
  greatestAlong(axis: 0 | 1, matrix: Tensor): Tensor {
    const { TF_ATTR_TYPE, TF_INT32, TF_FLOAT } = this.addon
    return this.#execute(
      'ArgMax',
      [
        { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
        { name: 'Tidx', type: TF_ATTR_TYPE, value: TF_INT32 },
        { name: 'output_type', type: TF_ATTR_TYPE, value: TF_INT32 },
      ],
      [matrix],
      this.#whole([], [axis]),
    )
  }

  /** A picture (1, height, width, channels) at another size; samples stand in the middle of their pixels. */
  resizeBilinear(picture: Tensor, height: number, width: number): Tensor {
    const { TF_ATTR_BOOL, TF_ATTR_TYPE, TF_FLOAT } = this.addon
    return this.#execute(
      'ResizeBilinear',
      [
        { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
        { name: 'align_corners', type: TF_ATTR_BOOL, value: false },
        { name: 'half_pixel_centers', type: TF_ATTR_BOOL, value: true },
      ],
      [picture],
      this.#whole([2], [height, width]),
    )
  }

  /** Numbers of float32 in another precision. */
  cast(tensor: Tensor, type: TensorType): Tensor {
    return this.#cast(tensor, 'float32', type)
  }

  #cast(tensor: Tensor, from: TensorType, type: TensorType): Tensor {
    const { TF_ATTR_BOOL, TF_ATTR_TYPE } = this.addon
    const made = this.addon.executeOp(
      'Cast',
      [
        { name: 'SrcT', type: TF_ATTR_TYPE, value: TYPES[from] },
        { name: 'DstT', type: TF_ATTR_TYPE, value: TYPES[type] },
        { name: 'Truncate', type: TF_ATTR_BOOL, value: false },
      ],
      [tensor.id],
      1,
    )
    return this.#made(made[0]!)
  }

  /**
   * A picture (1, height, width, C) convolved at every pixel, with nothing around it.
   * @param kernels (rows, columns, C, D)
   * @param type of both and of what comes back
   */
  convolve(picture: Tensor, kernels: Tensor, type: TensorType): Tensor {
    const { TF_ATTR_INT, TF_ATTR_STRING, TF_ATTR_TYPE } = this.addon
    const made = this.addon.executeOp(
      'Conv2D',
      [
        { name: 'T', type: TF_ATTR_TYPE, value: TYPES[type] },
        { name: 'strides', type: TF_ATTR_INT, value: [1, 1, 1, 1] },
        { name: 'dilations', type: TF_ATTR_INT, value: [1, 1, 1, 1] },
        { name: 'padding', type: TF_ATTR_STRING, value: 'SAME' },
        { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' },
      ],
      [picture.id, kernels.id],
      1,
    )
    return this.#made(made[0]!)
  }

  /** Number of a new session on a frozen SavedModel's graph. Throws where TensorFlow can not read it. */
  load(folder: string): number {
    return this.addon.loadSavedModel(folder, 'serve')
  }

  unload(session: number): void {
    this.addon.deleteSavedModel(session)
  }

  /** @param inputs by the names of the graph's tensors. @returns those asked for, in their order, to be disposed of */
  run(session: number, inputs: readonly (readonly [string, Tensor])[], outputs: readonly string[]): Tensor[] {
    const ids = inputs.map(([, { id }]) => id)
    const names = inputs.map(([name]) => name).join(',')
    return this.addon.runSavedModel(session, ids, names, outputs.join(',')).map((made) => this.#made(made))
  }

  #whole(shape: readonly number[], values: readonly number[]): Tensor {
    return new Tensor(this.addon, this.addon.createTensor(shape, this.addon.TF_INT32, Int32Array.from(values)), shape)
  }

  /** @param last its last input, which is disposed of */
  #execute(name: string, attributes: OperationAttribute[], inputs: readonly Tensor[], last: Tensor): Tensor {
    try {
      const ids = [...inputs, last].map(({ id }) => id)
      return this.#made(this.addon.executeOp(name, attributes, ids, 1)[0]!)
    } finally {
      last.dispose()
    }
  }

  #made({ id, shape }: NativeTensor): Tensor {
    return new Tensor(this.addon, id, shape)
  }
}

let loaded: TensorFlow | null = null

/**
 * Its start-up notes about instruction sets would be taken for our own words. To be called on a process's own thread:
 * others have but a copy of its environment.
 */
export function hushTensorFlow(): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3'
}

/** Throws UserError 'tensorflow-missing' when the native library is not there or does not fit this machine. */
export function loadTensorFlow(): TensorFlow {
  if (loaded) return loaded
  hushTensorFlow()
  try {
    // The bundle is CommonJS and has a file name; run from source there is a module's address instead.
    const isBundle = typeof __filename === 'string' && __filename.endsWith('.cjs')
    const require = createRequire(isBundle ? __filename : import.meta.url)
    loaded = new TensorFlow(require(ADDON) as Addon)
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
