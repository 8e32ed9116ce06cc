/** One of the files that an export is written as, as whoever orders it knows it. */
import type { FrameRange } from './schemas.ts'

export interface ExportFile {
  readonly target: string
  /** Frames of the film that it is to hold. */
  readonly range: FrameRange
  /** It was there already, and is to be left as it is. */
  readonly isThere: boolean
}
