/** The film that is open: what it is, what of it is colored, and what is pinned. */
import type { FootageInfo, FrameRange, Keyframe } from '../../electron/contract/schemas.ts'
import { addRange, countFrames, removeRange } from './ranges.ts'

export class OpenFilm {
  colored = $state<FrameRange[]>([])
  /** Frames whose colors were right before a pin changed. */
  stale = $state<FrameRange[]>([])
  keyframes = $state<Keyframe[]>([])

  constructor(readonly info: FootageInfo) {}

  get id(): string {
    return this.info.id
  }

  get coloredCount(): number {
    return countFrames(this.colored)
  }

  get fullyColored(): boolean {
    return this.coloredCount >= this.info.frameCount
  }

  /** Width and height as the picture is shown: square pixels, upright. */
  get shownSize(): [width: number, height: number] {
    const { width, height, pixelAspect, rotation } = this.info
    const wide = (width * pixelAspect.num) / pixelAspect.den
    return rotation % 180 === 0 ? [wide, height] : [height, wide]
  }

  markColored(range: FrameRange): void {
    this.colored = addRange(this.colored, range)
    this.stale = removeRange(this.stale, range)
  }

  markStale(range: FrameRange): void {
    for (const { from, to } of this.colored) {
      const part = { from: Math.max(from, range.from), to: Math.min(to, range.to) }
      if (part.from < part.to) this.stale = addRange(this.stale, part)
    }
    this.colored = removeRange(this.colored, range)
  }

  isPinned(frame: number): boolean {
    return this.keyframes.some((keyframe) => keyframe.frame === frame)
  }

  /** The nearest pin before (-1) or after (1) a frame; null where there is none. */
  neighborPin(frame: number, direction: 1 | -1): number | null {
    const frames = this.keyframes.map((keyframe) => keyframe.frame)
    const candidates = frames.filter((one) => (direction > 0 ? one > frame : one < frame))
    if (candidates.length === 0) return null
    return direction > 0 ? Math.min(...candidates) : Math.max(...candidates)
  }
}
