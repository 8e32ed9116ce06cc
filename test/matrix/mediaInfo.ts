/** Reads exports by MediaInfo, whose readers have nothing in common with ffmpeg's. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { MediaInfo } from '../../build/setup/mediaInfo.ts'
import { inFrames, unknown, type Facts } from './facts.ts'

const execute = promisify(execFile)

type Track = Readonly<Record<string, string>> & { readonly extra?: Readonly<Record<string, string>> }

const SCRIPT = `
import sys
from pymediainfo import MediaInfo
print(MediaInfo.parse(sys.argv[1], output='JSON'))
`

function codecOf(video: Track): string {
  const { Format = '', Format_Profile: profile = '', Format_Commercial: sold = '' } = video
  if (Format === 'VC-3') return sold
  if (Format === 'AVC') return `H.264 ${profile.split('@')[0]}`
  if (Format === 'HEVC') return `H.265 ${profile.split('@')[0]}`
  if (Format === 'ProRes') return `ProRes ${profile}`
  return { EXR: 'OpenEXR' }[Format] ?? Format
}

/** Its names of matrices, primaries and transfers, as numbers. */
const numbers: readonly Readonly<Record<string, string>>[] = [
  { 'BT.709': '1', 'BT.601': '6', 'BT.2020 non-constant': '9' },
  { 'BT.709': '1', 'BT.601 NTSC': '6', 'BT.2020': '9' },
  { 'BT.709': '1', 'BT.601': '6', 'BT.2020': '14', 'BT.2020 (10-bit)': '14' },
]

function colorsOf(video: Track): string | null {
  const said = [video['matrix_coefficients'], video['colour_primaries'], video['transfer_characteristics']]
  if (said.every((each) => each === undefined)) return null
  return said.map((each, n) => (each === undefined ? '?' : (numbers[n]![each] ?? each))).join('/')
}

function rateOf(video: Track): string | null {
  if (video['FrameRate_Mode'] === 'VFR') return 'varying'
  const { FrameRate_Num: num, FrameRate_Den: den, FrameRate: rate } = video
  if (num !== undefined && den !== undefined) return inFrames(Number(num), Number(den))
  return rate === undefined ? null : String(Number(rate))
}

/** It gives shapes as numbers of three digits. */
function shapeOf({ PixelAspectRatio: shape }: Track): string | null {
  if (shape === undefined) return null
  return { 1: '1:1', 1.067: '16:15', 1.066: '16:15' }[Number(shape)] ?? shape
}

function scanOf({ ScanType: type, ScanOrder: order }: Track): string | null {
  if (type === undefined) return null
  if (type === 'Progressive') return 'progressive'
  return { TFF: 'top first', BFF: 'bottom first' }[order ?? ''] ?? 'interlaced'
}

/** Languages as it gives them, of two letters, and as ffmpeg does. */
const languages: Readonly<Record<string, string>> = { en: 'eng', de: 'ger', fr: 'fre' }

/** @param file of a sequence its first picture, which is all that MediaInfo looks at */
export async function readByMediaInfo({ python, packages }: MediaInfo, file: string): Promise<Facts> {
  const { stdout } = await execute(python, ['-c', SCRIPT, file], {
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' },
  })
  const { media } = JSON.parse(stdout) as { readonly media: { readonly track: readonly Track[] } }
  const of = (type: string): readonly Track[] => media.track.filter((each) => each['@type'] === type)
  const [video] = [...of('Video'), ...of('Image')]
  if (!video) return unknown
  const general = of('General')[0]
  const isPicture = of('Image').length > 0
  const said = {
    ...unknown,
    // Of TIFF this is how its samples are packed.
    codec: general?.['Format'] === 'TIFF' ? 'TIFF' : codecOf(video),
    samples: video['ChromaSubsampling'] ?? (video['ColorSpace']?.startsWith('RGB') ? 'RGB' : null),
    bits: video['BitDepth'] ?? null,
    size: `${video['Width']}x${video['Height']}`,
    shape: shapeOf(video),
  }
  if (isPicture) {
    const rate = video.extra?.['FrameRate']
    return rate === undefined ? said : { ...said, rate: String(Number(rate)) }
  }
  const language = ({ Language: said = '' }: Track): string => languages[said] ?? (said || '?')
  const clocks = of('Other').filter(({ Type: type }) => type === 'Time code')
  const clock = [general?.extra, ...clocks].map((each) => each?.['TimeCode_FirstFrame'])
  return {
    ...said,
    range: video['colour_range']?.toLowerCase() ?? null,
    frames: video['FrameCount'] ?? null,
    rate: rateOf(video),
    scan: scanOf(video),
    colors: colorsOf(video),
    timecode: clock.find((each) => each !== undefined) ?? '',
    sounds: of('Audio')
      .map((sound) => `${sound['Format']} ${language(sound)}`)
      .join(', '),
    captions: of('Text')
      .map((text) => (text['Format']?.startsWith('EIA') ? 'in pictures' : `text ${language(text)}`))
      .join(', '),
  }
}
