/** From ffmpeg's name of a decoded picture to the layout in which we take it over. */
import type { ChromaSampling, PixelLayout } from '../../picture/pixelLayout.ts'

export interface DecodedFormat {
  readonly sampling: ChromaSampling
  readonly bitDepth: number
  /** What ffmpeg is asked to deliver. */
  readonly ffmpegName: string
  /** The source is RGB, a palette or XYZ and ffmpeg computes the YUV (full range, stated matrix). */
  readonly fromRgb: boolean
  readonly hasAlpha: boolean
  /** The range is 'full' by the format's very name. */
  readonly fullByName: boolean
  /**
   * Floating-point samples: of light itself, by the custom of the formats that have them (EXR, TIFF), not on a curve
   * for showing.
   */
  readonly linear: boolean
}

const DEPTHS = new Set([8, 9, 10, 12, 14, 16])

/** ffmpeg's name of planes that lie one behind another, little-endian. */
export function planarName(sampling: ChromaSampling, bitDepth: number): string {
  const base = sampling === 'gray' ? 'gray' : `yuv${sampling}p`
  return bitDepth === 8 ? base : `${base}${bitDepth}le`
}

function format(sampling: ChromaSampling, bitDepth: number, more: Partial<DecodedFormat> = {}): DecodedFormat {
  return {
    sampling,
    bitDepth,
    ffmpegName: planarName(sampling, bitDepth),
    fromRgb: false,
    hasAlpha: false,
    fullByName: false,
    linear: false,
    ...more,
  }
}

/** Packed and semi-planar YUV: the same samples in another order. */
const packed: Readonly<Record<string, readonly [ChromaSampling, number]>> = {
  nv12: ['420', 8],
  nv21: ['420', 8],
  nv16: ['422', 8],
  nv24: ['444', 8],
  nv42: ['444', 8],
  nv20le: ['422', 10],
  nv20be: ['422', 10],
  p010le: ['420', 10],
  p010be: ['420', 10],
  p012le: ['420', 12],
  p012be: ['420', 12],
  p016le: ['420', 16],
  p016be: ['420', 16],
  p210le: ['422', 10],
  p210be: ['422', 10],
  p212le: ['422', 12],
  p216le: ['422', 16],
  p216be: ['422', 16],
  p410le: ['444', 10],
  p410be: ['444', 10],
  p412le: ['444', 12],
  p416le: ['444', 16],
  p416be: ['444', 16],
  yuyv422: ['422', 8],
  uyvy422: ['422', 8],
  yvyu422: ['422', 8],
  uyyvyy411: ['411', 8],
  y210le: ['422', 10],
  y210be: ['422', 10],
  y212le: ['422', 12],
  y216le: ['422', 16],
  vuya: ['444', 8],
  vuyx: ['444', 8],
  ayuv: ['444', 8],
  uyva: ['444', 8],
  vyu444: ['444', 8],
  ayuv64le: ['444', 16],
  ayuv64be: ['444', 16],
  xv30le: ['444', 10],
  v30xle: ['444', 10],
  xv36le: ['444', 12],
  xv48le: ['444', 16],
}

/** Bits per channel of ffmpeg's RGB names; those of 8 bits and less come as 8. */
function rgbDepth(name: string): number {
  if (/^(gbrpf|gbrapf|rgbf|rgbaf)/.test(name)) return 16
  const planar = /^gbra?p(\d+)(le|be)$/.exec(name)
  if (planar) return Number(planar[1])
  if (/^(rgb|bgr)48|^(rgba|bgra)64/.test(name)) return 16
  if (/^x2(rgb|bgr)10/.test(name)) return 10
  return 8
}

/**
 * The layout for one of ffmpeg's pixel format names; an unknown one is taken as 16-bit 4:4:4, which loses nothing that
 * matters.
 */
export function decodedFormat(name: string): DecodedFormat {
  const yuv = /^yuv(j|a)?(410|411|420|422|440|444)p(\d+)?(le|be)?$/.exec(name)
  if (yuv) {
    const sampling = yuv[2] as ChromaSampling
    const bitDepth = yuv[3] === undefined ? 8 : Number(yuv[3])
    // Above 8 bits 4:4:0 has no raw form that travels in a container.
    const taken = sampling === '440' && bitDepth > 8 ? '444' : sampling
    if (DEPTHS.has(bitDepth)) return format(taken, bitDepth, { hasAlpha: yuv[1] === 'a', fullByName: yuv[1] === 'j' })
  }
  const gray = /^gray(\d+)?(le|be)?$/.exec(name)
  if (gray) {
    const bitDepth = gray[1] === undefined ? 8 : Number(gray[1])
    if (DEPTHS.has(bitDepth)) return format('gray', bitDepth)
  }
  if (name === 'ya8') return format('gray', 8, { hasAlpha: true })
  if (name.startsWith('ya16')) return format('gray', 16, { hasAlpha: true })
  if (/^mono[bw]/.test(name)) return format('gray', 8, { fullByName: true })
  const light = /^(gray|ya)f(32|16)/.exec(name)
  if (light) return format('gray', 16, { fullByName: true, linear: true, hasAlpha: light[1] === 'ya' })
  const other = packed[name]
  if (other) return format(other[0], other[1], { hasAlpha: /^(vuya|ayuv|uyva)/.test(name) })
  const rgb = /rgb|bgr|gbr|pal8/.test(name)
  const depth = rgb ? rgbDepth(name) : name.startsWith('xyz12') ? 12 : 16
  const hasAlpha = /rgba|bgra|argb|abgr|gbrap/.test(name)
  return format('444', DEPTHS.has(depth) ? depth : 16, {
    fromRgb: true,
    hasAlpha,
    fullByName: true,
    linear: /^(gbrpf|gbrapf|rgbf|rgbaf)/.test(name),
  })
}

/** The third letter of deep planar YUV's raw pixel format tag; others have no raw form above 8 bits. */
const deepTags: Partial<Record<ChromaSampling, number>> = { '420': 11, '422': 10, '444': 0 }

/** Whether planes of this layout can travel as raw video in a container. */
export function canBeRaw({ sampling, bitDepth }: Pick<PixelLayout, 'sampling' | 'bitDepth'>): boolean {
  return bitDepth === 8 || sampling === 'gray' || deepTags[sampling] !== undefined
}

/** The layout's fourcc as raw video carries it in a container (ffmpeg's raw pixel format tags). */
export function rawFourcc(layout: Pick<PixelLayout, 'sampling' | 'bitDepth'>): Buffer {
  const { sampling, bitDepth } = layout
  if (bitDepth === 8) {
    const names: Record<ChromaSampling, string> = {
      gray: 'Y800',
      '420': 'I420',
      '422': 'Y42B',
      '444': '444P',
      '440': '440P',
      '411': 'Y41B',
      '410': 'YUV9',
    }
    return Buffer.from(names[sampling], 'latin1')
  }
  if (sampling === 'gray') return Buffer.from([0x59, 0x31, 0, bitDepth])
  const shift = deepTags[sampling]
  if (shift === undefined) throw new Error(`no raw form of ${sampling} at ${bitDepth} bits`)
  return Buffer.from([0x59, 0x33, shift, bitDepth])
}
