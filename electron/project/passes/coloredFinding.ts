/** What a pass has done to a clip, as the finding that says so. */
import type { Finding } from '../../contract/findings.ts'
import type { Clip, PassMode, PassResult } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { passKey, stretchesOf } from './passKeys.ts'
import { lockedFrames } from '../commands/pinCommands.ts'
import { intersect, subtract } from '../../contract/ranges.ts'
import { mergeResults } from './passResults.ts'

export interface ColoredPart extends FrameRange {
  readonly mode: PassMode
}

/**
 * A pass has colored these frames, as the clip's pins and shots are now. Pinned and locked ones among them stay as they
 * are.
 */
export function coloredFinding(clip: Clip, parts: readonly ColoredPart[]): Finding {
  const locked = lockedFrames(clip)
  const stretches = stretchesOf(clip)
  const results = parts.flatMap(({ from, to, mode }) => {
    const open = subtract([{ from, to }], locked)
    const reached = stretches.filter((stretch) => stretch.to > from && stretch.from < to)
    return reached.flatMap((stretch) =>
      intersect(open, stretch).map((part): PassResult => ({ ...part, mode, key: passKey(clip, stretch, mode) })),
    )
  })
  return { kind: 'colored', clip: clip.id, results: mergeResults(results) }
}
