/**
 * True colors sent through the last step: made as small as the networks' colors are, and composed to full size along
 * luma.
 */
import { detailOf, type PinDetail } from '../../electron/engine/chroma/pinDetail.ts'
import { FrameComposer } from '../../electron/engine/chroma/composeFrame.ts'
import { AreaScaler } from '../../electron/engine/picture/areaAverage.ts'
import { ChromaComposer } from '../../electron/engine/chroma/composeChroma.ts'
import type { NetworkChroma, NetworkLuma } from '../../electron/engine/picture/networkPictures.ts'
import type { PixelLayout, Plane } from '../../electron/engine/picture/pixelLayout.ts'
import { chromaScale } from '../../electron/engine/picture/sampleScale.ts'

/** U and V of every pixel, BT.601 full range, -0.5..0.5. */
export interface Colors {
  readonly u: Float32Array
  readonly v: Float32Array
}

export interface Picture extends Colors {
  readonly width: number
  readonly height: number
  /** Luma, 0..1. */
  readonly y: Float32Array
}

/** Deep enough that rounding is no part of what is measured. */
function layoutOf({ width, height }: Picture): PixelLayout {
  return { width, height, sampling: '444', bitDepth: 16, range: 'full', matrix: 'bt601', ffmpegName: 'not used' }
}

function small({ width, height }: Picture, plane: Float32Array, toWidth: number, toHeight: number): Float32Array {
  const made = new Float32Array(toWidth * toHeight)
  new AreaScaler(width, height, toWidth, toHeight).scale(plane, made, 1, 0, 1)
  return made
}

/** The picture's colors as the networks would have to give them. */
export function smallChroma(picture: Picture, width: number, height: number): NetworkChroma {
  const [u, v] = [picture.u, picture.v].map((plane) =>
    small(
      picture,
      plane.map((value) => value + 0.5),
      width,
      height,
    ),
  )
  const values = Float32Array.from({ length: 2 * width * height }, (_, i) => (i % 2 === 0 ? u! : v!)[i >> 1]! - 0.5)
  return { width, height, values }
}

function colorsOf(layout: PixelLayout, [u, v]: readonly [Plane, Plane]): Colors {
  const { gain, neutral } = chromaScale(layout)
  const differences = (plane: Plane): Float32Array => Float32Array.from(plane, (code) => (code - neutral) / gain)
  return { u: differences(u), v: differences(v) }
}

/** The picture as the engine has it: its luma at full size, and what networks would have of it. */
function atBothSizes(
  picture: Picture,
  networkWidth: number,
  networkHeight: number,
): { readonly y: Uint16Array; readonly luma: NetworkLuma; readonly chroma: NetworkChroma } {
  const values = small(picture, picture.y, networkWidth, networkHeight)
  return {
    y: Uint16Array.from(picture.y, (value) => Math.round(value * 65535)),
    luma: { width: networkWidth, height: networkHeight, values },
    chroma: smallChroma(picture, networkWidth / 2, networkHeight / 2),
  }
}

/** The fine color of a picture that is pinned. */
function detailOfPin(pin: Picture, networkWidth: number, networkHeight: number): PinDetail {
  const layout = layoutOf(pin)
  const { gain, neutral } = chromaScale(layout)
  const codes = (plane: Float32Array): Uint16Array =>
    Uint16Array.from(plane, (value) => Math.round(neutral + value * gain))
  const { y, luma, chroma } = atBothSizes(pin, networkWidth, networkHeight)
  return detailOf('pin', { layout, y, u: codes(pin.u), v: codes(pin.v) }, luma, chroma)
}

/**
 * What an export has of the picture's own colors, and what bilinear interpolation would leave of them.
 * @param networkWidth of the networks' luma; even, as networkHeight
 * @param pin a picture of another frame that is pinned there
 */
export function throughLastStep(
  picture: Picture,
  networkWidth: number,
  networkHeight: number,
  pin?: Picture,
): { readonly along: Colors; readonly bilinear: Colors } {
  const layout = layoutOf(picture)
  const { y, luma, chroma } = atBothSizes(picture, networkWidth, networkHeight)
  const composer = new FrameComposer({ layout, networkWidth, networkHeight })
  const planes = composer.allocate()
  const details = pin ? [{ detail: detailOfPin(pin, networkWidth, networkHeight), share: 1 }] : []
  composer.compose(y, luma, chroma, ...planes, details)
  const plain = new ChromaComposer(layout, chroma.width, chroma.height)
  const plainPlanes = plain.allocate()
  // A model that does not read luma.
  const model = Float32Array.from({ length: 2 * chroma.values.length }, (_, i) =>
    i % 2 === 0 ? 0 : chroma.values[i >> 1]!,
  )
  plain.compose(y, model, ...plainPlanes)
  return { along: colorsOf(layout, planes), bilinear: colorsOf(layout, plainPlanes) }
}

/** Peak signal-to-noise ratio over U and V, in dB. */
export function chromaPsnr(a: Colors, b: Colors): number {
  let sum = 0
  for (let i = 0; i < a.u.length; i++) sum += (a.u[i]! - b.u[i]!) ** 2 + (a.v[i]! - b.v[i]!) ** 2
  return -10 * Math.log10(sum / (2 * a.u.length))
}
