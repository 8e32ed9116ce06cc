import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cutToSignatures } from './cutGraph.ts'
import { readSignatures } from './signatures.ts'

const folder = join(import.meta.dirname, '../../../models/weights/color-model')
const graph = readFileSync(join(folder, 'saved_model.pb'))

describe('signatures of a SavedModel', () => {
  it('are those that its description lists, each with the names of its tensors in the graph', () => {
    const signatures = readSignatures(graph)
    const { signatures: listed } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as {
      signatures: string[]
    }
    expect([...signatures.keys()].sort()).toEqual([...listed].sort())
    const { inputs, outputs } = signatures.get('fp32')!
    expect([...inputs.keys()]).toEqual(['luma'])
    expect([...outputs.keys()].sort()).toEqual(['chroma', 'confidence'])
    for (const tensor of [...inputs.values(), ...outputs.values()]) expect(tensor).toMatch(/^[^,]+:\d+$/)
  })

  it('are found without reading the weights through', () => {
    const started = process.cpuUsage()
    readSignatures(graph)
    const { user, system } = process.cpuUsage(started)
    // In JavaScript the whole of it takes a second; so many milliseconds a busy machine may take for these few bytes.
    expect((user + system) / 1000).toBeLessThan(100)
  })

  it('are refused where the file is cut short or is something else', () => {
    expect(() => readSignatures(graph.subarray(0, graph.length - 1000))).toThrow(RangeError)
    expect(() => readSignatures(Buffer.from('no graph at all'))).toThrow(RangeError)
  })
})

describe('a SavedModel cut down to a signature', () => {
  const [fp32, bf16] = ['fp32', 'bf16'].map(
    (name) => new Map([...readSignatures(graph)].filter(([own]) => own === name)),
  )
  const cutTo = (bytes: Uint8Array, weightsApart = false): Buffer =>
    Buffer.concat(cutToSignatures(bytes, fp32!, weightsApart).savedModel)
  const cut = cutTo(graph)

  it('says of it what it said, and nothing of others', () => {
    expect(readSignatures(cut)).toEqual(fp32)
  })

  it('is smaller, has no node of others, and is the same where it is cut once more', () => {
    expect(cut.length).toBeLessThan(graph.length)
    expect([cut.includes('fp32/luma'), graph.includes('bf16/luma'), cut.includes('bf16/luma')]).toEqual([
      true,
      true,
      false,
    ])
    expect(cutTo(cut).equals(cut)).toBe(true)
  })

  it('is small without its large weights, which are told with what they are to be fed as', () => {
    const apart = cutTo(graph, true)
    expect(apart.length).toBeLessThan(cut.length / 5)
    expect(readSignatures(apart)).toEqual(fp32)
    const { weights } = cutToSignatures(graph, fp32!, true)
    const large = weights.get('fp32')!
    expect(large.length).toBeGreaterThan(20)
    for (const { tensor, shape, type, storedType, bytes } of large) {
      expect([storedType, type]).toEqual(['bfloat16', 'float32'])
      expect(bytes.length).toBe(2 * shape.reduce((product, side) => product * side, 1))
      expect(apart.includes(tensor.replace(/:0$/, ''))).toBe(true)
      expect([graph, apart].map((each) => each.includes(Buffer.from(bytes)))).toEqual([true, false])
    }
    const [half] = cutToSignatures(graph, bf16!, true).weights.get('bf16')!
    expect(half).toMatchObject({ storedType: 'bfloat16', type: 'bfloat16' })
  })

  it('is refused where it is cut short', () => {
    expect(() => cutToSignatures(graph.subarray(0, graph.length - 1000), bf16!, true)).toThrow(RangeError)
  })
})
