/** The engine with networks that are missing, damaged, or fine; and what it leaves in TensorFlow's memory. */
import { cpSync, mkdirSync, rmSync, truncateSync, writeFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { NetworkLuma } from '../../electron/engine/picture/networkPictures.ts'
import { NativeNetworks } from '../../electron/engine/network/nativeNetworks.ts'
import { colorModelDescriptionSchema, NativeColorModel } from '../../electron/engine/network/colorModel.ts'
import { choosePrecision, describeDevice } from '../../electron/engine/network/precision.ts'
import { isBfloat16Quicker } from '../../electron/engine/network/precisionTrial.ts'
import { loadTensorFlow, type TensorFlow } from '../../electron/engine/network/tensorflow.ts'
import { readWeights } from '../../electron/engine/network/weights.ts'
import { startTestEngine, weightsFolder } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

function copyOfWeights(): string {
  const copy = join(workFolder(), 'weights')
  cpSync(weightsFolder, copy, { recursive: true })
  return copy
}

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

describe('trained weights', () => {
  it('are described together with what they run on', async () => {
    const info = await startTestEngine(workFolder()).engine.calls.info()
    expect(info.tensorflow).toMatch(/^2\./)
    expect(info.models[0]).toMatchObject({
      name: expect.stringMatching(/color/i) as string,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    expect(info.threads).toBeGreaterThan(0)
    expect(['fp32', 'bf16']).toContain(info.precision)
  })

  const harm: [string, string, (weights: string) => void][] = [
    ['the folder is gone', 'weights-missing', (weights) => rmSync(join(weights, 'color-model'), { recursive: true })],
    ['the network is gone', 'weights-missing', (weights) => rmSync(join(weights, 'color-model', 'saved_model.pb'))],
    [
      'the network is cut off',
      'weights-damaged',
      (weights) => truncateSync(join(weights, 'color-model', 'saved_model.pb'), 5000),
    ],
    [
      'one bit of the network has changed',
      'weights-damaged',
      (weights) => {
        const path = join(weights, 'color-model', 'saved_model.pb')
        const bytes = readFileSync(path)
        bytes[bytes.length >> 1]! ^= 4
        writeFileSync(path, bytes)
      },
    ],
    [
      'the description is no JSON',
      'weights-damaged',
      (weights) => writeFileSync(join(weights, 'color-model', 'model.json'), '{"name": '),
    ],
    [
      'the description lacks its checksum',
      'weights-damaged',
      (weights) =>
        writeFileSync(
          join(weights, 'color-model', 'model.json'),
          '{"name": "x", "version": "1", "kind": "color-model"}',
        ),
    ],
  ]
  for (const [what, code, doHarm] of harm) {
    it(`are refused with a sentence when ${what}`, async () => {
      const weights = copyOfWeights()
      doHarm(weights)
      const { engine } = startTestEngine(workFolder(), { COLORNN_WEIGHTS: weights })
      const error: unknown = await engine.calls.info().catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code })
      expect((error as Error).message).toMatch(/^The trained networks .*\.$/)
      expect((error as Error).message).not.toMatch(/\/|Error|\n/)
    })
  }

  it('are refused when TensorFlow can not read them although the checksum is right', async () => {
    const weights = join(workFolder(), 'weights')
    mkdirSync(join(weights, 'color-model'), { recursive: true })
    const { createHash } = await import('node:crypto')
    const graph = Buffer.from('no graph at all')
    writeFileSync(join(weights, 'color-model', 'saved_model.pb'), graph)
    const sha256 = createHash('sha256').update(graph).digest('hex')
    writeFileSync(
      join(weights, 'color-model', 'model.json'),
      JSON.stringify({ name: 'x', version: '1', kind: 'color-model', sha256, bytes: graph.length, shortSide: 256 }),
    )
    await expect(startTestEngine(workFolder(), { COLORNN_WEIGHTS: weights }).engine.calls.info()).rejects.toMatchObject(
      { code: 'weights-damaged' },
    )
  })
})

describe('running the networks', () => {
  it('leaves no tensor behind', async () => {
    const networks = await NativeNetworks.load(weightsFolder)
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
    }
    work(1)
    const before = tf.tensors
    work(4)
    expect(tf.tensors).toBe(before)
  })

  it('gives chroma and confidence within their bounds, the same each time', async () => {
    const { colorModel } = await NativeNetworks.load(weightsFolder)
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

  it('colors a large picture as it would the same one at its own size', async () => {
    const { colorModel } = await NativeNetworks.load(weightsFolder)
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
      return expect(describeDevice(tf).precision).toBe('fp32')
    const [fp32, bf16] = answerTimes(tf)
    const before = tf.tensors
    const isQuicker = isBfloat16Quicker(tf)
    expect(tf.tensors).toBe(before)
    if (isQuicker) expect(bf16).toBeLessThan(1.05 * fp32)
    else expect(fp32).toBeLessThan(1.25 * bf16)
  })
})
