import { describe, expect, it } from 'vitest'
import { spokenCaptions } from '../../../../test/material/captions.ts'
import { cutCaptions, halvedCaptions, type CaptionFrames } from './captionCut.ts'

const film: CaptionFrames = new Map(
  spokenCaptions(200, [
    { text: 'ONE', from: 20, to: 60 },
    { text: 'TWO', from: 90, to: 150 },
  ]).entries(),
)
/** The pairs of line 21 that say something, without parity. */
const said = (captions: CaptionFrames): string =>
  [...captions]
    .sort(([a], [b]) => a - b)
    .map(([, data]) => [data[1]! & 127, data[2]! & 127])
    .filter(([first, second]) => first! + second! > 0)
    .map((pair) => Buffer.from(pair).toString('hex'))
    .join(' ')
const loading = '1420 1420 142e 142e 1470 1470'
const [shown, erased] = ['142f 142f', '142c 142c']

describe('closed captions that are cut', () => {
  it('are the very same where the whole film is taken', () => {
    expect(cutCaptions(film, [{ from: 0, to: 200 }], 100)).toEqual(film)
  })

  it('bring on again what stands where a part begins', () => {
    const part = cutCaptions(film, [{ from: 30, to: 70 }], 100)
    expect(said(part)).toBe(`${loading} 4f4e 4520 ${shown} ${erased}`)
    // A pair a picture, and all else where it was.
    expect([...part.values()].every(({ length }) => length === 6)).toBe(true)
    expect([...part].every(([n, data]) => data.subarray(3).equals(film.get(30 + n)!.subarray(3)))).toBe(true)
  })

  it('go on being loaded where a part begins amid that', () => {
    expect(said(cutCaptions(film, [{ from: 84, to: 100 }], 100))).toBe(`${loading} 5457 4f20 ${shown}`)
  })

  it('are taken away where another piece follows', () => {
    const pieces = [
      { from: 0, to: 40 },
      { from: 70, to: 78 },
      { from: 160, to: 170 },
    ]
    expect(said(cutCaptions(film, pieces, 100))).toBe(
      `${loading} 4f4e 4520 ${shown} ${erased} 142e 142e ${erased} 142e 142e`,
    )
  })

  it('are none where the film has none', () => {
    const pieces = [
      { from: 0, to: 5 },
      { from: 7, to: 9 },
    ]
    expect(cutCaptions(new Map(), pieces, 100)).toEqual(new Map())
    const digital = new Map([[8, Buffer.from('fc8080ff0101', 'hex')]])
    expect(cutCaptions(digital, pieces, 100)).toEqual(new Map([[6, digital.get(8)]]))
  })

  it('go on over pieces that lie side by side', () => {
    const whole = cutCaptions(film, [{ from: 30, to: 150 }], 100)
    const sideBySide = [
      { from: 30, to: 35 },
      { from: 35, to: 150 },
    ]
    expect(cutCaptions(film, sideBySide, 100)).toEqual(whole)
  })

  it('roll on with the row that stands', () => {
    const pairs = ['1425', '1425', '142d', '142d', '4142', '142d', '142d', '4344']
    const rolling = new Map(
      pairs
        .map((pair, n) => [n, Buffer.from(`fc${pair}`, 'hex')] as const)
        .concat([[20, Buffer.from('fc4546', 'hex')]]),
    )
    expect(said(cutCaptions(rolling, [{ from: 10, to: 30 }], 100))).toBe('1425 1425 142d 142d 4344 4546')
  })

  it('of a frame that becomes two pictures are parted by field', () => {
    const frame = new Map([[3, Buffer.from('fc4142fd4344ff0101fe0202fe0303', 'hex')]])
    const hex = [...halvedCaptions(frame)].map(([n, data]) => [n, data.toString('hex')])
    expect(hex).toEqual([
      [6, 'fc4142ff0101fe0202'],
      [7, 'fd4344fe0303'],
    ])
  })
})
