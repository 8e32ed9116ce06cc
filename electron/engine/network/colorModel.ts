/** The color model: colors one frame from its luma alone. */
import { z } from 'zod'
import type { Colored, ColorModel, NetworkLuma } from './networks.ts'
import type { Precision } from './precision.ts'
import { SavedNetwork } from './savedNetwork.ts'
import type { TensorFlow } from './tensorflow.ts'
import { modelDescriptionSchema, type Weights } from './weights.ts'

export const colorModelDescriptionSchema = modelDescriptionSchema.extend({
  kind: z.literal('color-model'),
  /** Short side of the picture it was made for, in pixels. */
  shortSide: z.number().int().min(32).max(1024),
})
export type ColorModelDescription = z.infer<typeof colorModelDescriptionSchema>

export class NativeColorModel implements ColorModel {
  private constructor(
    private readonly tf: TensorFlow,
    private readonly network: SavedNetwork,
    private readonly signature: Precision,
  ) {}

  static async load(tf: TensorFlow, weights: Weights<ColorModelDescription>, precision: Precision): Promise<NativeColorModel> {
    return new NativeColorModel(tf, await SavedNetwork.load(tf, weights.folder, [precision]), precision)
  }

  color(luma: NetworkLuma): Colored {
    const input = this.tf.tensor4d(luma.values, [1, luma.height, luma.width, 1])
    const output = this.network.run(this.signature, { luma: input })
    try {
      const values = output['chroma']!.dataSync<'float32'>()
      const confidence = output['confidence']!.dataSync<'float32'>()[0]!
      return { chroma: { width: luma.width >> 1, height: luma.height >> 1, values }, confidence }
    } finally {
      input.dispose()
      for (const tensor of Object.values(output)) tensor.dispose()
    }
  }

  dispose(): void {
    this.network.dispose()
  }
}
