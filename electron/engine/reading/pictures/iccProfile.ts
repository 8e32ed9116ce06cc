/**
 * Colors of painted pictures as sRGB. Painting programs store them in the space of a profile (ICC.1:2022): Display P3,
 * Adobe RGB, ProPhoto. Profiles of a matrix and three curves are applied; those of tables are not. Pure.
 */

/** From device values 0..1 to linear light, row-major to XYZ of the D50 connection space. */
export interface ColorSpace {
  readonly curves: readonly [Curve, Curve, Curve]
  readonly matrix: readonly number[]
}

export type Curve = (value: number) => number

/** IEC 61966-2-1. */
const linearOfSrgb: Curve = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
const srgbOfLinear: Curve = (v) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)

/** XYZ under D50 to linear sRGB: the inverse of its primaries, adapted by Bradford's method. */
const XYZ_TO_SRGB = [
  3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914, 1.4052427,
]
/** Linear primaries of Display P3 and of BT.2020 (white D65), adapted likewise. */
const P3_TO_XYZ = [0.515102, 0.291965, 0.157153, 0.241182, 0.692236, 0.0665819, -0.00104941, 0.0418818, 0.784378]
const BT2020_TO_XYZ = [0.6734241, 0.1656411, 0.1251286, 0.2790177, 0.6753402, 0.0456377, -0.00193, 0.0299784, 0.797333]
const SRGB_TO_XYZ = [0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733]

/**
 * Spaces that PNG pictures name by number (ITU-T H.273, 'cICP'). Null: sRGB, or near enough; undefined: none of ours.
 */
export function namedSpace(primaries: number, transfer: number): ColorSpace | null | undefined {
  const curve = transfer === 8 ? (v: number) => v : [1, 2, 6, 13, 14, 15].includes(transfer) ? linearOfSrgb : null
  if (curve === null) return undefined
  const matrix =
    primaries === 12
      ? P3_TO_XYZ
      : primaries === 9
        ? BT2020_TO_XYZ
        : [1, 2, 5, 6].includes(primaries)
          ? SRGB_TO_XYZ
          : null
  if (matrix === null) return undefined
  return matrix === SRGB_TO_XYZ && curve === linearOfSrgb ? null : { curves: [curve, curve, curve], matrix }
}

/** Light itself. */
export const linearCurve: Curve = (v) => v

/** A power, or sRGB's own curve where it is that of 2.2, which is written in its place: null. */
export function gammaCurve(exponent: number): Curve | null {
  if (Math.abs(exponent - 2.2) < 0.04) return null
  return exponent === 1 ? linearCurve : (v) => v ** exponent
}

type Triple = readonly [number, number, number]

/** Rows of a matrix times a vector. */
const times = (m: readonly number[], [x, y, z]: Triple): Triple =>
  [0, 3, 6].map((row) => m[row]! * x + m[row + 1]! * y + m[row + 2]! * z) as unknown as Triple

const product = (a: readonly number[], b: readonly number[]): number[] =>
  [0, 3, 6].flatMap((row) =>
    [0, 1, 2].map((col) => [0, 1, 2].reduce((sum, k) => sum + a[row + k]! * b[3 * k + col]!, 0)),
  )

/** By Cramer's rule; null where the rows lie in one plane. */
function inverse(m: readonly number[]): number[] | null {
  const [a, b, c, d, e, f, g, h, i] = m as [number, number, number, number, number, number, number, number, number]
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-9) return null
  const cofactors = [
    ...[e * i - f * h, c * h - b * i, b * f - c * e],
    ...[f * g - d * i, a * i - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d],
  ]
  return cofactors.map((value) => value / determinant)
}

/** Cone responses by Bradford's matrix (ICC.1:2022, annex E), and the white of the connection space. */
const BRADFORD = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296]
const D50: Triple = [0.9642, 1, 0.8249]
const SRGB_PRIMARIES = [0.64, 0.33, 0.3, 0.6, 0.15, 0.06]
const D65 = [0.3127, 0.329] as const
/** Places in the diagram of chromaticities that differ by less are one: files round them. */
const SAME_PLACE = 0.003

const xyzOf = (x: number, y: number): Triple => [x / y, 1, (1 - x - y) / y]

/**
 * The space of a curve, a white point and three primaries, all told by their x and y (SMPTE RP 177). Null: sRGB, or
 * near enough; undefined where they span nothing.
 * @param curve null: that of sRGB
 * @param primaries of red, green and blue; null: those of sRGB
 */
export function spaceOf(
  curve: Curve | null,
  white: readonly [number, number] | null,
  primaries: readonly number[] | null,
): ColorSpace | null | undefined {
  const places = [...(white ?? D65), ...(primaries ?? SRGB_PRIMARIES)]
  const isSrgb = [...D65, ...SRGB_PRIMARIES].every((value, n) => Math.abs(value - places[n]!) < SAME_PLACE)
  if (isSrgb && curve === null) return null
  const applied = curve ?? linearOfSrgb
  if (isSrgb) return { curves: [applied, applied, applied], matrix: SRGB_TO_XYZ }
  const [w, r, g, b] = [0, 2, 4, 6].map((n) => xyzOf(places[n]!, places[n + 1]!)) as [Triple, Triple, Triple, Triple]
  const columns = [0, 1, 2].flatMap((row) => [r[row]!, g[row]!, b[row]!])
  const back = inverse(columns)
  const bradfordBack = inverse(BRADFORD)
  if (!back || !bradfordBack) return undefined
  const amounts = times(back, w)
  const scaled = columns.map((value, n) => value * amounts[n % 3]!)
  const [from, to] = [times(BRADFORD, w), times(BRADFORD, D50)]
  const gains = [to[0] / from[0], 0, 0, 0, to[1] / from[1], 0, 0, 0, to[2] / from[2]]
  const matrix = product(product(product(bradfordBack, gains), BRADFORD), scaled)
  return matrix.every(Number.isFinite) ? { curves: [applied, applied, applied], matrix } : undefined
}

/** Scene-linear light of sRGB's primaries, as EXR holds it where it does not say otherwise. */
export const linearSpace: ColorSpace = { curves: [linearCurve, linearCurve, linearCurve], matrix: SRGB_TO_XYZ }

const s15 = (profile: Buffer, at: number): number => profile.readInt32BE(at) / 65536

/** Section 10.18: the five kinds of parametric curves. */
function parametric(kind: number, [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[]): Curve | null {
  const power = (v: number): number => Math.max(0, a * v + b) ** g
  switch (kind) {
    case 0:
      return (v) => v ** g
    case 1:
      return (v) => (v >= -b / a ? power(v) : 0)
    case 2:
      return (v) => (v >= -b / a ? power(v) : 0) + c
    case 3:
      return (v) => (v >= d ? power(v) : c * v)
    case 4:
      return (v) => (v >= d ? power(v) + e : c * v + f)
    default:
      return null
  }
}

function curveAt(profile: Buffer, at: number, bytes: number): Curve | null {
  const type = profile.toString('latin1', at, at + 4)
  if (type === 'para') {
    const values = [...Array(Math.min(7, Math.floor((bytes - 12) / 4))).keys()].map((n) =>
      s15(profile, at + 12 + 4 * n),
    )
    return parametric(profile.readUInt16BE(at + 8), values)
  }
  if (type !== 'curv') return null
  const count = profile.readUInt32BE(at + 8)
  if (count === 0) return (v) => v
  if (count === 1) return (v) => v ** (profile.readUInt16BE(at + 12) / 256)
  const table = Float64Array.from({ length: count }, (_, n) => profile.readUInt16BE(at + 12 + 2 * n) / 65535)
  return (v) => {
    const place = Math.min(1, Math.max(0, v)) * (count - 1)
    const below = Math.min(count - 2, Math.floor(place))
    return table[below]! + (place - below) * (table[below + 1]! - table[below]!)
  }
}

/** Null where the profile is damaged, of another kind of picture than RGB and gray, or made of tables. */
export function parseProfile(profile: Buffer): ColorSpace | null {
  try {
    if (
      profile.toString('latin1', 36, 40) !== 'acsp' ||
      !['RGB ', 'GRAY'].includes(profile.toString('latin1', 16, 20)) ||
      profile.toString('latin1', 20, 24) !== 'XYZ '
    ) {
      return null
    }
    const tags = new Map<string, readonly [at: number, bytes: number]>()
    const count = profile.readUInt32BE(128)
    for (let n = 0; n < Math.min(count, 200); n++) {
      const at = 132 + 12 * n
      tags.set(profile.toString('latin1', at, at + 4), [profile.readUInt32BE(at + 4), profile.readUInt32BE(at + 8)])
    }
    const gray = tags.get('kTRC')
    if (profile.toString('latin1', 16, 20) === 'GRAY') {
      const curve = gray ? curveAt(profile, ...gray) : null
      // Gray stays gray, whatever primaries it is thought of in.
      return curve && { curves: [curve, curve, curve], matrix: SRGB_TO_XYZ }
    }
    const columns = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => {
      const tag = tags.get(name)
      return tag && [0, 4, 8].map((n) => s15(profile, tag[0] + 8 + n))
    })
    const [r, g, b] = ['rTRC', 'gTRC', 'bTRC'].map((name) => {
      const tag = tags.get(name)
      return tag ? curveAt(profile, ...tag) : null
    })
    if (!r || !g || !b || columns.some((column) => column === undefined)) return null
    return { curves: [r, g, b], matrix: [0, 1, 2].flatMap((row) => columns.map((column) => column![row]!)) }
  } catch {
    return null
  }
}

/** Samples of 16 bits, interleaved, in place: as sRGB, colors beyond it cut off. @param channels 3 or 4 */
export function toSrgb(samples: Uint16Array, channels: number, { curves, matrix }: ColorSpace): void {
  const linear = curves.map((curve) => Float32Array.from({ length: 65536 }, (_, n) => curve(n / 65535)))
  const m = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((col) => [0, 1, 2].reduce((sum, k) => sum + XYZ_TO_SRGB[3 * row + k]! * matrix[3 * k + col]!, 0)),
  )
  const [lr, lg, lb] = linear as [Float32Array, Float32Array, Float32Array]
  const encoded = Uint16Array.from({ length: 65536 }, (_, n) => Math.round(65535 * srgbOfLinear(n / 65535)))
  const stored = (v: number): number => {
    if (v <= 0) return 0
    // The steps of the table are too coarse for the dark end of the curve.
    return v >= 1 ? 65535 : v < 0.05 ? Math.round(65535 * srgbOfLinear(v)) : encoded[Math.round(v * 65535)]!
  }
  for (let i = 0; i + 2 < samples.length; i += channels) {
    const [r, g, b] = [lr[samples[i]!]!, lg[samples[i + 1]!]!, lb[samples[i + 2]!]!]
    samples[i] = stored(m[0]! * r + m[1]! * g + m[2]! * b)
    samples[i + 1] = stored(m[3]! * r + m[4]! * g + m[5]! * b)
    samples[i + 2] = stored(m[6]! * r + m[7]! * g + m[8]! * b)
  }
}
