/** Which frames the timeline shows and where: pure arithmetic between frames and CSS pixels. */

/** Widest a single frame gets. */
const MOST_PIXELS = 96

export interface TimelineScale {
  /** First frame at the left border; may be a fraction. */
  readonly start: number
  /** CSS pixels of one frame. */
  readonly pixels: number
}

export function wholeFilm(frameCount: number, width: number): TimelineScale {
  return { start: 0, pixels: Math.max(1e-6, width / Math.max(1, frameCount)) }
}

export function frameToX(scale: TimelineScale, frame: number): number {
  return (frame - scale.start) * scale.pixels
}

/** What is under x, in frames from the start of the film; a fraction within a frame. */
export function xToPlace(scale: TimelineScale, x: number): number {
  return scale.start + x / scale.pixels
}

/** The frame whose cell is under x. */
export function xToFrame(scale: TimelineScale, x: number): number {
  return Math.floor(xToPlace(scale, x))
}

/** Never shows what is not there: the film fills the timeline, or begins at its left border. */
export function clampScale({ start, pixels }: TimelineScale, frameCount: number, width: number): TimelineScale {
  const least = wholeFilm(frameCount, width).pixels
  const clamped = Math.max(least, Math.min(Math.max(MOST_PIXELS, least), pixels))
  return { start: Math.max(0, Math.min(start, frameCount - width / clamped)), pixels: clamped }
}

/** Zooms so that the frame under x stays there. */
export function zoomScale(
  scale: TimelineScale,
  factor: number,
  x: number,
  frameCount: number,
  width: number,
): TimelineScale {
  const frame = scale.start + x / scale.pixels
  const limited = clampScale({ start: scale.start, pixels: scale.pixels * factor }, frameCount, width)
  return clampScale({ start: frame - x / limited.pixels, pixels: limited.pixels }, frameCount, width)
}

/** Scrolls as little as possible so that a frame is in sight, with some of what follows. */
export function reveal(scale: TimelineScale, frame: number, frameCount: number, width: number): TimelineScale {
  const x = frameToX(scale, frame)
  const margin = Math.min(width / 8, scale.pixels * 8)
  if (x >= 0 && x + scale.pixels <= width) return scale
  const start = x < 0 ? frame - margin / scale.pixels : frame + 1 - (width - margin) / scale.pixels
  return clampScale({ ...scale, start }, frameCount, width)
}

/**
 * Frames between two labels of the ruler: whole seconds or minutes when zoomed out, parts of a second without a rest
 * when zoomed in.
 */
export function tickStep(pixels: number, framesPerSecond: number, leastGap: number): number {
  const wanted = leastGap / pixels
  // Only what divides a second: other steps would miss every full second.
  const steps = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30].filter(
    (step) => step < framesPerSecond && framesPerSecond % step === 0,
  )
  for (const seconds of [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200])
    steps.push(seconds * framesPerSecond)
  return steps.find((step) => step >= wanted) ?? 7200 * framesPerSecond
}
