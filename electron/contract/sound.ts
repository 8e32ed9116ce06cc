/**
 * Sound on the window's line for pixels (frames.ts): the window asks for blocks of it and for its peaks, and counts
 * both from the moment the film's first picture is shown.
 */

/** Samples a second of all sound that the window gets, whatever the film has. */
export const SOUND_RATE = 48_000
/** Left and right. */
export const SOUND_CHANNELS = 2
/** Samples of a channel in a block: half a second, so that the first one is there soon and few are asked for. */
export const BLOCK_SAMPLES = 24_000

/** Asks for one block: samples from block * BLOCK_SAMPLES on. */
export interface SoundRequest {
  readonly type: 'sound'
  readonly requestId: number
  readonly footageId: string
  readonly block: number
}

export interface SoundReply {
  readonly type: 'sound'
  readonly requestId: number
  /** Left and right in turns, of a whole block; null for silence. */
  readonly samples: Int16Array | null
}

/** Asks how loud the film is in each of `columns` equal parts of [from, to), which are seconds. */
export interface PeaksRequest {
  readonly type: 'peaks'
  readonly requestId: number
  readonly footageId: string
  readonly from: number
  readonly to: number
  readonly columns: number
}

export interface PeaksReply {
  readonly type: 'peaks'
  readonly requestId: number
  /** Of each column the largest sample without its sign, 0..255 for silence to full scale. */
  readonly peaks: Uint8Array
  /** Up to here, in seconds, the film was listened to; Infinity when that is done. */
  readonly known: number
}

export type ToSoundService = SoundRequest | PeaksRequest
export type SoundAnswer = SoundReply | PeaksReply
