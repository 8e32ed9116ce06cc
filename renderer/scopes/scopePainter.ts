/** Paints one scope's trace into a canvas. Keeps its memory from picture to picture. */
import type { ColorMatrix } from '../../electron/contract/schemas.ts'
import { drawHistogram, histogramHeights, HISTOGRAM_LEVELS, measureHistogram } from './histogram.ts'
import type { Readback } from './readback.ts'
import { drawTrace } from './trace.ts'
import { measureVectorscope, VECTORSCOPE_SIZE, vectorscopeHues } from './vectorscope.ts'
import { measureWaveform, WAVEFORM_COLUMNS, WAVEFORM_LEVELS, waveformColors } from './waveform.ts'

export const scopeKinds = ['vectorscope', 'luma', 'parade', 'histogram'] as const
export type ScopeKind = (typeof scopeKinds)[number]

export interface ScopeSetting {
  readonly kind: ScopeKind
  readonly matrix: ColorMatrix
  /** Enlargement of the vectorscope. */
  readonly gain: number
}

const HISTOGRAM_ROWS = 192
/** Columns and rows of each trace before it is scaled to the canvas. */
const SIZES: Readonly<Record<ScopeKind, readonly [columns: number, rows: number]>> = {
  vectorscope: [VECTORSCOPE_SIZE, VECTORSCOPE_SIZE],
  luma: [WAVEFORM_COLUMNS, WAVEFORM_LEVELS],
  parade: [WAVEFORM_COLUMNS, WAVEFORM_LEVELS],
  histogram: [HISTOGRAM_LEVELS, HISTOGRAM_ROWS],
}

export class ScopePainter {
  readonly #context: CanvasRenderingContext2D
  #density = new Uint32Array(0)
  #colors: Uint32Array = new Uint32Array(0)
  #image = new ImageData(1, 1)
  readonly #trace = document.createElement('canvas')
  #prepared: ScopeSetting | null = null

  constructor(private readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no 2D canvas')
    this.#context = context
  }

  clear(): void {
    this.#context.clearRect(0, 0, this.canvas.width, this.canvas.height)
  }

  paint(readback: Readback, setting: ScopeSetting): void {
    this.clear()
    this.#prepare(setting)
    const pixels = readback.width * readback.height
    if (setting.kind === 'histogram') {
      drawHistogram(histogramHeights(measureHistogram(readback, setting.matrix)), HISTOGRAM_ROWS, this.#image.data)
    } else if (setting.kind === 'vectorscope') {
      measureVectorscope(readback, setting.matrix, setting.gain, this.#density)
      drawTrace(this.#density, pixels / 400, this.#colors, this.#image.data)
    } else {
      measureWaveform(readback, setting.matrix, setting.kind, this.#density)
      drawTrace(
        this.#density,
        (readback.height * (setting.kind === 'parade' ? 3 : 1)) / 3,
        this.#colors,
        this.#image.data,
      )
    }
    this.#trace.getContext('2d')?.putImageData(this.#image, 0, 0)
    this.#context.drawImage(this.#trace, 0, 0, this.canvas.width, this.canvas.height)
  }

  #prepare(setting: ScopeSetting): void {
    const known = this.#prepared
    if (known && known.kind === setting.kind && known.matrix === setting.matrix && known.gain === setting.gain) return
    const [width, height] = SIZES[setting.kind]
    this.#density = new Uint32Array(width * height)
    if (setting.kind === 'vectorscope') this.#colors = vectorscopeHues(setting.matrix, setting.gain)
    else if (setting.kind !== 'histogram') this.#colors = waveformColors(setting.kind)
    this.#image = new ImageData(width, height)
    this.#trace.width = width
    this.#trace.height = height
    this.#prepared = setting
  }
}
