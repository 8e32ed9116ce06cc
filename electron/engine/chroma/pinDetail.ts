/**
 * The fine color of a pinned picture: what its own chroma has at full size that the networks' size has no room for. It
 * is what the last step (guidedModel.ts) leaves out at the pin itself, and goes with the picture's motion to the frames
 * around (detailWays.ts), so that they are as sharp in color as the pin wherever they show the same things
 * (models/MOTION.md).
 */
import { FrameComposer } from './composeFrame.ts'
import { DETAIL_STEPS } from './composeChroma.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { chromaSize, type PixelLayout, type Plane } from '../picture/pixelLayout.ts'
import { SampleConversion } from '../picture/sampleConversion.ts'
import { chromaScale } from '../picture/sampleScale.ts'

export interface PinDetail {
  /** Equal names: equal detail. */
  readonly name: string
  /** Of the pin's own frame. */
  readonly luma: NetworkLuma
  /** U and V interleaved, a value per chroma sample, row-major; DETAIL_STEPS are a difference of 1. */
  readonly values: Int16Array
}

/** What a frame is to have of a pin's fine color, where it is found again. */
export interface DetailShare {
  readonly detail: PinDetail
  /** 0..1; of all pins 1 together. */
  readonly share: number
  /** How much of it edits of the frame's colors leave, 0..1, per texel of the networks' chroma; all if left out. */
  readonly kept?: Float32Array
}

interface PinnedPlanes {
  readonly layout: PixelLayout
  /** The film's own luma. */
  readonly y: Plane
  /** The picture's own chroma, of the same layout; not gray. */
  readonly u: Plane
  readonly v: Plane
}

/**
 * The result's memory can be shared between threads.
 * @param chroma of the same picture, at the networks' size
 * @param kept how much of it is left after edits of the pin's colors, 0..1, per texel of chroma; all if left out
 */
export function detailOf(
  name: string,
  { layout, y, u, v }: PinnedPlanes,
  luma: NetworkLuma,
  chroma: NetworkChroma,
  kept?: Float32Array,
): PinDetail {
  // Deep enough that what is left out is not mostly rounding.
  const deep = { ...layout, bitDepth: 16 }
  const samples = new SampleConversion(layout, deep)
  const composer = new FrameComposer({ layout: deep, networkWidth: luma.width, networkHeight: luma.height })
  const [coarseU, coarseV] = composer.allocate()
  composer.compose(samples.luma(y), luma, chroma, coarseU, coarseV)
  const [width, height] = chromaSize(layout)
  const values = new Int16Array(new SharedArrayBuffer(2 * 2 * width * height))
  const steps = DETAIL_STEPS / chromaScale(deep).gain
  const put = (own: Plane, coarse: Plane, at: number): void => {
    for (let i = 0; i < coarse.length; i++) {
      const left = Math.round((own[i]! - coarse[i]!) * steps)
      values[2 * i + at] = Math.max(-DETAIL_STEPS, Math.min(DETAIL_STEPS, left))
    }
  }
  put(samples.chroma(u), coarseU, 0)
  put(samples.chroma(v), coarseV, 1)
  if (kept) {
    for (let i = 0; i < values.length; i++) {
      const [x, line] = [(i >> 1) % width, Math.floor((i >> 1) / width)]
      const [column, row] = [Math.floor((x * chroma.width) / width), Math.floor((line * chroma.height) / height)]
      values[i] = Math.round(values[i]! * kept[row * chroma.width + column]!)
    }
  }
  return { name, luma: { ...luma, values: shared(luma.values) }, values }
}

/** A color that an edit moves this far, in U and V together, keeps 1/e of its fine color. */
const EDITED = 0.04

/** How much of colors' own fine color is left where edits have moved them; 0..1, per texel. */
export function keptUnder({ values: before }: NetworkChroma, { values: after }: NetworkChroma): Float32Array {
  return Float32Array.from({ length: before.length / 2 }, (_, i) => {
    const moved = (after[2 * i]! - before[2 * i]!) ** 2 + (after[2 * i + 1]! - before[2 * i + 1]!) ** 2
    return Math.exp(-moved / EDITED ** 2)
  })
}

function shared(values: Float32Array): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength))
  copy.set(values)
  return copy
}
