import { inflateSync } from 'node:zlib'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawIcon, type IconPicture } from './drawIcon.ts'
import { ICON_SIZES, writeIcons } from './writeIcons.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-icons-'))
  await writeIcons(folder)
})
afterAll(() => rm(folder, { recursive: true }))

/** Sides of the PNG that begins at a place. */
const sidesOf = (file: Buffer, at = 0): number[] => {
  expect(file.toString('latin1', at + 1, at + 4)).toBe('PNG')
  return [file.readUInt32BE(at + 16), file.readUInt32BE(at + 20)]
}

describe('the icon', () => {
  const at = ({ size, samples }: IconPicture, x: number, y: number): number[] => [
    ...samples.subarray((Math.floor(y * size) * size + Math.floor(x * size)) * 4).subarray(0, 4),
  ]

  it('is gray on the left of its wipe, in color on the right, and nothing outside its round corners', () => {
    for (const size of [48, 512]) {
      const picture = drawIcon(size)
      const [red, green, blue, alpha] = at(picture, 0.25, 0.3)
      expect([green, blue, alpha]).toEqual([red, red, 255])
      const [sunRed = 0, , sunBlue = 0] = at(picture, 0.68, 0.4)
      expect(sunRed - sunBlue).toBeGreaterThan(80)
      expect(at(picture, 0, 0)).toEqual([0, 0, 0, 0])
    }
  })

  it('comes in every size for Linux, and holds the samples that were drawn', async () => {
    expect((await readdir(join(folder, 'icons'))).sort()).toEqual(
      ICON_SIZES.map((size) => `${size}x${size}.png`).sort(),
    )
    for (const size of ICON_SIZES)
      expect(sidesOf(await readFile(join(folder, 'icons', `${size}x${size}.png`)))).toEqual([size, size])
    const file = await readFile(join(folder, 'icons', '16x16.png'))
    const rows = inflateSync(file.subarray(41, 41 + file.readUInt32BE(33)))
    const samples = Array.from({ length: 16 }, (_, row) => [...rows.subarray(row * 65 + 1, (row + 1) * 65)]).flat()
    expect(samples).toEqual([...drawIcon(16).samples])
  })

  it('is listed with its sizes in the file for Windows', async () => {
    const file = await readFile(join(folder, 'icon.ico'))
    const count = file.readUInt16LE(4)
    const sizes = Array.from({ length: count }, (_, n) => {
      const place = file.readUInt32LE(6 + 16 * n + 12)
      const [size = 0] = sidesOf(file, place)
      expect(file[6 + 16 * n]).toBe(size % 256)
      return size
    })
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256])
  })

  it('is listed up to its largest in the file for macOS, each of the size that its type says', async () => {
    const file = await readFile(join(folder, 'icon.icns'))
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length])
    const found: [string, number][] = []
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
      found.push([file.toString('latin1', at, at + 4), sidesOf(file, at + 8)[0]!])
    expect(Object.fromEntries(found)).toMatchObject({ ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic14: 512 })
  })
})
