import { describe, expect, it } from 'vitest'
import { iccProfile, pngChunk } from '../../../test/material/pictures.ts'
import { linearSpace, namedSpace, parseProfile, toSrgb } from './iccProfile.ts'
import { pictureColors } from './pictureColors.ts'

const SRGB = [[0.436, 0.2225, 0.0139], [0.3851, 0.7169, 0.0971], [0.1431, 0.0606, 0.7141]] as const
const sixteen = (...values: number[]): Uint16Array => Uint16Array.from(values, (value) => Math.round(value * 257))
const eight = (samples: Uint16Array): number[] => [...samples].map((sample) => Math.round(sample / 257))

describe('colors of a painted picture', () => {
  it('are those that its profile means', () => {
    const [r, g, b] = SRGB
    const swapped = parseProfile(iccProfile([g, r, b], 2.2))
    const samples = sixteen(0, 180, 0, 128, 128, 128)
    toSrgb(samples, 3, swapped!)
    const [red, green, blue, ...gray] = eight(samples)
    expect([red, green, blue]).toEqual([expect.closeTo(180, -0.5), 0, 0])
    // A power of 2.2 is not quite the curve of sRGB.
    for (const value of gray) expect(Math.abs(value - 128)).toBeLessThan(3)
  })

  it('stay as they are under a profile that is sRGB’s own, and are opaque as before', () => {
    const curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]
    const samples = sixteen(200, 100, 20, 77)
    toSrgb(samples, 4, parseProfile(iccProfile(SRGB, curve))!)
    for (const [n, value] of [200, 100, 20, 77].entries()) expect(Math.abs(eight(samples)[n]! - value)).toBeLessThan(2)
  })

  it('are known by PNG’s numbers as well, and as light', () => {
    const samples = sixteen(255, 0, 0)
    toSrgb(samples, 3, namedSpace(12, 13)!)
    // The red of Display P3 lies beyond that of sRGB.
    expect(eight(samples)).toEqual([255, 0, 0])
    expect(namedSpace(1, 13)).toBeNull()
    expect(namedSpace(9, 16)).toBeUndefined()
    const light = sixteen(255 * 0.2140, 0, 255)
    toSrgb(light, 3, linearSpace)
    expect(eight(light)).toEqual([127, 0, 255].map((value) => expect.closeTo(value, -0.4) as number))
  })

  it('are not guessed at where a profile is damaged or made of tables', () => {
    expect(parseProfile(Buffer.alloc(40))).toBeNull()
    const png = Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      pngChunk('IHDR', Buffer.alloc(13)),
      pngChunk('iCCP', Buffer.from('x\0\0broken')),
    ])
    expect(pictureColors(png)).toBe('unknown')
    expect(pictureColors(Buffer.from('GIF89a'))).toBeNull()
  })
})
