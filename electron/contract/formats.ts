/**
 * The formats a film can be exported as, declared once: what the command line, the dialogs, the window and the engine
 * know of each.
 */
import type { Rational } from './schemas.ts'

/** What a film is exported for, in the order in which it is offered; worded in the window (text/). */
export const exportPurposes = ['archive', 'mezzanine', 'viewing'] as const
export type ExportPurpose = (typeof exportPurposes)[number]

/** Bits of a sample that can be asked for where a format has several; 32 are floats. */
export const bitDepths = [8, 10, 12, 16, 32] as const
export type BitDepth = (typeof bitDepths)[number]

/** Of DNxHR with color at half the width, from the smallest files to the largest (SMPTE ST 2019-1). */
export const dnxhrProfiles = ['lb', 'sq', 'hq', 'hqx'] as const
export type DnxhrProfile = (typeof dnxhrProfiles)[number]

/** What sound becomes: 'carried' stays as it is wherever the container takes it. */
export const soundWishes = ['carried', 'pcm', 'flac', 'aac', 'none'] as const
export type SoundWish = (typeof soundWishes)[number]

/**
 * What a format takes and what it can't do; how its encoder is asked is the engine's affair
 * (engine/writing/segments/encoders.ts).
 */
interface FormatDeclaration {
  /** As an artist knows it. Formats of one name differ in `variant` alone, and are offered as one. */
  readonly name: string
  readonly variant?: 'Matroska' | 'QuickTime' | 'MXF' | '8 bits' | '10 bits'
  readonly purpose: ExportPurpose
  /** Endings of its files, the usual one first; none where an export is a folder of pictures. */
  readonly endings: readonly string[]
  /** Ending of its pictures, where it is a folder of them. */
  readonly pictures?: string
  /** ffmpeg's muxer. */
  readonly container: 'matroska' | 'mov' | 'mp4' | 'mxf' | 'image2'
  /** ffmpeg's encoder. */
  readonly encoder: string
  /** Bits of a sample; those of the film where left out. */
  readonly depth?: 8 | 10 | 12 | 16
  /** What can be asked for instead; nothing else where left out. */
  readonly depths?: readonly BitDepth[]
  /** How good its pictures are can be asked for, by a quality or a bit rate; this is the usual quality. */
  readonly usualQuality?: number
  /** Profiles that can be asked for; the last one is the usual. */
  readonly profiles?: readonly DnxhrProfile[]
  /** What becomes of sound; 'carried' where left out. */
  readonly sound?: SoundWish
  /** The only range it is written in; that of the film where left out. */
  readonly range?: 'limited' | 'full'
  /** Luma is the film's, bit for bit. */
  readonly lossless?: true
  /** Least width and height, and sides that have to be even; anything goes where left out. */
  readonly least?: readonly [width: number, height: number]
  readonly even?: 'width' | 'both'
  /** Its pictures say that they are in this matrix whatever is asked for, and readers believe them. */
  readonly matrix?: 'bt709'
  /** Has no form for interlaced pictures: fields are written as the lines of whole frames. */
  readonly wholeFramesOnly?: true
  /** Has one steady rate, which is one of these (SMPTE ST 377-1 knows more, ffmpeg's muxer does not). */
  readonly rates?: readonly Rational[]
  /** Written for the ending when no format is named. */
  readonly usualForEnding?: true
}

const mov = { variant: 'QuickTime', endings: ['.mov'], container: 'mov' } as const
const mp4 = { endings: ['.mp4', '.m4v'], container: 'mp4' } as const
const mxf = {
  variant: 'MXF',
  endings: ['.mxf'],
  container: 'mxf',
  rates: [
    { num: 24000, den: 1001 },
    { num: 24, den: 1 },
    { num: 25, den: 1 },
    { num: 30000, den: 1001 },
    { num: 30, den: 1 },
    { num: 50, den: 1 },
    { num: 60000, den: 1001 },
    { num: 60, den: 1 },
  ],
} as const
const sequence = { endings: [], container: 'image2', range: 'full', wholeFramesOnly: true } as const

const ffv1 = {
  name: 'FFV1',
  purpose: 'archive',
  encoder: 'ffv1',
  lossless: true,
  depths: [8, 10, 12, 16],
} as const
const prores = {
  purpose: 'mezzanine',
  encoder: 'prores_ks',
  depth: 10,
  range: 'limited',
  least: [16, 16],
  even: 'width',
} as const
const dnxhr = {
  purpose: 'mezzanine',
  encoder: 'dnxhd',
  depth: 10,
  range: 'limited',
  least: [256, 120],
  even: 'both',
  matrix: 'bt709',
  wholeFramesOnly: true,
} as const
const h264 = {
  name: 'H.264',
  purpose: 'viewing',
  encoder: 'libx264',
  usualQuality: 16,
  least: [16, 16],
  even: 'both',
  ...mp4,
} as const
const h265 = {
  name: 'H.265',
  purpose: 'viewing',
  encoder: 'libx265',
  usualQuality: 18,
  least: [32, 32],
  even: 'both',
  wholeFramesOnly: true,
  ...mp4,
} as const

export const exportFormats = {
  'ffv1-mkv': {
    ...ffv1,
    variant: 'Matroska',
    endings: ['.mkv'],
    container: 'matroska',
    usualForEnding: true,
  },
  // Of version 3, which is the only one that MXF takes: pictures that are cut into slices (see encoders.ts).
  'ffv1-mxf': { ...ffv1, ...mxf, least: [16, 16] },
  'dpx-sequence': {
    name: 'DPX',
    purpose: 'archive',
    ...sequence,
    pictures: '.dpx',
    encoder: 'dpx',
    depth: 10,
    depths: [8, 10, 12, 16],
  },
  'tiff-sequence': {
    name: 'TIFF',
    purpose: 'archive',
    ...sequence,
    pictures: '.tif',
    encoder: 'tiff',
    depth: 16,
    depths: [8, 16],
  },
  'prores-mov': { ...prores, name: 'ProRes 422 HQ', ...mov, usualForEnding: true },
  'prores-mxf': { ...prores, name: 'ProRes 422 HQ', ...mxf },
  'prores4444-mov': { ...prores, name: 'ProRes 4444', ...mov },
  'prores4444-mxf': { ...prores, name: 'ProRes 4444', ...mxf },
  'dnxhr-mov': { ...dnxhr, name: 'DNxHR HQX', profiles: dnxhrProfiles, ...mov },
  'dnxhr-mxf': { ...dnxhr, name: 'DNxHR HQX', profiles: dnxhrProfiles, ...mxf, usualForEnding: true },
  'dnxhr444-mov': { ...dnxhr, name: 'DNxHR 444', ...mov },
  'dnxhr444-mxf': { ...dnxhr, name: 'DNxHR 444', ...mxf },
  'exr-sequence': {
    name: 'OpenEXR',
    purpose: 'mezzanine',
    ...sequence,
    pictures: '.exr',
    encoder: 'exr',
    depth: 16,
    depths: [16, 32],
  },
  'png-sequence': {
    name: 'PNG',
    purpose: 'mezzanine',
    ...sequence,
    pictures: '.png',
    encoder: 'png',
    depth: 16,
    depths: [8, 16],
    usualForEnding: true,
  },
  'h264-mp4': { ...h264, variant: '8 bits', depth: 8, usualForEnding: true },
  'h264-10bit-mp4': { ...h264, variant: '10 bits', depth: 10 },
  'h265-mp4': { ...h265, variant: '10 bits', depth: 10 },
  'h265-8bit-mp4': { ...h265, variant: '8 bits', depth: 8 },
} as const satisfies Readonly<Record<string, FormatDeclaration>>

/** How a film is written whose pictures change their size: as one at the largest size, or as parts of one size each. */
export const sizesWishes = ['largest', 'parts'] as const
export type SizesWish = (typeof sizesWishes)[number]

export type ExportFormatId = keyof typeof exportFormats
export type ExportFormatName = (typeof exportFormats)[ExportFormatId]['name']
export type ExportFormat = FormatDeclaration & { readonly id: ExportFormatId }

/** In the order in which they are offered. */
export const exportFormatIds = Object.keys(exportFormats) as [ExportFormatId, ...ExportFormatId[]]

export function exportFormat(id: ExportFormatId): ExportFormat {
  return { id, ...exportFormats[id] }
}

const soundsOf: Readonly<Record<FormatDeclaration['container'], readonly SoundWish[]>> = {
  matroska: ['carried', 'pcm', 'flac', 'aac', 'none'],
  mov: ['carried', 'pcm', 'aac', 'none'],
  mp4: ['carried', 'flac', 'aac', 'none'],
  // Whatever the film has becomes PCM.
  mxf: ['carried', 'none'],
  image2: [],
}

/** What sound can become in a format; nothing where it has none. The first is the usual. */
export function soundsIn({ container }: Pick<ExportFormat, 'container'>): readonly SoundWish[] {
  return soundsOf[container]
}

/** The name, and which of the formats of that name it is: 'ProRes 4444 (MXF)'. */
export function wholeName({ name, variant }: Pick<ExportFormat, 'name' | 'variant'>): string {
  return variant === undefined ? name : `${name} (${variant})`
}

/** The format that files of this ending are written in when none is named; undefined where there is none. */
export function usualFormat(ending: string): ExportFormatId | undefined {
  return exportFormatIds.find((id) => {
    const { endings, usualForEnding }: FormatDeclaration = exportFormats[id]
    return usualForEnding && (ending === '' ? endings.length === 0 : endings.includes(ending.toLowerCase()))
  })
}
