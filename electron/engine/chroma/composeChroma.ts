/**
 * The full-size chroma planes of a colored frame: a coloring model evaluated at every chroma sample with the luma at
 * that sample's site. Luma is read, never written. Computed in WebAssembly (assembly/chroma.ts).
 */
import { GAMUT_KNEE } from '../../contract/frames.ts'
import { wasmInstance } from '../wasm/wasmModule.ts'
import { chromaRow, chromaShift, chromaSize, type PixelLayout, type Plane } from '../picture/pixelLayout.ts'
import { chromaScale, lumaScale, lumaWeights } from '../picture/sampleScale.ts'

interface ChromaModule extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory
  begin(
    fullWidth: number,
    fullHeight: number,
    bytes: number,
    chromaWidth: number,
    chromaHeight: number,
    around: number,
    luminous: number,
    texelsAcross: number,
    texelsDown: number,
  ): void
  setLuma(perSum: number, atZero: number): void
  setChroma(
    ofRed: number,
    ofBlue: number,
    perU: number,
    perV: number,
    neutral: number,
    highest: number,
    from: number,
  ): void
  lumaAt(): number
  modelAt(): number
  uAt(): number
  vAt(): number
  rowsAt(): number
  rowWeightsAt(): number
  topsAt(): number
  bottomsAt(): number
  bottomWeightsAt(): number
  leftsAt(): number
  rightWeightsAt(): number
  beginDetail(perStep: number): void
  detailAt(pin: number): number
  wayAt(pin: number): number
  compose(pins: number): void
}

/** Steps of fine color in a difference of 1, which is more than there can be. */
export const DETAIL_STEPS = 32767

/** What a frame has of one pin's fine color. */
export interface DetailOnItsWay {
  /** Equal names: equal values. */
  readonly name: string
  /** U and V interleaved, a value per chroma sample of the layout, row-major; DETAIL_STEPS are a difference of 1. */
  readonly values: Int16Array
  /**
   * Four values per texel of the model: by how many chroma samples its detail lies to the right and further down, how
   * much of it is taken, 0..1, and nothing.
   */
  readonly way: Float32Array
}

/** Made once per output layout and model size; keeps its tables and memory of one frame. */
export class ChromaComposer {
  readonly width: number
  readonly height: number
  readonly #wasm: ChromaModule
  readonly #y: Plane
  readonly #u: Plane
  readonly #v: Plane
  readonly #model: Float32Array
  readonly #details: { readonly values: Int16Array; readonly way: Float32Array; name: string | null }[] = []

  /**
   * @param layout of the planes to write; its luma is the source's. Not gray.
   * @param modelWidth texels of the coloring model (contract/frames.ts)
   * @param pins whose fine color can be brought along to a frame: none, or up to 2
   */
  constructor(
    readonly layout: PixelLayout,
    readonly modelWidth: number,
    readonly modelHeight: number,
    pins: 0 | 2 = 0,
  ) {
    if (layout.sampling === 'gray') throw new RangeError('a gray layout has no chroma planes')
    ;[this.width, this.height] = chromaSize(layout)
    const wasm = wasmInstance('chroma') as ChromaModule
    this.#wasm = wasm
    const { width, height } = this
    const [sx, sy] = chromaShift[layout.sampling]
    // Co-sited samples are a tent over three columns, centered ones a box.
    const isTent = sx === 1 && layout.siting !== 'center'
    const { rows, total } = chromaRow(layout, 0)
    const around = sx === 0 ? 0 : isTent ? 1 : 1 << sx
    const View = layout.bitDepth > 8 ? Uint16Array : Uint8Array
    const bytes = View.BYTES_PER_ELEMENT
    wasm.begin(layout.width, layout.height, bytes, width, height, around, rows.length, modelWidth, modelHeight)
    if (pins > 0) wasm.beginDetail(chromaScale(layout).gain / DETAIL_STEPS)
    // Nothing more is allocated, so that the module's memory stays where it is.
    const { buffer } = wasm.memory
    for (let pin = 0; pin < pins; pin++) {
      this.#details.push({
        values: new Int16Array(buffer, wasm.detailAt(pin), 2 * width * height),
        way: new Float32Array(buffer, wasm.wayAt(pin), 4 * modelWidth * modelHeight),
        name: null,
      })
    }
    this.#y = new View(buffer, wasm.lumaAt(), layout.width * layout.height)
    this.#u = new View(buffer, wasm.uAt(), width * height)
    this.#v = new View(buffer, wasm.vAt(), width * height)
    this.#model = new Float32Array(buffer, wasm.modelAt(), modelWidth * modelHeight * 4)
    this.#setScales(total * (isTent ? 4 : 1 << sx))
    this.#fillColumns(isTent ? (i) => 2 * i + 0.5 : (i) => (i + 0.5) * (1 << sx))
    const isOnRows = layout.siting === 'topleft' && sy === 1
    this.#fillRows(rows.length, isOnRows ? (row) => 2 * row + 0.5 : (row) => (row + 0.5) * (1 << sy))
  }

  /** @param weight of the luma samples that make up a site, in all */
  #setScales(weight: number): void {
    const { layout } = this
    const luma = lumaScale(layout)
    this.#wasm.setLuma(luma.gain / weight, luma.offset)
    const [kr, kb] = lumaWeights[layout.matrix]
    const { gain, neutral, top } = chromaScale(layout)
    const kg = 1 - kr - kb
    const [perU, perV] = [gain / (2 * (1 - kb)), gain / (2 * (1 - kr))]
    this.#wasm.setChroma(-kr / kg, -kb / kg, perU, perV, neutral, top, GAMUT_KNEE)
  }

  /** @param center of a chroma column, in luma columns */
  #fillColumns(center: (column: number) => number): void {
    const { layout, modelWidth, width } = this
    const lefts = new Int32Array(this.#wasm.memory.buffer, this.#wasm.leftsAt(), width)
    const rightWeights = new Float32Array(this.#wasm.memory.buffer, this.#wasm.rightWeightsAt(), width)
    for (let i = 0; i < width; i++) {
      const x = Math.max(0, (center(i) / layout.width) * modelWidth - 0.5)
      lefts[i] = Math.min(modelWidth - 1, Math.floor(x))
      rightWeights[i] = Math.min(1, x - lefts[i]!)
    }
  }

  /** @param center of a chroma row, in luma rows */
  #fillRows(each: number, center: (row: number) => number): void {
    const { layout, modelHeight, height } = this
    const { buffer } = this.#wasm.memory
    const rows = new Int32Array(buffer, this.#wasm.rowsAt(), each * height)
    const rowWeights = new Int32Array(buffer, this.#wasm.rowWeightsAt(), each * height)
    const tops = new Int32Array(buffer, this.#wasm.topsAt(), height)
    const bottoms = new Int32Array(buffer, this.#wasm.bottomsAt(), height)
    const bottomWeights = new Float64Array(buffer, this.#wasm.bottomWeightsAt(), height)
    for (let row = 0; row < height; row++) {
      const luma = chromaRow(layout, row)
      rows.set(luma.rows, each * row)
      rowWeights.set(luma.weights, each * row)
      const at = Math.max(0, (center(row) / layout.height) * modelHeight - 0.5)
      tops[row] = Math.min(modelHeight - 1, Math.floor(at))
      bottoms[row] = Math.min(modelHeight - 1, tops[row]! + 1)
      bottomWeights[row] = Math.min(1, at - tops[row]!)
    }
  }

  /** New planes of the right type and size. */
  allocate(): [u: Plane, v: Plane] {
    return [this.#u.slice(), this.#v.slice()]
  }

  /**
   * Fills u and v with code values of the layout's depth, range and matrix.
   * @param y the source's luma plane
   * @param model coefficients (aU, bU, aV, bV), modelHeight * modelWidth * 4
   * @param details no more than there are pins
   */
  compose(y: Plane, model: Float32Array, u: Plane, v: Plane, details: readonly DetailOnItsWay[] = []): void {
    this.#y.set(y)
    this.#model.set(model)
    details.forEach(({ name, values, way }, pin) => {
      const memory = this.#details[pin]
      if (!memory) throw new RangeError('there is no room for the detail of so many pins')
      // Taken over once for many frames.
      if (memory.name !== name) memory.values.set(values)
      memory.name = name
      memory.way.set(way)
    })
    this.#wasm.compose(details.length)
    u.set(this.#u)
    v.set(this.#v)
  }
}
