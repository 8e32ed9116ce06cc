import { describe, expect, it } from 'vitest'
import { ffmpegLog } from '../../../../test/material/inspect.ts'
import { splitPicture, type ChromaSampling, type PixelLayout } from '../../picture/pixelLayout.ts'
import { parseScaleLine } from '../opening/filmSizes.ts'
import { boxOf, boxScale, inFrame } from './letterbox.ts'

interface Case {
  readonly frame: string
  readonly aspect?: readonly [number, number]
  readonly picture: string
  readonly pictureAspect?: readonly [number, number]
  readonly format?: string
  readonly interlaced?: true
}

const samplings: Readonly<Record<string, ChromaSampling>> = {
  gray: 'gray',
  yuv420p: '420',
  yuv422p: '422',
  yuv444p: '444',
  yuv411p: '411',
  yuv410p: '410',
}
const sidesOf = (size: string): [number, number] => size.split('x').map(Number) as [number, number]

function frameOf({ frame, aspect = [1, 1], format = 'yuv420p', interlaced }: Case): Parameters<typeof boxOf>[0] {
  const [width, height] = sidesOf(frame)
  const layout: PixelLayout = {
    width,
    height,
    sampling: samplings[format]!,
    bitDepth: 8,
    range: 'full',
    matrix: 'bt709',
    ffmpegName: format,
    ...(interlaced && { interlaced }),
  }
  const info = { width, height, pixelAspect: { num: aspect[0], den: aspect[1] } }
  return { layout, info: info as Parameters<typeof boxOf>[0]['info'] }
}

function boxIn(test: Case): number[] {
  const [width, height] = sidesOf(test.picture)
  const [num, den] = test.pictureAspect ?? [1, 1]
  const box = boxOf(frameOf(test), { width, height, aspect: { num, den } })
  return [box.left, box.top, box.width, box.height]
}

describe('a picture of another shape', () => {
  it('stands between bars, whole and in its own shape', () => {
    expect(boxIn({ frame: '160x120', picture: '160x90' })).toEqual([0, 16, 160, 88])
    expect(boxIn({ frame: '160x120', picture: '160x90', format: 'yuv444p' })).toEqual([0, 15, 160, 90])
    expect(boxIn({ frame: '160x90', picture: '120x90', format: 'gray' })).toEqual([20, 0, 120, 90])
    expect(
      boxIn({ frame: '720x576', aspect: [16, 15], picture: '720x576', pictureAspect: [64, 45], interlaced: true }),
    ).toEqual([0, 72, 720, 432])
    expect(boxIn({ frame: '160x90', picture: '90x160', pictureAspect: [0, 1], format: 'yuv410p' })).toEqual([
      56, 0, 48, 90,
    ])
  })

  it('fills the frame where only the size is another, be it rounded', () => {
    expect(boxIn({ frame: '1920x1080', picture: '854x480' })).toEqual([0, 0, 1920, 1080])
    expect(boxIn({ frame: '352x288', picture: '176x144', aspect: [12, 11], pictureAspect: [12, 11] })).toEqual([
      0, 0, 352, 288,
    ])
  })

  it('keeps a line where it is as thin as can be', () => {
    expect(boxIn({ frame: '16x16', picture: '4000x2' })[3]).toBeGreaterThan(0)
    expect(boxIn({ frame: '2x2', picture: '2x4000' })).toEqual([0, 0, 2, 2])
  })

  it('is scaled by ffmpeg as we know it', async () => {
    const cases: Case[] = [
      { frame: '160x120', picture: '160x90' },
      { frame: '97x65', picture: '64x90', format: 'yuv411p' },
      { frame: '131x77', aspect: [16, 15], picture: '88x34', pictureAspect: [64, 45], format: 'gray' },
      { frame: '160x90', picture: '90x160', format: 'yuv410p' },
      { frame: '64x48', aspect: [8, 9], picture: '120x50', pictureAspect: [10, 11], interlaced: true },
    ]
    for (const test of cases) {
      const frame = frameOf(test)
      const [num, den] = test.pictureAspect ?? [1, 1]
      const chain = `setsar=${num}/${den}:max=1000,format=${frame.layout.ffmpegName},scale=${boxScale(frame, false).join(':')}`
      const said = await ffmpegLog([
        '-v',
        'level+verbose',
        '-f',
        'lavfi',
        '-i',
        `color=s=${test.picture}:d=0.04`,
        '-vf',
        chain,
        '-f',
        'null',
        '-',
      ])
      const scaled = said
        .split('\n')
        .map((line) => parseScaleLine(line, { path: 'film.mkv', sequence: null }))
        .filter((line) => line !== null)
        .at(-1)
      expect([scaled?.width, scaled?.height], test.frame).toEqual(boxIn(test).slice(2))
    }
  })

  it('has black around it, in the range of the film', () => {
    const { layout } = frameOf({ frame: '9x4', picture: '5x4' })
    const picture = new Uint8Array(5 * 4 + 2 * 3 * 2).fill(99).buffer
    for (const [range, black] of [
      ['full', 0],
      ['limited', 16],
    ] as const) {
      const { y, u } = splitPicture(layout, inFrame({ ...layout, range }, picture, { width: 5, height: 4 }))
      expect([...y.subarray(0, 9)]).toEqual([black, black, 99, 99, 99, 99, 99, black, black])
      expect([...u!]).toEqual([128, 99, 99, 99, 128, 128, 99, 99, 99, 128])
    }
  })
})
