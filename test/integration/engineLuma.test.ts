/** The promise to archives: whatever the colors do, the luma of a lossless export is the source's, bit for bit. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ColorRange } from '../../electron/contract/schemas.ts'
import { drawFilm } from '../material/films.ts'
import { describe as describeFilm, lumaHashes, pictureHashes } from '../material/inspect.ts'
import { startTestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

describe('luma through colorizing and lossless export', () => {
  const films: [pixelFormat: string, range: ColorRange, exported: string][] = [
    ['yuv420p', 'limited', 'yuv420p'],
    ['yuv420p', 'full', 'yuv420p'],
    ['yuv422p', 'limited', 'yuv422p'],
    ['yuv420p10le', 'limited', 'yuv420p10le'],
    ['yuv422p10le', 'full', 'yuv422p10le'],
    ['gray', 'full', 'yuv444p'],
    ['gray', 'limited', 'yuv444p'],
    ['gray10le', 'full', 'yuv444p10le'],
    ['gray10le', 'limited', 'yuv444p10le'],
  ]
  for (const [pixelFormat, range, exported] of films) {
    it(`is kept exactly: ${pixelFormat}, ${range} range`, async () => {
      const folder = workFolder()
      const source = await drawFilm(folder, 'source.mkv', { pixelFormat, range, frames: 6, size: '130x70' })
      const target = join(folder, 'colored.mkv')
      const { open, export: runExport } = startTestEngine(folder)
      const info = await open(source, 'film')
      expect(info.range).toBe(range)
      const end = await runExport({ jobId: 'job', footageId: 'film', target, format: 'ffv1-mkv', overwrite: false })
      expect(end.error).toBeUndefined()
      expect(await lumaHashes(target)).toEqual(await lumaHashes(source))
      expect(await describeFilm(target)).toMatch(
        new RegExp(`Video: ffv1.*, ${exported}\\(${range === 'full' ? 'pc' : 'tv'}`),
      )
      // Luma alone would not tell whether anything was colored at all.
      expect(await pictureHashes(target)).not.toEqual(await pictureHashes(source))
    })
  }

  it('is kept where frames are large enough to be composed on a thread of their own', async () => {
    const folder = workFolder()
    const source = await drawFilm(folder, 'source.mkv', { frames: 12, size: '640x362' })
    const target = join(folder, 'colored.mkv')
    const { open, export: runExport } = startTestEngine(folder)
    await open(source, 'film')
    const end = await runExport({ jobId: 'job', footageId: 'film', target, format: 'ffv1-mkv', overwrite: false })
    expect(end).toMatchObject({ state: 'done', done: 12 })
    expect(await lumaHashes(target)).toEqual(await lumaHashes(source))
    // Each frame has its own colors, also where memory is used again.
    expect(new Set((await pictureHashes(target)).map(({ md5 }) => md5)).size).toBe(12)
  })

  it('is kept at sizes that no codec likes', async () => {
    for (const size of ['1x1', '3x5', '17x2', '2050x9']) {
      const folder = workFolder()
      const source = await drawFilm(folder, 'source.mkv', { size, frames: 2, pixelFormat: 'yuv444p' })
      const target = join(folder, 'colored.mkv')
      const { open, export: runExport } = startTestEngine(folder)
      await open(source, 'film')
      const end = await runExport({ jobId: 'job', footageId: 'film', target, format: 'ffv1-mkv', overwrite: false })
      expect(end.error).toBeUndefined()
      expect(await lumaHashes(target)).toEqual(await lumaHashes(source))
    }
  })
})
