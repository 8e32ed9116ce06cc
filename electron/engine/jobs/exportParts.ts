/** The files that an export is written as: one, or one for each part of the film whose pictures are of one size. */
import { basename, dirname, extname, join } from 'node:path'
import type { ExportSettings } from '../../contract/exportSettings.ts'
import { fittingName } from '../../contract/fileNames.ts'
import { exportFormats, type ExportFormatId } from '../../contract/formats.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { listed, sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { Film } from '../film/film.ts'
import type { Footage } from '../reading/footage.ts'
import { sizedFootage } from '../reading/sizedFootage.ts'

export interface ExportPart {
  readonly range: FrameRange
  readonly target: string
  /** The film in the size that the part is written in. */
  readonly footage: Footage
}

interface WantedParts extends Pick<ExportSettings, 'format' | 'sizes' | 'delivery' | 'pieces'> {
  readonly target: string
  readonly range: FrameRange
}

/** Parts that a note names. */
const NAMED = 6

/** 'film part 2.mkv' of 'film.mkv'; as many digits for all, so that files sort as the film goes. */
function partTarget(target: string, format: ExportFormatId, number: number, count: number): string {
  const ending = exportFormats[format].endings.length === 0 ? '' : extname(target)
  const digits = String(number).padStart(String(count).length, '0')
  return join(dirname(target), fittingName(basename(target, ending), ` part ${digits}${ending}`))
}

/**
 * As a whole an export is as large as the largest pictures in its range, so that nothing of any frame is lost. What is
 * of one size is one part, under the very name that was asked for. Pieces are put together in one file whatever is
 * asked for: the window asks for parts of every film that changes its size.
 * @throws UserError 'bad-argument' where pictures of several sizes would be cropped alike
 */
export function exportParts(
  { footage }: Pick<Film, 'footage'>,
  { target, format, range, pieces, delivery, sizes = 'largest' }: WantedParts,
): ExportPart[] {
  const known = footage.source.sizes
  const stretches = sizes === 'parts' && !pieces ? known.stretches(range) : []
  const whole = sizedFootage(footage, known.largest(range))
  if (delivery?.crop && (stretches.length > 1 || whole !== footage)) {
    throw new UserError(
      'bad-argument',
      sentence`The pictures of this film change their size, so the same can not be cut off all of them.`,
      sentence`Leave that out, or export a part of the film that is of its first size.`,
    )
  }
  if (stretches.length < 2) return [{ range, target, footage: whole }]
  return stretches.map(({ from, to, size }, n) => ({
    range: { from, to },
    target: partTarget(target, format, n + 1, stretches.length),
    footage: sizedFootage(footage, size),
  }))
}

/**
 * What is written of a film that a part of it was asked for, with as many frames more on each side as it has.
 * @throws UserError 'bad-argument' where the part is made of pieces
 */
export function withHandles(
  { info }: Pick<Film, 'info'>,
  { from, to }: FrameRange,
  { delivery: { handles = 0 } = {}, pieces }: Pick<ExportSettings, 'delivery' | 'pieces'>,
): FrameRange {
  if (pieces && handles > 0) {
    throw new UserError(
      'bad-argument',
      sentence`Shots that are put together in one file follow one another without more frames between.`,
      sentence`Leave the handles out, or export each shot as a file of its own.`,
    )
  }
  return { from: Math.max(0, from - handles), to: Math.min(info.frameCount, to + handles) }
}

/** The first 'count' frames of pieces, and the others. */
export function partedAt(
  pieces: readonly FrameRange[],
  count: number,
): { readonly known: FrameRange[]; readonly rest: FrameRange[] } {
  const [known, rest]: [FrameRange[], FrameRange[]] = [[], []]
  let left = count
  for (const { from, to } of pieces) {
    const at = Math.min(to, from + Math.max(0, left))
    left -= to - from
    if (at > from) known.push({ from, to: at })
    if (at < to) rest.push({ from: at, to })
  }
  return { known, rest }
}

/** The names of the files that an export is to be written as. */
export function exportTargets(film: Pick<Film, 'footage'>, wanted: WantedParts): string[] {
  return exportParts(film, wanted).map(({ target }) => target)
}

/** What of the parts is still to be written. */
export const partsLeft = (parts: readonly ExportPart[], kept: readonly string[] = []): ExportPart[] =>
  parts.filter(({ target }) => !kept.includes(target))

/** What was written as parts, by the names that they have in the end. */
export function partsSentence(
  { footage }: Pick<Film, 'footage'>,
  parts: readonly ExportPart[],
  paths: readonly string[],
): Sentence {
  const named = paths.slice(0, NAMED).map((path, n) => {
    const { from, to } = parts[n]!.range
    return sentence`“${basename(path)}” (${footage.source.sizes.described(footage.source.sizes.at(from))}, frames ${from} to ${to - 1})`
  })
  const more = paths.length - named.length
  return sentence`The film was written in parts of one size each: ${listed(more > 0 ? [...named, sentence`${more} more`] : named)}.`
}

/** Where a later part could not be written. */
export function keptPartsSentence(paths: readonly string[]): Sentence {
  return paths.length === 1
    ? sentence`The part “${basename(paths[0]!)}” was finished before and is kept.`
    : sentence`The parts “${basename(paths[0]!)}” to “${basename(paths.at(-1)!)}” were finished before and are kept.`
}
