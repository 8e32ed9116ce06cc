/** Which two pictures are drawn together. Frames come one by one; a difference needs both of the same frame. */
import type { FrameReply } from '../../electron/contract/frames.ts'
import type { CompareMode } from '../state/viewer.svelte.ts'

export interface ComparedPair {
  readonly picture: FrameReply | null
  /** Null where nothing is compared, or there is nothing to compare with. */
  readonly other: FrameReply | null
}

export const noPair: ComparedPair = { picture: null, other: null }

/**
 * @param before the pair drawn last: it stays while a frame waits for its other half, so that a running film shows no
 *   differences between one frame and the next
 */
export function comparedPair(
  mode: CompareMode,
  picture: FrameReply | null,
  other: FrameReply | null,
  before: ComparedPair,
): ComparedPair {
  if (mode === 'onion') return { picture, other }
  if (mode !== 'difference') return { picture, other: null }
  if (isOneFrame(picture, other)) return { picture, other }
  const stays = isOneFrame(before.picture, before.other) && before.picture?.footageId === picture?.footageId
  return stays ? before : { picture, other: null }
}

function isOneFrame(one: FrameReply | null, other: FrameReply | null): boolean {
  return one !== null && other !== null && one.footageId === other.footageId && one.frame === other.frame
}
