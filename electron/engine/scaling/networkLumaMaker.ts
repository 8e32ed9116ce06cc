/** Makes the small luma picture that the networks see of a frame's luma plane, in WebAssembly (assembly/). */
import { coverage } from '../picture/areaAverage.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import type { PixelLayout, Planes } from '../picture/pixelLayout.ts'
import { lumaScale } from '../picture/sampleScale.ts'
import { wasmInstance } from '../wasm/wasmModule.ts'

interface ScalingModule extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory
  begin(fromWidth: number, fromHeight: number, toWidth: number, toHeight: number, bytes: number): void
  sourceAt(): number
  targetAt(): number
  firstsAt(side: number): number
  lastsAt(side: number): number
  firstWeightsAt(side: number): number
  lastWeightsAt(side: number): number
  scale(isInterlaced: boolean, unit: number, offset: number): void
}

/**
 * Shrinks luma planes of one layout to the networks' size; full range 0..1 whatever the source's depth and range.
 *
 * Of interlaced pictures the networks see both fields in equal shares in every row. What moves is doubled then, not
 * torn into lines, and luma and chroma of a texel are mixtures of the same two moments.
 */
export class NetworkLumaMaker {
  readonly #unit: number
  readonly #offset: number
  /** With memory for a whole plane: made when the first one comes. */
  #module: ScalingModule | null = null

  constructor(
    private readonly layout: PixelLayout,
    readonly width: number,
    readonly height: number,
  ) {
    const { gain, offset } = lumaScale(layout)
    this.#offset = offset
    const isSameSize = layout.width === width && layout.height === height
    this.#unit = isSameSize ? gain : (gain * (width / layout.width) * height) / layout.height
  }

  /** A new picture each time: the pass keeps them. */
  make({ y }: Pick<Planes, 'y'>): NetworkLuma {
    const { width, height } = this
    const wasm = (this.#module ??= this.#begin())
    new Uint8Array(wasm.memory.buffer, wasm.sourceAt(), y.byteLength).set(
      new Uint8Array(y.buffer, y.byteOffset, y.byteLength),
    )
    wasm.scale(this.layout.interlaced === true, this.#unit, this.#offset)
    return { width, height, values: new Float32Array(wasm.memory.buffer, wasm.targetAt(), width * height).slice() }
  }

  #begin(): ScalingModule {
    const { layout, width, height } = this
    const wasm = wasmInstance('scaling') as ScalingModule
    wasm.begin(layout.width, layout.height, width, height, layout.bitDepth > 8 ? 2 : 1)
    const { buffer } = wasm.memory
    const sides = [coverage(layout.width, width), coverage(layout.height, height)]
    for (const [side, { first, last, firstWeight, lastWeight }] of sides.entries()) {
      new Int32Array(buffer, wasm.firstsAt(side), first.length).set(first)
      new Int32Array(buffer, wasm.lastsAt(side), last.length).set(last)
      new Float32Array(buffer, wasm.firstWeightsAt(side), firstWeight.length).set(firstWeight)
      new Float32Array(buffer, wasm.lastWeightsAt(side), lastWeight.length).set(lastWeight)
    }
    return wasm
  }
}
