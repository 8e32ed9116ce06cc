import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawHistogram, HISTOGRAM_LEVELS, histogramHeights, measureHistogram } from './histogram.ts'
import { toChroma, type Readback } from './readback.ts'
import { drawTrace, packColor } from './trace.ts'
import {
  measureVectorscope,
  VECTORSCOPE_SIZE,
  vectorscopeGraticule,
  vectorscopeHues,
  vectorscopePoint,
} from './vectorscope.ts'
import { measureWaveform, WAVEFORM_COLUMNS, WAVEFORM_LEVELS, waveformColors, waveformLines } from './waveform.ts'

function picture(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number, number?],
): Readback {
  const pixels = Uint8Array.from(
    { length: width * height * 4 },
    (_, i) => color((i >> 2) % width, Math.floor((i >> 2) / width))[i & 3] ?? 255,
  )
  return { width, height, pixels }
}
const total = (density: Uint32Array): number => density.reduce((sum, value) => sum + value, 0)
const byte = fc.integer({ min: 0, max: 255 })

describe('the vectorscope', () => {
  const density = new Uint32Array(VECTORSCOPE_SIZE ** 2)

  it('counts gray in the middle and each color where its graticule says', () => {
    measureVectorscope(
      picture(8, 8, () => [90, 90, 90]),
      'bt709',
      1,
      density,
    )
    expect(density[128 * VECTORSCOPE_SIZE + 128]).toBe(64)
    fc.assert(
      fc.property(
        byte,
        byte,
        byte,
        fc.constantFrom('bt601', 'bt709', 'bt2020'),
        fc.constantFrom(1, 2, 4),
        (r, g, b, matrix, gain) => {
          measureVectorscope(
            picture(3, 2, () => [r, g, b]),
            matrix,
            gain,
            density,
          )
          const at = density.findIndex((hits) => hits > 0)
          expect(density[at]).toBe(6)
          const [cb, cr] = toChroma(matrix, r / 255, g / 255, b / 255)
          const { x, y } = vectorscopePoint(cb, cr, gain)
          const inside = (value: number): number => Math.min(0.999, Math.max(0, value)) * VECTORSCOPE_SIZE
          expect(Math.abs((at % VECTORSCOPE_SIZE) + 0.5 - inside(x))).toBeLessThan(1.1)
          expect(Math.abs(Math.floor(at / VECTORSCOPE_SIZE) + 0.5 - inside(y))).toBeLessThan(1.1)
        },
      ),
    )
  })

  it('leaves out what is transparent', () => {
    measureVectorscope(
      picture(8, 8, (x) => [200, 40, 40, x < 4 ? 255 : 0]),
      'bt601',
      1,
      density,
    )
    expect(total(density)).toBe(32)
  })

  it('has the bars of BT.709 and BT.601 at their places, and skin between red and yellow', () => {
    const red709 = vectorscopeGraticule('bt709', 1).targets100.find(({ color }) => color === 'R')!
    expect((red709.x - 0.5) * 1.1).toBeCloseTo(-0.1146, 4)
    expect((0.5 - red709.y) * 1.1).toBeCloseTo(0.5, 6)
    const blue601 = vectorscopeGraticule('bt601', 1).targets75.find(({ color }) => color === 'B')!
    expect((blue601.x - 0.5) * 1.1).toBeCloseTo(0.375, 6)
    expect((0.5 - blue601.y) * 1.1).toBeCloseTo(-0.0813 * 0.75, 4)
    const { targets75, skinLine, center } = vectorscopeGraticule('bt709', 1)
    const angle = ({ x, y }: { x: number; y: number }): number => Math.atan2(center.y - y, x - center.x)
    const of = (name: string): number => angle(targets75.find(({ color }) => color === name)!)
    expect(angle(skinLine[1])).toBeGreaterThan(of('R'))
    expect(angle(skinLine[1])).toBeLessThan(of('Yl'))
  })

  it('shows the directions of the targets when it is enlarged beyond them', () => {
    const [near, far] = [1, 4].map((gain) => vectorscopeGraticule('bt709', gain).targets75)
    near!.forEach((target, n) => {
      const enlarged = far![n]!
      expect([target.beyond, enlarged.beyond]).toEqual([false, true])
      expect(Math.atan2(enlarged.y - 0.5, enlarged.x - 0.5)).toBeCloseTo(Math.atan2(target.y - 0.5, target.x - 0.5), 6)
      expect(Math.hypot(enlarged.x - 0.5, enlarged.y - 0.5)).toBeLessThan(0.5)
    })
  })

  it('draws each hue in its own color', () => {
    const hues = vectorscopeHues('bt709', 1)
    const { x, y } = vectorscopePoint(-0.1, 0.4, 1)
    const red = hues[Math.floor(y * VECTORSCOPE_SIZE) * VECTORSCOPE_SIZE + Math.floor(x * VECTORSCOPE_SIZE)]!
    expect(red & 255).toBeGreaterThan(((red >> 8) & 255) + 60)
    expect(red & 255).toBeGreaterThan(((red >> 16) & 255) + 60)
  })
})

describe('the waveform', () => {
  const density = new Uint32Array(WAVEFORM_LEVELS * WAVEFORM_COLUMNS)

  it('shows a ramp as a diagonal', () => {
    measureWaveform(
      picture(256, 9, (x) => [x, x, x]),
      'bt709',
      'luma',
      density,
    )
    expect(total(density)).toBe(256 * 9)
    for (const level of [0, 17, 128, 255]) {
      const column = Math.floor(((level + 0.5) / 256) * WAVEFORM_COLUMNS)
      expect(density[((255 - level) >> 1) * WAVEFORM_COLUMNS + column]).toBeGreaterThanOrEqual(9)
    }
  })

  it('shows red, green and blue beside each other', () => {
    measureWaveform(
      picture(30, 5, () => [255, 128, 0]),
      'bt709',
      'parade',
      density,
    )
    const third = WAVEFORM_COLUMNS / 3
    const levelIn = (n: number): number => {
      for (let row = 0; row < WAVEFORM_LEVELS; row++) {
        const part = density.subarray(row * WAVEFORM_COLUMNS + n * third, row * WAVEFORM_COLUMNS + (n + 1) * third)
        if (total(part) > 0) return 255 - 2 * row
      }
      return -1
    }
    expect([0, 1, 2].map(levelIn)).toEqual([255, 129, 1])
    expect(total(density)).toBe(30 * 5 * 3)
    const colors = waveformColors('parade')
    expect(colors[0]! & 255).toBe(255)
    expect((colors[WAVEFORM_COLUMNS - 1]! >> 16) & 255).toBe(255)
  })

  it('has its lines where black, half and white are drawn', () => {
    expect(waveformLines.map(({ y }) => Math.floor(y * WAVEFORM_LEVELS))).toEqual([127, 95, 64, 32, 0])
  })
})

describe('the histogram', () => {
  it('counts every opaque pixel once in each curve', () => {
    const histogram = measureHistogram(
      picture(16, 16, (x, y) => [x * 16, y * 16, 7, x === 0 ? 0 : 255]),
      'bt601',
    )
    expect(histogram.count).toBe(240)
    for (const curve of [histogram.red, histogram.green, histogram.blue, histogram.luma]) expect(total(curve)).toBe(240)
    expect(histogram.blue[7]).toBe(240)
    expect(histogram.red[0]).toBe(0)
  })

  it('is not flattened by one level that fills half of the picture', () => {
    const { luma } = histogramHeights(
      measureHistogram(
        picture(256, 64, (x, y) => (y < 32 ? [0, 0, 0] : [x, x, x])),
        'bt709',
      ),
    )
    expect(luma[0]).toBe(1)
    expect(luma[100]).toBeGreaterThan(0.3)
  })

  it('has no gaps where a film of limited range leaves out levels', () => {
    const { luma } = histogramHeights(
      measureHistogram(
        picture(220, 64, (x) => [0, 1, 2].map(() => Math.round((x * 255) / 219)) as [number, number, number]),
        'bt709',
      ),
    )
    for (let level = 8; level < 248; level++) expect(luma[level]).toBeGreaterThan(0.6)
  })

  it('is drawn with its colors adding up from the bottom', () => {
    const image = new Uint8ClampedArray(HISTOGRAM_LEVELS * 10 * 4)
    const [half, none] = [new Float32Array(HISTOGRAM_LEVELS).fill(0.5), new Float32Array(HISTOGRAM_LEVELS)]
    drawHistogram({ red: half, green: none, blue: half, luma: none }, 10, image)
    const at = (row: number): number[] => [
      ...image.subarray(row * HISTOGRAM_LEVELS * 4, row * HISTOGRAM_LEVELS * 4 + 3),
    ]
    const ground = at(1)
    expect(Math.max(...ground)).toBeLessThan(16)
    expect(at(7)[0]! - ground[0]!).toBeGreaterThan(100)
    expect(at(7)[1]).toBe(ground[1])
    expect(at(7)[2]! - ground[2]!).toBeGreaterThan(100)
  })
})

describe('drawing a trace', () => {
  it('is clear where nothing was hit and brighter with every doubling', () => {
    const image = new Uint8ClampedArray(5 * 4)
    drawTrace(Uint32Array.of(0, 1, 2, 4, 100_000), 64, new Uint32Array(5).fill(packColor(10, 20, 30)), image)
    const alphas = [0, 1, 2, 3, 4].map((i) => image[4 * i + 3]!)
    expect(alphas[0]).toBe(0)
    for (let i = 1; i < alphas.length; i++) expect(alphas[i]).toBeGreaterThan(alphas[i - 1]!)
    expect([...image.subarray(4, 7)]).toEqual([10, 20, 30])
  })
})

describe('all scopes', () => {
  it('measure a picture of 480 x 270 within a part of a display frame', () => {
    const shown = picture(480, 270, (x, y) => [(x * 7) & 255, (y * 5) & 255, (x + y) & 255])
    const vectors = new Uint32Array(VECTORSCOPE_SIZE ** 2)
    const waves = new Uint32Array(WAVEFORM_LEVELS * WAVEFORM_COLUMNS)
    const hues = vectorscopeHues('bt709', 1)
    const image = new Uint8ClampedArray(VECTORSCOPE_SIZE ** 2 * 4)
    const fastest = (work: () => void): number => {
      let best = Infinity
      for (let n = 0; n < 12; n++) {
        const start = performance.now()
        work()
        best = Math.min(best, performance.now() - start)
      }
      return best
    }
    // Each takes 0.5 to 1 ms on an idle core.
    expect(
      fastest(() => (measureVectorscope(shown, 'bt709', 1, vectors), drawTrace(vectors, 300, hues, image))),
    ).toBeLessThan(8)
    expect(fastest(() => measureWaveform(shown, 'bt709', 'parade', waves))).toBeLessThan(8)
    expect(fastest(() => histogramHeights(measureHistogram(shown, 'bt709')))).toBeLessThan(8)
  })
})
