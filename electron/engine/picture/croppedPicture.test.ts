import { describe, expect, it } from 'vitest'
import { BlackBars } from './blackBars.ts'
import { croppedLayout, croppedPlanes, shownCrop, storedCrop, wholeCrop } from './croppedPicture.ts'
import { chromaSize, type PixelLayout, type Planes } from './pixelLayout.ts'

const layoutOf = (width: number, height: number, more: Partial<PixelLayout> = {}): PixelLayout => ({
  ...{ width, height, sampling: '420', bitDepth: 8, range: 'limited', matrix: 'bt709', ffmpegName: 'yuv420p' },
  ...more,
})

/** Each sample tells its row and column. */
function picture(layout: PixelLayout): Planes {
  const [cw, ch] = chromaSize(layout)
  const View = layout.bitDepth > 8 ? Uint16Array : Uint8Array
  const plane = (width: number, height: number) =>
    new View(width * height).map((_, n) => 16 * Math.floor(n / width) + (n % width))
  return { layout, y: plane(layout.width, layout.height), u: plane(cw, ch), v: plane(cw, ch) }
}

const crop = { left: 1, top: 2, right: 3, bottom: 4 }

describe('a picture with something cut off its sides', () => {
  it('is turned and mirrored as the film is, and back', () => {
    expect(storedCrop(crop, { rotation: 90, mirrored: false })).toEqual({ left: 2, top: 3, right: 4, bottom: 1 })
    expect(storedCrop(crop, { rotation: 180, mirrored: false })).toEqual({ left: 3, top: 4, right: 1, bottom: 2 })
    expect(storedCrop(crop, { rotation: 0, mirrored: true })).toEqual({ left: 3, top: 2, right: 1, bottom: 4 })
    for (const rotation of [0, 90, 180, 270])
      for (const mirrored of [false, true]) {
        const orientation = { rotation, mirrored }
        expect(shownCrop(storedCrop(crop, orientation), orientation)).toEqual(crop)
      }
  })

  it('keeps its other samples, in whole samples of color and whole lines of both fields', () => {
    for (const [more, whole] of [
      [{ sampling: '420' }, { left: 0, top: 2, right: 3, bottom: 3 }],
      [
        { sampling: '420', interlaced: true },
        { left: 0, top: 0, right: 3, bottom: 1 },
      ],
      [
        { sampling: '422', bitDepth: 10 },
        { left: 0, top: 2, right: 3, bottom: 4 },
      ],
      [{ sampling: '444' }, crop],
    ] as [Partial<PixelLayout>, typeof crop][]) {
      const layout = layoutOf(15, 13, more)
      expect(wholeCrop(crop, layout)).toEqual(whole)
      const { layout: left, y, u } = croppedPlanes(picture(layout), whole)
      expect(left).toEqual(croppedLayout(layout, whole))
      expect(left).toMatchObject({ width: 15 - whole.left - whole.right, height: 13 - whole.top - whole.bottom })
      expect(y[0]).toBe(16 * whole.top + whole.left)
      expect(y.at(-1)).toBe(16 * (12 - whole.bottom) + 14 - whole.right)
      const [cw, ch] = chromaSize(layout)
      const [sx, sy] = [15 / cw > 1.5 ? 2 : 1, 13 / ch > 1.5 ? 2 : 1]
      expect(u!.length).toBe(chromaSize(left)[0] * chromaSize(left)[1])
      expect(u![0]).toBe((16 * whole.top) / sy + whole.left / sx)
      const end = [cw - Math.ceil(whole.right / sx), ch - Math.ceil(whole.bottom / sy)] as const
      expect(u!.at(-1)).toBe(16 * (end[1] - 1) + end[0] - 1)
    }
  })
})

describe('the black beside a film’s pictures', () => {
  const layout = layoutOf(400, 240, { sampling: 'gray', ffmpegName: 'gray' })
  /** Black with a lighter part. */
  function shown(left: number, top: number, width: number, height: number, light = 90): Uint8Array {
    const y = new Uint8Array(layout.width * layout.height).map((_, n) => 16 + (n % 5))
    for (let row = top; row < top + height; row++) y.fill(light, row * 400 + left, row * 400 + left + width)
    return y
  }
  const found = (...pictures: Uint8Array[]) => {
    const bars = new BlackBars(layout)
    for (const y of pictures) bars.look(y)
    return bars.found
  }

  it('is what is black on all of them, with its noise and its specks', () => {
    const dusty = shown(40, 30, 320, 180)
    dusty[5 * 400 + 200] = 255
    expect(found(shown(60, 50, 100, 40), dusty, shown(40, 0, 1, 0))).toEqual({
      left: 40,
      top: 30,
      right: 40,
      bottom: 30,
    })
    // A dark scene leaves the others' say.
    expect(found(shown(0, 0, 0, 0), shown(0, 24, 400, 192, 40))).toEqual({ left: 0, top: 24, right: 0, bottom: 24 })
  })

  it('is nothing where all is black, or nothing is', () => {
    expect(found(shown(0, 0, 0, 0))).toBeNull()
    expect(found(shown(0, 0, 400, 240))).toBeNull()
  })
})
