import { describe, expect, it } from 'vitest'
import { exportFormat, type ExportFormatId } from '../../../contract/formats.ts'
import { inWords } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import { checkFilmFits } from './encoders.ts'

function adviceOf(format: ExportFormatId, change: { width?: number; height?: number; variableRate?: boolean }): string {
  const film = { width: 320, height: 240, rate: { num: 25, den: 1 }, variableRate: false }
  try {
    checkFilmFits(exportFormat(format), { ...film, ...change })
  } catch (error) {
    if (error instanceof UserError) return inWords(error.advice)
    throw error
  }
  return ''
}

describe('a film that a format can not hold', () => {
  it('is given advice that helps: a line is cropped where a side is odd, and a small picture enlarged', () => {
    expect(adviceOf('dnxhr-mxf', {})).toBe('')
    expect(adviceOf('dnxhr-mxf', { width: 321 })).toMatch(/of an odd side, a line can be cropped\.$/)
    for (const width of [160, 161]) expect(adviceOf('dnxhr-mxf', { width })).toMatch(/or have the picture enlarged\.$/)
    expect(adviceOf('h264-mp4', { width: 12, height: 12 })).toMatch(/or have the picture enlarged\.$/)
  })

  it('is told at which size it would be written, which is not its own where a side is odd', () => {
    const written = { width: 16, height: 2, rate: { num: 25, den: 1 }, variableRate: false }
    expect(() => checkFilmFits(exportFormat('h264-mp4'), written)).toThrow(/; its pictures would be 16 × 2\.$/)
  })

  it('is sent to QuickTime where there is the same, and to Matroska alone where there is not', () => {
    for (const format of ['prores-mxf', 'prores4444-mxf', 'dnxhr-mxf', 'dnxhr444-mxf'] as const)
      expect(adviceOf(format, { variableRate: true })).toMatch(/^Choose the same in QuickTime, or FFV1 in Matroska/)
    expect(adviceOf('ffv1-mxf', { variableRate: true })).toBe('Choose FFV1 in Matroska, which takes every rate.')
  })
})
