/**
 * What is done to raw frames before an encoder takes them: its pixels, its range, and marks that say how they are
 * meant. Pure.
 */
import type { ExportFormat } from '../../../contract/formats.ts'
import { orientationOf } from '../../../contract/orientation.ts'
import type { ChromaSiting, PixelLayout } from '../../picture/pixelLayout.ts'
import { differenceGains } from '../../picture/matrixChange.ts'
import type { Footage } from '../../reading/footage.ts'
import { uprightFilters } from '../../reading/pictures/orientation.ts'
import type { FieldOrder } from '../../reading/opening/probeText.ts'
import { chromaPlace } from './chromaPlace.ts'
import { exportTags } from './colorTags.ts'
import type { FrameGeometry } from './frameGeometry.ts'
import { geometryFilters } from './geometryFilters.ts'
import { isMarkedLater } from './fullRange.ts'

export type FilterFootage = Pick<Footage, 'info'> & {
  readonly source: Pick<Footage['source'], 'field' | 'tags' | 'file'>
}

/** ffmpeg's short name of a field order. */
export function fieldName(field: FieldOrder): 'tff' | 'bff' | 'prog' {
  return field === 'progressive' ? 'prog' : field === 'top first' ? 'tff' : 'bff'
}

/** The range an export is written in. */
export function rangeOf(format: ExportFormat, layout: PixelLayout): 'full' | 'limited' {
  return format.range ?? layout.range
}

/**
 * The conversion to the encoder's samples; empty where it takes the very ones that are there.
 * @param height of the frames
 */
function conversion(
  layout: PixelLayout,
  format: ExportFormat,
  pixelFormat: string,
  interlaced: boolean,
  height: number,
): string[] {
  const range = rangeOf(format, layout)
  const toRgb = format.container === 'image2'
  if (pixelFormat === layout.ffmpegName && range === layout.range) return []
  const halved = layout.sampling === '420' || layout.sampling === '422'
  const options = [
    `in_range=${layout.range}`,
    `out_range=${range}`,
    `in_color_matrix=${layout.matrix}`,
    ...(toRgb ? [] : [`out_color_matrix=${layout.matrix}`]),
    ...(halved ? chromaPlace('in', layout.siting, interlaced) : []),
    ...(toRgb ? [] : chromaPlace('out', halved ? layout.siting : undefined, interlaced)),
    ...(interlaced ? ['interl=1'] : []),
    'flags=accurate_rnd+full_chroma_int+full_chroma_inp+bicubic',
  ]
  const converted = [`scale=${options.join(':')}`, `format=${pixelFormat}`]
  // By field, the last line of an odd number stays black: for a moment there is one more.
  const isOdd = interlaced && height % 2 === 1
  return isOdd ? ['pad=h=ih+1', ...converted, 'crop=h=ih-1:y=0:exact=1'] : converted
}

/**
 * A file name within a filter's options, which ffmpeg takes apart twice: as a list of options, and as a list of
 * filters.
 */
function escaped(path: string): string {
  return path.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&')
}

/**
 * Brings chroma to the matrix that a format's pictures say they are in. Luma stays as it is, and so do the differences
 * of blue and red from it, which is what is chosen when a film is colored; chroma only is these at another scale. The
 * film's own colors were brought there before, luma and all (matrixChange.ts), with this in mind.
 */
function matrixFilters(layout: PixelLayout, format: ExportFormat): string[] {
  if (format.matrix === undefined || format.matrix === layout.matrix) return []
  const [u, v] = differenceGains(layout.matrix, format.matrix)
  const scaled = (gain: number): string =>
    `'clip((val-(minval+maxval)/2)*${gain.toFixed(6)}+(minval+maxval)/2+0.5,minval,maxval)'`
  return [`lutyuv=u=${scaled(u)}:v=${scaled(v)}`]
}

/**
 * Filters between the raw frames and the encoder. The marks travel with the frames, which all versions of ffmpeg heed
 * alike.
 * @param lightCurve a table by which samples become light itself (lightCurve.ts); null where they stay on the film's
 * curve
 * @param geometry of the frames; null where they are the film's
 */
export function pictureFilters(
  footage: FilterFootage,
  layout: PixelLayout,
  format: ExportFormat,
  pixelFormat: string,
  lightCurve: string | null,
  geometry: FrameGeometry | null,
): string[] {
  const { info, source } = footage
  const filters = [
    ...(geometry ? geometryFilters(layout, geometry) : []),
    ...conversion(layout, format, pixelFormat, source.field !== 'progressive', geometry?.height ?? layout.height),
    ...matrixFilters(layout, format),
  ]
  // Raw pictures lie in memory as the pipe brings them, and DNxHR's encoder crashes on them in 9.0: it wants them
  // aligned.
  if (format.encoder === 'dnxhd') filters.push('copy')
  if (lightCurve !== null) filters.push(`lut1d=file=${escaped(lightCurve)}:interp=linear`)
  // MXF has a rate and no times: the muxer heeds that of the filters alone.
  if (format.rates) filters.push(`fps=${info.rate.num}/${info.rate.den}`)
  // Without 'max' a shape is rounded to numbers of at most 100.
  filters.push(`setsar=${info.pixelAspect.num}/${info.pixelAspect.den}:max=2147483647`)
  // A picture file can not say how it is to be turned.
  if (format.container === 'image2') filters.push(...uprightFilters(orientationOf(info)))
  const marks = [`field_mode=${fieldName(source.field)}`]
  if (format.container !== 'image2') {
    // As numbers, because ffmpeg's options and its messages do not agree on all names.
    const { matrix, primaries, transfer } = exportTags(layout, source, format)
    const range = isMarkedLater(format, rangeOf(format, layout)) ? 'limited' : rangeOf(format, layout)
    marks.push(`range=${range}`, `colorspace=${matrix}`, `color_primaries=${primaries}`, `color_trc=${transfer}`)
  }
  return [...filters, `setparams=${marks.join(':')}`]
}

/** Where chroma lies in what the encoder gets; null for pictures that have no such thing. */
export function encodedSiting(layout: PixelLayout, pixelFormat: string): ChromaSiting | null {
  if (!/^yuv42[02]p/.test(pixelFormat)) return null
  return layout.sampling === '420' || layout.sampling === '422' ? (layout.siting ?? 'left') : 'left'
}

/** The same as an option for the encoder. */
export function sitingArgs(layout: PixelLayout, pixelFormat: string): string[] {
  const siting = encodedSiting(layout, pixelFormat)
  return siting === null ? [] : ['-chroma_sample_location', siting]
}
