/** Names and numbers of color tags: what an export says of itself, so that players show it as it was meant. ITU-T H.273. */
import type { PixelLayout } from '../picture/pixelLayout.ts'
import type { ColorTags } from '../reading/probeText.ts'
import type { ColorNumbers } from './rawMatroska.ts'

const matrices: Readonly<Record<string, number>> = { bt709: 1, fcc: 4, bt470bg: 5, smpte170m: 6, smpte240m: 7, bt2020nc: 9, bt2020c: 10 }
const primaries: Readonly<Record<string, number>> = {
  bt709: 1, bt470m: 4, bt470bg: 5, smpte170m: 6, smpte240m: 7, film: 8, bt2020: 9, smpte431: 11, smpte432: 12,
}
const transfers: Readonly<Record<string, number>> = {
  bt709: 1, bt470m: 4, bt470bg: 5, smpte170m: 6, smpte240m: 7, linear: 8, 'iec61966-2-1': 13, 'bt2020-10': 14, 'bt2020-12': 15, smpte2084: 16, 'arib-std-b67': 18,
}
const UNSPECIFIED = 2

/** The source's own tags where it has them; else those that go with the matrix its colors are written in. */
export function exportTags(layout: PixelLayout, source: ColorTags): ColorNumbers {
  const pal = layout.height === 576 || layout.height === 288
  const bt601 = pal ? 'bt470bg' : 'smpte170m'
  const usual = {
    bt601: { space: bt601, primaries: bt601, transfer: 'smpte170m', same: ['bt470bg', 'smpte170m', 'fcc'] },
    bt709: { space: 'bt709', primaries: 'bt709', transfer: 'bt709', same: ['bt709'] },
    bt2020: { space: 'bt2020nc', primaries: 'bt2020', transfer: 'bt2020-10', same: ['bt2020nc', 'bt2020c'] },
  }[layout.matrix]
  const space = usual.same.includes(source.space) ? source.space : usual.space
  const prim = source.primaries in primaries ? source.primaries : usual.primaries
  const transfer = source.transfer in transfers ? source.transfer : usual.transfer
  return {
    matrix: matrices[space] ?? UNSPECIFIED,
    primaries: primaries[prim] ?? UNSPECIFIED,
    transfer: transfers[transfer] ?? UNSPECIFIED,
  }
}
