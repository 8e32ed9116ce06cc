import { describe, expect, it } from 'vitest'
import { iccProfile, pngChunk, withChunks } from '../../../../test/material/pictures.ts'
import { linearSpace, namedSpace, parseProfile, toSrgb, type ColorSpace } from './iccProfile.ts'
import { pictureColors } from './pictureColors.ts'

const SRGB = [
  [0.436, 0.2225, 0.0139],
  [0.3851, 0.7169, 0.0971],
  [0.1431, 0.0606, 0.7141],
] as const
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
    const light = sixteen(255 * 0.214, 0, 255)
    toSrgb(light, 3, linearSpace)
    expect(eight(light)).toEqual([127, 0, 255].map((value) => expect.closeTo(value, -0.4) as number))
  })

  it('follow the numbers that a PNG file without a profile holds', () => {
    const png = (...chunks: Buffer[]): Buffer =>
      withChunks(
        Buffer.concat([
          Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
          pngChunk('IHDR', Buffer.alloc(13)),
          pngChunk('IDAT', Buffer.alloc(1)),
        ]),
        ...chunks,
      )
    const numbers = (...values: number[]): Buffer => {
      const bytes = Buffer.alloc(4 * values.length)
      values.forEach((value, n) => bytes.writeUInt32BE(Math.round(value * 100_000), 4 * n))
      return bytes
    }
    const gamma = (value: number): Buffer => pngChunk('gAMA', numbers(value))
    const shown = (file: Buffer, ...values: number[]): number[] => {
      const [samples, space] = [sixteen(...values), pictureColors(file)]
      if (space === 'unknown') throw new Error('the colors are not known')
      if (space) toSrgb(samples, 3, space)
      return eight(samples)
    }
    // That of old Macintosh screens, of light, and what most write who mean sRGB.
    expect(shown(png(gamma(1 / 1.8)), 128, 128, 128)).toEqual([146, 146, 146])
    expect(shown(png(gamma(1)), 55, 55, 55)).toEqual([128, 128, 128])
    for (const plain of [[gamma(0.45455)], [gamma(0)], [pngChunk('sRGB', Buffer.from([0])), gamma(1)], []])
      expect(pictureColors(png(...plain))).toBeNull()
    const srgb = [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06]
    expect(pictureColors(png(gamma(0.45455), pngChunk('cHRM', numbers(...srgb))))).toBeNull()
    // Display P3, told by its primaries and by its number.
    const p3 = png(pngChunk('cHRM', numbers(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)))
    const named = sixteen(40, 180, 90)
    toSrgb(named, 3, namedSpace(12, 13)!)
    expect(shown(p3, 40, 180, 90)).toEqual(eight(named).map((value) => expect.closeTo(value, -0.5) as number))
    expect(
      shown(png(pngChunk('cHRM', numbers(0.3457, 0.3585, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06))), 200, 200, 200),
    ).toEqual([200, 200, 200])
    expect(pictureColors(png(pngChunk('cHRM', numbers(0.3, 0, 0, 0, 0, 0, 0, 0))))).toBe('unknown')
  })

  it('follow the primaries of OpenEXR, and profiles of gray pictures', () => {
    const floats = Buffer.alloc(32)
    ;[0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.329].forEach((value, n) => floats.writeFloatLE(value, 4 * n))
    const exr = Buffer.concat([
      Buffer.from('v/1\x01\x02\0\0\0chromaticities\0chromaticities\0\x20\0\0\0', 'latin1'),
      floats,
    ])
    const [wide, named] = [sixteen(60, 120, 30), sixteen(60, 120, 30)]
    toSrgb(wide, 3, pictureColors(exr) as ColorSpace)
    toSrgb(named, 3, namedSpace(9, 8)!)
    expect(eight(wide)).toEqual(eight(named).map((value) => expect.closeTo(value, -0.5) as number))
    const profile = iccProfile(SRGB, 1.8)
    profile.write('GRAY', 16, 'latin1')
    profile.write('kTRC', profile.indexOf('rTRC'), 'latin1')
    const gray = sixteen(128, 128, 128)
    toSrgb(gray, 3, parseProfile(profile)!)
    expect(eight(gray)).toEqual([146, 146, 146])
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
