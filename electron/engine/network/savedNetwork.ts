/** A frozen SavedModel of which single signatures are run with named tensors. */
import { withCutGraph, type CutGraph } from './cutGraph.ts'
import type { Signature } from './signatures.ts'
import type { Tensor, TensorFlow } from './tensorflow.ts'
import { unusable, type Weights } from './weights.ts'

/** By the names of the graph's tensors. */
type Fed = readonly (readonly [string, Tensor])[]

export class SavedNetwork {
  private constructor(
    private readonly tf: TensorFlow,
    private readonly session: number,
    private readonly signatures: ReadonlyMap<string, Signature>,
    /** Large weights, by the signatures that are fed with them. */
    private readonly weights: ReadonlyMap<string, Fed>,
  ) {}

  /**
   * The signatures share one native session. Throws UserError 'weights-damaged' when TensorFlow can't read it.
   * @param needed signatures; the others are left out
   */
  static load(
    tf: TensorFlow,
    { folder, signatures }: Pick<Weights<unknown>, 'folder' | 'signatures'>,
    needed: readonly string[],
  ): SavedNetwork {
    try {
      for (const name of needed) if (!signatures.has(name)) throw new Error(`there is no signature '${name}'`)
      const kept = new Map([...signatures].filter(([name]) => needed.includes(name)))
      // A graphics card has its own memory: what is fed is copied there at each run.
      return withCutGraph(folder, kept, !tf.usesGpu, (cut, weights) => {
        return new SavedNetwork(tf, tf.load(cut), kept, weightTensors(tf, weights))
      })
    } catch (error) {
      throw unusable(folder, error)
    }
  }

  /** The caller disposes both the inputs and the outputs. */
  run(name: string, inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
    const signature = this.signatures.get(name)
    if (!signature) throw new RangeError(`this network has no signature '${name}'`)
    const given = Array.from(signature.inputs, ([input, tensor]): [string, Tensor] => {
      const value = inputs[input]
      if (!value) throw new RangeError(`'${name}' wants '${input}'`)
      return [tensor, value]
    })
    const fed = [...given, ...(this.weights.get(name) ?? [])]
    const made = this.tf.run(this.session, fed, [...signature.outputs.values()])
    return Object.fromEntries([...signature.outputs.keys()].map((output, n) => [output, made[n]!]))
  }

  dispose(): void {
    this.tf.unload(this.session)
    for (const fed of this.weights.values()) for (const [, tensor] of fed) tensor.dispose()
  }
}

/** Tensors that several signatures are fed with are made once. */
function weightTensors(tf: TensorFlow, weights: CutGraph['weights']): ReadonlyMap<string, Fed> {
  const made = new Map<string, Tensor>()
  return new Map(
    Array.from(weights, ([signature, large]) => [
      signature,
      large.map(({ tensor, bytes, shape, storedType, type }) => {
        const known = made.get(tensor) ?? tf.stored(bytes, shape, storedType, type)
        made.set(tensor, known)
        return [tensor, known] as const
      }),
    ]),
  )
}
