/** By what a file that is there already differs from what is ordered, as far as its record tells. Pure. */
import { isDeepStrictEqual } from 'node:util'
import type { FilmComparison } from '../contract/comparison.ts'
import type { Delivery } from '../contract/delivery.ts'
import type { ExportAccount } from '../contract/exportAccount.ts'
import type { ExportRecord } from '../contract/exportRecord.ts'
import type { ExportFormatId, SizesWish } from '../contract/formats.ts'
import { includesFrame } from '../contract/ranges.ts'
import type { FrameRange, ModelInfo } from '../contract/schemas.ts'

export interface OrderedSettings {
  readonly format: ExportFormatId
  readonly sizes: SizesWish
  readonly delivery: Delivery
  readonly comparison: FilmComparison | null
  readonly timecode: string | null
  readonly firstNumber: number | null
  /** Shots that are put together; null where it is not known which frames they are, else as in a record. */
  readonly pieces: readonly FrameRange[] | undefined | null
}

export interface OrderedColors {
  readonly account: ExportAccount
  /** Shots that keep the film's own colors; null where the shots are still to be found, and theirs are not compared. */
  readonly keptShots: readonly FrameRange[] | null
  /** Frames are still to be pinned, in colors that the program makes. */
  readonly pinsAlike: boolean
  /** Frames are pinned in colors that the program makes anew each time. */
  readonly makesPins: boolean
  /** That would color it. */
  readonly networks: readonly Pick<ModelInfo, 'name' | 'version' | 'sha256'>[]
}

const deliveryWords: Readonly<Record<keyof Delivery, string>> = {
  quality: 'quality',
  bitRate: 'bit rate',
  profile: 'profile',
  depth: 'bits of a sample',
  sound: 'sound',
  crop: 'crop',
  size: 'size',
  deinterlace: 'deinterlacing',
  handles: 'handles',
  shape: 'shape',
  enlarge: 'enlarging',
}

/** What pictures and colors are called makes no difference to how a film is colored, nor what is written to a frame. */
const NAMES: ReadonlySet<string> = new Set(['name', 'note', 'label', 'confidence'])
const withoutNames = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, each: unknown) => (NAMES.has(key) ? undefined : each)))
const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(withoutNames(one), withoutNames(other))

/** Words for the artist, none where nothing differs. */
export function otherSettings(record: ExportRecord, ordered: OrderedSettings, colors: OrderedColors): string[] {
  const { settings } = record.file
  const said = otherColors(record, colors)
  const { comparison = null, delivery = {} } = settings
  const words = Object.entries(deliveryWords) as [keyof Delivery, string][]
  return [
    ...(settings.format === ordered.format ? [] : ['format']),
    ...(settings.sizes === ordered.sizes ? [] : ['sizes']),
    ...(isSame(comparison, ordered.comparison) ? [] : ['comparison']),
    ...words.flatMap(([field, word]) =>
      isSame(delivery[field] ?? null, ordered.delivery[field] ?? null) ? [] : [word],
    ),
    ...(settings.timecode === ordered.timecode ? [] : ['start timecode']),
    ...(settings.firstNumber === ordered.firstNumber ? [] : ['number of the first picture']),
    ...(ordered.pieces === null || isSame(settings.pieces ?? [], ordered.pieces ?? []) ? [] : ['shots put together']),
    // What is told apart by a name of its own says more.
    ...(said.length > 0 || isMadeOfSame(record, colors) ? said : ['what its colors are made of']),
    ...(hasSameNetworks(record, colors) ? [] : ['networks']),
  ]
}

/** Whether the export shows something of a range: of pieces, which follow one another in it, nothing between them. */
const showsOf =
  ({ range, pieces = [range] }: ExportRecord['file']['settings']) =>
  (one: FrameRange): boolean =>
    pieces.some(({ from, to }) => one.from < to && one.to > from)

/** As far as both tell: strokes, regions and the like are more than their account says. */
function isMadeOfSame({ file, shots, pins }: ExportRecord, { account, keptShots, makesPins }: OrderedColors): boolean {
  if (keptShots === null) return true
  const ordered = account.shots.filter(showsOf(file.settings))
  return shots.every((shot, n) => {
    const other = ordered[n]?.madeOf
    if (shot.madeOf === undefined || other === undefined || shot.madeOf === other) return true
    // Of those it is told that they are there, and in which frame. Which lie beside a transition, no record says.
    const isFrozen = pins.some(({ frame, kind }) => kind === 'frozen' && includesFrame([shot], frame))
    return makesPins && (isFrozen || shot.kind === 'transition')
  })
}

/** They matter where they have colored something. */
function hasSameNetworks({ networks, synthetic, gray }: ExportRecord, colors: OrderedColors): boolean {
  if (synthetic.length + gray.length === 0) return true
  const named = colors.networks.map(({ name, version, sha256 }) => ({ name, version, sha256 }))
  return isDeepStrictEqual([...networks], named)
}

function otherColors(
  { file, shots, own, pins, edits, locks }: ExportRecord,
  { account, keptShots, pinsAlike }: OrderedColors,
): string[] {
  const { range } = file.settings
  const touches = showsOf(file.settings)
  const isShown = ({ frame }: { readonly frame: number }): boolean => includesFrame(shots, frame)
  const within = <S extends FrameRange>(shot: S): S => ({
    ...shot,
    from: Math.max(shot.from, range.from),
    to: Math.min(shot.to, range.to),
  })
  const told = (shot: ExportAccount['shots'][number]) => within({ ...shot, madeOf: undefined })
  const isCounted = ({ kind }: { readonly kind: string }): boolean => !pinsAlike || kind !== 'frozen'
  const worked = (each: ExportAccount['edits']) => each.filter(({ operations }) => operations.length > 0)

  const orderedShots = account.shots.filter(touches)
  const [orderedPins, orderedEdits] = [account.pins.filter(isShown), worked(account.edits.filter(isShown))]
  const keepsOwn = (shot: FrameRange): boolean => {
    if (!keptShots?.some((kept) => kept.from <= shot.from && kept.to >= shot.to)) return false
    const touched = new Set([...orderedPins, ...orderedEdits].map(({ frame }) => frame))
    const isLocked = (frame: number): boolean =>
      account.locks.some((lock) => lock.part === 'frames' && lock.from <= frame && lock.to > frame)
    const { from, to } = within(shot)
    return Array.from({ length: to - from }, (_, n) => from + n).some(
      (frame) => !touched.has(frame) && !isLocked(frame),
    )
  }
  const hasOwn = ({ from, to }: FrameRange): boolean => own.some((kept) => kept.from < to && kept.to > from)

  return [
    ...(keptShots === null || isSame(shots.map(told), orderedShots.map(told)) ? [] : ['shots and their looks']),
    ...(keptShots === null || orderedShots.every((shot) => keepsOwn(shot) === hasOwn(within(shot)))
      ? []
      : ['keeping its own colors']),
    ...(isSame(pins.filter(isCounted), orderedPins.filter(isCounted)) ? [] : ['pins']),
    ...(isSame(worked(edits), orderedEdits) ? [] : ['edits']),
    ...(isSame(locks, account.locks.filter(touches)) ? [] : ['locks']),
  ]
}
