/** Paints the timeline: ruler, shots, thumbnails, states, confidence, flicker, pins and marks. */
import type { Marker } from '../../electron/contract/projectDocument.ts'
import type { FrameRange, Rational } from '../../electron/contract/schemas.ts'
import type { MarkedShot } from '../state/film.svelte.ts'
import { frameToX, tickStep, xToFrame, type TimelineScale } from '../state/timelineScale.ts'
import { formatTimecode, nominalRate } from '../../electron/contract/timecode.ts'
import { MARKER_HALF, markX, PIN_HALF, pinY, type Lane, type Lanes } from './lanes.ts'
import { markerTones } from './markerTones.ts'
import { cellsInSight, firstInSight } from './thumbnailCells.ts'

export interface TimelineColors {
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly panel: string
  readonly raised: string
  readonly accent: string
  readonly good: string
  readonly warn: string
  readonly bad: string
}

export interface TimelineContent {
  readonly width: number
  readonly height: number
  readonly lanes: Lanes
  readonly scale: TimelineScale
  readonly frameCount: number
  readonly rate: Rational
  /** In order. */
  readonly shots: readonly MarkedShot[]
  /** First frame of the one that the playhead is in. */
  readonly shotInView: number | null
  readonly shotName: (number: number) => string
  readonly colored: readonly FrameRange[]
  readonly stale: readonly FrameRange[]
  /** Being colored just now. */
  readonly queued: readonly FrameRange[]
  readonly locked: readonly FrameRange[]
  /** They do not decode, or not whole. */
  readonly damaged: readonly FrameRange[]
  readonly pins: readonly number[]
  /** Frames that the artist has edited without pinning them. */
  readonly edited: readonly number[]
  /** In order. */
  readonly markers: readonly Marker[]
  /** What is being dragged, and from where to where. */
  readonly dragged: { readonly kind: 'pin' | 'cut' | 'marker'; readonly from: number; readonly to: number } | null
  readonly suggestion: number | null
  /** Shots without a pin, in order. */
  readonly guessed: readonly FrameRange[]
  /** One value a pixel column, 0..1; NaN where nothing is known. */
  readonly confidence: Float32Array
  readonly flicker: Float32Array
  readonly oddFrames: readonly number[]
  readonly marked: FrameRange | null
  readonly thumbAspect: number
  /** As far as it is there. */
  readonly thumbnail: (frame: number) => CanvasImageSource | null
  readonly colors: TimelineColors
}

const LABEL_GAP = 96
/** A marker's name needs this much room to say anything. */
const LEAST_NAME = 24
/** Distance in the plane of U and V that fills the flicker graph. */
const FULL_FLICKER = 0.03

/** Draws in CSS pixels; the caller has scaled the context to the screen's. */
export function drawTimeline(to: CanvasRenderingContext2D, content: TimelineContent): void {
  const { width, height } = content
  to.clearRect(0, 0, width, height)
  drawRuler(to, content)
  drawMarkers(to, content)
  drawShots(to, content)
  drawThumbnails(to, content)
  drawDamage(to, content)
  drawStates(to, content)
  drawConfidence(to, content)
  drawFlicker(to, content)
  drawMarks(to, content)
  drawPins(to, content)
}

function drawRuler(
  to: CanvasRenderingContext2D,
  { width, lanes, scale, rate, frameCount, colors }: TimelineContent,
): void {
  const step = tickStep(scale.pixels, nominalRate(rate), LABEL_GAP)
  to.font = '11px system-ui, sans-serif'
  to.textBaseline = 'middle'
  const last = Math.min(frameCount, xToFrame(scale, width) + 1)
  for (let frame = Math.floor(scale.start / step) * step; frame <= last; frame += step) {
    const x = Math.round(frameToX(scale, frame)) + 0.5
    to.fillStyle = colors.line
    to.fillRect(x - 0.5, 12, 1, lanes.ruler.height - 12)
    to.fillStyle = colors.quiet
    // A label that would hang out of the right border is left out.
    if (x + LABEL_GAP * 0.7 < width) to.fillText(formatTimecode(frame, rate), x + 4, 9)
  }
}

/** Flags; one on its way is drawn where it goes. Names stand beside them where there is room. */
function drawMarkers(
  to: CanvasRenderingContext2D,
  { width, lanes, scale, markers, dragged, colors }: TimelineContent,
): void {
  const { top, height } = lanes.markers
  to.font = '10px system-ui, sans-serif'
  const placed = markers
    .map((marker) =>
      dragged?.kind === 'marker' && dragged.from === marker.frame ? { ...marker, frame: dragged.to } : marker,
    )
    .map((marker) => ({ ...marker, x: markX(scale, marker.frame) }))
  placed.forEach(({ name, color, x }, n) => {
    const room = Math.max(0, (placed[n + 1]?.x ?? width) - x - 2 * MARKER_HALF - 8)
    if (x + room < -MARKER_HALF || x > width + MARKER_HALF) return
    to.fillStyle = markerTones[color]
    to.beginPath()
    to.moveTo(x - MARKER_HALF, top + 1)
    to.lineTo(x + MARKER_HALF, top + 1)
    to.lineTo(x + MARKER_HALF, top + 8)
    to.lineTo(x, top + 13)
    to.lineTo(x - MARKER_HALF, top + 8)
    to.closePath()
    to.fill()
    if (name === '' || room < LEAST_NAME) return
    to.save()
    to.beginPath()
    to.rect(x + MARKER_HALF, top, room + 4, height)
    to.clip()
    to.fillStyle = colors.text
    to.fillText(name, x + MARKER_HALF + 4, top + height / 2)
    to.restore()
  })
}

/** Pixels between a shot's border and its name; shots that are narrower have none. */
const NAME_BEFORE = 5
const LEAST_NAMED = 14

/**
 * What is written on a shot: as much as there is room for, but never a part of its number, which would be that of
 * another shot. Signs that do not fit are left out first, then the word.
 */
export function fittingName(name: string, number: number, signs: string, fits: (words: string) => boolean): string {
  return [name + signs, name, number + signs, `${number}`].find(fits) ?? ''
}

/** Shots narrower than a few pixels melt into one block. */
function drawShots(
  to: CanvasRenderingContext2D,
  { width, lanes, scale, shots, shotInView, shotName, colors }: TimelineContent,
): void {
  const { top, height } = lanes.shots
  to.font = '10px system-ui, sans-serif'
  let drawnTo = -1
  for (let n = firstInSight(shots, scale); n < shots.length; n++) {
    const shot = shots[n]!
    const x = frameToX(scale, shot.from)
    if (x > width) break
    const end = Math.min(width, frameToX(scale, shot.to))
    if (end - drawnTo < 1) continue
    const begin = Math.max(0, x, drawnTo)
    drawnTo = end
    const here = shot.from === shotInView
    to.fillStyle = here ? colors.quiet : colors.raised
    to.globalAlpha = here ? 0.45 : n % 2 === 0 ? 1 : 0.6
    to.fillRect(begin, top + 1, Math.max(1, end - begin - 1), height - 3)
    to.globalAlpha = 1
    if (shot.transition) drawTransition(to, begin, end, lanes.shots, colors)
    if (shot.source) drawOwnColor(to, begin, end, lanes.shots, shot)
    if (end - begin < LEAST_NAMED || shot.transition) continue
    to.save()
    to.beginPath()
    to.rect(begin, top, end - begin - 3, height)
    to.clip()
    to.fillStyle = here ? colors.text : colors.quiet
    const signs = (shot.styled ? '  ◐' : '') + (shot.keepsOwn ? '  ●' : '')
    const room = end - begin - 3 - NAME_BEFORE
    const name = fittingName(shotName(n + 1), n + 1, signs, (words) => to.measureText(words).width <= room)
    to.fillText(name, begin + NAME_BEFORE, top + height / 2)
    to.restore()
  }
}

/** A wedge from the one shot into the other, as edit lists draw it. */
function drawTransition(
  to: CanvasRenderingContext2D,
  begin: number,
  end: number,
  { top, height }: Lane,
  colors: TimelineColors,
): void {
  to.fillStyle = colors.accent
  to.globalAlpha = 0.55
  to.beginPath()
  to.moveTo(begin, top + height - 2)
  to.lineTo(end - 1, top + 1)
  to.lineTo(end - 1, top + height - 2)
  to.fill()
  to.globalAlpha = 1
}

const SPECTRUM = ['#c0504d', '#c8a13c', '#5b9a55', '#4a7fb5', '#8a62a8'] as const
const SEPIA = ['#a98a5e'] as const

/** A stripe along the shot's lower border: of many colors, or of one tint; thicker where it is kept. */
function drawOwnColor(
  to: CanvasRenderingContext2D,
  begin: number,
  end: number,
  { top, height }: Lane,
  { source, keepsOwn }: MarkedShot,
): void {
  const stripes = source === 'color' ? SPECTRUM : SEPIA
  const thick = keepsOwn ? 4 : 2
  const wide = 6
  for (let x = begin, n = 0; x < end - 1; x += wide, n++) {
    to.fillStyle = stripes[n % stripes.length]!
    to.fillRect(x, top + height - 2 - thick, Math.min(wide, end - 1 - x), thick)
  }
}

function drawThumbnails(to: CanvasRenderingContext2D, content: TimelineContent): void {
  const { scale, width, frameCount, lanes, colors, shots } = content
  const { top } = lanes.thumbnails
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
  // Cuts go through the pictures while they are far enough apart to be told from each other.
  let last = -8
  for (let n = firstInSight(shots, scale); n < shots.length; n++) {
    const x = Math.round(frameToX(scale, shots[n]!.from))
    if (x > width) break
    if (x < 1 || x - last < 8) continue
    last = x
    to.fillStyle = '#000'
    to.fillRect(x - 1, top, 3, tall)
    to.fillStyle = '#fff'
    to.fillRect(x, top, 1, tall)
  }
  to.restore()
}

/** A red bar on top of the pictures, with a notch that is seen however narrow the frame is. */
function drawDamage(to: CanvasRenderingContext2D, content: TimelineContent): void {
  const { scale, width, lanes, damaged, colors } = content
  const { top } = lanes.thumbnails
  to.fillStyle = colors.bad
  fillRanges(to, content, damaged, top, 3)
  let last = -8
  for (let n = firstInSight(damaged, scale); n < damaged.length; n++) {
    const x = markX(scale, damaged[n]!.from)
    if (x > width + 4) break
    if (x - last < 8) continue
    last = x
    to.beginPath()
    to.moveTo(x - 4, top)
    to.lineTo(x + 4, top)
    to.lineTo(x, top + 8)
    to.fill()
  }
}

function fillRanges(
  to: CanvasRenderingContext2D,
  { scale, width }: TimelineContent,
  ranges: readonly FrameRange[],
  y: number,
  height: number,
): void {
  for (const { from, to: end } of ranges) {
    const x = frameToX(scale, from)
    const right = frameToX(scale, end)
    if (right < 0 || x > width) continue
    to.fillRect(Math.max(0, x), y, Math.max(1, Math.min(width, right) - Math.max(0, x)), height)
  }
}

function drawStates(to: CanvasRenderingContext2D, content: TimelineContent): void {
  const { lanes, colored, stale, queued, locked, frameCount, colors } = content
  const { top, height } = lanes.states
  to.fillStyle = colors.line
  fillRanges(to, content, [{ from: 0, to: frameCount }], top, height - 2)
  for (const [ranges, color] of [
    [queued, colors.quiet],
    [colored, colors.good],
    [stale, colors.warn],
  ] as const) {
    to.fillStyle = color
    fillRanges(to, content, ranges, top, height - 2)
  }
  to.fillStyle = colors.text
  fillRanges(to, content, locked, top + 1.5, 2)
}

/** Tall and green is sure, low and red is not. A guess is neither: where nothing is pinned, nothing can match badly. */
function drawConfidence(
  to: CanvasRenderingContext2D,
  { lanes, confidence, suggestion, scale, guessed, colors }: TimelineContent,
): void {
  const { top, height } = lanes.confidence
  const quiet = new Uint8Array(confidence.length)
  for (const { from, to: end } of guessed) {
    quiet.fill(1, Math.max(0, Math.round(frameToX(scale, from))), Math.max(0, Math.round(frameToX(scale, end))))
  }
  drawColumns(to, lanes.confidence, confidence, 1, (value, x) =>
    quiet[x] ? colors.quiet : value > 0.7 ? colors.good : value > 0.45 ? colors.warn : colors.bad,
  )
  if (suggestion === null) return
  const x = markX(scale, suggestion)
  const y = top + height / 2 - 1
  to.beginPath()
  to.arc(x, y, 6.5, 0, 2 * Math.PI)
  to.fillStyle = colors.accent
  to.fill()
  to.strokeStyle = '#000a'
  to.stroke()
  to.fillStyle = '#fff'
  to.fillRect(x - 3.5, y - 0.75, 7, 1.5)
  to.fillRect(x - 0.75, y - 3.5, 1.5, 7)
}

function drawFlicker(
  to: CanvasRenderingContext2D,
  { lanes, flicker, oddFrames, scale, width, colors }: TimelineContent,
): void {
  const { top, height } = lanes.flicker
  to.fillStyle = colors.line
  to.fillRect(0, top, width, 1)
  drawColumns(to, { top: top + 1, height: height - 1 }, flicker, FULL_FLICKER, () => colors.quiet)
  to.fillStyle = colors.bad
  for (const odd of oddFrames) {
    const x = markX(scale, odd)
    if (x < -4 || x > width + 4) continue
    to.beginPath()
    to.moveTo(x - 4, top + 2)
    to.lineTo(x + 4, top + 2)
    to.lineTo(x, top + 8)
    to.fill()
  }
}

/**
 * Columns of the same color side by side are one path: thousands of small rectangles would cost more than all the rest.
 */
function drawColumns(
  to: CanvasRenderingContext2D,
  { top, height }: Lane,
  values: Float32Array,
  full: number,
  colorOf: (value: number, x: number) => string,
): void {
  const tall = height - 2
  let color = ''
  let open = false
  const close = (): void => {
    if (open) to.fill()
    open = false
  }
  for (let x = 0; x < values.length; x++) {
    const value = values[x]!
    if (Number.isNaN(value)) continue
    const next = colorOf(value, x)
    if (next !== color) {
      close()
      color = next
      to.fillStyle = color
    }
    if (!open) to.beginPath()
    open = true
    const h = Math.max(1, Math.min(1, value / full) * tall)
    to.rect(x, top + 1 + tall - h, 1, h)
  }
  close()
}

function drawMarks(
  to: CanvasRenderingContext2D,
  { scale, width, height, lanes, marked, colors }: TimelineContent,
): void {
  if (!marked) return
  const { top } = lanes.shots
  const from = frameToX(scale, marked.from)
  const end = frameToX(scale, marked.to)
  to.fillStyle = '#0007'
  to.fillRect(0, top, Math.max(0, from), height)
  to.fillRect(end, top, Math.max(0, width - end), height)
  to.fillStyle = colors.text
  to.fillRect(from, top, 2, height)
  to.fillRect(end - 2, top, 2, height)
}

function drawPins(
  to: CanvasRenderingContext2D,
  { scale, width, lanes, pins, edited, dragged, colors }: TimelineContent,
): void {
  const y = pinY(lanes)
  for (const frame of edited) {
    const x = markX(scale, frame)
    if (x < -4 || x > width + 4) continue
    to.fillStyle = colors.text
    to.beginPath()
    to.arc(x, y, 2.5, 0, 2 * Math.PI)
    to.fill()
  }
  for (const pin of pins) {
    const x = markX(scale, pin)
    if (x > -PIN_HALF && x < width + PIN_HALF) drawPin(to, x, y, colors.accent)
  }
  if (dragged?.kind === 'pin') {
    to.globalAlpha = 0.6
    drawPin(to, markX(scale, dragged.to), y, colors.text)
    to.globalAlpha = 1
  } else if (dragged?.kind === 'cut') {
    to.fillStyle = colors.accent
    to.fillRect(
      Math.round(frameToX(scale, dragged.to)) - 1,
      lanes.shots.top,
      3,
      lanes.shots.height + lanes.thumbnails.height,
    )
  }
}

function drawPin(to: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  to.fillStyle = color
  to.beginPath()
  to.moveTo(x, y - PIN_HALF)
  to.lineTo(x + PIN_HALF, y)
  to.lineTo(x, y + PIN_HALF)
  to.lineTo(x - PIN_HALF, y)
  to.closePath()
  to.fill()
  to.strokeStyle = '#000c'
  to.lineWidth = 1
  to.stroke()
}
