import { describe, expect, it } from 'vitest'
import { chromaPlanes, networkChroma } from './pictureChroma.ts'
import type { ChromaSampling, PixelLayout } from './pixelLayout.ts'

const width = 8
const height = 6

function picture(color: (x: number, y: number) => [number, number, number]): Uint16Array {
  const rgb = new Uint16Array(width * height * 3)
  for (let i = 0; i < width * height; i++)
    rgb.set(
      color(i % width, Math.floor(i / width)).map((part) => Math.round(part * 65535)),
      3 * i,
    )
  return rgb
}

const layoutOf = (sampling: ChromaSampling, bitDepth = 8): PixelLayout => ({
  width,
  height,
  sampling,
  bitDepth,
  range: 'limited',
  matrix: 'bt709',
  ffmpegName: 'not used',
})

describe("a picture's chroma in a film's samples", () => {
  it('gives the code values of BT.709 color bars', () => {
    // ITU-R BT.709, 100 % bars, 8 bit: blue is Cb 240, Cr 118; yellow Cb 16, Cr 138; red Cb 102, Cr 240.
    const bars: [[number, number, number], [number, number]][] = [
      [
        [0, 0, 1],
        [240, 118],
      ],
      [
        [1, 1, 0],
        [16, 138],
      ],
      [
        [1, 0, 0],
        [102, 240],
      ],
      [
        [1, 1, 1],
        [128, 128],
      ],
    ]
    for (const [color, expected] of bars) {
      for (const sampling of ['444', '422', '420'] as const) {
        const [u, v] = chromaPlanes(
          picture(() => color),
          layoutOf(sampling),
        )
        expect([u[0], v[0], u[u.length - 1], v[v.length - 1]]).toEqual([...expected, ...expected])
      }
    }
  })

  it('keeps ten bits', () => {
    const [u] = chromaPlanes(
      picture(() => [0, 0, 1]),
      layoutOf('420', 10),
    )
    expect(u[0]).toBe(960)
  })

  it('averages around the site of a co-sited sample', () => {
    const column = picture((x) => (x === 3 ? [0, 0, 1] : [0, 0, 0]))
    const [u] = chromaPlanes(column, layoutOf('422'))
    expect([...u.subarray(0, 4)]).toEqual([128, 128 + 112 / 4, 128 + 112 / 4, 128])
  })

  it("gives the networks' own chroma, whatever the film's matrix", () => {
    const { values } = networkChroma(
      picture(() => [0.8, 0.4, 0.2]),
      width,
      height,
      4,
      3,
      'bt601',
    )
    const luma = 0.299 * 0.8 + 0.587 * 0.4 + 0.114 * 0.2
    expect(values[10]).toBeCloseTo((0.2 - luma) / 1.772, 4)
    expect(values[11]).toBeCloseTo((0.8 - luma) / 1.402, 4)
  })
})
