import { describe, expect, it } from 'vitest'
import { Motion, type CarriedChroma } from '../motion/motion.ts'
import { Sight } from '../motion/sight.ts'
import type { Colored, ColoredFrame, Networks } from '../network/networks.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { PINNED_DOUBTS, Walk } from './walk.ts'
import { TAKEN_UP_EVERY } from './way.ts'

const [WIDTH, HEIGHT] = [192, 128]
const SIDE = 48

/** 0..1, with waves of some pixels. */
function texture(x: number, y: number): number {
  return (
    (4 +
      Math.sin(x / 3.1 + Math.sin(y / 5.3)) +
      Math.sin(y / 2.7 + Math.cos(x / 6.1)) +
      Math.sin((x + 2 * y) / 7.7) +
      Math.sin((2 * x - y) / 11.3)) /
    8
  )
}

/** A textured square at (left, top) before a textured ground. */
function scene(left: number, top: number): NetworkLuma {
  const values = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)]
    const inside = x >= left && x < left + SIDE && y >= top && y < top + SIDE
    return inside ? 0.55 + 0.35 * texture(x - left, y - top) : 0.1 + 0.25 * texture(200 + x, y)
  })
  return { width: WIDTH, height: HEIGHT, values }
}

type Color = readonly [u: number, v: number]
const GROUND: Color = [-0.05, 0.1]

function chromaOf(color: (x: number, y: number) => Color): NetworkChroma {
  const [width, height] = [WIDTH / 2, HEIGHT / 2]
  const values = new Float32Array(width * height * 2)
  for (let i = 0; i < width * height; i++) values.set(color(i % width, Math.floor(i / width)), 2 * i)
  return { width, height, values }
}

const squareAt = (left: number, top: number, square: Color): NetworkChroma =>
  chromaOf((x, y) => (2 * x >= left && 2 * x < left + SIDE && 2 * y >= top && 2 * y < top + SIDE ? square : GROUND))

/** U at a place of the luma. */
const uAt = ({ values, width }: NetworkChroma, x: number, y: number): number =>
  values[2 * ((y >> 1) * width + (x >> 1))]!

/** An installation without a trained pass, whose color model answers as the test says, and counts. */
class Sayings implements Networks {
  asked = 0
  readonly colorModel = { color: (): Colored => ({ chroma: this.answer(this.asked++), confidence: 0.5 }) }

  constructor(private readonly answer: (asked: number) => NetworkChroma) {}

  startPass(): null {
    return null
  }

  startLikeness(): null {
    return null
  }
}

/** What the colors of a pin give to the frames before it, from frame 1 on. */
function carriedBack(pin: ColoredFrame, frames: number): CarriedChroma[] {
  const motion = new Motion(WIDTH / 2, HEIGHT / 2, PINNED_DOUBTS)
  const sight = new Sight(pin)
  motion.start(pin.luma)
  const carried: CarriedChroma[] = []
  for (let frame = frames; frame > 0; frame--) {
    motion.advance(moving(frame))
    const moved = motion.carry(carried[0]?.chroma ?? pin.chroma).chroma
    const chroma = sight.join(motion, moved, moving(frame), frames - frame)
    carried.unshift({ chroma, origin: motion.origin() })
  }
  return carried
}

type LumaAt = (frame: number) => NetworkLuma

async function walked(
  pins: readonly ColoredFrame[],
  frames: number,
  at: LumaAt,
  answer: (asked: number) => NetworkChroma,
  networks = new Sayings(answer),
): Promise<NetworkChroma[]> {
  const walk = new Walk(networks, pins, 0)
  const first = pins.length > 0 ? 1 : 0
  const colored: NetworkChroma[] = []
  for (let n = 0; n < frames; n++) colored.push((await walk.color(first + n, at(first + n))).chroma)
  return colored
}

const gray = (): NetworkChroma => chromaOf(() => [0, 0])
const mirrored = ({ values, ...size }: NetworkLuma): NetworkLuma => ({ ...size, values: values.slice().reverse() })
const moving = (frame: number): NetworkLuma => scene(20 + 4 * frame, 30 + frame)

describe('colors on their way', () => {
  it('move with what moves, over twenty frames', async () => {
    const pin = { frame: 0, luma: moving(0), chroma: squareAt(20, 30, [0.2, -0.15]) }
    const last = (await walked([pin], 20, moving, gray)).at(-1)!
    expect(uAt(last, 20 + 80 + 24, 30 + 20 + 24)).toBeGreaterThan(0.16)
    expect(uAt(last, 12, 110)).toBeCloseTo(GROUND[0], 2)
    // What has come out from behind the square was never seen: it is the color model's.
    expect(Math.abs(uAt(last, 30, 50))).toBeLessThan(0.1)
  })

  it('stay to the last bit where a camera stands still', async () => {
    const pin = { frame: 0, luma: scene(40, 40), chroma: squareAt(40, 40, [0.2, -0.15]) }
    const frames = await walked([pin], 60, () => scene(40, 40), gray)
    const apart = (frame: number): number =>
      Math.max(...frames[frame]!.values.map((value, i) => Math.abs(value - pin.chroma.values[i]!)))
    expect(apart(0)).toBeLessThan(1 / 254)
    expect(apart(59)).toBeLessThan(1 / 254)
  })

  it('are the pin’s again where something has passed before them, and not what the color model says', async () => {
    // The square crosses the picture and is gone; behind it lies ground that the pin has shown.
    const at = (frame: number): NetworkLuma => scene(-50 + 16 * frame, 40)
    const pin = { frame: 0, luma: at(0), chroma: chromaOf(() => GROUND) }
    const frames = await walked([pin], 24, at, () => chromaOf(() => [0.3, 0.05]))
    expect(uAt(frames[7]!, 96, 64)).toBeGreaterThan(0.15)
    for (const [x, y] of [
      [60, 64],
      [96, 64],
      [130, 64],
    ] as const)
      expect(uAt(frames.at(-1)!, x, y)).toBeCloseTo(GROUND[0], 1)
  })

  it('are what the color model says of what is new in the picture', async () => {
    const pin = { frame: 0, luma: scene(-100, -100), chroma: chromaOf(() => GROUND) }
    const [next] = await walked(
      [pin],
      1,
      () => scene(72, 40),
      () => chromaOf(() => [0.3, 0.05]),
    )
    expect(uAt(next!, 96, 64)).toBeGreaterThan(0.2)
    expect(uAt(next!, 10, 10)).toBeCloseTo(GROUND[0], 2)
  })

  it('go over evenly to those of a second pin, which have come back to each frame by motion', async () => {
    const first = { frame: 0, luma: moving(0), chroma: squareAt(20, 30, [0.2, 0]) }
    const second = { frame: 20, luma: moving(20), chroma: squareAt(100, 50, [-0.2, 0]) }
    const ahead = carriedBack(second, 19)
    const walk = new Walk(new Sayings(gray), [first, second], 0)
    const squares: number[] = []
    for (const [n, come] of ahead.entries())
      squares.push(uAt((await walk.color(n + 1, moving(n + 1), come)).chroma, 48 + 4 * n, 55 + n))
    expect(squares[0]).toBeGreaterThan(0.15)
    expect(Math.abs(squares[9]!)).toBeLessThan(0.06)
    expect(squares[18]).toBeLessThan(-0.15)
  })

  it('are soon those of the second pin where they have not come from the first', async () => {
    const scenes = [scene(-100, -100), ...Array.from({ length: 20 }, (_, n) => moving(n + 1))]
    const first = { frame: 0, luma: scenes[0]!, chroma: chromaOf(() => GROUND) }
    const second = { frame: 20, luma: moving(20), chroma: squareAt(100, 50, [-0.2, 0]) }
    const ahead = carriedBack(second, 19)
    const walk = new Walk(new Sayings(gray), [first, second], 0)
    let sixth = first.chroma
    for (let frame = 1; frame <= 6; frame++) sixth = (await walk.color(frame, scenes[frame]!, ahead[frame - 1])).chroma
    expect(uAt(sixth, 20 + 24 + 24, 30 + 6 + 24)).toBeLessThan(-0.14)
    expect(uAt(sixth, 12, 110)).toBeCloseTo(GROUND[0], 2)
  })

  it('hold still where the answers of the color model waver, and become what they are on average', async () => {
    const frames = await walked(
      [],
      47,
      () => scene(20, 30),
      (asked) => chromaOf(() => [asked % 2 === 0 ? 0.1 : 0.2, 0]),
    )
    const means = frames.map((chroma) => uAt(chroma, 40, 50))
    const steps = means.slice(1).map((value, n) => Math.abs(value - means[n]!))
    expect(Math.max(...steps)).toBeLessThan(0.005)
    expect(means.at(-1)).toBeGreaterThan(0.12)
    expect(means.at(-1)).toBeLessThan(0.18)
  })

  it('ask the networks at some frames only, and at once where another picture begins', async () => {
    const askedOf = async (at: LumaAt): Promise<number> => {
      const networks = new Sayings(gray)
      await walked([], 12, at, gray, networks)
      return networks.asked
    }
    expect(await askedOf(moving)).toBe(3)
    expect(await askedOf((frame) => (frame < 6 ? moving(frame) : mirrored(moving(frame))))).toBe(4)
  })

  it('are the same where a walk is taken up anew as where it was never left', async () => {
    const pin = { frame: 0, luma: scene(20, 30), chroma: squareAt(20, 30, [0.2, -0.15]) }
    const at = (frame: number): NetworkLuma => scene(20 + frame, 30)
    const whole = await walked([pin], TAKEN_UP_EVERY + 6, at, gray)
    const before = { frame: TAKEN_UP_EVERY, luma: at(TAKEN_UP_EVERY), chroma: whole[TAKEN_UP_EVERY - 1]! }
    const anew = new Walk(new Sayings(gray), [pin], TAKEN_UP_EVERY, before)
    for (let step = TAKEN_UP_EVERY; step < TAKEN_UP_EVERY + 6; step++)
      expect((await anew.color(step + 1, at(step + 1))).chroma.values).toEqual(whole[step]!.values)
  })

  it('are the same where the color model is asked ahead, which it is of every picture once', async () => {
    // Another picture begins within four frames: what was asked ahead of it was asked in vain.
    const pictures = Array.from({ length: 60 }, (_, n) => (n < 30 ? moving(n) : mirrored(moving(n))))
    const runWith = async (ahead: boolean): Promise<{ values: Float32Array[]; seen: number[][] }> => {
      const seen: number[][] = []
      const asked: number[] = []
      const networks: Networks = {
        colorModel: {
          color: (luma) => {
            asked.push(pictures.indexOf(luma))
            const tint = (pictures.indexOf(luma) % 7) / 40
            return Promise.resolve({ chroma: chromaOf(() => [tint, -tint]), confidence: 0.5 })
          },
        },
        startPass: () => null,
        startLikeness: () => null,
      }
      const walk = new Walk(networks, [], 0)
      const values: Float32Array[] = []
      for (const [n, luma] of pictures.entries()) {
        const { chroma } = await walk.color(n, luma, null, (steps) => (ahead ? pictures[n + steps] : undefined))
        values.push(chroma.values)
        seen.push([...asked])
      }
      return { values, seen }
    }
    const [one, other] = [await runWith(true), await runWith(false)]
    expect(one.values).toEqual(other.values)
    expect(one.seen[0]).toEqual([0, 4])
    expect(other.seen[0]).toEqual([0])
    expect(one.seen[30]!.slice(-3)).toEqual([32, 30, 34])
    // The walk is taken up anew there.
    expect(one.seen[46]!.slice(-2)).toEqual([46, 48])
    const all = one.seen.at(-1)!
    expect(new Set(all).size).toBe(all.length)
    expect(all).toEqual(expect.arrayContaining(other.seen.at(-1)!))
    expect(all.length).toBeLessThanOrEqual(other.seen.at(-1)!.length + 2)
  })
})
