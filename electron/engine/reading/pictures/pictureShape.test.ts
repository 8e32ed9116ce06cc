import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPictureShape } from './pictureShape.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picture-shape-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * Head and directory of a TIFF of three channels, whose lists of values lie behind as many bytes of pixels as one
 * likes.
 */
function colorTiff(name: string, { pixels, sampleFormat }: { pixels: number; sampleFormat: number }): string {
  const entry = (tag: number, count: number, value: number): Buffer => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag, 0)
    bytes.writeUInt16LE(3, 2)
    bytes.writeUInt32LE(count, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  const lists = 8 + pixels
  const entries = [
    entry(256, 1, 64),
    entry(257, 1, 48),
    entry(258, 3, lists),
    entry(262, 1, 2),
    entry(277, 1, 3),
    entry(339, 3, lists + 6),
  ]
  const numbers = Buffer.alloc(14)
  ;[16, 16, 16, sampleFormat, sampleFormat, sampleFormat, entries.length].forEach((value, n) =>
    numbers.writeUInt16LE(value, 2 * n),
  )
  const head = Buffer.alloc(8)
  head.write('II*\0', 'latin1')
  head.writeUInt32LE(lists + 12, 4)
  const path = join(folder, name)
  writeFileSync(path, Buffer.concat([head, Buffer.alloc(pixels), numbers, ...entries]))
  return path
}

describe('the shape of a picture', () => {
  it('does not depend on where a TIFF keeps the values of its channels, but on the values', async () => {
    const one = await readPictureShape(colorTiff('one.tif', { pixels: 100, sampleFormat: 1 }), '.tif')
    expect(one).toMatchObject({ width: 64, height: 48 })
    expect(await readPictureShape(colorTiff('two.tif', { pixels: 160, sampleFormat: 1 }), '.tif')).toEqual(one)
    expect(await readPictureShape(colorTiff('floats.tif', { pixels: 100, sampleFormat: 3 }), '.tif')).not.toEqual(one)
  })
})
