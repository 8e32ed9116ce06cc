/** What there is to be asked before a clip is linked with a film that is not the one it had. Pure. */
import type { OtherFilm } from '../../contract/project.ts'
import type { Clip, FootageLink } from '../../contract/projectDocument.ts'
import { hasUnsaidCuts, startsOf } from '../commands/cutsByHand.ts'

/** What of the clip lies behind the end of a film of so many frames. */
function behind(clip: Clip, end: number): OtherFilm['behind'] {
  const edited = Object.entries(clip.frames).filter(([frame]) => Number(frame) >= end)
  const pins = edited.filter(([, { pinned }]) => pinned).length
  return {
    pins,
    edits: edited.length - pins,
    locks: clip.locks.filter(({ to }) => to > end).length,
    markers: (clip.markers ?? []).filter(({ frame }) => frame >= end).length,
    // Those that were found go with the film that they were found in, and are looked for anew.
    cuts: startsOf(clip).filter((at) => at >= end && (hasUnsaidCuts(clip) || clip.cutsByHand?.[at] === true)).length,
  }
}

/** Null where it is the same film, or a run of pictures that goes on after those that the clip has. */
export function otherFilm(
  clip: Clip,
  { footage, frameCount }: { readonly footage: FootageLink; readonly frameCount: number },
): OtherFilm | null {
  const [was, is] = [clip.footage.size, footage.size]
  const isOtherSize = was !== undefined && is !== undefined && (was.width !== is.width || was.height !== is.height)
  const isSameContent = footage.hash === clip.footage.hash
  if (isSameContent && !isOtherSize && frameCount >= clip.frameCount) return null
  return {
    frames: { was: clip.frameCount, is: frameCount },
    size: isOtherSize ? { was, is } : null,
    behind: behind(clip, frameCount),
  }
}
