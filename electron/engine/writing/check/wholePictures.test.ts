/** A picture that lacks its last bytes does not count, in every format that pictures are written in. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ffmpeg } from '../../../../test/material/films.ts'
import { workFolder } from '../../../../test/material/workFolder.ts'
import type { PixelLayout } from '../../picture/pixelLayout.ts'
import { countWholePictures } from './wholePictures.ts'

const layout: PixelLayout = {
  width: 32,
  height: 32,
  sampling: '444',
  bitDepth: 16,
  range: 'full',
  matrix: 'bt709',
  ffmpegName: 'yuv444p16le',
}

it.each([
  ['.png', 'rgb48be', []],
  ['.dpx', 'gbrp10be', []],
  ['.tif', 'rgb48le', ['-compression_algo', 'raw']],
  ['.exr', 'gbrpf32le', []],
])('%s', async (ending, pixels, more) => {
  const folder = workFolder()
  const path = join(folder, `a${ending}`)
  // Flat pictures, which take few bytes, and others.
  for (const source of ['color=gray:s=32x32', 'testsrc2=s=32x32']) {
    await ffmpeg(['-f', 'lavfi', '-i', source, '-frames:v', '1', '-pix_fmt', pixels, ...more, '-update', '1', path])
    expect(await countWholePictures(folder, { pictures: ending }, layout)).toBe(1)
    const bytes = readFileSync(path)
    const cut = join(folder, 'cut')
    mkdirSync(cut, { recursive: true })
    for (const missing of [1, 9, bytes.length >> 1]) {
      writeFileSync(join(cut, `a${ending}`), bytes.subarray(0, bytes.length - missing))
      expect(await countWholePictures(cut, { pictures: ending }, layout), `${missing} bytes less`).toBe(0)
    }
  }
})
