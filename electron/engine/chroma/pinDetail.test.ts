import { describe, expect, it, onTestFinished } from 'vitest'
import { FrameComposer } from './composeFrame.ts'
import { ComposeThread } from '../compose/composeThread.ts'
import { AreaScaler } from '../picture/areaAverage.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { chromaSize, type PixelLayout, type Plane } from '../picture/pixelLayout.ts'
import { chromaScale, lumaScale } from '../picture/sampleScale.ts'
import { detailOf, type DetailShare } from './pinDetail.ts'

/** Four times the networks' size. */
const [WIDTH, HEIGHT] = [512, 256]
const NETWORKS = { networkWidth: 128, networkHeight: 64 }

const layouts: readonly PixelLayout[] = (
  [
    ['420', 8, 'limited'],
    ['444', 10, 'full'],
    ['422', 16, 'limited'],
  ] as const
).map(([sampling, bitDepth, range]) => {
  return { width: WIDTH, height: HEIGHT, sampling, bitDepth, range, matrix: 'bt709', ffmpegName: 'not used' }
})
const [layout] = layouts as [PixelLayout]

interface Shown {
  readonly y: Plane
  readonly u: Plane
  readonly v: Plane
  readonly luma: NetworkLuma
  readonly chroma: NetworkChroma
}

/** A cloth of many grays with a narrow red thread in it and blue dots, moved by so many pixels. */
function shown(of: PixelLayout, right = 0, down = 0): Shown {
  const gray = (x: number, y: number): number =>
    0.5 + 0.15 * Math.sin(x / 9) * Math.cos(y / 7) + 0.1 * Math.sin((x + 2 * y) / 23)
  const isThread = (x: number, y: number): boolean => Math.abs(y - 128 - 20 * Math.sin(x / 40)) < 2.5
  const isDot = (x: number, y: number): boolean => (x & 31) < 4 && (y & 31) < 4
  const View = of.bitDepth > 8 ? Uint16Array : Uint8Array
  const [light, differences] = [lumaScale(of), chromaScale(of)]
  const values = new Float32Array(WIDTH * HEIGHT)
  for (let i = 0; i < values.length; i++) values[i] = gray((i % WIDTH) - right, Math.floor(i / WIDTH) - down)
  const y = new View(values.map((value) => Math.round((value - light.offset) / light.gain)))
  const [width, height] = chromaSize(of)
  const planeOf = (colored: (x: number, y: number) => number): { fine: Plane; small: Float32Array } => {
    const fine = new View(width * height)
    const plain = new Float32Array(width * height)
    for (let i = 0; i < plain.length; i++) {
      const [x, line] = [((i % width) * WIDTH) / width, (Math.floor(i / width) * HEIGHT) / height]
      plain[i] = colored(x - right, line - down)
      fine[i] = Math.round(differences.neutral + plain[i]! * differences.gain)
    }
    return {
      fine,
      small: small(
        plain.map((value) => value + 0.5),
        width,
        height,
        64,
        32,
      ).map((value) => value - 0.5),
    }
  }
  const blue = planeOf((x, line) => (isDot(x, line) ? 0.2 : -0.02))
  const red = planeOf((x, line) => (isThread(x, line) ? 0.25 : 0.03))
  const chroma = Float32Array.from({ length: 2 * 64 * 32 }, (_, i) => (i % 2 === 0 ? blue : red).small[i >> 1]!)
  return {
    y,
    u: blue.fine,
    v: red.fine,
    luma: { width: 128, height: 64, values: small(values, WIDTH, HEIGHT, 128, 64) },
    chroma: { width: 64, height: 32, values: chroma },
  }
}

function small(plane: Float32Array, width: number, height: number, toWidth: number, toHeight: number): Float32Array {
  const made = new Float32Array(toWidth * toHeight)
  new AreaScaler(width, height, toWidth, toHeight).scale(plane, made, 1, 0, 1)
  return made
}

/** A picture that has nothing of the cloth. */
const striped = { width: 128, height: 64, values: Float32Array.from({ length: 128 * 64 }, (_, i) => (i % 7) / 7) }

function detail(pin: Shown, of = layout): DetailShare['detail'] {
  return detailOf('a pin', { layout: of, ...pin }, pin.luma, pin.chroma)
}

function composed(frame: Shown, details: readonly DetailShare[] = [], of = layout): [u: Plane, v: Plane] {
  const composer = new FrameComposer({ layout: of, ...NETWORKS })
  const planes = composer.allocate()
  composer.compose(frame.y, frame.luma, frame.chroma, ...planes, details)
  return planes
}

/** Root of the mean square of what is wrong, in code values, away from the border. */
function wrong(plane: Plane, truth: Plane, { sampling }: PixelLayout = layout): number {
  const [width] = chromaSize({ width: WIDTH, height: HEIGHT, sampling })
  const within = Array.from(plane, (code, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    return x < 16 || x >= width - 16 || y < 16 || y >= plane.length / width - 16 ? 0 : (code - truth[i]!) ** 2
  })
  return Math.sqrt(within.reduce((sum, each) => sum + each, 0) / within.length)
}

describe('the fine color of a pinned picture', () => {
  it.each(layouts)('is the pin’s own again in a frame that shows the same: $sampling, $bitDepth bits', (of) => {
    const pin = shown(of)
    const [u, v] = composed(pin, [{ detail: detail(pin, of), share: 1 }], of)
    const step = 2 ** (of.bitDepth - 8)
    for (const [plane, own] of [
      [u, pin.u],
      [v, pin.v],
    ] as const)
      expect(plane.filter((code, i) => Math.abs(code - own[i]!) > Math.max(2, step))).toHaveLength(0)
    // There is something that the networks' size has no room for.
    expect(wrong(composed(pin, [], of)[1], pin.v, of)).toBeGreaterThan(3 * step)
  })

  it('goes with what moves, by parts of a pixel as well', () => {
    const details = [{ detail: detail(shown(layout)), share: 1 }]
    for (const [right, down] of [
      [6, 4],
      [-9, 3],
      [3.5, -2.5],
    ] as const) {
      const frame = shown(layout, right, down)
      const [u, v] = composed(frame, details)
      const [plainU, plainV] = composed(frame)
      expect(wrong(u, frame.u), `U, ${right}, ${down}`).toBeLessThan(0.8 * wrong(plainU, frame.u))
      expect(wrong(v, frame.v), `V, ${right}, ${down}`).toBeLessThan(0.8 * wrong(plainV, frame.v))
    }
  })

  it('is not there where the pin’s things are not', () => {
    const details = [{ detail: detail(shown(layout)), share: 1 }]
    const other = { ...shown(layout), luma: striped }
    expect(composed(other, details)).toEqual(composed(other))
  })

  it('is that of both pins by their shares, and all of the one that alone is found again', () => {
    const pin = detail(shown(layout))
    const other = { ...pin, name: 'another', values: pin.values.map((value) => -value) }
    const lost = { ...pin, name: 'a third', luma: striped, values: pin.values.map(() => 32767) }
    const frame = shown(layout)
    const alone = composed(frame, [{ detail: pin, share: 1 }])
    expect(
      composed(frame, [
        { detail: pin, share: 0.5 },
        { detail: other, share: 0.5 },
      ]),
    ).toEqual(composed(frame))
    expect(
      composed(frame, [
        { detail: pin, share: 0.5 },
        { detail: { ...pin, name: 'b' }, share: 0.5 },
      ]),
    ).toEqual(alone)
    const beside = composed(frame, [
      { detail: pin, share: 0.1 },
      { detail: lost, share: 0.9 },
    ])
    expect(wrong(beside[1], alone[1])).toBeLessThan(0.5)
  })

  it('leaves no trace in the frames after it that have none, nor in those of another pin', () => {
    const pin = shown(layout)
    const composer = new FrameComposer({ layout, ...NETWORKS })
    const shares: (readonly DetailShare[])[] = [
      [],
      [{ detail: detail(pin), share: 1 }],
      [],
      [{ detail: { ...detail(pin), name: 'another', values: detail(pin).values.map((value) => -value) }, share: 1 }],
    ]
    for (const details of shares) {
      const planes = composer.allocate()
      composer.compose(pin.y, pin.luma, pin.chroma, ...planes, details)
      expect(planes).toEqual(composed(pin, details))
    }
  })

  it('is the same on a thread of its own', async () => {
    const thread = new ComposeThread({ layout, ...NETWORKS })
    onTestFinished(() => thread.close())
    const details = [{ detail: detail(shown(layout)), share: 1 }]
    for (const frame of [shown(layout, 2, 1), shown(layout, 4, 2)]) {
      const [u, v] = new FrameComposer({ layout, ...NETWORKS }).allocate()
      const made = await thread.compose(frame.luma, frame.chroma, { y: frame.y.slice(), u, v }, details)
      expect([made.u, made.v]).toEqual(composed(frame, details))
    }
  })
})
