/**
 * Names and numbers of color tags: what an export says of itself, so that players show it as it was meant. ITU-T H.273.
 */
import type { ExportFormat } from '../../../contract/formats.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import type { PixelLayout } from '../../picture/pixelLayout.ts'
import type { FootageSource } from '../../reading/footage.ts'
import type { ColorTags } from '../../reading/opening/probeText.ts'
import type { ColorNumbers } from '../segments/rawMatroska.ts'

const matrices: Readonly<Record<string, number>> = {
  bt709: 1,
  fcc: 4,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  bt2020nc: 9,
  bt2020c: 10,
}
const primaries: Readonly<Record<string, number>> = {
  bt709: 1,
  bt470m: 4,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  film: 8,
  bt2020: 9,
  smpte428: 10,
  smpte431: 11,
  smpte432: 12,
  ebu3213: 22,
}
/**
 * Transfers that pictures for showing are stored by. Others, such as 'linear' and the logarithms, would have players
 * convert samples that are taken as they are: luma is kept bit for bit, and looked at as any film's.
 */
const transfers: Readonly<Record<string, number>> = {
  bt709: 1,
  bt470m: 4,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  'iec61966-2-4': 11,
  bt1361e: 12,
  'iec61966-2-1': 13,
  'bt2020-10': 14,
  'bt2020-12': 15,
  smpte2084: 16,
  smpte428: 17,
  'arib-std-b67': 18,
}
const UNSPECIFIED = 2

type Tagged = keyof Omit<ColorNumbers, 'matrix'>

/** What cannot be said in a container, or by an encoder: x265 stops over it, x264 and MXF have no word for it. */
const unnamed: readonly {
  readonly by: (format: Pick<ExportFormat, 'container' | 'encoder'>) => boolean
  readonly numbers: Readonly<Record<Tagged, readonly number[]>>
}[] = [
  { by: ({ encoder }) => encoder === 'libx264' || encoder === 'libx265', numbers: { primaries: [22], transfer: [] } },
  { by: ({ container }) => container === 'mxf', numbers: { primaries: [4, 7, 8, 22], transfer: [5, 13] } },
]

/** Numbers that mean the same: MXF has one label for all of them (SMPTE ST 2067-21 and RP 224). */
const alike: Readonly<Record<keyof ColorNumbers, readonly (readonly number[])[]>> = {
  matrix: [[5, 6]],
  primaries: [],
  transfer: [[1, 6, 14, 15]],
}

/** Whether what ffmpeg reads from a file, in its own names, is what was to be written. */
export function saysColors(
  read: ColorTags,
  asked: ColorNumbers,
  { container }: Pick<ExportFormat, 'container'>,
): boolean {
  const found: ColorNumbers = {
    matrix: matrices[read.space] ?? UNSPECIFIED,
    primaries: primaries[read.primaries] ?? UNSPECIFIED,
    transfer: transfers[read.transfer] ?? UNSPECIFIED,
  }
  const isSame = (of: keyof ColorNumbers): boolean =>
    found[of] === asked[of] ||
    (container === 'mxf' && alike[of].some((group) => group.includes(found[of]) && group.includes(asked[of])))
  return isSame('matrix') && isSame('primaries') && isSame('transfer')
}

const [D65, C, DCI, E] = [
  [0.3127, 0.329],
  [0.31, 0.316],
  [0.314, 0.351],
  [1 / 3, 1 / 3],
] as const
const P3 = [0.68, 0.32, 0.265, 0.69, 0.15, 0.06] as const
/** x and y of red, green, blue and white, by the numbers of primaries. */
const places: Readonly<Record<number, readonly number[]>> = {
  1: [0.64, 0.33, 0.3, 0.6, 0.15, 0.06, ...D65],
  4: [0.67, 0.33, 0.21, 0.71, 0.14, 0.08, ...C],
  5: [0.64, 0.33, 0.29, 0.6, 0.15, 0.06, ...D65],
  6: [0.63, 0.34, 0.31, 0.595, 0.155, 0.07, ...D65],
  7: [0.63, 0.34, 0.31, 0.595, 0.155, 0.07, ...D65],
  8: [0.681, 0.319, 0.243, 0.692, 0.145, 0.049, ...C],
  9: [0.708, 0.292, 0.17, 0.797, 0.131, 0.046, ...D65],
  10: [1, 0, 0, 1, 0, 0, ...E],
  11: [...P3, ...DCI],
  12: [...P3, ...D65],
  22: [0.63, 0.34, 0.295, 0.605, 0.155, 0.077, ...D65],
}

/**
 * x and y of red, green, blue and white that colors are mixed of; those of BT.709 where nothing is said. H.273, table
 * 2.
 */
export function chromaticities({ primaries: number }: Pick<ColorNumbers, 'primaries'>): readonly number[] {
  return places[number] ?? places[1]!
}

type TagSource = Pick<FootageSource, 'tags' | 'file'> & Partial<Pick<FootageSource, 'decodedName'>>
type TagFormat = Pick<ExportFormat, 'matrix' | 'container' | 'encoder'>

/**
 * The source's own tags where it has them and they are true of the samples; else those that go with the matrix its
 * colors are written in. What ffmpeg says of the transfer of a still picture is the habit of its format, not the
 * picture's.
 */
function wantedTags(
  layout: PixelLayout,
  { tags, file, decodedName }: TagSource,
  format: Pick<ExportFormat, 'matrix'>,
): ColorNumbers {
  const pal = layout.height === 576 || layout.height === 288
  const bt601 = pal ? 'bt470bg' : 'smpte170m'
  const usual = {
    bt601: { space: bt601, primaries: bt601, transfer: 'smpte170m', same: ['bt470bg', 'smpte170m', 'fcc'] },
    bt709: { space: 'bt709', primaries: 'bt709', transfer: 'bt709', same: ['bt709'] },
    bt2020: { space: 'bt2020nc', primaries: 'bt2020', transfer: 'bt2020-10', same: ['bt2020nc', 'bt2020c'] },
  }[format.matrix ?? layout.matrix]
  const space = usual.same.includes(tags.space) ? tags.space : usual.space
  // Samples of X, Y and Z are brought to red, green and blue as they are decoded.
  const isAsTagged = decodedName?.startsWith('xyz') !== true
  const prim = isAsTagged && tags.primaries in primaries ? tags.primaries : usual.primaries
  const own = isAsTagged && tags.transfer in transfers ? tags.transfer : usual.transfer
  const transfer = file.sequence === null ? own : 'bt709'
  return {
    matrix: matrices[space] ?? UNSPECIFIED,
    primaries: primaries[prim] ?? UNSPECIFIED,
    transfer: transfers[transfer] ?? UNSPECIFIED,
  }
}

function isNamed(tag: Tagged, number: number, format: TagFormat): boolean {
  return !unnamed.some(({ by, numbers }) => by(format) && numbers[tag].includes(number))
}

/** Of wantedTags, what the export can say; nothing is said in the place of the rest. */
export function exportTags(layout: PixelLayout, source: TagSource, format: TagFormat): ColorNumbers {
  const wanted = wantedTags(layout, source, format)
  const said = (tag: Tagged): number => (isNamed(tag, wanted[tag], format) ? wanted[tag] : UNSPECIFIED)
  return { matrix: wanted.matrix, primaries: said('primaries'), transfer: said('transfer') }
}

/** What it can't. */
export function unsaidTags(layout: PixelLayout, source: TagSource, format: TagFormat & { name: string }): Sentence[] {
  const { primaries, transfer } = wantedTags(layout, source, format)
  return [
    ...(isNamed('primaries', primaries, format)
      ? []
      : [
          sentence`${format.name} can not say which primaries the film’s colors have (${source.tags.primaries}); enter them where the export is used.`,
        ]),
    ...(isNamed('transfer', transfer, format)
      ? []
      : [
          sentence`${format.name} can not say which transfer curve the film has (${source.tags.transfer}); enter it where the export is used.`,
        ]),
  ]
}
