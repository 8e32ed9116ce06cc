import { describe, expect, it } from 'vitest'
import type { ColoredFrame } from './networks.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { PlainPass } from './plainPass.ts'

const width = 192
const height = 128

function noise(x: number, y: number): number {
  return ((Math.imul(x * 374761393 + y * 668265263, 1274126177) >>> 0) % 1000) / 1000
}

/** A textured square at (left, top) before a textured ground. */
function scene(left: number, top: number): NetworkLuma {
  const size = 48
  const values = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    const inside = x >= left && x < left + size && y >= top && y < top + size
    return inside ? 0.55 + 0.35 * noise((x - left) >> 2, (y - top) >> 2) : 0.1 + 0.25 * noise(200 + (x >> 2), y >> 2)
  })
  return { width, height, values }
}

function chromaOf(color: (x: number, y: number) => [number, number]): NetworkChroma {
  const [w, h] = [width / 2, height / 2]
  const values = new Float32Array(w * h * 2)
  for (let i = 0; i < w * h; i++) values.set(color(i % w, Math.floor(i / w)), 2 * i)
  return { width: w, height: h, values }
}

const gray = chromaOf(() => [0, 0])
const colored = (left: number, top: number, square: [number, number]): NetworkChroma =>
  chromaOf((x, y) => (2 * x >= left && 2 * x < left + 48 && 2 * y >= top && 2 * y < top + 48 ? square : [-0.05, 0.1]))

const at = ({ values, width: w }: NetworkChroma, x: number, y: number): number[] => [
  ...values.subarray(2 * ((y >> 1) * w + (x >> 1)), 2 * ((y >> 1) * w + (x >> 1)) + 2),
]

function expectColor(chroma: NetworkChroma, x: number, y: number, [u, v]: [number, number]): void {
  const [gotU, gotV] = at(chroma, x, y)
  expect(Math.abs(gotU! - u)).toBeLessThan(0.04)
  expect(Math.abs(gotV! - v)).toBeLessThan(0.04)
}

describe('the plain pass', () => {
  it("carries a pin's colors with what moves, over twenty frames", () => {
    const pin: ColoredFrame = { frame: 0, luma: scene(20, 30), chroma: colored(20, 30, [0.2, -0.15]) }
    const pass = new PlainPass([pin], pin)
    let last = gray
    for (let frame = 1; frame <= 20; frame++) last = pass.step(frame, scene(20 + 4 * frame, 30 + frame), gray).chroma
    expectColor(last, 20 + 80 + 24, 30 + 20 + 24, [0.2, -0.15])
    expectColor(last, 12, 110, [-0.05, 0.1])
    pass.dispose()
  })

  it('gives new content its automatic color', () => {
    const ground = scene(-100, -100)
    const pin: ColoredFrame = { frame: 0, luma: ground, chroma: colored(-100, -100, [0, 0]) }
    const automatic = chromaOf(() => [0.3, 0.05])
    const { chroma } = new PlainPass([pin], pin).step(1, scene(72, 40), automatic)
    expect(at(chroma, 96, 64)[0]).toBeGreaterThan(0.2)
    expectColor(chroma, 10, 10, [-0.05, 0.1])
  })

  it('reads the nearer of two pins where both match', () => {
    const first: ColoredFrame = { frame: 0, luma: scene(20, 30), chroma: colored(20, 30, [0.2, 0]) }
    const second: ColoredFrame = { frame: 20, luma: scene(100, 50), chroma: colored(100, 50, [-0.2, 0]) }
    const pass = new PlainPass([first, second], first)
    const squares: number[] = []
    for (let frame = 1; frame < 20; frame++) {
      squares.push(at(pass.step(frame, scene(20 + 4 * frame, 30 + frame), gray).chroma, 44 + 4 * frame, 54 + frame)[0]!)
    }
    expect(squares[0]).toBeGreaterThan(0.1)
    expect(squares[18]).toBeLessThan(-0.05)
  })

  it('holds automatic colors still where they waver', () => {
    const pass = new PlainPass([])
    const means: number[] = []
    for (let frame = 0; frame < 24; frame++) {
      means.push(
        at(
          pass.step(
            frame,
            scene(20, 30),
            chromaOf(() => [frame % 2 === 0 ? 0.1 : 0.2, 0]),
          ).chroma,
          40,
          50,
        )[0]!,
      )
    }
    const waver = means.slice(8).map((value, n, all) => (n === 0 ? 0 : Math.abs(value - all[n - 1]!)))
    expect(Math.max(...waver)).toBeLessThan(0.03)
    expect(means[23]).toBeGreaterThan(0.1)
    expect(means[23]).toBeLessThan(0.2)
  })

  it('takes pictures smaller than a block', () => {
    const tiny: NetworkLuma = { width: 32, height: 32, values: new Float32Array(1024).fill(0.5) }
    const chroma: NetworkChroma = { width: 16, height: 16, values: new Float32Array(512).fill(0.1) }
    const pass = new PlainPass([{ frame: 0, luma: tiny, chroma }])
    expect(pass.step(1, tiny, chroma).chroma.values[300]).toBeCloseTo(0.1, 5)
  })
})
