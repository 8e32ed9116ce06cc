/**
 * The formats a film can be exported as, declared once: what the command line, the dialogs, the window and the engine
 * know of each.
 */

/**
 * What a format takes and what it can't do; how its encoder is asked is the engine's affair
 * (engine/writing/encoders.ts).
 */
interface FormatDeclaration {
  /** As an artist knows it. */
  readonly name: string
  /** Endings of its files, the usual one first; none where an export is a folder of pictures. */
  readonly endings: readonly string[]
  /** ffmpeg's muxer. */
  readonly container: 'matroska' | 'mov' | 'mp4' | 'image2'
  /** ffmpeg's encoder. */
  readonly encoder: string
  /** What it is chosen for; worded in the window (text/). */
  readonly purpose: 'archive' | 'editing' | 'showing' | 'pictures'
  /** Least width and height, and sides that have to be even; anything goes where left out. */
  readonly least?: readonly [width: number, height: number]
  readonly even?: 'width' | 'both'
  /** Players expect limited range; full range is narrowed. */
  readonly limitedOnly?: true
  /** Its pictures say that they are in this matrix whatever is asked for, and readers believe them. */
  readonly matrix?: 'bt709'
  /** Has no form for interlaced pictures: fields are written as the lines of whole frames. */
  readonly wholeFramesOnly?: true
  /** Written for the ending when no format is named. */
  readonly usualForEnding?: true
}

export const exportFormats = {
  'ffv1-mkv': {
    name: 'FFV1',
    endings: ['.mkv'],
    container: 'matroska',
    encoder: 'ffv1',
    purpose: 'archive',
    usualForEnding: true,
  },
  'prores-mov': {
    name: 'ProRes 422 HQ',
    endings: ['.mov'],
    container: 'mov',
    encoder: 'prores_ks',
    purpose: 'editing',
    least: [16, 16],
    even: 'width',
    limitedOnly: true,
    usualForEnding: true,
  },
  'dnxhr-mov': {
    name: 'DNxHR',
    endings: ['.mov'],
    container: 'mov',
    encoder: 'dnxhd',
    purpose: 'editing',
    least: [256, 120],
    even: 'both',
    limitedOnly: true,
    matrix: 'bt709',
    wholeFramesOnly: true,
  },
  'h264-mp4': {
    name: 'H.264',
    endings: ['.mp4', '.m4v'],
    container: 'mp4',
    encoder: 'libx264',
    purpose: 'showing',
    least: [16, 16],
    even: 'both',
    usualForEnding: true,
  },
  'h265-mp4': {
    name: 'H.265',
    endings: ['.mp4', '.m4v'],
    container: 'mp4',
    encoder: 'libx265',
    purpose: 'showing',
    least: [32, 32],
    even: 'both',
    wholeFramesOnly: true,
  },
  'png-sequence': {
    name: 'PNG',
    endings: [],
    container: 'image2',
    encoder: 'png',
    purpose: 'pictures',
    wholeFramesOnly: true,
  },
} as const satisfies Readonly<Record<string, FormatDeclaration>>

/** How a film is written whose pictures change their size: as one at the largest size, or as parts of one size each. */
export const sizesWishes = ['largest', 'parts'] as const
export type SizesWish = (typeof sizesWishes)[number]

export type ExportFormatId = keyof typeof exportFormats
export type ExportFormat = FormatDeclaration & { readonly id: ExportFormatId }

/** In the order in which they are offered. */
export const exportFormatIds = Object.keys(exportFormats) as [ExportFormatId, ...ExportFormatId[]]

export function exportFormat(id: ExportFormatId): ExportFormat {
  return { id, ...exportFormats[id] }
}

/** The format that files of this ending are written in when none is named; undefined where there is none. */
export function usualFormat(ending: string): ExportFormatId | undefined {
  if (ending === '') return exportFormatIds.find((id) => exportFormats[id].endings.length === 0)
  return exportFormatIds.find((id) => {
    const { endings, usualForEnding }: FormatDeclaration = exportFormats[id]
    return usualForEnding && endings.includes(ending.toLowerCase())
  })
}
