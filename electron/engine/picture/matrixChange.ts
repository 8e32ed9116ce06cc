/**
 * From the matrix that a film's own colors are in to the one that an export says it is in: kept frames change theirs,
 * luma included, or they would come out in other colors. Gray stays as it is in every matrix. Pure.
 */
import type { ColorMatrix } from '../../contract/schemas.ts'
import { chromaShift, chromaSize, type PixelLayout, type Plane } from './pixelLayout.ts'
import { chromaScale, lumaScale, lumaWeights } from './sampleScale.ts'

/** Rows of luma and both differences of color, columns of red, green and blue. */
type Rows = readonly [readonly number[], readonly number[], readonly number[]]

function ofWeights([kr, kb]: readonly [kr: number, kb: number]): Rows {
  const kg = 1 - kr - kb
  const [blue, red] = [2 * (1 - kb), 2 * (1 - kr)]
  return [
    [kr, kg, kb],
    [-kr / blue, -kg / blue, (1 - kb) / blue],
    [(1 - kr) / red, -kg / red, -kb / red],
  ]
}

/** Those that a film can be in beside the program's own, by ffmpeg's names. ITU-T H.273, table 4. */
const others: Readonly<Record<string, { readonly name: string; readonly rows: Rows }>> = {
  smpte240m: { name: 'SMPTE 240M', rows: ofWeights([0.212, 0.087]) },
  ycgco: {
    name: 'YCgCo',
    rows: [
      [0.25, 0.5, 0.25],
      [-0.25, 0.5, -0.25],
      [0.5, 0, -0.5],
    ],
  },
}
const names: Readonly<Record<ColorMatrix, string>> = { bt601: 'BT.601', bt709: 'BT.709', bt2020: 'BT.2020' }

/** Ways of ffmpeg's naming by which no sum of samples leads from one matrix to the other. */
const cannotChange = /^(ictcp|smpte2085|chroma-derived-n?c|ipt-c2|ycgco-r[eo])$/

/** Names the matrix of a film's own colors where it is one that they can not be brought from; else null. */
export const unknownMatrix = (space: string): string | null => (cannotChange.test(space) ? space : null)

export interface MatrixChange {
  /** Names, as people write them. */
  readonly from: string
  readonly to: string
  /** What is added to luma, and what becomes of the differences, for each of the two differences. */
  readonly luma: readonly [ofU: number, ofV: number]
  readonly u: readonly [ofU: number, ofV: number]
  readonly v: readonly [ofU: number, ofV: number]
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Rows): Rows {
  const [A, B, C] = [e! * i! - f! * h!, f! * g! - d! * i!, d! * h! - e! * g!]
  const by = 1 / (a! * A + b! * B + c! * C)
  return [
    [A * by, (c! * h! - b! * i!) * by, (b! * f! - c! * e!) * by],
    [B * by, (a! * i! - c! * g!) * by, (c! * d! - a! * f!) * by],
    [C * by, (b! * g! - a! * h!) * by, (a! * e! - b! * d!) * by],
  ]
}

/**
 * How many times larger differences of color are made on the way to an export's file, whose matrix is another than the
 * film's: what the program makes keeps its luma there (pictureFilters.ts).
 */
export function differenceGains(from: ColorMatrix, to: ColorMatrix): readonly [u: number, v: number] {
  const [[red, blue], [toRed, toBlue]] = [lumaWeights[from], lumaWeights[to]]
  return [(1 - blue) / (1 - toBlue), (1 - red) / (1 - toRed)]
}

/**
 * What is done to a film's own samples before they take the way of all; null where they stay as they are.
 * @param space of the film's own colors, in ffmpeg's words
 * @param written of the export where that is its own
 */
export function matrixChange(
  space: string,
  { matrix }: Pick<PixelLayout, 'matrix'>,
  written: ColorMatrix = matrix,
): MatrixChange | null {
  const own = others[space] ?? { name: names[matrix], rows: ofWeights(lumaWeights[matrix]) }
  if (own.name === names[written]) return null
  const target = ofWeights(lumaWeights[written])
  const back = inverse(own.rows)
  // Of gray nothing is taken: luma's own column is 1, 0, 0 for every matrix.
  const of = (row: number, column: number): number =>
    [0, 1, 2].reduce((sum, color) => sum + target[row]![color]! * back[color]![column]!, 0)
  const [gainU, gainV] = differenceGains(matrix, written)
  return {
    from: own.name,
    to: names[written],
    luma: [of(0, 1), of(0, 2)],
    u: [of(1, 1) / gainU, of(1, 2) / gainU],
    v: [of(2, 1) / gainV, of(2, 2) / gainV],
  }
}

/** Which two of `count` samples lie around each of `length` places, and how much of the second one is there. */
function around(length: number, count: number, shift: number, isCentered: boolean, fields: 1 | 2) {
  const [first, second, share] = [new Int32Array(length), new Int32Array(length), new Float32Array(length)]
  for (let at = 0; at < length; at++) {
    const field = at % fields
    const place = Math.floor(at / fields)
    const among = isCentered ? (place + 0.5) / 2 ** shift - 0.5 : place / 2 ** shift
    const below = Math.floor(among)
    const sample = (n: number): number => {
      const last = Math.floor((count - 1 - field) / fields)
      return Math.max(0, Math.min(n, last)) * fields + (last < 0 ? 0 : field)
    }
    first[at] = sample(below)
    second[at] = sample(below + 1)
    share[at] = among - below
  }
  return { first, second, share }
}

interface FramePlanes {
  readonly y: Plane
  readonly u: Plane
  readonly v: Plane
}

/** Gives new planes. Luma takes what it needs of chroma from between its samples, linearly. */
export function changeMatrix({ y, u, v }: FramePlanes, layout: PixelLayout, change: MatrixChange): FramePlanes {
  const { width, height, sampling, siting = 'left' } = layout
  if (sampling === 'gray') return { y, u, v }
  const { gain, neutral, top } = chromaScale(layout)
  const lumaGain = 1 / (lumaScale(layout).gain * gain)
  const [sx, sy] = chromaShift[sampling]
  const [columns, rows] = chromaSize(layout)
  const changed = { y: y.slice(), u: u.slice(), v: v.slice() }
  const more = new Float32Array(u.length)
  for (let at = 0; at < u.length; at++) {
    const [du, dv] = [u[at]! - neutral, v[at]! - neutral]
    more[at] = (change.luma[0] * du + change.luma[1] * dv) * lumaGain
    changed.u[at] = within(neutral + change.u[0] * du + change.u[1] * dv, top)
    changed.v[at] = within(neutral + change.v[0] * du + change.v[1] * dv, top)
  }
  const across = around(width, columns, sx, siting === 'center', 1)
  const down = around(height, rows, sy, siting !== 'topleft', layout.interlaced && sy > 0 ? 2 : 1)
  for (let row = 0, at = 0; row < height; row++) {
    const [above, below, part] = [down.first[row]! * columns, down.second[row]! * columns, down.share[row]!]
    for (let column = 0; column < width; column++, at++) {
      const [left, right, share] = [across.first[column]!, across.second[column]!, across.share[column]!]
      const upper = more[above + left]! * (1 - share) + more[above + right]! * share
      const lower = more[below + left]! * (1 - share) + more[below + right]! * share
      changed.y[at] = within(y[at]! + upper * (1 - part) + lower * part, top)
    }
  }
  return changed
}

const within = (value: number, top: number): number => Math.max(0, Math.min(top, Math.round(value)))
