/** Icon files of three systems, byte by byte: each is a small container of PNGs. */
import { deflateSync } from 'node:zlib'
import { crc32 } from '../../../electron/content/crc32.ts'
import type { IconPicture } from './drawIcon.ts'

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(content.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

/** PNG (ISO/IEC 15948), 8 bits a sample with alpha, rows unfiltered. */
export function png({ size, samples }: IconPicture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Buffer.alloc(size * (1 + size * 4))
  for (let row = 0; row < size; row++)
    rows.set(samples.subarray(row * size * 4, (row + 1) * size * 4), row * (1 + size * 4) + 1)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...parts])
}

export interface SizedPng {
  readonly size: number
  readonly file: Buffer
}

/** Windows: a directory of PNGs, of which none may be larger than 256 pixels. */
export function ico(pictures: readonly SizedPng[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let place = head.length
  pictures.forEach(({ size, file }, n) => {
    const at = 6 + 16 * n
    // 0 stands for 256.
    head.set([size % 256, size % 256, 0, 0], at)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(file.length, at + 8)
    head.writeUInt32LE(place, at + 12)
    place += file.length
  })
  return Buffer.concat([head, ...pictures.map(({ file }) => file)])
}

/** Apple's types of PNGs by the pixels of their side; some sizes stand twice, once for twice as fine screens. */
const ICNS_TYPES: readonly (readonly [type: string, size: number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
]

/** macOS: blocks of a type, a length and a PNG. Sizes that are not given are left out. */
export function icns(pictures: readonly SizedPng[]): Buffer {
  const block = (type: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(head.length + content.length, 4)
    return Buffer.concat([head, content])
  }
  const blocks = ICNS_TYPES.flatMap(([type, size]) => {
    const picture = pictures.find((each) => each.size === size)
    return picture ? [block(type, picture.file)] : []
  })
  return block('icns', Buffer.concat(blocks))
}
