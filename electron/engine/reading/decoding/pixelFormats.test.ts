import { describe, expect, it } from 'vitest'
import { decodedFormat, rawFourcc } from './pixelFormats.ts'

describe('ffmpeg’s pixel formats', () => {
  for (const [name, sampling, bitDepth, ffmpegName] of [
    ['yuv420p', '420', 8, 'yuv420p'],
    ['yuvj422p', '422', 8, 'yuv422p'],
    ['yuv420p10be', '420', 10, 'yuv420p10le'],
    ['yuva444p12le', '444', 12, 'yuv444p12le'],
    ['gray', 'gray', 8, 'gray'],
    ['gray12be', 'gray', 12, 'gray12le'],
    ['ya16be', 'gray', 16, 'gray16le'],
    ['yaf16le', 'gray', 16, 'gray16le'],
    ['grayf32le', 'gray', 16, 'gray16le'],
    ['monow', 'gray', 8, 'gray'],
    ['p010le', '420', 10, 'yuv420p10le'],
    ['uyvy422', '422', 8, 'yuv422p'],
    ['yuv440p12le', '444', 12, 'yuv444p12le'],
    ['rgb24', '444', 8, 'yuv444p'],
    ['gbrp10le', '444', 10, 'yuv444p10le'],
    ['rgba64be', '444', 16, 'yuv444p16le'],
    ['pal8', '444', 8, 'yuv444p'],
    ['xyz12le', '444', 12, 'yuv444p12le'],
    ['something-new', '444', 16, 'yuv444p16le'],
  ] as const) {
    it(`${name} is taken over as ${ffmpegName}`, () => {
      const format = decodedFormat(name)
      expect(format).toMatchObject({ sampling, bitDepth, ffmpegName })
      // Whatever is taken over can travel to the encoder.
      expect(rawFourcc(format)).toHaveLength(4)
    })
  }

  it('know which are RGB, full range by name, and transparent', () => {
    expect(decodedFormat('gbrap12le')).toMatchObject({ fromRgb: true, fullByName: true, hasAlpha: true })
    expect(decodedFormat('yuvj420p')).toMatchObject({ fromRgb: false, fullByName: true, hasAlpha: false })
    expect(decodedFormat('yuva420p').hasAlpha).toBe(true)
  })
})
