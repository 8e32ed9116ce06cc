/** A frozen SavedModel of which single signatures are run with named tensors. */
import { withCutGraph } from './cutGraph.ts'
import type { Signature } from './signatures.ts'
import type { Tensor, TensorFlow } from './tensorflow.ts'
import { unusable, type Weights } from './weights.ts'

export class SavedNetwork {
  private constructor(
    private readonly tf: TensorFlow,
    private readonly session: number,
    private readonly signatures: ReadonlyMap<string, Signature>,
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
      return withCutGraph(folder, kept, (cut) => new SavedNetwork(tf, tf.load(cut), kept))
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
    const made = this.tf.run(this.session, given, [...signature.outputs.values()])
    return Object.fromEntries([...signature.outputs.keys()].map((output, n) => [output, made[n]!]))
  }

  dispose(): void {
    this.tf.unload(this.session)
  }
}
