/** A name for what the pictures of an export show: of equal name, they are equal to the bit. */
import { basename } from 'node:path'
import type { FilmComparison } from '../../contract/comparison.ts'
import type { FinePictureFile, FrameColoring, PlannedSegment } from '../../contract/filmEdits.ts'
import { assetIdSchema } from '../../contract/operations.ts'
import { program } from '../../contract/program.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { digest } from '../../content/digest.ts'
import type { Film } from '../film/film.ts'
import type { FilmView } from '../film/filmView.ts'
import { fileStamp } from '../reading/fileStamp.ts'
import type { ExportPart } from './exportParts.ts'

/** How colors are brought to full size: another way makes other pictures of the same document. */
const COMPOSING = 'composing-2'

/**
 * Of the film by its bytes, the networks and the program's version, and of all that the document says of the part's
 * frames, and of how they are shown beside the film's own. Whatever else the document says, and where its files lie,
 * makes no difference.
 */
export async function exportContent(
  film: Pick<Film, 'name'>,
  { layout, frames }: Pick<FilmView, 'layout' | 'frames'>,
  { range, footage }: Pick<ExportPart, 'range'> & { footage: Pick<ExportPart['footage'], 'layout' | 'info'> },
  comparison: FilmComparison | null = null,
): Promise<string> {
  const touches = ({ from, to }: FrameRange): boolean => from < range.to && to > range.from
  const touched = [...frames].filter(([frame]) => touches({ from: frame, to: frame + 1 })).sort(([a], [b]) => a - b)
  const locked = Object.entries(layout.locked).sort(([a], [b]) => (a < b ? -1 : 1))
  const fine = (layout.lockedPictures ?? []).filter(touches)
  return digest(
    program.version,
    COMPOSING,
    film.name,
    footage.layout,
    footage.info.rate,
    range,
    layout.wanted.filter(touches).map((segment) => within(segment, range)),
    await Promise.all(touched.map(async ([frame, coloring]) => [frame, await shownOf(coloring)])),
    layout.looks.filter(touches),
    layout.regionLocks.filter(touches),
    await Promise.all(locked.map(async ([key, path]) => [key, await nameOf(path)])),
    await Promise.all(fine.map(async ({ from, to, pictures }) => [from, to, await namesOf(pictures)])),
    comparison,
  )
}

/** As far as it goes in the range: what a frame's colors are does not depend on where else they were wanted. */
function within({ from, to, ...same }: PlannedSegment, range: FrameRange): PlannedSegment {
  return { ...same, from: Math.max(from, range.from), to: Math.min(to, range.to) }
}

/** Operations name their pictures by what is in them. */
async function shownOf({ base, operations }: FrameColoring): Promise<unknown> {
  if (base.kind === 'automatic') return [base.kind, null, operations]
  const fine = base.kind === 'frozen' ? (base.pictures ?? []) : []
  return [base.kind, await nameOf(base.path), operations, await namesOf(fine)]
}

const namesOf = (pictures: readonly FinePictureFile[]): Promise<unknown[]> =>
  Promise.all(pictures.map(async ({ frame, path }) => [frame, await nameOf(path)]))

/** A project's own files bear the hash of what is in them; others may be written to. */
async function nameOf(path: string): Promise<unknown> {
  const name = basename(path)
  return assetIdSchema.safeParse(name).success ? name : [path, await fileStamp(path)]
}
