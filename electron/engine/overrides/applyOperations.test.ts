import { describe, expect, it } from 'vitest'
import { neutralGrade, type Operation } from '../../contract/operations.ts'
import { applyOperations, picturesNeeded } from './applyOperations.ts'
import { referenceFromRgba } from './referencePicture.ts'

const luma = {
  width: 64,
  height: 32,
  values: Float32Array.from({ length: 64 * 32 }, (_, i) => (i % 64 < 32 ? 0.3 : 0.7)),
}
const chroma = { width: 32, height: 16, values: new Float32Array(32 * 16 * 2).fill(0.1) }
const context = { aspect: 2, pictures: new Map() }

const asset = `${'a'.repeat(64)}.png`
const desaturate: Operation = { id: '1', enabled: true, type: 'grade', grade: { ...neutralGrade, saturation: 0 } }
const red: Operation = {
  id: '2',
  enabled: true,
  type: 'hint',
  kind: 'color',
  color: { u: -0.1, v: 0.3 },
  points: [[0.2, 0.5]],
  radius: 0.1,
}
const blue: Operation = { ...red, id: '3', color: { u: 0.3, v: -0.1 }, points: [[0.8, 0.5]] }
const reference: Operation = { id: '4', enabled: true, type: 'reference', asset, mode: 'replace', strength: 1 }

describe('applying operations', () => {
  it('gives back the coloring itself when there is nothing to do', () => {
    expect(applyOperations(luma, chroma, [], context)).toBe(chroma)
    expect(applyOperations(luma, chroma, [{ ...red, enabled: false }], context)).toBe(chroma)
  })

  it('goes by the order of the list', () => {
    const grayAtTheEnd = applyOperations(luma, chroma, [red, desaturate], context).values
    expect(grayAtTheEnd.every((value) => Math.abs(value) < 1e-9)).toBe(true)
    const colored = applyOperations(luma, chroma, [desaturate, red], context).values
    expect(colored[2 * (8 * 32 + 6) + 1]).toBeCloseTo(0.3, 1)
    expect(Math.abs(colored[2 * (8 * 32 + 28) + 1]!)).toBeLessThan(0.01)
  })

  it('solves all hints together, at the place of the first', () => {
    const apart = applyOperations(luma, chroma, [red, desaturate, blue], context).values
    expect(apart.every((value) => Math.abs(value) < 1e-9)).toBe(true)
    const together = applyOperations(luma, chroma, [desaturate, red, blue], context).values
    expect(together[2 * (8 * 32 + 6) + 1]).toBeCloseTo(0.3, 1)
    expect(together[2 * (8 * 32 + 26)]).toBeCloseTo(0.3, 1)
  })

  it('changes none of its arguments and gives the same result every time', () => {
    const before = chroma.values.slice()
    const first = applyOperations(luma, chroma, [red, blue], context)
    expect(chroma.values).toEqual(before)
    expect(applyOperations(luma, chroma, [red, blue], context)).toEqual(first)
  })

  it('names the pictures it needs, once each, and says so when one is missing', () => {
    expect(
      picturesNeeded([
        reference,
        { ...reference, id: '5' },
        { ...reference, id: '6', enabled: false, asset: `${'b'.repeat(64)}.png` },
      ]),
    ).toEqual([asset])
    expect(() => applyOperations(luma, chroma, [reference], context)).toThrow(
      'A reference picture of this frame is missing',
    )
    const picture = referenceFromRgba(Uint8Array.of(200, 100, 100, 255), 1, 1)
    const after = applyOperations(luma, chroma, [reference], { ...context, pictures: new Map([[asset, picture]]) })
    expect(after.values[1]).toBeCloseTo(picture.chroma[1]!, 4)
  })

  it('refuses chroma that does not belong to the luma', () => {
    expect(() => applyOperations({ ...luma, width: 32 }, chroma, [red], context)).toThrow(RangeError)
  })
})
