import { describe, expect, it } from 'vitest'
import { english } from '../../../../test/material/english.ts'
import { exportFormat, type ExportFormatId } from '../../../contract/formats.ts'
import { captionsIn } from '../../reading/decoding/captionData.ts'
import { captionsFor } from './exportCaptions.ts'

const place = (id: ExportFormatId, ...pieces: readonly string[]): string => {
  const found = captionsFor(exportFormat(id), new Map([[0, Buffer.from(pieces.join(''), 'hex')]]))
  return [found.place ?? 'nowhere', english(...found.notes)].join(': ')
}
const [firstField, empty, digital] = ['fc4142', 'fc8080', 'ff4142']

describe('where an export has closed captions', () => {
  it('follows from its format', () => {
    expect(place('h264-mp4', firstField, digital)).toBe('pictures: ')
    expect(place('prores-mov', firstField)).toBe(
      'line 21: The closed captions within the pictures are a track of their own in the export (CEA-608).',
    )
    expect(place('ffv1-mkv', firstField)).toMatch(/^text: /)
    for (const id of ['prores-mxf', 'png-sequence'] as const) {
      expect(place(id, firstField)).toBe(
        'nowhere: The closed captions within the pictures can not be taken over; they are left out.',
      )
    }
  })

  it('is nowhere for what has no form there, and nothing is said of empty ones', () => {
    expect(place('dnxhr-mov', empty, digital)).toMatch(/^nowhere: .* have no form \(CEA-608, first field\) that /)
    expect(place('dnxhr-mov', empty)).toBe('nowhere: ')
    expect(place('h264-mp4', empty)).toBe('pictures: ')
  })
})

describe('closed captions of other makes', () => {
  it.each([
    ['of DVDs', '000001b2434301f8'],
    ['of SCTE 20', '000001b2037f'],
  ])('are recognized: %s', (_, units) => {
    expect(captionsIn('mpeg2video', Buffer.from(units, 'hex'))).toMatchObject({ isOtherwise: true })
  })
})
