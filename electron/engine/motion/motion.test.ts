import { describe, expect, it } from 'vitest'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { Motion, type MixRule } from './motion.ts'

const [WIDTH, HEIGHT] = [224, 128]
const doubts = { luma: 8, way: 0.7 }

/** A scene of soft random spots, looked at through a window that lies at (x, y): luma 0..1, of any place. */
function spots(seed: number): (x: number, y: number) => number {
  const random = (i: number, j: number): number => {
    const n = Math.sin(i * 127.1 + j * 311.7 + seed * 74.7) * 43758.5453
    return n - Math.floor(n)
  }
  const smooth = (t: number): number => t * t * (3 - 2 * t)
  const octave = (x: number, y: number): number => {
    const [i, j] = [Math.floor(x), Math.floor(y)]
    const [fx, fy] = [smooth(x - i), smooth(y - j)]
    const above = random(i, j) * (1 - fx) + random(i + 1, j) * fx
    const below = random(i, j + 1) * (1 - fx) + random(i + 1, j + 1) * fx
    return above * (1 - fy) + below * fy
  }
  return (x, y) => 0.1 + 0.55 * octave(x / 18, y / 18) + 0.25 * octave(x / 5, y / 5)
}

function drawn(at: (x: number, y: number) => number): NetworkLuma {
  const values = new Float32Array(4 * WIDTH * HEIGHT)
  for (let y = 0; y < 2 * HEIGHT; y++) for (let x = 0; x < 2 * WIDTH; x++) values[y * 2 * WIDTH + x] = at(x / 2, y / 2)
  return { width: 2 * WIDTH, height: 2 * HEIGHT, values }
}

function chromaOf(at: (x: number, y: number) => number): NetworkChroma {
  const values = new Float32Array(2 * WIDTH * HEIGHT)
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) values.set([at(x, y) - 0.5, 0.5 - at(x, y)], 2 * (y * WIDTH + x))
  return { width: WIDTH, height: HEIGHT, values }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Of pixels that lie this far inside the picture. */
function inside<T>(rim: number, at: (i: number, x: number, y: number) => T): T[] {
  const found: T[] = []
  for (let y = rim; y < HEIGHT - rim; y++) for (let x = rim; x < WIDTH - rim; x++) found.push(at(y * WIDTH + x, x, y))
  return found
}

describe('motion from picture to picture', () => {
  it.each([
    ['by a fraction', 0.4, -0.3],
    ['by some pixels', 3.25, 1.5],
    ['far', -14.5, 6],
  ])('is found where the view pans %s', (_how, dx, dy) => {
    const scene = spots(1)
    const motion = new Motion(WIDTH, HEIGHT, doubts)
    motion.start(drawn(scene))
    const certainty = motion.advance(drawn((x, y) => scene(x + dx, y + dy)))
    const { x, y } = motion.flow()
    const off = inside(20, (i) => Math.hypot(x[i]! - dx, y[i]! - dy))
    expect(mean(off)).toBeLessThan(0.1)
    expect(mean(inside(20, (i) => certainty[i]!))).toBeGreaterThan(0.9)
  })

  it('is found of a thing before a ground that moves otherwise, and is in doubt where the ground comes out from behind it', () => {
    const [ground, thing] = [spots(2), spots(3)]
    const isThing = (x: number, y: number): boolean => Math.abs(x - 110) < 30 && Math.abs(y - 64) < 30
    const motion = new Motion(WIDTH, HEIGHT, doubts)
    motion.start(drawn((x, y) => (isThing(x, y) ? thing(x, y) : ground(x, y))))
    // The thing goes 6 to the right, the ground 1 to the left.
    const certainty = motion.advance(drawn((x, y) => (isThing(x - 6, y) ? thing(x - 6, y) : ground(x + 1, y))))
    const flow = motion.flow()
    const within = inside(0, (i, x, y) =>
      Math.abs(x - 116) < 24 && Math.abs(y - 64) < 24 ? Math.abs(flow.x[i]! + 6) : NaN,
    ).filter((off) => !Number.isNaN(off))
    expect(mean(within)).toBeLessThan(0.25)
    const uncovered = inside(0, (i, x, y) => (x >= 81 && x < 85 && Math.abs(y - 64) < 24 ? certainty[i]! : NaN)).filter(
      (value) => !Number.isNaN(value),
    )
    expect(mean(uncovered)).toBeLessThan(0.4)
    expect(
      mean(
        inside(0, (i, x, y) => (x < 60 && x > 20 && y > 20 && y < 108 ? certainty[i]! : NaN)).filter(
          (value) => !Number.isNaN(value),
        ),
      ),
    ).toBeGreaterThan(0.9)
  })

  it('is none, and certain, where the picture only flickers; and a picture that is another one is in doubt everywhere', () => {
    const scene = spots(4)
    const motion = new Motion(WIDTH, HEIGHT, doubts)
    motion.start(drawn(scene))
    const flickering = motion.advance(drawn((x, y) => scene(x, y) + 0.03))
    expect(Math.max(...motion.flow().x.map(Math.abs))).toBeLessThan(0.3)
    expect(mean([...flickering])).toBeGreaterThan(0.95)
    expect(mean([...motion.advance(drawn(spots(5)))])).toBeLessThan(0.2)
  })

  it('takes colors along to the bit where nothing moves, and hardly blurs them over fifty pans by fractions', () => {
    const scene = spots(6)
    const motion = new Motion(WIDTH, HEIGHT, doubts)
    const colors = chromaOf(scene)
    motion.start(drawn(scene))
    motion.advance(drawn(scene))
    expect(motion.move(colors).values).toEqual(colors.values)

    let carried = colors
    for (let step = 1; step <= 50; step++) {
      motion.advance(drawn((x, y) => scene(x + 0.3 * step, y)))
      carried = motion.move(carried)
    }
    const truth = chromaOf((x, y) => scene(x + 15, y))
    const off = (chroma: NetworkChroma): number =>
      mean(inside(24, (i) => Math.abs(chroma.values[2 * i]! - truth.values[2 * i]!)))
    const flat = mean(inside(24, (i) => Math.abs(truth.values[2 * i]! + 0.025)))
    expect(off(carried)).toBeLessThan(flat / 6)
  })

  it('mixes moved colors with others by how certain it is, but of at least some share, and a little less by the pull', () => {
    const [scene, hidden] = [spots(9), spots(10)]
    const motion = new Motion(WIDTH, HEIGHT, doubts)
    motion.start(drawn(scene))
    const certainty = motion.advance(drawn((x, y) => (x < 100 ? scene(x, y) : hidden(x, y))))
    expect(motion.meanCertainty).toBeCloseTo(mean([...certainty]), 10)
    const [moved, others] = [chromaOf(scene), chromaOf(hidden)]
    const [least, pull] = [0.5, 0.06]
    const wanted = moved.values.map((value, i) => {
      const share = Math.max(certainty[i >> 1]!, least) * (1 - pull)
      return share * value + (1 - share) * others.values[i]!
    })
    motion.weigh({ least, pull, drift: 0.5 })
    expect(motion.mix(moved, others).values).toEqual(wanted)
    const told = motion.tell(moved).values
    const [at, share] = [64 * WIDTH + 60, Math.max(certainty[64 * WIDTH + 60]!, least) * (1 - pull)]
    const of = (channel: number): number => told[4 * at + channel]!
    expect(of(0)).toBeCloseTo(moved.values[2 * at]! * share, 5)
    expect(of(1)).toBeCloseTo(moved.values[2 * at + 1]! * share, 5)
    expect(of(2)).toBeCloseTo(share, 5)
    // All of it had come all the way until now.
    expect(of(3)).toBeCloseTo(share, 5)
    expect(Math.min(...certainty)).toBeLessThan(0.1)
  })

  it('draws colors to the others that have not come all the way from where they set out, and no others', () => {
    const scene = spots(11)
    const motion = new Motion(WIDTH, HEIGHT, doubts)
    const [white, black] = [1, 0].map((value) => ({
      width: WIDTH,
      height: HEIGHT,
      values: new Float32Array(2 * WIDTH * HEIGHT).fill(value),
    }))
    /** What is left of white in the place of a thing that passed once, and beside it. */
    const left = (rule: MixRule): [number, number] => {
      motion.weigh(rule)
      const { values } = motion.mix(white!, black!)
      return [values[2 * (64 * WIDTH + 110)]!, values[2 * (64 * WIDTH + 30)]!]
    }
    motion.start(drawn(scene))
    const isThing = (x: number, y: number): boolean => Math.abs(x - 110) < 30 && Math.abs(y - 64) < 30
    motion.advance(drawn((x, y) => (isThing(x, y) ? 0.9 : scene(x, y))))
    left({ least: 0, pull: 0, drift: 0.25 })
    for (let n = 0; n < 4; n++) {
      motion.advance(drawn((x, y) => (isThing(x, y) ? 0.9 : scene(x, y))))
      const [inPlace, beside] = left({ least: 0, pull: 0, drift: 0.25 })
      expect(inPlace).toBeCloseTo(0.75, 2)
      expect(beside).toBeGreaterThan(0.99)
    }
    motion.setOut()
    motion.advance(drawn((x, y) => (isThing(x, y) ? 0.9 : scene(x, y))))
    expect(left({ least: 0, pull: 0, drift: 0.25 })[0]).toBeGreaterThan(0.99)
  })

  it('is the same from one picture to another, whatever was looked at from it before', () => {
    const scene = spots(4)
    const at = (dx: number, dy: number): NetworkLuma => drawn((x, y) => scene(x + dx, y + dy))
    const set = chromaOf(spots(5))
    const [often, once] = [0, 1].map(() => new Motion(WIDTH, HEIGHT, doubts)) as [Motion, Motion]
    often.start(at(0, 0))
    for (const [dx, dy] of [
      [3, 1],
      [-9, 4],
      [0, 0],
      [2.5, -1.25],
    ] as const) {
      once.start(at(0, 0))
      often.setOut()
      expect(often.look(at(dx, dy))).toEqual(once.advance(at(dx, dy)))
      expect(often.flow()).toEqual(once.flow())
      expect(often.carry(set)).toEqual(once.carry(set))
    }
  })

  it('is followed in the smallest pictures', () => {
    const motion = new Motion(16, 16, doubts)
    const tiny = { width: 32, height: 32, values: Float32Array.from({ length: 32 * 32 }, (_, i) => (i % 7) / 7) }
    motion.start(tiny)
    expect(Math.min(...motion.advance(tiny))).toBeGreaterThan(0.99)
  })
})
