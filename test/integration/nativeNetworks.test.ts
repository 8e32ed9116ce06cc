/** The networks on this thread: what they give, and what they leave in TensorFlow's memory. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { NetworkLuma } from '../../electron/engine/picture/networkPictures.ts'
import { colorModelDescriptionSchema, NativeColorModel } from '../../electron/engine/network/colorModel.ts'
import { NativeNetworks } from '../../electron/engine/network/nativeNetworks.ts'
import { choosePrecision, describeDevice } from '../../electron/engine/network/precision.ts'
import { isBfloat16Quicker } from '../../electron/engine/network/precisionTrial.ts'
import { SavedNetwork } from '../../electron/engine/network/savedNetwork.ts'
import { loadTensorFlow, type TensorFlow } from '../../electron/engine/network/tensorflow.ts'
import { readWeights } from '../../electron/engine/network/weights.ts'
import { weightsFolder } from '../material/testEngine.ts'

/** Milliseconds that the color model takes in fp32 and in bf16: the least of several, in turn. */
function answerTimes(tf: TensorFlow): [fp32: number, bf16: number] {
  const weights = readWeights(weightsFolder, 'color-model', colorModelDescriptionSchema)
  const luma: NetworkLuma = { width: 256, height: 192, values: new Float32Array(256 * 192).fill(0.5) }
  const models = (['fp32', 'bf16'] as const).map((precision) => NativeColorModel.load(tf, weights, precision))
  const least: [number, number] = [Infinity, Infinity]
  for (let round = 0; round < 8; round++) {
    models.forEach((model, n) => {
      const began = performance.now()
      model.color(luma)
      least[n] = Math.min(least[n]!, performance.now() - began)
    })
  }
  for (const model of models) model.dispose()
  return least
}

describe('running the networks', () => {
  it('leaves no tensor behind', () => {
    const networks = NativeNetworks.load(weightsFolder)
    const tf = loadTensorFlow()
    // Larger than the color model's own pictures, so that it is shrunk for it.
    const luma = { width: 288, height: 256, values: Float32Array.from({ length: 288 * 256 }, (_, i) => (i % 97) / 97) }
    const work = (frames: number): void => {
      const chroma = networks.colorModel.color(luma).chroma
      const pin = { frame: 0, luma, chroma }
      for (const pins of [[pin], [pin, { ...pin, frame: 50 }]]) {
        const pass = networks.startPass(pins, pins[0])!
        const carried = { values: new Float32Array(chroma.values.length * 2) }
        for (let frame = 1; frame <= frames; frame++) {
          pass.step(frame, luma, networks.colorModel.color(luma).chroma, frame % 2 === 0 ? carried : null)
        }
        pass.dispose()
      }
      const likeness = networks.startLikeness([luma, luma])!
      const [share = 0, again] = likeness.of(luma)
      expect(again).toBe(share)
      expect(share).toBeGreaterThan(0)
      expect(share).toBeLessThanOrEqual(1)
      likeness.dispose()
    }
    work(1)
    const before = tf.tensors
    work(4)
    expect(tf.tensors).toBe(before)
  })

  it('gives chroma and confidence within their bounds, the same each time', () => {
    const { colorModel } = NativeNetworks.load(weightsFolder)
    const luma = {
      width: 96,
      height: 64,
      values: Float32Array.from({ length: 96 * 64 }, (_, i) => ((i * 31) % 101) / 101),
    }
    const one = colorModel.color(luma)
    const two = colorModel.color(luma)
    expect(one.chroma).toMatchObject({ width: 48, height: 32 })
    expect(one.chroma.values.length).toBe(2 * 48 * 32)
    for (const value of one.chroma.values) expect(Math.abs(value)).toBeLessThanOrEqual(0.5)
    expect(one.confidence).toBeGreaterThanOrEqual(0)
    expect(one.confidence).toBeLessThanOrEqual(1)
    expect(two.chroma.values).toEqual(one.chroma.values)
  })

  it('colors a large picture as it would the same one at its own size', () => {
    const { colorModel } = NativeNetworks.load(weightsFolder)
    const hills = (width: number, height: number): NetworkLuma => {
      const values = new Float32Array(width * height)
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++)
          values[y * width + x] = (y + 0.5) / height < 0.5 + 0.2 * Math.sin((6 * (x + 0.5)) / width) ? 0.8 : 0.3
      }
      return { width, height, values }
    }
    const picture = hills(512, 384)
    const halved = new Float32Array(256 * 192)
    picture.values.forEach((luma, n) => (halved[256 * (n >> 10) + ((n & 511) >> 1)]! += luma / 4))
    const large = colorModel.color(picture).chroma
    const own = colorModel.color({ width: 256, height: 192, values: halved }).chroma
    expect([large.width, large.height]).toEqual([256, 192])
    let difference = 0
    let strength = 0
    for (let y = 0; y < own.height; y++) {
      for (let x = 0; x < own.width; x++) {
        for (const c of [0, 1]) {
          difference += Math.abs(
            large.values[2 * (2 * y * large.width + 2 * x) + c]! - own.values[2 * (y * own.width + x) + c]!,
          )
          strength += Math.abs(own.values[2 * (y * own.width + x) + c]!)
        }
      }
    }
    expect(difference).toBeLessThan(0.1 * strength)
  })

  it('gives the same with its large weights fed as with all of them in the graph', () => {
    const tf = loadTensorFlow()
    const weights = readWeights(weightsFolder, 'color-model', colorModelDescriptionSchema)
    const luma = tf.tensor(
      Float32Array.from({ length: 96 * 64 }, (_, i) => ((i * 31) % 101) / 101),
      [1, 64, 96, 1],
    )
    const whole = tf.load(weights.folder)
    const { inputs, outputs } = weights.signatures.get('fp32')!
    const [expected] = tf.run(whole, [[inputs.get('luma')!, luma]], [outputs.get('chroma')!])
    const before = tf.tensors
    const network = SavedNetwork.load(tf, weights, ['fp32'])
    expect(tf.tensors).toBeGreaterThan(before + 20)
    const made = network.run('fp32', { luma })
    const values = made['chroma']!.values()
    expected!.values().forEach((value, n) => expect(values[n]).toBeCloseTo(value, 5))
    for (const tensor of Object.values(made)) tensor.dispose()
    network.dispose()
    expect(tf.tensors).toBe(before)
    for (const tensor of [expected!, luma]) tensor.dispose()
    tf.unload(whole)
  })

  it('takes bf16 only where the processor has it and is quicker with it, or the setting says so', () => {
    let tried = 0
    const quicker = (answer: boolean) => (): boolean => {
      tried++
      return answer
    }
    expect(choosePrecision('flags : sse avx512f amx_bf16 amx_tile', false, undefined, quicker(true))).toBe('bf16')
    expect(choosePrecision('flags : sse avx512_bf16', false, '', quicker(true))).toBe('bf16')
    expect(choosePrecision('flags : sse avx512_bf16', false, '', quicker(false))).toBe('fp32')
    expect(tried).toBe(3)
    expect(choosePrecision('flags : sse avx512f', false, undefined, quicker(true))).toBe('fp32')
    expect(choosePrecision('', false, undefined, quicker(true))).toBe('fp32')
    expect(choosePrecision('flags : avx512_bf16', true, undefined, quicker(true))).toBe('fp32')
    expect(choosePrecision('flags : avx512_bf16', false, 'fp32', quicker(true))).toBe('fp32')
    expect(choosePrecision('', false, 'bf16', quicker(false))).toBe('bf16')
    expect(tried).toBe(3)
  })

  it('is in bf16 only where the color model is quicker in it', () => {
    const tf = loadTensorFlow()
    if (!/\b(amx_bf16|avx512_bf16)\b/.test(readFileSync('/proc/cpuinfo', 'utf8')))
      return expect(describeDevice(tf, null).precision).toBe('fp32')
    const [fp32, bf16] = answerTimes(tf)
    const before = tf.tensors
    const isQuicker = isBfloat16Quicker(tf)
    expect(tf.tensors).toBe(before)
    if (isQuicker) expect(bf16).toBeLessThan(1.05 * fp32)
    else expect(fp32).toBeLessThan(1.25 * bf16)
  })
})
