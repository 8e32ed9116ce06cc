/** The engine with networks that are missing, damaged, or fine. */
import { cpSync, mkdirSync, rmSync, truncateSync, writeFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startTestEngine, weightsFolder } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

function copyOfWeights(): string {
  const copy = join(workFolder(), 'weights')
  cpSync(weightsFolder, copy, { recursive: true })
  return copy
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
