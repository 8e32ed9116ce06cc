/** What the record of an export says of its frames, gathered while they are written. */
import { basename } from 'node:path'
import type { FilmComparison } from '../../contract/comparison.ts'
import { SYNTHETIC_SOURCE_TYPE, RECORD_FORMAT, RECORD_VERSION, type ExportRecord } from '../../contract/exportRecord.ts'
import type { ExportAccount } from '../../contract/exportAccount.ts'
import type { ExportSettings } from '../../contract/exportSettings.ts'
import type { FrameRange, ModelInfo } from '../../contract/schemas.ts'
import { inWords, type Sentence } from '../../contract/sentence.ts'
import type { ComposedColoring } from '../film/composition.ts'
import type { Film } from '../film/film.ts'
import { keepsOwn, type FilmView } from '../film/filmView.ts'
import { extendRanges, includesFrame } from '../../contract/ranges.ts'
import type { MatrixChange } from '../picture/matrixChange.ts'
import type { FinishedFilm } from '../writing/encode.ts'
import type { FrameRemark } from '../writing/segments/segmentFolder.ts'
import type { FileLabel } from '../writing/heads/fileLabel.ts'

/** Who makes a film, and what the project says of it. */
export interface Maker {
  readonly account: ExportAccount
  readonly models: readonly ModelInfo[]
}

/** Chroma below half a step of 8 bits is gray in every file. */
const GRAY = 0.5 / 255

const isGray = ({ values }: { readonly values: Float32Array }): boolean =>
  values.every((value) => Math.abs(value) < GRAY)

/** To so many digits confidences are told. */
const DIGITS = 1e3
const rounded = (value: number): number => Math.round(value * DIGITS) / DIGITS

/** @param coloring null: the film's own */
export function remarkOf(coloring: Pick<ComposedColoring, 'chroma' | 'base'> | null): FrameRemark {
  if (!coloring) return { colors: 'own', confidence: null }
  return { colors: isGray(coloring.chroma) ? 'gray' : 'synthetic', confidence: coloring.base.confidence }
}

export class FrameColors {
  readonly synthetic: FrameRange[] = []
  readonly gray: FrameRange[] = []
  readonly own: FrameRange[] = []
  /** By frame, of those that networks have colored. */
  readonly #confidences = new Map<number, number>()

  /** Frames come in ascending order. */
  add(frame: number, { colors, confidence }: FrameRemark): void {
    extendRanges(this[colors], frame)
    if (confidence !== null) this.#confidences.set(frame, confidence)
  }

  /** Mean and lowest of a shot; null where networks have colored none of its frames. */
  confidence({ from, to }: FrameRange): ExportRecord['shots'][number]['confidence'] {
    let [sum, count, lowest, lowestAt] = [0, 0, Infinity, from]
    for (let frame = from; frame < to; frame++) {
      const confidence = this.#confidences.get(frame)
      if (confidence === undefined) continue
      sum += confidence
      count++
      if (confidence < lowest) [lowest, lowestAt] = [confidence, frame]
    }
    return count === 0 ? null : { mean: rounded(sum / count), lowest: rounded(lowest), lowestAt }
  }
}

/** Whether any frame of a range gets colors that are not the film's own. */
export function isSynthetic(view: FilmView, { from, to }: FrameRange): boolean {
  for (let frame = from; frame < to; frame++) if (!keepsOwn(view, frame)) return true
  return false
}

export interface WrittenExport {
  readonly finished: Pick<FinishedFilm, 'path' | 'found' | 'notes'>
  readonly range: FrameRange
  readonly order: ExportSettings
  /** What frames that keep the film's own colors went through; null where they are as they were. */
  readonly ownChange: Pick<MatrixChange, 'from' | 'to'> | null
  /** Notes on it that are not of its end. */
  readonly before: readonly Sentence[]
  /** Of the file; null of folders of pictures, and where it could not be read. */
  readonly sha256: string | null
}

const said = (sentences: readonly Sentence[]): string[] => sentences.map((each) => inWords(each))

/** How a comparison is to be read. */
const comparisonWords: Readonly<Record<FilmComparison['kind'], string>> = {
  wipe: 'A comparison: colors are left of the line, the film’s own picture is right of it. ',
  side: 'A comparison: the film’s own picture is on the left, the same in color on the right. ',
}

const wordsOf = (comparison: FilmComparison | undefined): string => (comparison ? comparisonWords[comparison.kind] : '')

/** What a file with synthetic colors says of itself. */
export function labelOf(
  { account: { program }, models }: Pick<Maker, 'models'> & { readonly account: Pick<ExportAccount, 'program'> },
  comparison?: FilmComparison,
): FileLabel {
  const networks = models.map(({ name, version }) => `${name} ${version}`).join(', ')
  const words = `Colors made by ${program.name} ${program.version} (${networks}); brightness is that of the film.`
  return { program, words: `${wordsOf(comparison)}${words}` }
}

function statementOf(
  { program }: ExportAccount,
  { synthetic, own }: FrameColors,
  comparison: FilmComparison | undefined,
  ownChange: WrittenExport['ownChange'],
): string {
  const change = own.length > 0 ? ownChange : null
  const converted = change
    ? ` The frames under “own” have the film’s own colors, converted from ${change.from} to ${change.to}, luma as well.`
    : ''
  if (synthetic.length === 0) return `${wordsOf(comparison)}No frame of this export is synthetic in color.${converted}`
  const kept = own.length > 0 && !change ? ' The frames under “own” are as they are in the film.' : converted
  const luma = `Luma (brightness) is that of the film${change ? ', but in the frames under “own”' : ''}.`
  return (
    `${wordsOf(comparison)}${luma} The colors of the frames under “synthetic” are not a record of what was ` +
    `in front of the camera: ${program.name} ${program.version} has made them with trained networks, from what the ` +
    `artist gave it.${kept}`
  )
}

/** The record of a finished file. Frames, shots and edits are those of the film, by its numbers. */
export function recordOf(
  { info, tools }: Pick<Film, 'info' | 'tools'>,
  { account, models }: Maker,
  colors: FrameColors,
  { finished: { path, found, notes }, range, order, ownChange, before, sha256 }: WrittenExport,
): ExportRecord {
  const { format, timecode = null, firstNumber = null, sizes = 'largest' } = order
  const { comparison, delivery = {}, pieces } = order
  const shown = pieces ?? [range]
  const touches = (one: FrameRange): boolean => shown.some(({ from, to }) => one.from < to && one.to > from)
  const isDelivered = Object.keys(delivery).length > 0
  const shots = account.shots.filter(touches)
  const isShown = (frame: number): boolean => includesFrame(shots, frame)
  return {
    format: RECORD_FORMAT,
    version: RECORD_VERSION,
    statement: statementOf(account, colors, comparison, ownChange),
    digitalSourceType: colors.synthetic.length > 0 ? SYNTHETIC_SOURCE_TYPE : null,
    writtenAt: new Date().toISOString(),
    program: account.program,
    networks: models.map(({ name, version, sha256 }) => ({ name, version, sha256 })),
    ffmpeg: tools.version,
    source: {
      name: info.name,
      identity: { value: account.filmHash, of: 'size and samples' },
      pictures: account.pictures,
      bytes: info.bytes,
      frames: info.frameCount,
      rate: info.rate,
      width: info.width,
      height: info.height,
    },
    file: {
      name: basename(path),
      ...(sha256 !== null && { sha256 }),
      settings: {
        ...{ format, range, timecode, firstNumber, sizes },
        ...(comparison && { comparison }),
        ...(isDelivered && { delivery }),
        ...(pieces && { pieces: [...pieces] }),
      },
    },
    synthetic: colors.synthetic,
    gray: colors.gray,
    own: colors.own,
    shots: shots.map((shot) => ({ ...shot, confidence: colors.confidence(shot) })),
    pins: account.pins.filter(({ frame }) => isShown(frame)),
    edits: account.edits.filter(({ frame }) => isShown(frame)),
    locks: account.locks.filter(touches),
    readBack: { asOrdered: found !== null, said: said(found === null ? notes : [found]) },
    notes: said([...before, ...notes]),
  }
}
