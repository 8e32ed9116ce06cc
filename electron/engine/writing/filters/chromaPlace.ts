/** Where chroma lies, as the scale filter is told it. Pure. */
import type { PixelLayout } from '../../picture/pixelLayout.ts'

/**
 * Where chroma lies, in 256ths of a luma sample, for the scale filter, which takes left-sited chroma for centered when
 * it isn't told. Of fields it knows by itself that the top one's chroma lies higher and the bottom one's lower.
 */
export function chromaPlace(side: 'in' | 'out', siting: PixelLayout['siting'], interlaced: boolean): string[] {
  const across = `${side}_h_chr_pos=${siting === 'center' ? 128 : 0}`
  return interlaced ? [across] : [across, `${side}_v_chr_pos=${siting === 'topleft' ? 0 : 128}`]
}
