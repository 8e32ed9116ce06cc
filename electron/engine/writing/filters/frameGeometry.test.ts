import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../../contract/delivery.ts'
import { frameGeometry, isUntouched } from './frameGeometry.ts'

const square = { num: 1, den: 1 }
const film = { width: 1440, height: 1080, pixelAspect: square, rotation: 0 }
const layout = { sampling: '420' } as const
const sized = (width: number | null, height: number, more: Delivery = {}): Delivery => ({
  size: { width, height },
  ...more,
})

describe('the frames of an export', () => {
  it('are the film’s where nothing is asked for, or its own size', () => {
    for (const delivery of [{}, sized(null, 1080), sized(1440, 1080)]) {
      const geometry = frameGeometry(film, layout, delivery)
      expect(geometry).toMatchObject({ scaled: null, width: 1440, height: 1080 })
      expect(isUntouched(geometry)).toBe(true)
    }
  })

  it('have the height that is asked for, in square pixels', () => {
    expect(frameGeometry(film, layout, sized(null, 720))).toEqual({
      scaled: [960, 720],
      bars: [0, 0],
      width: 960,
      height: 720,
      pixelAspect: square,
    })
    const pal = { width: 720, height: 576, pixelAspect: { num: 16, den: 15 }, rotation: 0 }
    expect(frameGeometry(pal, layout, sized(null, 576))).toMatchObject({ scaled: [768, 576], pixelAspect: square })
  })

  it('hold a picture of another shape between black bars of whole chroma samples and lines of both fields', () => {
    expect(frameGeometry(film, layout, sized(1920, 1080))).toMatchObject({ scaled: null, bars: [240, 0] })
    expect(frameGeometry(film, layout, sized(1000, 1000))).toMatchObject({ scaled: [1000, 752], bars: [0, 124] })
    expect(frameGeometry(film, { ...layout, interlaced: true }, sized(1000, 1002))).toMatchObject({
      scaled: [1000, 754],
      bars: [0, 124],
    })
  })

  it('grow to the shape that is asked for around a picture whose samples stay', () => {
    const wide = { num: 16, den: 9 }
    expect(frameGeometry(film, layout, { shape: wide })).toEqual({
      scaled: null,
      bars: [240, 0],
      width: 1920,
      height: 1080,
      pixelAspect: square,
    })
    expect(frameGeometry(film, layout, { shape: square })).toMatchObject({ bars: [0, 180], height: 1440 })
    expect(frameGeometry(film, layout, { shape: { num: 4, den: 3 } })).toMatchObject({ bars: [0, 0] })
    const pal = { width: 720, height: 576, pixelAspect: { num: 16, den: 15 }, rotation: 0 }
    expect(frameGeometry(pal, layout, { shape: wide })).toMatchObject({
      bars: [120, 0],
      width: 960,
      pixelAspect: { num: 16, den: 15 },
    })
    expect(frameGeometry({ ...film, rotation: 90 }, layout, { shape: square })).toMatchObject({ bars: [0, 180] })
    expect(frameGeometry(film, layout, sized(null, 720, { shape: wide }))).toMatchObject({
      bars: [160, 0],
      width: 1280,
    })
    expect(() => frameGeometry(film, layout, sized(640, 480, { shape: wide }))).toThrow(/are a shape already/)
  })

  it('are asked for as they are shown, also of a film that is stored turned', () => {
    const turned = { ...film, rotation: 90 }
    expect(frameGeometry(turned, layout, sized(null, 720))).toMatchObject({
      scaled: [720, 540],
      width: 720,
      height: 540,
    })
    expect(frameGeometry(turned, layout, sized(1080, 720))).toMatchObject({ bars: [0, 270], width: 720, height: 1080 })
  })

  it('are larger than the film only where that is asked for', () => {
    expect(() => frameGeometry(film, layout, sized(null, 2160))).toThrow(/1440 × 1080.*2880 × 2160.*enlarged/)
    expect(frameGeometry(film, layout, sized(null, 2160, { enlarge: true }))).toMatchObject({ scaled: [2880, 2160] })
  })
})
