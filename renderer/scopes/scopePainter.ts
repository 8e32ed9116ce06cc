/** Paints one scope's trace into a canvas. Keeps its memory from picture to picture. */
import type { ColorMatrix } from '../../electron/contract/schemas.ts'
import { histogramHeights, measureHistogram } from './histogram.ts'
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

const CURVES = { luma: '#d6dcd6', red: '#ff6058', green: '#60e870', blue: '#6898ff' } as const

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
    if (setting.kind === 'histogram') {
      this.#paintCurves(readback, setting.matrix)
      return
    }
    this.#prepare(setting)
    const pixels = readback.width * readback.height
    if (setting.kind === 'vectorscope') {
      measureVectorscope(readback, setting.matrix, setting.gain, this.#density)
      drawTrace(this.#density, pixels / 400, this.#colors, this.#image.data)
    } else {
      measureWaveform(readback, setting.matrix, setting.kind, this.#density)
      drawTrace(this.#density, readback.height / 4, this.#colors, this.#image.data)
    }
    this.#trace.getContext('2d')?.putImageData(this.#image, 0, 0)
    this.#context.drawImage(this.#trace, 0, 0, this.canvas.width, this.canvas.height)
  }

  #prepare(setting: ScopeSetting): void {
    const known = this.#prepared
    if (known && known.kind === setting.kind && known.matrix === setting.matrix && known.gain === setting.gain) return
    const vectors = setting.kind === 'vectorscope'
    const [width, height] = vectors ? [VECTORSCOPE_SIZE, VECTORSCOPE_SIZE] : [WAVEFORM_COLUMNS, WAVEFORM_LEVELS]
    this.#density = new Uint32Array(width * height)
    this.#colors = vectors ? vectorscopeHues(setting.matrix, setting.gain) : waveformColors(setting.kind === 'parade' ? 'parade' : 'luma')
    this.#image = new ImageData(width, height)
    this.#trace.width = width
    this.#trace.height = height
    this.#prepared = setting
  }

  #paintCurves(readback: Readback, matrix: ColorMatrix): void {
    const heights = histogramHeights(measureHistogram(readback, matrix))
    const context = this.#context
    const { width, height } = this.canvas
    context.globalCompositeOperation = 'lighter'
    for (const name of ['luma', 'red', 'green', 'blue'] as const) {
      const values = heights[name]
      context.beginPath()
      context.moveTo(0, height)
      values.forEach((value, level) => context.lineTo(((level + 0.5) / values.length) * width, height * (1 - 0.96 * value)))
      context.lineTo(width, height)
      context.closePath()
      context.fillStyle = CURVES[name]
      context.globalAlpha = name === 'luma' ? 0.18 : 0.32
      context.fill()
      context.strokeStyle = CURVES[name]
      context.globalAlpha = 0.8
      context.stroke()
    }
    context.globalAlpha = 1
    context.globalCompositeOperation = 'source-over'
  }
}
