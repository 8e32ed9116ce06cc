/** Between the view and the stored picture: orientation and placement. Pure. */
import type { PicturePoint, StrokePoint } from '../../electron/contract/operations.ts'
import type { Orientation } from '../../electron/contract/orientation.ts'
import type { Placement } from '../state/viewer.svelte.ts'

/** A point of a picture that was turned clockwise, where it was before. Coordinates 0..1. */
function turnedBack([x, y]: PicturePoint, rotation: number): PicturePoint {
  switch (((rotation % 360) + 360) % 360) {
    case 90:
      return [y, 1 - x]
    case 180:
      return [1 - x, 1 - y]
    case 270:
      return [1 - y, x]
    default:
      return [x, y]
  }
}

/** A place of the shown picture, 0..1, in the stored one. */
export function toStored(point: PicturePoint, { rotation, mirrored }: Orientation): PicturePoint {
  const [x, y] = turnedBack(point, rotation)
  return mirrored ? [1 - x, y] : [x, y]
}

/** The other way round: first mirrored, then turned. */
export function toShown([x, y]: PicturePoint, { rotation, mirrored }: Orientation): PicturePoint {
  return turnedBack([mirrored ? 1 - x : x, y], 360 - rotation)
}

export interface PictureView {
  readonly placement: Placement
  readonly orientation: Orientation
}

/**
 * A point of the view (screen pixels) as picture coordinates; a little outside is kept within what operations allow.
 */
export function pointInPicture(x: number, y: number, { placement, orientation }: PictureView): PicturePoint {
  const limit = (value: number): number => Math.min(1.9, Math.max(-0.9, value))
  return toStored(
    [limit((x - placement.x) / placement.width), limit((y - placement.y) / placement.height)],
    orientation,
  )
}

export function pointInView(point: PicturePoint, { placement, orientation }: PictureView): [x: number, y: number] {
  const [x, y] = toShown(point, orientation)
  return [placement.x + x * placement.width, placement.y + y * placement.height]
}

/**
 * Half the width and height, in screen pixels, of what is so far from a point. A brush is round in the pixels of the
 * stored picture; where these are not square, what it paints is shown longer one way.
 * @param radius in heights of the stored picture
 * @param aspect width of the stored picture by its height, in its pixels
 */
export function radiiInView(
  radius: number,
  aspect: number,
  { placement: { width, height }, orientation }: PictureView,
): [across: number, down: number] {
  return orientation.rotation % 180 === 0
    ? [(radius / aspect) * width, radius * height]
    : [radius * width, (radius / aspect) * height]
}

/**
 * Leaves out the points of a line that lie nearer than `tolerance` to what joins the others (Ramer 1972, Douglas and
 * Peucker 1973). Coordinates in any unit; ends are kept.
 * @param off how far a point is from what joins two others
 */
export function simplified<P extends Point>(
  points: readonly P[],
  tolerance: number,
  off: (point: P, from: P, to: P) => number = distanceToSegment,
): P[] {
  if (points.length < 3) return [...points]
  const kept = new Uint8Array(points.length)
  kept[0] = kept[points.length - 1] = 1
  const open: [number, number][] = [[0, points.length - 1]]
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span
    let [furthest, most] = [-1, tolerance]
    for (let n = from + 1; n < to; n++) {
      const distance = off(points[n]!, points[from]!, points[to]!)
      if (distance > most) [furthest, most] = [n, distance]
    }
    if (furthest < 0) continue
    kept[furthest] = 1
    open.push([from, furthest], [furthest, to])
  }
  return points.filter((_, n) => kept[n] === 1)
}

type Point = readonly [number, number, ...unknown[]]

/** A pen's pressure is width: a straight stroke that swells has points worth keeping. @param radius at full pressure */
export function strokeOff(radius: number): (point: StrokePoint, from: StrokePoint, to: StrokePoint) => number {
  return (point, from, to) => {
    const [before, after] = [from[2] ?? 1, to[2] ?? 1]
    const joined = before + alongSegment(point, from, to) * (after - before)
    return Math.max(distanceToSegment(point, from, to), radius * Math.abs((point[2] ?? 1) - joined))
  }
}

export function distanceToSegment(point: Point, from: Point, to: Point): number {
  const t = alongSegment(point, from, to)
  return Math.hypot(point[0] - from[0] - t * (to[0] - from[0]), point[1] - from[1] - t * (to[1] - from[1]))
}

/** Where on the segment its nearest place to the point is, 0..1. */
function alongSegment([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  return length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length))
}
