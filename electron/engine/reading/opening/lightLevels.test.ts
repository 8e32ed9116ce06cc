import { describe, expect, it } from 'vitest'
import { hasLight, heardLight, noLight, saysLight, type LightLevels } from './lightLevels.ts'

const said = (...lines: readonly string[]): LightLevels => lines.reduce(heardLight, noLight)

const film: LightLevels = {
  primaries: [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.3127, 0.329],
  luminance: [0.005, 1000],
  content: [1000, 400],
}

describe('mastering and light-level data', () => {
  it('are read from what ffmpeg says of a frame, and of a stream', () => {
    const ofFrame = said(
      '[Parsed_showinfo_0 @ 0x5] n:   0 pts:      0 pts_time:0',
      '[Parsed_showinfo_0 @ 0x5]   side data - mastering display: has_primaries:1 has_luminance:1 r(0.6800,0.3200) g(0.2650,0.6900) b(0.1500 0.0600) wp(0.3127, 0.3290) min_luminance=0.005000, max_luminance=1000.000000',
      '[Parsed_showinfo_0 @ 0x5]   side data - Content Light Level information: MaxCLL=1000, MaxFALL=400',
    )
    expect(ofFrame).toEqual(film)
    const ofStream = said(
      '      Mastering Display Metadata, has_primaries:0 has_luminance:1 r(0.0000,0.0000) g(0.0000,0.0000) b(0.0000 0.0000) wp(0.0000, 0.0000) min_luminance=0.000100, max_luminance=4000.000000',
      '      Content Light Level Metadata, MaxCLL=0, MaxFALL=0',
    )
    expect(ofStream).toEqual({ primaries: null, luminance: [0.0001, 4000], content: [0, 0] })
    expect(hasLight(said('Stream #0:0: Video: h264', 'n: 1'))).toBe(false)
  })

  it('are the film’s where a container has rounded them, and not where something is missing or other', () => {
    expect(saysLight({ ...film, primaries: [0.67998, 0.32, 0.265, 0.69002, 0.15, 0.06, 0.3127, 0.329] }, film)).toBe(
      true,
    )
    expect(saysLight(film, noLight)).toBe(true)
    expect(saysLight({ ...film, content: null }, film)).toBe(false)
    expect(saysLight({ ...film, luminance: [0.005, 4000] }, film)).toBe(false)
    expect(saysLight(noLight, film)).toBe(false)
  })
})
