/**
 * `npm run matrix`: films of all kinds (sources.ts) to every format that the program offers; each export is read back
 * by ffprobe and by MediaInfo and compared with what was asked. Prints one table and exits with 1 where something
 * differs without an explanation (explained.ts).
 *   --only "gray prores"  what has all of these words in its source's name or its format's
 *   --sheet FILE.png      the first picture of each export: a row for each source, a column for each format
 *   --keep FOLDER         leaves sources and exports there
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureMediaInfo, type MediaInfo } from '../../build/setup/mediaInfo.ts'
import { exportFormat, exportFormatIds, type ExportFormatId } from '../../electron/contract/formats.ts'
import { UserError } from '../../electron/contract/userError.ts'
import { recolor } from '../material/recolor.ts'
import { askedOf, isRefused } from './asked.ts'
import { askedColors, colorError, drawnChroma, firstPicture } from './colors.ts'
import { explanationOf } from './explained.ts'
import { properties, type Facts } from './facts.ts'
import { findFfprobe, readByFfprobe } from './ffprobe.ts'
import { readByMediaInfo } from './mediaInfo.ts'
import { writeSheet, type SheetRow } from './sheet.ts'
import { coveringSources, drawSource, meanLumas, nameOf, type Source } from './sources.ts'
import { explanationLines, tableLines, type Cell, type Row } from './table.ts'

/** Means are off by less, of 255, by rounding, by dithering and by a codec's loss. */
const NEAR = 3

export interface Readers {
  readonly ffprobe: string | null
  readonly mediaInfo: MediaInfo | null
}

/** What can be had here of the two; says what can not. */
export async function findReaders(say: (line: string) => void): Promise<Readers> {
  const ffprobe = await findFfprobe()
  if (ffprobe === null) say('ffprobe is not installed: exports are read back by MediaInfo alone.')
  const mediaInfo = await ensureMediaInfo().catch((error: unknown) => {
    say(`MediaInfo can not be had here (${error instanceof Error ? error.message.split('\n')[0] : String(error)}).`)
    return null
  })
  if (ffprobe === null && mediaInfo === null) throw new Error('There is nothing to read the exports back by.')
  return { ffprobe, mediaInfo }
}

export interface MatrixOptions {
  /** Words that have to be in the name of a source or format. */
  readonly only?: readonly string[]
  readonly sources?: readonly Source[]
  readonly readers: Readers
  readonly folder: string
  readonly say: (line: string) => void
  readonly sheet?: string
}

/** Exports, reads back, and gives the rows of the table. */
export async function runMatrix(options: MatrixOptions): Promise<Row[]> {
  const { only = [], folder, say, sheet } = options
  const rows: Row[] = []
  const shown: SheetRow[] = []
  for (const [n, source] of (options.sources ?? coveringSources()).entries()) {
    const name = nameOf(source)
    const formats = exportFormatIds.filter((id) => only.every((word) => `${name} ${id}`.toLowerCase().includes(word)))
    if (formats.length === 0) continue
    const path = await drawSource(folder, `source${n + 1}`, source)
    const lumas = await meanLumas(path, source)
    const trials = formats.map((id) => () => oneExport(options, { n, source, path, lumas }, id))
    // One waits for ffmpeg while another computes.
    const done = await inTurns(2, trials)
    const its = done.flatMap((each) => each.rows)
    for (const line of tableLines(name, its)) say(line)
    rows.push(...its)
    shown.push(done.map(({ picture }) => picture))
  }
  for (const line of explanationLines()) say(line)
  if (sheet !== undefined) await writeSheet(sheet, shown)
  return rows
}

export interface Material {
  readonly n: number
  readonly source: Source
  readonly path: string
  readonly lumas: readonly [number, number]
}

interface Exported {
  readonly rows: readonly Row[]
  readonly picture: Uint16Array | null
}

async function oneExport({ folder, readers }: MatrixOptions, film: Material, id: ExportFormatId): Promise<Exported> {
  const { n, source } = film
  const format = exportFormat(id)
  const target = join(folder, `source${n + 1}-${id}${format.endings[0] ?? ''}`)
  const only = (reader: string, said: string, isAsked: boolean): Exported => ({
    rows: [{ format: id, reader, cells: [], said, isAsked }],
    picture: null,
  })
  await rm(target, { recursive: true, force: true })
  let path: string
  try {
    path = (await recolor(film.path, target, id, { chroma: drawnChroma })).path
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const isAsked =
      error.code === 'encoder-missing' || (error.code === 'unsupported-picture' && isRefused(source, format))
    return only('', `refused: ${error.message}`, isAsked)
  }
  if (isRefused(source, format)) return only('', 'was to be refused for its rate', false)
  return readBack(readers, { ...film, path }, id)
}

/**
 * Reads an export by each reader and compares it with what is asked of its source in its format.
 * @param film the export, the source it is of, and that one's luma
 */
export async function readBack(
  readers: Readers,
  { source, path, lumas }: Omit<Material, 'n'>,
  id: ExportFormatId,
): Promise<Exported> {
  const isSequence = exportFormat(id).container === 'image2'
  const first = isSequence ? join(path, (await readdir(path)).sort()[0]!) : path
  const input = isSequence ? first.replace('000000', '%06d') : path
  const asked = askedOf(source, id)
  const picture = await firstPicture(['-i', input], `${path}.raw`, id === 'exr-sequence')
  const off = colorError(picture, askedColors(source, lumas, id))
  const shownOff = off < NEAR ? 'near' : `${off.toFixed(1)} off`
  const rows: Row[] = []
  const add = (reader: 'ffprobe' | 'MediaInfo', found: Facts): void =>
    void rows.push({ format: id, reader, cells: cellsOf(source, id, reader, asked, found), said: '', isAsked: true })
  if (readers.ffprobe !== null)
    add('ffprobe', { ...(await readByFfprobe(readers.ffprobe, input, isSequence)), picture: shownOff })
  if (readers.mediaInfo !== null) add('MediaInfo', await readByMediaInfo(readers.mediaInfo, first))
  return { rows, picture }
}

function cellsOf(source: Source, id: ExportFormatId, reader: Row['reader'], asked: Facts, found: Facts): Cell[] {
  return properties.map((property) => {
    const [wanted, is] = [asked[property], found[property]]
    const differs = wanted !== null && is !== null && wanted !== is
    const why = differs ? explanationOf({ source, id, reader, property, asked: wanted, found: is }) : null
    return { asked: wanted, found: is, differs, why }
  })
}

/**
 * Runs them, so many at a time, and gives what came of each in its order. Where one throws, it is thrown on when none
 * runs any more: what still writes would be in the way of clearing up.
 */
async function inTurns<T>(atOnce: number, trials: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let n = next++; n < trials.length; n = next++) results[n] = await trials[n]!()
  }
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return results
}

/** Rows in which something differs that nothing explains. */
export const unexplained = (rows: readonly Row[]): Row[] =>
  rows.filter(({ cells, isAsked }) => !isAsked || cells.some(({ differs, why }) => differs && why === null))

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, sheet: { type: 'string' }, keep: { type: 'string' } },
  })
  const say = (line: string): void => console.log(line)
  const folder = values.keep === undefined ? await mkdtemp(join(tmpdir(), 'colornn-matrix-')) : resolve(values.keep)
  await mkdir(folder, { recursive: true })
  try {
    const rows = await runMatrix({
      only: (values.only ?? '')
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== ''),
      readers: await findReaders(say),
      folder,
      say,
      ...(values.sheet !== undefined && { sheet: resolve(values.sheet) }),
    })
    const exports = rows.filter(
      ({ cells, reader }) => cells.length > 0 && reader === rows.find((row) => row.cells.length > 0)?.reader,
    )
    const wrong = unexplained(rows)
    say(`${exports.length} exports read back; ${wrong.length} lines with a difference that nothing explains`)
    return rows.length === 0 || wrong.length > 0 ? 1 : 0
  } finally {
    if (values.keep === undefined) await rm(folder, { recursive: true, force: true })
  }
}

if (import.meta.filename === process.argv[1]) process.exitCode = await main()
