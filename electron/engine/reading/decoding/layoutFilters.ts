/** From what a film's decoder gives to the samples in which its frames are taken over. */
import { parseFfmpegVersion, type FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import type { Footage } from '../footage.ts'
import { boxScale } from './letterbox.ts'
import { decodedFormat } from './pixelFormats.ts'
import { isAspectInverted } from '../pictures/pngAspect.ts'

/** IEC 61966-2-1, for samples of 16 bits that hold light itself. */
const SRGB_CURVE = `'65535*if(lte(val/65535,0.0031308),12.92*val/65535,1.055*pow(val/65535,1/2.4)-0.055)'`

/**
 * From 7 on the scaler refuses pictures in a matrix that it can not convert from (constant luminance, ICtCp, YCgCo),
 * also where it has nothing to convert. Pictures that stay in their matrix need not say which it is.
 */
export const ANY_MATRIX = 'setparams=colorspace=unknown'

/**
 * Floating-point light on the curve of a screen; white is 1, and what is brighter is cut off. ffmpeg takes gray light
 * for video of limited range and stretches it, to black below 16 / 255 and white above 235 / 255. Told that it is full,
 * it leaves it alone up to 7, and not from 9 on. RGB has no such range, but the filter that makes RGB of gray plane by
 * plane copies half of each line up to 6.
 */
function displayFilters({ version }: FfmpegTools, isGray: boolean): string[] {
  const number = parseFfmpegVersion(version)
  const asRgb =
    number !== null && number[0] < 7 ? ['setparams=range=pc'] : ['format=grayf32le', 'mergeplanes=0x000000:gbrpf32le']
  return [...(isGray ? asRgb : []), 'format=rgb48le', `lutrgb=r=${SRGB_CURVE}:g=${SRGB_CURVE}:b=${SRGB_CURVE}`]
}

/**
 * The filters that turn what the decoder gives into the footage's layout; none of them touches samples that already
 * fit.
 */
export function layoutFilters(tools: FfmpegTools, footage: Footage): string[] {
  const { layout, source } = footage
  const { fromRgb, fullByName, linear } = decodedFormat(source.decodedName)
  // Also brings pictures of other sizes to this one, where a film changes it midway (filmSizes.ts).
  // By field, the last line of an odd number would be left as it lay in memory.
  const byField = layout.interlaced && layout.height % 2 === 0 ? ['interl=-1'] : []
  const scale = [
    ...boxScale(footage, isAspectInverted(source.file)),
    ...byField,
    'flags=accurate_rnd+full_chroma_int+full_chroma_inp+bicubic',
  ]
  if (fromRgb || linear) scale.push('out_color_matrix=bt709', 'out_range=full')
  const native = source.decodedName.replace('yuvj', 'yuv') === layout.ffmpegName
  // Asking yuvj pictures for the plain name would make ffmpeg squeeze their range.
  const name = fullByName && native ? source.decodedName : layout.ffmpegName
  // Midway pictures may be called of another range, some even before it begins: from 7 on ffmpeg would convert them.
  const range = fullByName ? '' : `:range=${source.tags.range}`
  const asFirst = fromRgb ? [] : [`${ANY_MATRIX}${range}`]
  const before = linear ? displayFilters(tools, !fromRgb) : asFirst
  return [...before, `scale=${scale.join(':')}`, `format=${name}`]
}
