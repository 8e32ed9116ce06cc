/** What an export is asked for beyond its format, in short: for where it is listed. */
import type { Delivery } from '../../electron/contract/delivery.ts'
import { text } from './catalog.ts'
import { formatNumber } from './numbers.ts'

function sizeInWords({ width, height }: NonNullable<Delivery['size']>): string {
  return width === null ? text.delivery.short.lines(height) : `${width} × ${height}`
}

function shapeInWords({ num, den }: NonNullable<Delivery['shape']>): string {
  const names: Readonly<Record<string, string>> = text.delivery.shapes
  return text.delivery.short.shape(names[`${num}:${den}`] ?? `${num}:${den}`)
}

/** As in ['720 lines', 'frame 16:9', 'no sound']; nothing where nothing is asked for. */
export function deliveryInWords(delivery: Delivery): string[] {
  const { quality, bitRate, profile, depth, crop, size, shape, deinterlace, sound, handles } = delivery
  const { short, depths } = text.delivery
  return [
    ...(quality === undefined ? [] : [short.quality(quality)]),
    ...(bitRate === undefined ? [] : [`${formatNumber(bitRate, 1)} ${text.delivery.bitRate}`]),
    ...(profile === undefined ? [] : [profile.toUpperCase()]),
    ...(depth === undefined ? [] : [depth === 32 ? depths(depth) : short.depth(depth)]),
    ...(crop ? [short.crop(`${crop.left}, ${crop.top}, ${crop.right}, ${crop.bottom}`)] : []),
    ...(size ? [sizeInWords(size)] : []),
    ...(shape ? [shapeInWords(shape)] : []),
    ...(deinterlace ? [short.deinterlace[deinterlace]] : []),
    ...(sound === undefined || sound === 'carried' ? [] : [short.sounds[sound]]),
    ...(handles === undefined ? [] : [short.handles(handles)]),
  ]
}
