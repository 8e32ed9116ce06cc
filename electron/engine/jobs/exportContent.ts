/** A name for what the pictures of an export show: of equal name, they are equal to the bit. */
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import { program } from '../../contract/program.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { digest } from '../../content/digest.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import { picturesNeeded } from '../overrides/applyOperations.ts'
import { fileStamp } from '../reading/fileStamp.ts'
import type { ExportPart } from './exportParts.ts'

/**
 * Of the film by its bytes, the networks and the program's version, and of all that the document says of the part's
 * frames. Whatever else the document says makes no difference.
 */
export async function exportContent(film: Film, view: FilmView, { range, footage }: ExportPart): Promise<string> {
  const touches = ({ from, to }: FrameRange): boolean => from < range.to && to > range.from
  const { wanted, looks, regionLocks, locked } = view.layout
  const segments = wanted.filter(touches).map((segment) => within(segment, range))
  const frames = [...view.frames].filter(([frame]) => frame >= range.from && frame < range.to).sort(([a], [b]) => a - b)
  const locks = regionLocks.filter(touches)
  const files = new Set(Object.values(locked))
  for (const [, { base, operations }] of frames) {
    if (base.kind !== 'automatic') files.add(base.path)
    for (const id of picturesNeeded(operations)) files.add(view.pictures[id] ?? '')
  }
  const stamps = await Promise.all([...files].sort().map(async (path) => [path, await fileStamp(path)]))
  return digest(
    program.version,
    film.name,
    footage.layout,
    footage.info.rate,
    range,
    segments,
    frames,
    looks.filter(touches),
    locks,
    stamps,
  )
}

/** As far as it goes in the range: what a frame's colors are does not depend on where else they were wanted. */
function within({ from, to, ...same }: PlannedSegment, range: FrameRange): PlannedSegment {
  return { ...same, from: Math.max(from, range.from), to: Math.min(to, range.to) }
}
