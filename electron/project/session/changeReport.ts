/** What a window needs to know about a change of the document, beyond its patches. */
import type { ClipCoverage, ConcernedFrames } from '../../contract/project.ts'
import type { Clip, Project } from '../../contract/projectDocument.ts'
import { concernedFrames, staleFrames, uncoloredFrames } from '../dependents.ts'

export function coverageOf(clip: Clip): ClipCoverage {
  return { clip: clip.id, stale: staleFrames(clip), uncolored: uncoloredFrames(clip) }
}

/** Of the clips that differ: what has to be colored, and what has to be drawn anew. */
export function reportChange(
  before: Project,
  after: Project,
): { coverage: ClipCoverage[]; concerned: ConcernedFrames[] } {
  const coverage: ClipCoverage[] = []
  const concerned: ConcernedFrames[] = []
  for (const clip of after.clips) {
    const old = before.clips.find((each) => each.id === clip.id)
    if (old === clip) continue
    coverage.push(coverageOf(clip))
    if (!old) continue
    const { redraw, outdated } = concernedFrames(old, clip)
    if (redraw.length + outdated.length > 0)
      concerned.push({ clip: clip.id, redraw: [...redraw], outdated: [...outdated] })
  }
  return { coverage, concerned }
}
