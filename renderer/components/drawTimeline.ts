/** Paints the timeline: ruler, thumbnails, the strip of colored frames, pins, marks and the playhead. */
import type { FrameRange, Rational } from '../../electron/contract/schemas.ts'
import { frameToX, tickStep, xToFrame, type TimelineScale } from '../state/timelineScale.ts'
import { formatTimecode, nominalRate } from '../time/timecode.ts'

export interface TimelineColors {
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly raised: string
  readonly accent: string
  readonly good: string
  readonly warn: string
}

export interface TimelineContent {
  readonly width: number
  readonly height: number
  readonly scale: TimelineScale
  readonly frame: number
  readonly frameCount: number
  readonly rate: Rational
  readonly colored: readonly FrameRange[]
  readonly stale: readonly FrameRange[]
  /** Being colored just now. */
  readonly queued: readonly FrameRange[]
  readonly pins: readonly number[]
  readonly marked: FrameRange | null
  readonly thumbAspect: number
  /** As far as it is there. */
  readonly thumbnail: (frame: number) => CanvasImageSource | null
  readonly colors: TimelineColors
}

export const RULER = 20
const STRIP = 6
const LABEL_GAP = 96

/** Draws in CSS pixels; the caller has scaled the context to the screen's. */
export function drawTimeline(to: CanvasRenderingContext2D, content: TimelineContent): void {
  const { width, height, colors } = content
  to.clearRect(0, 0, width, height)
  drawRuler(to, content)
  drawThumbnails(to, content)
  drawStrip(to, content)
  drawMarks(to, content)
  for (const pin of content.pins) drawPin(to, frameToX(content.scale, pin) + Math.max(1, content.scale.pixels) / 2, height, colors.accent)
  drawPlayhead(to, content)
}

function drawRuler(to: CanvasRenderingContext2D, { width, scale, rate, frameCount, colors }: TimelineContent): void {
  const step = tickStep(scale.pixels, nominalRate(rate), LABEL_GAP)
  to.font = '11px system-ui, sans-serif'
  to.textBaseline = 'middle'
  const last = Math.min(frameCount, xToFrame(scale, width) + 1)
  for (let frame = Math.floor(scale.start / step) * step; frame <= last; frame += step) {
    const x = Math.round(frameToX(scale, frame)) + 0.5
    to.strokeStyle = colors.line
    to.beginPath()
    to.moveTo(x, 12)
    to.lineTo(x, RULER)
    to.stroke()
    to.fillStyle = colors.quiet
    // A label that would hang out of the right border is left out.
    if (x + LABEL_GAP * 0.7 < width) to.fillText(formatTimecode(frame, rate), x + 4, 9)
  }
}

type Cells = Pick<TimelineContent, 'scale' | 'width' | 'height' | 'frameCount' | 'thumbAspect'>

/** Cells belong to the film, not to the view, so that scrolling shows the same frames. Each covers a little of the one before. */
function cellsInSight({ scale, width, height, frameCount, thumbAspect }: Cells): { frames: number[]; perCell: number; wide: number; tall: number } {
  const tall = height - RULER - STRIP - 4
  const wide = Math.max(8, tall * thumbAspect)
  const perCell = Math.max(1, Math.floor(wide / scale.pixels))
  const end = Math.min(frameCount, xToFrame(scale, width) + 1)
  const frames: number[] = []
  for (let frame = Math.floor(Math.max(0, scale.start) / perCell) * perCell; frame < end; frame += perCell) frames.push(frame)
  return { frames, perCell, wide, tall }
}

/** The frames whose thumbnails the timeline shows, from left to right. */
export function thumbnailFrames(cells: Cells): number[] {
  return cellsInSight(cells).frames
}

function drawThumbnails(to: CanvasRenderingContext2D, content: TimelineContent): void {
  const { scale, width, frameCount, colors } = content
  const top = RULER
  const { frames, perCell, wide, tall } = cellsInSight(content)
  const end = Math.min(width, frameToX(scale, frameCount))
  to.save()
  to.beginPath()
  to.rect(0, top, end, tall)
  to.clip()
  to.fillStyle = colors.raised
  to.fillRect(0, top, end, tall)
  for (const frame of frames) {
    const x = frameToX(scale, frame)
    const picture = content.thumbnail(frame)
    if (picture) to.drawImage(picture, x, top, wide, tall)
    if (scale.pixels * perCell > wide + 1) {
      to.fillStyle = colors.line
      to.fillRect(x + scale.pixels * perCell - 1, top, 1, tall)
    }
  }
  to.restore()
}

function drawStrip(to: CanvasRenderingContext2D, { scale, height, width, frameCount, colored, stale, queued, colors }: TimelineContent): void {
  const y = height - STRIP - 1
  to.fillStyle = colors.line
  to.fillRect(0, y, Math.min(width, frameToX(scale, frameCount)), STRIP)
  for (const [ranges, color] of [
    [queued, colors.quiet],
    [stale, colors.warn],
    [colored, colors.good],
  ] as const) {
    to.fillStyle = color
    for (const { from, to: end } of ranges) {
      const x = frameToX(scale, from)
      to.fillRect(x, y, Math.max(1, frameToX(scale, end) - x), STRIP)
    }
  }
}

function drawMarks(to: CanvasRenderingContext2D, { scale, width, height, marked, colors }: TimelineContent): void {
  if (!marked) return
  const from = frameToX(scale, marked.from)
  const end = frameToX(scale, marked.to)
  to.fillStyle = '#0006'
  to.fillRect(0, RULER, Math.max(0, from), height)
  to.fillRect(end, RULER, Math.max(0, width - end), height)
  to.fillStyle = colors.text
  to.fillRect(from, RULER, 2, height)
  to.fillRect(end - 2, RULER, 2, height)
}

function drawPin(to: CanvasRenderingContext2D, x: number, height: number, color: string): void {
  to.fillStyle = color
  to.beginPath()
  to.moveTo(x, height - STRIP - 14)
  to.lineTo(x + 5, height - STRIP - 8)
  to.lineTo(x, height - STRIP - 2)
  to.lineTo(x - 5, height - STRIP - 8)
  to.fill()
  to.strokeStyle = '#000a'
  to.lineWidth = 1
  to.stroke()
}

function drawPlayhead(to: CanvasRenderingContext2D, { scale, frame, height, colors }: TimelineContent): void {
  const x = frameToX(scale, frame)
  if (scale.pixels > 3) {
    to.fillStyle = colors.text + '22'
    to.fillRect(x, RULER, scale.pixels, height - RULER)
  }
  const line = Math.round(x + Math.min(scale.pixels / 2, 48))
  to.fillStyle = colors.text
  to.fillRect(line - 0.5, 4, 1.5, height - 4)
  to.beginPath()
  to.moveTo(line - 5, 2)
  to.lineTo(line + 5, 2)
  to.lineTo(line, 10)
  to.fill()
}
