/** What each export format asks of ffmpeg and of the picture. */
import type { ExportFormatId } from '../../contract/schemas.ts'
import { UserError } from '../../contract/userError.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'

export interface ExportFormat {
  readonly id: ExportFormatId
  /** As an artist knows it. */
  readonly name: string
  readonly extension: string
  /** ffmpeg's names. */
  readonly encoder: string
  readonly muxer: 'matroska' | 'mov' | 'mp4' | 'image2'
  /** Pixel format and encoder arguments for planes of this layout. */
  readonly encode: (layout: PixelLayout) => { pixelFormat: string; args: readonly string[] }
  /** Formats whose players expect limited range get it; the others keep the source's. */
  readonly limitedOnly: boolean
  /** Why a picture of this size can't be written, or null. */
  readonly refuses: (width: number, height: number) => string | null
}

const anySize = (): null => null

function evenOnly(least: number): (width: number, height: number) => string | null {
  return (width, height) => {
    if (width % 2 !== 0 || height % 2 !== 0) return 'an even width and height'
    return width < least || height < least ? `at least ${least} x ${least} pixels` : null
  }
}

export const exportFormats: Readonly<Record<ExportFormatId, ExportFormat>> = {
  /** Archive master: RFC 9043, version 3 with slices and checksums, every frame on its own. */
  'ffv1-mkv': {
    id: 'ffv1-mkv',
    name: 'FFV1',
    extension: '.mkv',
    encoder: 'ffv1',
    muxer: 'matroska',
    limitedOnly: false,
    refuses: anySize,
    encode: (layout) => {
      // A slice smaller than a few macroblocks costs more than it gives.
      const slices = layout.width >= 640 && layout.height >= 360 ? 16 : layout.width >= 64 && layout.height >= 64 ? 4 : 0
      // Level 3 always cuts pictures into slices, and ffmpeg ruins those that are two samples high or wide.
      const level = Math.min(layout.width, layout.height) === 2 ? ['-level', '1'] : ['-level', '3', '-slicecrc', '1']
      return {
        pixelFormat: layout.ffmpegName,
        args: [...level, '-coder', '1', '-context', '0', '-g', '1', ...(slices > 0 ? ['-slices', `${slices}`] : [])],
      }
    },
  },
  'prores-mov': {
    id: 'prores-mov',
    name: 'ProRes 422 HQ',
    extension: '.mov',
    encoder: 'prores_ks',
    muxer: 'mov',
    limitedOnly: true,
    refuses: (width, height) => (width < 16 || height < 16 ? 'at least 16 x 16 pixels' : width % 2 !== 0 ? 'an even width' : null),
    encode: () => ({ pixelFormat: 'yuv422p10le', args: ['-profile:v', 'hq', '-vendor', 'apl0'] }),
  },
  'dnxhr-mov': {
    id: 'dnxhr-mov',
    name: 'DNxHR',
    extension: '.mov',
    encoder: 'dnxhd',
    muxer: 'mov',
    limitedOnly: true,
    refuses: (width, height) =>
      width < 256 || height < 120 ? 'at least 256 x 120 pixels' : width % 2 !== 0 || height % 2 !== 0 ? 'an even width and height' : null,
    encode: (layout) =>
      layout.bitDepth > 8
        ? { pixelFormat: 'yuv422p10le', args: ['-profile:v', 'dnxhr_hqx'] }
        : { pixelFormat: 'yuv422p', args: ['-profile:v', 'dnxhr_hq'] },
  },
  'h264-mp4': {
    id: 'h264-mp4',
    name: 'H.264',
    extension: '.mp4',
    encoder: 'libx264',
    muxer: 'mp4',
    limitedOnly: false,
    refuses: evenOnly(16),
    encode: () => ({ pixelFormat: 'yuv420p', args: ['-crf', '16', '-preset', 'medium'] }),
  },
  'h265-mp4': {
    id: 'h265-mp4',
    name: 'H.265',
    extension: '.mp4',
    encoder: 'libx265',
    muxer: 'mp4',
    limitedOnly: false,
    refuses: evenOnly(32),
    encode: (layout) => ({
      pixelFormat: layout.bitDepth > 8 ? 'yuv420p10le' : 'yuv420p',
      args: ['-crf', '18', '-preset', 'medium', '-tag:v', 'hvc1', '-x265-params', 'log-level=error'],
    }),
  },
  'png-sequence': {
    id: 'png-sequence',
    name: 'PNG pictures',
    extension: '',
    encoder: 'png',
    muxer: 'image2',
    limitedOnly: false,
    refuses: anySize,
    encode: (layout) => ({ pixelFormat: layout.bitDepth > 8 ? 'rgb48be' : 'rgb24', args: ['-pred', 'mixed'] }),
  },
}

/** Throws UserError 'unsupported-picture' when the format can't hold pictures of this size. */
export function checkPictureFits(format: ExportFormat, layout: Pick<PixelLayout, 'width' | 'height'>): void {
  const need = format.refuses(layout.width, layout.height)
  if (need === null) return
  throw new UserError(
    'unsupported-picture',
    `${format.name} needs ${need}; this film is ${layout.width} x ${layout.height}.`,
    'Choose FFV1 or PNG pictures, which take every size.',
  )
}

/** The layout in which colored frames are written: the film's own, and for gray films 4:4:4 at the same depth and range. */
export function coloredLayout(layout: PixelLayout): PixelLayout {
  if (layout.sampling !== 'gray') return layout
  const suffix = layout.bitDepth > 8 ? `${layout.bitDepth}le` : ''
  return { ...layout, sampling: '444', ffmpegName: `yuv444p${suffix}` }
}
