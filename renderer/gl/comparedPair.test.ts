import { describe, expect, it } from 'vitest'
import type { FrameReply } from '../../electron/contract/frames.ts'
import { comparedPair, noPair } from './comparedPair.ts'

function frame(number: number, footageId = 'film'): FrameReply {
  return {
    type: 'frame',
    requestId: number,
    footageId,
    frame: number,
    width: 1,
    height: 1,
    luma: new Uint8Array(1),
    sourceChroma: null,
    coloring: null,
    seconds: number / 24,
  }
}

describe('the pair of pictures that is drawn', () => {
  it('is the picture alone where nothing is compared', () => {
    const picture = frame(3)
    expect(comparedPair('wipe', picture, frame(3), noPair)).toEqual({ picture, other: null })
  })

  it('lays any other frame over the picture as onion skin', () => {
    const [picture, pin] = [frame(3), frame(40)]
    expect(comparedPair('onion', picture, pin, noPair)).toEqual({ picture, other: pin })
  })

  it('never tells the difference between two frames, but waits for the other half', () => {
    const before = comparedPair('difference', frame(3), frame(3), noPair)
    expect(before.other?.frame).toBe(3)
    expect(comparedPair('difference', frame(4), before.other, before)).toBe(before)
    const next = comparedPair('difference', frame(4), frame(4), before)
    expect([next.picture?.frame, next.other?.frame]).toEqual([4, 4])
  })

  it('does not hold on to another film, nor to an onion skin', () => {
    const differing = comparedPair('difference', frame(3), frame(3), noPair)
    const elsewhere = frame(3, 'another film')
    expect(comparedPair('difference', elsewhere, null, differing)).toEqual({ picture: elsewhere, other: null })
    const onion = comparedPair('onion', frame(3), frame(40), noPair)
    const picture = frame(5)
    expect(comparedPair('difference', picture, null, onion)).toEqual({ picture, other: null })
  })
})
