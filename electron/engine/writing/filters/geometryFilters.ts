/** The filters that bring the pictures of an export to their size and place (frameGeometry.ts). Pure. */
import { chromaPlace } from './chromaPlace.ts'
import type { FrameGeometry } from './frameGeometry.ts'
import type { PixelLayout } from '../../picture/pixelLayout.ts'

/** Sharp when pictures become smaller, and without steps at slanting edges when they become larger. */
const FLAGS = 'flags=lanczos+accurate_rnd+full_chroma_int+full_chroma_inp'

/** Each field by itself where the lines are of two. */
function scaling(layout: PixelLayout, [width, height]: readonly [number, number]): string {
  const { sampling, siting, interlaced = false, range } = layout
  const halved = sampling === '420' || sampling === '422'
  const options = [
    `w=${width}:h=${height}:in_range=${range}:out_range=${range}`,
    ...(halved ? [...chromaPlace('in', siting, interlaced), ...chromaPlace('out', siting, interlaced)] : []),
    ...(interlaced ? ['interl=1'] : []),
    FLAGS,
  ]
  return `scale=${options.join(':')}`
}

/**
 * Black on both sides, made of the picture itself: the black that ffmpeg's own filter puts there is that of limited
 * range in every film.
 * @param width of the picture; height likewise
 */
function barred(layout: PixelLayout, along: 'across' | 'down', bar: number, width: number, height: number): string {
  const black = layout.range === 'full' ? 0 : 16 << (layout.bitDepth - 8)
  const neutral = 1 << (layout.bitDepth - 1)
  const size = along === 'across' ? `${bar}:${height}` : `${width}:${bar}`
  // Labels that no other filter of the chain has.
  const [picture, made, before, behind] = ['picture', 'bar', 'before', 'behind'].map((name) => `[${along}-${name}]`)
  return [
    `split${picture}${made}`,
    `${made}scale=${size},lutyuv=y=${black}:u=${neutral}:v=${neutral},split${before}${behind}`,
    `${before}${picture}${behind}${along === 'across' ? 'hstack' : 'vstack'}=inputs=3`,
  ].join(';')
}

/** Nothing where the picture fills its frame as it is. */
export function geometryFilters(
  layout: PixelLayout,
  { scaled, bars: [across, down], width, height }: FrameGeometry,
): string[] {
  return [
    ...(scaled ? [scaling(layout, scaled)] : []),
    ...(across > 0 ? [barred(layout, 'across', across, width - 2 * across, height - 2 * down)] : []),
    ...(down > 0 ? [barred(layout, 'down', down, width, height - 2 * down)] : []),
  ]
}
