/**
 * Names and numbers of color tags: what an export says of itself, so that players show it as it was meant. ITU-T H.273.
 */
import type { ExportFormat } from '../../contract/formats.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'
import type { FootageSource } from '../reading/footage.ts'
import type { ColorTags } from '../reading/probeText.ts'
import type { ColorNumbers } from './rawMatroska.ts'

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
  smpte431: 11,
  smpte432: 12,
}
/**
 * Transfers that pictures for showing are stored by. Others, such as 'linear' and the logarithms, would have players
 * convert samples that are taken as they are: luma is kept bit for bit, and looked at as any film's.
 */
const transfers: Readonly<Record<string, number>> = {
  bt709: 1,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  'iec61966-2-1': 13,
  'bt2020-10': 14,
  'bt2020-12': 15,
  smpte2084: 16,
  'arib-std-b67': 18,
}
const UNSPECIFIED = 2

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

const [D65, C, DCI] = [
  [0.3127, 0.329],
  [0.31, 0.316],
  [0.314, 0.351],
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
  11: [...P3, ...DCI],
  12: [...P3, ...D65],
}

/**
 * x and y of red, green, blue and white that colors are mixed of; those of BT.709 where nothing is said. H.273, table
 * 2.
 */
export function chromaticities({ primaries: number }: Pick<ColorNumbers, 'primaries'>): readonly number[] {
  return places[number] ?? places[1]!
}

/**
 * The source's own tags where it has them and they are true of the samples; else those that go with the matrix its
 * colors are written in. What ffmpeg says of the transfer of a still picture is the habit of its format, not the
 * picture's.
 */
export function exportTags(
  layout: PixelLayout,
  { tags, file }: Pick<FootageSource, 'tags' | 'file'>,
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
  const prim = tags.primaries in primaries ? tags.primaries : usual.primaries
  const own = tags.transfer in transfers ? tags.transfer : usual.transfer
  const transfer = file.sequence === null ? own : 'bt709'
  return {
    matrix: matrices[space] ?? UNSPECIFIED,
    primaries: primaries[prim] ?? UNSPECIFIED,
    transfer: transfers[transfer] ?? UNSPECIFIED,
  }
}
