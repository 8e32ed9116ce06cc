/**
 * From the networks' small chroma to a model that gives a color for every luma value at every place: a fast guided
 * filter (He and Sun 2015, "Fast Guided Filter"; He et al. 2013, "Guided Image Filtering") that is exact at the texels
 * it comes from. Within a small window chroma is taken to be a linear function of luma, as far as luma explains it.
 * That slope only says how color changes between texels, where the full-size luma has an edge or not; at a texel's own
 * luma the model gives the networks' very chroma. Where there is nothing to follow it is bilinear interpolation.
 *
 * Computed in WebAssembly (assembly/guided.ts).
 */
import { wasmInstance } from '../wasm/wasmModule.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'

interface GuidedModule extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory
  begin(modelWidth: number, modelHeight: number): void
  lumaAt(): number
  chromaAt(): number
  modelAt(): number
  make(grain: number): void
}

/** Coefficients (aU, bU, aV, bV) per texel of chroma, as contract/frames.ts describes them: U = aU Y + bU. */
export class GuidedModelMaker {
  readonly width: number
  readonly height: number
  readonly #wasm: GuidedModule
  readonly #luma: Float32Array
  readonly #chroma: Float32Array
  readonly #model: Float32Array

  /** Sizes of the networks' luma; chroma, and so the model, has half of each. */
  constructor(networkWidth: number, networkHeight: number) {
    this.width = networkWidth >> 1
    this.height = networkHeight >> 1
    const wasm = wasmInstance('guided') as GuidedModule
    this.#wasm = wasm
    wasm.begin(this.width, this.height)
    // Nothing more is allocated, so that the module's memory stays where it is.
    const floats = (address: number, each: number): Float32Array =>
      new Float32Array(wasm.memory.buffer, address, each * this.width * this.height)
    this.#luma = floats(wasm.lumaAt(), 4)
    this.#chroma = floats(wasm.chromaAt(), 2)
    this.#model = floats(wasm.modelAt(), 4)
  }

  /**
   * @param grain standard deviation of the full-size luma's grain (grain.ts); it limits how far color follows luma
   * @returns width * height * 4 values, row-major, in a new array or in `into`
   */
  make(
    luma: NetworkLuma,
    chroma: NetworkChroma,
    grain = 0,
    into: Float32Array = new Float32Array(this.#model.length),
  ): Float32Array {
    this.#luma.set(luma.values)
    this.#chroma.set(chroma.values)
    this.#wasm.make(grain)
    into.set(this.#model)
    return into
  }
}
