/**
 * Compares a film frame by frame with the one it was made of, by prints of their luma: which frames are there twice,
 * and which are missing.
 */
import { AreaScaler } from '../picture/areaAverage.ts'
import type { SmallPicture } from '../shots/sceneColor.ts'

/** Size of a print. A two-hour film's take 35 MB. */
const [WIDTH, HEIGHT] = [16, 12]

export type FramePrint = Uint8Array

/** Makes prints of pictures of one size. */
export class PrintMaker {
  #scaler: AreaScaler | null = null
  readonly #small = new Float32Array(WIDTH * HEIGHT)

  make({ width, height, values }: SmallPicture): FramePrint {
    this.#scaler ??= new AreaScaler(width, height, Math.min(width, WIDTH), Math.min(height, HEIGHT))
    const small = this.#small.subarray(0, this.#scaler.width * this.#scaler.height)
    this.#scaler.scale(values, small, 1, 0, 1)
    return Uint8Array.from(small, (value) => Math.round(255 * value))
  }
}

export interface Misplaced {
  readonly kind: 'doubled' | 'dropped'
  /** Of the film that is looked at. */
  readonly frame: number
  readonly count: number
}

/** Mean difference of prints, of 255, that encoders and changes of size may make. */
const NOISE = 0.6
/** Another frame of the original fits this many times better, here and in the frame behind. */
const BETTER = 3
/** Most frames that are looked for ahead. */
const REACH = 12

function difference(a: FramePrint, b: FramePrint): number {
  if (a.length !== b.length) return 255
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!)
  return sum / a.length
}

/**
 * Where the film leaves step with the original, in order. A picture that is like none around its place in the original
 * (another crop, damage) is passed over; where nothing moves, nothing can be told, and a change shows with the next
 * movement.
 */
export function misplacedFrames(film: readonly FramePrint[], original: readonly FramePrint[]): Misplaced[] {
  const misplaced: Misplaced[] = []
  let shift = 0
  const off = (frame: number, by: number): number => {
    const [here, there] = [film[frame], original[frame + by]]
    return here && there ? difference(here, there) : Infinity
  }
  /** Behind the last frame nothing speaks against it. */
  const fits = (frame: number, by: number, than: number): boolean =>
    off(frame, by) <= Math.max(NOISE, than / BETTER) &&
    (frame + 1 >= film.length || off(frame + 1, by) <= Math.max(NOISE, off(frame + 1, shift) / BETTER))
  for (let frame = 0; frame < film.length; frame++) {
    const usual = off(frame, shift)
    if (usual <= NOISE) continue
    const ahead = Array.from({ length: REACH }, (_, n) => n + 1).find((by) => fits(frame, shift + by, usual))
    if (frame > 0 && fits(frame, shift - 1, usual)) {
      misplaced.push({ kind: 'doubled', frame, count: 1 })
      shift--
    } else if (ahead !== undefined) {
      misplaced.push({ kind: 'dropped', frame, count: ahead })
      shift += ahead
    }
  }
  return misplaced
}
