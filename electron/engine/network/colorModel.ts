/**
 * The color model: colors one frame from its luma alone. It knows things by the size that they had in the pictures it
 * was trained on, so a larger picture is shrunk to that size first: its guess is coarse anyhow.
 */
import { z } from 'zod'
import { AreaScaler } from '../picture/areaAverage.ts'
import { fittedSize } from '../picture/networkSize.ts'
import type { Colored, ColorModel } from './networks.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import type { Precision } from './precision.ts'
import { SavedNetwork } from './savedNetwork.ts'
import type { Tensor, TensorFlow } from './tensorflow.ts'
import { modelDescriptionSchema, type Weights } from './weights.ts'

export const colorModelDescriptionSchema = modelDescriptionSchema.extend({
  kind: z.literal('color-model'),
})
export type ColorModelDescription = z.infer<typeof colorModelDescriptionSchema>

export class NativeColorModel implements ColorModel {
  #shrink: AreaScaler | null = null

  private constructor(
    private readonly tf: TensorFlow,
    private readonly network: SavedNetwork,
    private readonly signature: Precision,
    private readonly shortSide: number,
  ) {}

  /** Throws UserError 'weights-damaged' when TensorFlow can't read it. */
  static load(tf: TensorFlow, weights: Weights<ColorModelDescription>, precision: Precision): NativeColorModel {
    const network = SavedNetwork.load(tf, weights, [precision])
    return new NativeColorModel(tf, network, precision, weights.description.shortSide)
  }

  color(luma: NetworkLuma): Colored {
    const { width, height, values: seen } = this.#shrunk(luma)
    const input = this.tf.tensor(seen, [1, height, width, 1])
    const output = this.network.run(this.signature, { luma: input })
    const chroma = this.#atSizeOf(luma, output['chroma']!)
    try {
      const values = chroma.values()
      const confidence = output['confidence']!.values()[0]!
      return { chroma: { width: luma.width >> 1, height: luma.height >> 1, values }, confidence }
    } finally {
      input.dispose()
      chroma.dispose()
      for (const tensor of Object.values(output)) tensor.dispose()
    }
  }

  #shrunk(luma: NetworkLuma): NetworkLuma {
    const [width, height] = fittedSize(luma.width, luma.height, this.shortSide)
    if (width === luma.width && height === luma.height) return luma
    if (this.#shrink?.sourceWidth !== luma.width || this.#shrink.sourceHeight !== luma.height) {
      this.#shrink = new AreaScaler(luma.width, luma.height, width, height)
    }
    const values = new Float32Array(width * height)
    this.#shrink.scale(luma.values, values, 1, 0, 1)
    return { width, height, values }
  }

  /** Chroma at half the size of a luma picture. */
  #atSizeOf(luma: NetworkLuma, chroma: Tensor): Tensor {
    const [height, width] = [luma.height >> 1, luma.width >> 1]
    if (chroma.shape[1] === height && chroma.shape[2] === width) return chroma
    return this.tf.resizeBilinear(chroma, height, width)
  }

  dispose(): void {
    this.network.dispose()
  }
}
