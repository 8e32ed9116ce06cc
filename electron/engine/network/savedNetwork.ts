/** A frozen SavedModel of which single signatures are run with named tensors. */
import type { Tensor, TensorFlow } from './tensorflow.ts'
import { unusable } from './weights.ts'

type LoadedSignature = Awaited<ReturnType<TensorFlow['node']['loadSavedModel']>>

export class SavedNetwork {
  readonly #signatures: ReadonlyMap<string, LoadedSignature>

  private constructor(signatures: ReadonlyMap<string, LoadedSignature>) {
    this.#signatures = signatures
  }

  /** All signatures share one native session. Throws UserError 'weights-damaged' when TensorFlow can't read it. */
  static async load(tf: TensorFlow, folder: string, signatures: readonly string[]): Promise<SavedNetwork> {
    const loaded = new Map<string, LoadedSignature>()
    try {
      for (const signature of signatures)
        loaded.set(signature, await tf.node.loadSavedModel(folder, ['serve'], signature))
    } catch (error) {
      for (const signature of loaded.values()) signature.dispose()
      throw unusable(folder, error)
    }
    return new SavedNetwork(loaded)
  }

  /** The caller disposes both the inputs and the outputs. */
  run(signature: string, inputs: Record<string, Tensor>): Record<string, Tensor> {
    const loaded = this.#signatures.get(signature)
    if (!loaded) throw new RangeError(`this network was loaded without its signature '${signature}'`)
    return loaded.predict(inputs) as Record<string, Tensor>
  }

  dispose(): void {
    for (const signature of this.#signatures.values()) signature.dispose()
  }
}
