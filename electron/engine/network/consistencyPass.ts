/**
 * The trained consistency pass: reads pinned keyframes and the predecessor from one memory and carries a state from
 * frame to frame (models/PASS.md). Memories and state stay on TensorFlow's side between frames.
 */
import { z } from 'zod'
import type { Colored, ColoredFrame, ConsistencyPass } from './networks.ts'
import { TOLD_CHANNELS, type NetworkChroma, type NetworkLuma, type ToldMotion } from '../picture/networkPictures.ts'
import type { Precision } from './precision.ts'
import { SavedNetwork } from './savedNetwork.ts'
import type { Tensor, TensorFlow } from './tensorflow.ts'
import { modelDescriptionSchema, type Weights } from './weights.ts'

export const consistencyPassDescriptionSchema = modelDescriptionSchema.extend({
  kind: z.literal('consistency-pass'),
  /** Names of the tensors that make up the memory of one colored frame, joined along their first axis. */
  memory: z.array(z.string()).min(1),
  /** [1, 'H/8', 'W/8', channels]: sizes as numbers, or as parts of the luma's height and width. */
  stateShape: z.array(z.union([z.number().int().positive(), z.string().regex(/^[HW]\/\d+$/)])),
})
export type ConsistencyPassDescription = z.infer<typeof consistencyPassDescriptionSchema>

/** By name, as in the description's list. */
type Memory = Readonly<Record<string, Tensor>>

export class NativeConsistencyPass {
  #network: SavedNetwork | null = null

  constructor(
    readonly tf: TensorFlow,
    private readonly weights: Weights<ConsistencyPassDescription>,
    readonly precision: Precision,
  ) {}

  get description(): ConsistencyPassDescription {
    return this.weights.description
  }

  /**
   * Loaded when the first pin asks for it: a film without pins does not wait for it. Throws UserError 'weights-damaged'
   * when TensorFlow can't read it.
   */
  get network(): SavedNetwork {
    const { tf, weights, precision } = this
    return (this.#network ??= SavedNetwork.load(tf, weights, [`encode_${precision}`, `step_${precision}`]))
  }

  /** @param pins at least one */
  start(pins: readonly ColoredFrame[], predecessor?: ColoredFrame): RunningPass {
    return new RunningPass(this, pins, predecessor)
  }

  encode(luma: NetworkLuma, chroma: NetworkChroma): Memory {
    const inputs = { luma: this.lumaTensor(luma), chroma: this.chromaTensor(chroma) }
    try {
      return this.network.run(`encode_${this.precision}`, inputs)
    } finally {
      dispose(inputs)
    }
  }

  /** Keys of a picture's places, an eighth of its size: (1, rows, columns, channels), unit vectors. */
  keysOf(luma: NetworkLuma): Tensor {
    const chroma = {
      width: luma.width >> 1,
      height: luma.height >> 1,
      values: new Float32Array(luma.values.length / 2),
    }
    const { key8, ...rest } = this.encode(luma, chroma)
    dispose(rest)
    return key8!
  }

  /** Of one or more frames, joined. The single ones are freed. */
  join(memories: readonly Memory[]): Memory {
    const only = memories[0]
    if (memories.length === 1 && only) return only
    const joined = Object.fromEntries(
      this.description.memory.map((name) => [name, this.tf.concat(memories.map((memory) => memory[name]!))]),
    )
    memories.forEach(dispose)
    return joined
  }

  /** A memory of two frames that are the same. The single one is freed. */
  twice(memory: Memory): Memory {
    const doubled = Object.fromEntries(
      this.description.memory.map((name) => [name, this.tf.concat([memory[name]!, memory[name]!])]),
    )
    dispose(memory)
    return doubled
  }

  zeroState(luma: NetworkLuma): Tensor {
    const shape = this.description.stateShape.map((size) => {
      if (typeof size === 'number') return size
      return (size.startsWith('H') ? luma.height : luma.width) / Number(size.slice(2))
    })
    return this.tf.zeros(shape)
  }

  lumaTensor(luma: NetworkLuma): Tensor {
    return this.tf.tensor(luma.values, [1, luma.height, luma.width, 1])
  }

  /** @param like of its size */
  toldTensor(carried: ToldMotion | null, { width, height }: NetworkChroma): Tensor {
    const shape = [1, height, width, TOLD_CHANNELS]
    return carried ? this.tf.tensor(carried.values, shape) : this.tf.zeros(shape)
  }

  chromaTensor(chroma: NetworkChroma): Tensor {
    return this.tf.tensor(chroma.values, [1, chroma.height, chroma.width, 2])
  }
}

export class RunningPass implements ConsistencyPass {
  readonly #keyframes: Memory
  readonly #frames: readonly number[]
  #predecessor: Memory
  #state: Tensor | null = null

  constructor(
    private readonly pass: NativeConsistencyPass,
    pins: readonly ColoredFrame[],
    predecessor: ColoredFrame | undefined,
  ) {
    const nearest = predecessor ?? pins[0]
    if (!nearest) throw new RangeError('the consistency pass needs a pin')
    this.#frames = pins.map((pin) => pin.frame)
    this.#keyframes = pass.join(pins.map((pin) => pass.encode(pin.luma, pin.chroma)))
    const memory = pass.encode(nearest.luma, nearest.chroma)
    // A predecessor is its own anchor (models/PASS.md) too, as it would be had the pass come by: else 0.1 dB are lost.
    this.#predecessor = predecessor ? pass.twice(memory) : memory
  }

  step(frame: number, luma: NetworkLuma, automatic: NetworkChroma, carried: ToldMotion | null): Colored {
    const { pass } = this
    const named = (prefix: string, memory: Memory): [string, Tensor][] =>
      pass.description.memory.map((name) => [`${prefix}_${name}`, memory[name]!])
    const own = {
      luma: pass.lumaTensor(luma),
      auto: pass.chromaTensor(automatic),
      carried: pass.toldTensor(carried, automatic),
      distance: pass.tf.tensor(
        Float32Array.from(this.#frames, (keyframe) => keyframe - frame),
        [this.#frames.length],
      ),
      state: this.#state ?? pass.zeroState(luma),
    }
    const inputs = {
      ...own,
      ...Object.fromEntries([...named('keyframe', this.#keyframes), ...named('predecessor', this.#predecessor)]),
    }
    const { chroma, confidence, frame_confidence, state, ...next } = pass.network.run(`step_${pass.precision}`, inputs)
    dispose(own)
    dispose(this.#predecessor)
    this.#state = state!
    this.#predecessor = Object.fromEntries(pass.description.memory.map((name) => [name, next[`next_${name}`]!]))
    const values = chroma!.values()
    const sure = frame_confidence!.values()[0]!
    dispose({ chroma: chroma!, confidence: confidence!, frame_confidence: frame_confidence! })
    return { chroma: { width: automatic.width, height: automatic.height, values }, confidence: sure }
  }

  dispose(): void {
    dispose(this.#keyframes)
    dispose(this.#predecessor)
    this.#state?.dispose()
    this.#state = null
  }
}

function dispose(tensors: Readonly<Record<string, Tensor>>): void {
  for (const tensor of Object.values(tensors)) tensor.dispose()
}
