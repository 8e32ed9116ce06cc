import { describe, expect, it } from 'vitest'
import { isContainerDamage } from './lostPictures.ts'

describe('what ffmpeg says of a container', () => {
  const hole = '0x00 at pos 8973 (0x230d) invalid as first byte of an EBML number'

  it.each([
    ['as ffmpeg up to 8 calls its demuxer', `[matroska,webm @ 0x555efbf498c0] [error] ${hole}`, true],
    ['as ffmpeg 9 calls it', `[in#0/matroska,webm @ 0x556f23842000] [error] ${hole}`, true],
    ['of another one', `[avi @ 0x555efbf498c0] [error] ${hole}`, false],
    ['of a decoder', `[ffv1 @ 0x555efbf498c0] [error] slice CRC mismatch`, false],
    ['of nothing lost', '[matroska,webm @ 0x555efbf498c0] [warning] Unknown entry 0x536E', false],
    ['of the end', '[matroska,webm @ 0x555efbf498c0] [error] File ended prematurely', false],
  ])('is heard as damage only where it is: %s', (_what, line, isDamage) => {
    expect(isContainerDamage(line, ['matroska', 'webm'])).toBe(isDamage)
  })
})
