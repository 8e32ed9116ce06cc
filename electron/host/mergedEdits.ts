/** Changes of a clip's document, added up. */
import type { FilmEdits, FrameColoring } from '../contract/filmEdits.ts'

/** One change that says what `before` and then `next` say. Neither is altered. */
export function mergedEdits(before: FilmEdits | undefined, next: FilmEdits): FilmEdits {
  const layout = next.layout ?? before?.layout
  const pictures = { ...before?.pictures, ...next.pictures }
  const frames = new Map<number, FrameColoring>()
  for (const edits of next.complete || !before ? [next] : [before, next]) {
    for (const [frame, coloring] of edits.frames) {
      if (coloring) frames.set(frame, coloring)
      else frames.delete(frame)
    }
  }
  return { complete: true, frames: [...frames], pictures, ...(layout && { layout }) }
}
