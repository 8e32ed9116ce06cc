/** The export formats in the order in which they are offered; free of zod, for the page. */
import type { ExportFormatId } from './schemas.ts'

export const exportFormatIds = [
  'ffv1-mkv',
  'prores-mov',
  'dnxhr-mov',
  'h264-mp4',
  'h265-mp4',
  'png-sequence',
] as const satisfies readonly ExportFormatId[]
