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
