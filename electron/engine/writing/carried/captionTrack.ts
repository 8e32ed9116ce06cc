/**
 * A QuickTime file of nothing but a track of closed captions (CEA-608): what ffmpeg reads captions from that lie beside
 * the pictures. "QuickTime File Format", Closed Captioning Media; ISO/IEC 14496-12 for the boxes. Pure.
 */
import { firstFieldPairs } from '../../reading/decoding/captionData.ts'
import type { CaptionFrames } from './captionCut.ts'
import { box } from '../heads/movieBox.ts'

/** A clock of 32 bits lasts for a day and a half. */
const TICKS_PER_SECOND = 30_000
/** A picture on which nothing is sent. */
const NO_PAIR = Buffer.from([0x80, 0x80])
const UNITY = 0x10000
/** The language is not said. */
const UNDETERMINED = 0x55c4
/** Enabled, and part of the film. */
const TRACK_FLAGS = 3
/** The media lies in this file. */
const HERE = 1

const words = (...values: readonly number[]): Buffer => listed(values)

function listed(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, n) => bytes.writeUInt32BE(value, 4 * n))
  return bytes
}

const text = (letters: string): Buffer => Buffer.from(letters, 'latin1')
const matrix = words(UNITY, 0, 0, 0, UNITY, 0, 0, 0, 0x40000000)

/** The pairs of the first field, in a box of that name. */
function sampleOf(data: Buffer | undefined): Buffer {
  const pairs = data ? firstFieldPairs(data) : []
  return box('cdat', pairs.length === 0 ? NO_PAIR : Buffer.concat(pairs))
}

/** Takes away what stands. */
const ERASE_SHOWN = Buffer.from([0x94, 0x2c])

/**
 * @param count pictures of the export, each of which has a sample
 * @param shown when the n-th of them is shown, in seconds; of their number, when the last one is over
 * @param isErased what stands at the end is taken away there: text that is made of it ends with the film then
 */
export function captionTrack(
  captions: CaptionFrames,
  count: number,
  shown: (n: number) => number,
  isErased: boolean,
): Buffer {
  const ticks = (n: number): number => Math.round((shown(n) - shown(0)) * TICKS_PER_SECOND)
  const pictures = Array.from({ length: count }, (_, n) => sampleOf(captions.get(n)))
  const samples = isErased ? [...pictures, box('cdat', ERASE_SHOWN, ERASE_SHOWN)] : pictures
  const durations = samples.map((_, n) => (n < count ? ticks(n + 1) - ticks(n) : 1))
  const duration = ticks(count) + (isErased ? 1 : 0)
  const type = box('ftyp', text('qt  '), words(0), text('qt  '))
  const media = box('mdat', ...samples)
  const table = box(
    'stbl',
    box('stsd', words(0, 1), box('c608', words(0, 1))),
    box('stts', words(0, samples.length), listed(durations.flatMap((each) => [1, each]))),
    box('stsc', words(0, 1, 1, samples.length, 1)),
    box('stsz', words(0, 0, samples.length), listed(samples.map(({ length }) => length))),
    box('stco', words(0, 1, type.length + 8)),
  )
  const language = Buffer.alloc(4)
  language.writeUInt16BE(UNDETERMINED)
  const graphics = box('gmin', words(0, 0x00408000, 0x80008000, 0))
  const track = box(
    'trak',
    box('tkhd', words(TRACK_FLAGS, 0, 0, 1, 0, duration, 0, 0, 0, 0), matrix, words(0, 0)),
    box(
      'mdia',
      box('mdhd', words(0, 0, 0, TICKS_PER_SECOND, duration), language),
      box('hdlr', words(0), text('mhlrclcp'), words(0, 0, 0), Buffer.alloc(1)),
      box('minf', box('gmhd', graphics), box('dinf', box('dref', words(0, 1), box('url ', words(HERE)))), table),
    ),
  )
  const head = words(0, 0, 0, TICKS_PER_SECOND, duration, UNITY, 0x01000000, 0, 0)
  return Buffer.concat([type, media, box('moov', box('mvhd', head, matrix, words(0, 0, 0, 0, 0, 0, 2)), track)])
}
