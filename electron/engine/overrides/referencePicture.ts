/** A colored picture of any size, split into luma and chroma. */
import type { ColorMatrix } from '../../contract/schemas.ts'
import { AreaScaler } from '../picture/areaAverage.ts'
import { lumaWeights } from '../picture/sampleScale.ts'

export interface ReferencePicture {
  readonly width: number
  readonly height: number
  /** 0..1 */
  readonly luma: Float32Array
  /** U and V interleaved, as the networks give them. */
  readonly chroma: Float32Array
  /** 0..1 by pixel, how much of it was painted; null where the picture has no transparency. */
  readonly opacity: Float32Array | null
}

/**
 * @param pixels R, G, B, A interleaved, not premultiplied, 8 or 16 bits (as decoded from PNG, JPEG or TIFF)
 * @param matrix of the film: a frame exported to RGB and brought back then has its own chroma again
 */
export function referenceFromRgba(
  pixels: Uint8Array | Uint16Array,
  width: number,
  height: number,
  matrix: ColorMatrix = 'bt601',
): ReferencePicture {
  const count = width * height
  if (pixels.length !== count * 4)
    throw new RangeError(`${pixels.length} samples are not ${width} x ${height} pixels of RGBA`)
  const top = pixels instanceof Uint16Array ? 65535 : 255
  // ffmpeg makes 65532 of 255 when it widens samples, so that nothing of 8 bits would be opaque in 16.
  const opaque = pixels instanceof Uint16Array ? 255 << 8 : 255
  const [kr, kb] = lumaWeights[matrix]
  const luma = new Float32Array(count)
  const chroma = new Float32Array(count * 2)
  const opacity = new Float32Array(count)
  let seeThrough = false
  for (let i = 0; i < count; i++) {
    const r = pixels[4 * i]! / top
    const g = pixels[4 * i + 1]! / top
    const b = pixels[4 * i + 2]! / top
    const y = kr * r + (1 - kr - kb) * g + kb * b
    luma[i] = y
    // Color differences B - Y and R - Y are what the editor carries, whatever the matrix; BT.601 only scales them.
    chroma[2 * i] = Math.min(0.5, Math.max(-0.5, (b - y) / 1.772))
    chroma[2 * i + 1] = Math.min(0.5, Math.max(-0.5, (r - y) / 1.402))
    const alpha = pixels[4 * i + 3]!
    opacity[i] = alpha < opaque ? alpha / top : 1
    if (alpha < opaque) seeThrough = true
  }
  return { width, height, luma, chroma, opacity: seeThrough ? opacity : null }
}

/** The picture at another size, each new pixel the mean of those it covers; unpainted pixels do not count. */
export function resizeReference(picture: ReferencePicture, width: number, height: number): ReferencePicture {
  if (picture.width === width && picture.height === height) return picture
  const scaler = new AreaScaler(picture.width, picture.height, width, height)
  const { opacity } = picture
  const shrink = (of: (i: number) => number): Float32Array => {
    const plane = new Float32Array(picture.width * picture.height)
    // AreaScaler keeps to 0..top; chroma is negative as well, so it is lifted.
    for (let i = 0; i < plane.length; i++) plane[i] = (of(i) + 1) * (opacity ? opacity[i]! : 1)
    const small = new Float32Array(width * height)
    scaler.scale(plane, small, 1, 0, 2)
    return small
  }
  const painted = new Float32Array(width * height)
  if (opacity) scaler.scale(opacity, painted, 1, 0, 1)
  else painted.fill(1)
  const [luma, u, v] = [
    shrink((i) => picture.luma[i]!),
    shrink((i) => picture.chroma[2 * i]!),
    shrink((i) => picture.chroma[2 * i + 1]!),
  ]
  const chroma = new Float32Array(width * height * 2)
  for (let i = 0; i < painted.length; i++) {
    const whole = painted[i]! > 1e-6 ? 1 / painted[i]! : 0
    luma[i] = whole > 0 ? luma[i]! * whole - 1 : 0
    chroma[2 * i] = whole > 0 ? u[i]! * whole - 1 : 0
    chroma[2 * i + 1] = whole > 0 ? v[i]! * whole - 1 : 0
  }
  return { width, height, luma, chroma, opacity: opacity ? painted : null }
}

/** The largest part from the middle of a picture that has this shape. @param aspect width / height, in its pixels */
export function croppedReference(picture: ReferencePicture, aspect: number): ReferencePicture {
  const width = Math.max(1, Math.min(picture.width, Math.round(picture.height * aspect)))
  const height = Math.max(1, Math.min(picture.height, Math.round(picture.width / aspect)))
  const [left, top] = [(picture.width - width) >> 1, (picture.height - height) >> 1]
  const cut = (plane: Float32Array, samples: number): Float32Array => {
    const part = new Float32Array(width * height * samples)
    for (let y = 0; y < height; y++) {
      const start = ((top + y) * picture.width + left) * samples
      part.set(plane.subarray(start, start + width * samples), y * width * samples)
    }
    return part
  }
  const { opacity } = picture
  return {
    width,
    height,
    luma: cut(picture.luma, 1),
    chroma: cut(picture.chroma, 2),
    opacity: opacity && cut(opacity, 1),
  }
}
