/** What is asked of an export and found in it: the columns of the matrix. */

/** Each as the table shows it; null where it is not asked, or where a reader does not tell. */
export interface Facts {
  /** Codec with its profile: 'ProRes 422 HQ'. */
  readonly codec: string | null
  /** Chroma sampling, or 'RGB'. */
  readonly samples: string | null
  readonly bits: string | null
  readonly range: string | null
  readonly size: string | null
  /** Of the pixels, as 'width:height'. */
  readonly shape: string | null
  readonly frames: string | null
  /** In frames/s to three digits, or 'varying'. */
  readonly rate: string | null
  /** 'progressive', or which field comes first. */
  readonly scan: string | null
  /** Matrix, primaries and transfer, by the numbers of ITU-T H.273. */
  readonly colors: string | null
  readonly timecode: string | null
  /** Language of each sound, with its codec's family. */
  readonly sounds: string | null
  /** Of tracks of text, and whether captions lie within the pictures. */
  readonly captions: string | null
  /** How far the colors of the first picture are off, of 255. */
  readonly picture: string | null
}

export type Property = keyof Facts

export const properties = [
  'codec',
  'samples',
  'bits',
  'range',
  'size',
  'shape',
  'frames',
  'rate',
  'scan',
  'colors',
  'timecode',
  'sounds',
  'captions',
  'picture',
] as const satisfies readonly Property[]

export const unknown: Facts = {
  codec: null,
  samples: null,
  bits: null,
  range: null,
  size: null,
  shape: null,
  frames: null,
  rate: null,
  scan: null,
  colors: null,
  timecode: null,
  sounds: null,
  captions: null,
  picture: null,
}

/** A rate as the table shows it. */
export const inFrames = (num: number, den: number): string => String(Math.round((1000 * num) / den) / 1000)
