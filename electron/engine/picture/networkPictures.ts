/** The small pictures that the networks read and give; everything between decoding and composing speaks of them. */

/** Luma for the networks: full range 0..1, row-major, width and height multiples of 32. */
export interface NetworkLuma {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** U and V interleaved, BT.601 full range, -0.5..0.5, at half the network luma's width and height. */
export interface NetworkChroma {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** Values a pixel of ToldMotion. */
export const TOLD_CHANNELS = 4

/** What motion has carried to a frame, as the pass is told of it. */
export interface ToldMotion {
  /**
   * TOLD_CHANNELS values for each pixel of the chroma, row-major: U and V of the frame before, moved, times the share
   * that is kept of them; that share; and how much has come all the way from a pin. Shares 0..1.
   */
  readonly values: Float32Array
}
