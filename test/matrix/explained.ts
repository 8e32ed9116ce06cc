/**
 * Differences between what is asked and what a reader says that are no fault of the program: facts of ffmpeg, of
 * MediaInfo or of a format. Each is as narrow as it can be.
 */
import { exportFormat, type ExportFormatId } from '../../electron/contract/formats.ts'
import type { Property } from './facts.ts'
import type { Source } from './sources.ts'

export interface Difference {
  readonly source: Source
  readonly id: ExportFormatId
  readonly reader: string
  readonly property: Property
  readonly asked: string
  readonly found: string
}

interface Explanation {
  readonly why: string
  readonly of: (difference: Difference) => boolean
}

const isMxf = (id: ExportFormatId): boolean => exportFormat(id).container === 'mxf'

const explanations: readonly Explanation[] = [
  {
    why: 'ffmpeg reads a timecode that DPX leaves undefined as 00:00:00;00.',
    of: ({ id, reader, property, asked, found }) =>
      id === 'dpx-sequence' &&
      reader === 'ffprobe' &&
      property === 'timecode' &&
      asked === '' &&
      found === '00:00:00;00',
  },
  {
    why: 'The timecode of a DPX picture has no mark for drop-frame (SMPTE ST 268-1).',
    of: ({ id, property, asked, found }) =>
      id === 'dpx-sequence' && property === 'timecode' && asked.replace(';', ':') === found,
  },
  {
    why: 'MXF always has a track of timecode; ffmpeg begins it at zero where it is given none.',
    of: ({ id, property, asked, found }) =>
      isMxf(id) && property === 'timecode' && asked === '' && /^00:00:00[:;]00$/.test(found),
  },
  {
    why: 'ffmpeg’s MXF muxer writes no languages; the program carries the sound all the same.',
    of: ({ id, property, asked, found }) =>
      isMxf(id) && property === 'sounds' && asked.replaceAll(/eng|ger/g, '?') === found,
  },
  {
    why: 'ffmpeg’s MXF muxer takes no text; the program says that it is left out.',
    of: ({ id, property, found }) => isMxf(id) && property === 'captions' && found === '',
  },
  {
    why: 'MXF has one label for the transfers of BT.709 and of BT.601, which are the same curve.',
    of: ({ id, property, asked, found }) => isMxf(id) && property === 'colors' && asked.replace(/6$/, '1') === found,
  },
  {
    why: 'MediaInfo reckons frames by the time of a track, with the moment by which sound begins before the pictures.',
    of: ({ source, id, reader, property, asked, found }) =>
      source.sounds &&
      ['mov', 'mp4'].includes(exportFormat(id).container) &&
      reader === 'MediaInfo' &&
      property === 'frames' &&
      Number(found) === Number(asked) + 1,
  },
  {
    why: 'PNG says how many pixels there are to a unit across and down; ffmpeg takes these numbers for the shape itself.',
    of: ({ id, reader, property, asked, found }) =>
      id === 'png-sequence' &&
      reader === 'ffprobe' &&
      property === 'shape' &&
      asked.split(':').reverse().join(':') === found,
  },
  {
    why: 'ffmpeg’s MXF muxer calls ProRes whole frames; the pictures themselves say their fields, as ffprobe reads them.',
    of: ({ id, reader, property, found }) =>
      id.startsWith('prores') && isMxf(id) && reader === 'MediaInfo' && property === 'scan' && found === 'progressive',
  },
  {
    why: 'MXF’s descriptor of ProRes 4444 says the 12 bits that its samples are coded for.',
    of: ({ id, reader, property, found }) =>
      id === 'prores4444-mxf' && reader === 'MediaInfo' && property === 'bits' && found === '12',
  },
  {
    why: 'Newer versions of ffmpeg describe 4:4:4 in MXF as RGB; the pictures themselves say what they are.',
    of: ({ id, property, asked, found }) =>
      id === 'dnxhr444-mxf' &&
      ((property === 'samples' && found === 'RGB') || (property === 'range' && asked === 'limited' && found !== asked)),
  },
  {
    why: 'H.265 is coded as whole frames; which lines come first is said by the container, which MediaInfo reads.',
    of: ({ source, id, reader, property, found }) =>
      id.startsWith('h265') && reader === 'MediaInfo' && property === 'scan' && found === source.scan,
  },
]

export function explanationOf(difference: Difference): string | null {
  return explanations.find(({ of }) => of(difference))?.why ?? null
}
