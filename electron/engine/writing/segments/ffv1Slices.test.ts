import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workFolder } from '../../../../test/material/workFolder.ts'
import { locateFfmpeg } from '../../ffmpeg/locateFfmpeg.ts'
import { chromaShift, type PixelLayout } from '../../picture/pixelLayout.ts'
import { slicesOf } from './ffv1Slices.ts'

const run = promisify(execFile)

describe('the slices of FFV1', () => {
  it('keep every sample of color, whatever the size', async () => {
    const { path: ffmpeg } = await locateFfmpeg()
    const file = join(workFolder(), 'slices.mkv')
    const md5 = async (args: readonly string[]): Promise<string> =>
      (await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args, '-f', 'md5', '-'])).stdout
    const sizes = [
      [163, 121],
      [98, 67],
      [101, 71],
      [415, 313],
      [637, 357],
      [400, 301],
      [641, 361],
      [719, 575],
      [1281, 723],
    ] as const
    const formats = [
      ['420', 'yuv420p', 8],
      ['422', 'yuv422p10le', 10],
      ['440', 'yuv440p', 8],
      ['411', 'yuv411p', 8],
      ['410', 'yuv410p', 8],
      ['444', 'yuv444p', 8],
    ] as const
    for (const [width, height] of sizes) {
      for (const [sampling, pixelFormat, bitDepth] of formats) {
        const drawn = [
          ...['-f', 'lavfi', '-i', 'testsrc2=s=1300x740', '-frames:v', '1'],
          ...['-vf', `format=yuv444p,crop=${width}:${height}:0:0:exact=1,format=${pixelFormat}`],
        ]
        const slices = slicesOf({ width, height, sampling, bitDepth } as PixelLayout)
        const codec = ['-c:v', 'ffv1', '-level', '3', '-slices', `${slices}`]
        await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...drawn, ...codec, file])
        const name = `${width} x ${height} ${pixelFormat}, ${slices} slices`
        expect(`${name}: ${await md5(['-i', file])}`).toBe(`${name}: ${await md5([...drawn])}`)
      }
    }
  })

  it('are found for all but a few odd sizes, and are few where a picture is small', () => {
    let [found, none] = [0, 0]
    for (const sampling of ['gray', ...Object.keys(chromaShift)] as PixelLayout['sampling'][]) {
      for (let width = 16; width < 2100; width += 1 + (width % 7)) {
        for (let height = 16; height < 1200; height += 1 + (height % 11)) {
          const slices = slicesOf({ width, height, sampling, bitDepth: 8 } as PixelLayout)
          if (slices === null) none++
          else found++
          if (width % 4 === 0 && height % 4 === 0) {
            const usual = width >= 640 && height >= 360 ? 16 : width >= 64 && height >= 64 ? 4 : slices
            expect([width, height, sampling, slices]).toEqual([width, height, sampling, usual])
          }
        }
      }
    }
    expect(none).toBeLessThan(found / 500)
    expect(slicesOf({ width: 10000, height: 8001, sampling: 'gray', bitDepth: 16 } as PixelLayout)).not.toBeNull()
  })
})
