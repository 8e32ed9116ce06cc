import { describe, expect, it } from 'vitest'
import { networkSize } from './networkSize.ts'

const square = { num: 1, den: 1 }

describe('the size of the picture the networks see', () => {
  it('keeps the aspect on a grid of 32', () => {
    expect(networkSize({ width: 1920, height: 1080, pixelAspect: square }, 256)).toEqual([448, 256])
    expect(networkSize({ width: 1080, height: 1920, pixelAspect: square }, 256)).toEqual([256, 448])
    expect(networkSize({ width: 720, height: 576, pixelAspect: { num: 64, den: 45 } }, 256)).toEqual([448, 256])
  })

  it('stays bounded for odd films', () => {
    expect(networkSize({ width: 1, height: 1, pixelAspect: square }, 256)).toEqual([32, 32])
    expect(networkSize({ width: 3, height: 5, pixelAspect: square }, 256)).toEqual([32, 64])
    expect(networkSize({ width: 8192, height: 16, pixelAspect: square }, 256)).toEqual([128, 32])
  })
})
