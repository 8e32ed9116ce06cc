import { expect, it } from 'vitest'
import { deliveryInWords } from './delivered.ts'

it('what an export is asked for is said in short, and nothing where that is nothing', () => {
  expect(deliveryInWords({})).toEqual([])
  expect(deliveryInWords({ sound: 'carried' })).toEqual([])
  expect(
    deliveryInWords({
      bitRate: 7.5,
      depth: 10,
      size: { width: null, height: 720 },
      shape: { num: 239, den: 100 },
      deinterlace: 'double',
      sound: 'none',
      handles: 12,
    }),
  ).toEqual([
    '7.5 Mbit/s',
    '10 bits',
    '720 lines',
    'frame 2.39:1',
    'deinterlaced, twice the rate',
    'no sound',
    'handles of 12 frames',
  ])
  expect(deliveryInWords({ quality: 18, profile: 'sq', size: { width: 640, height: 360 }, sound: 'pcm' })).toEqual([
    'quality 18',
    'SQ',
    '640 × 360',
    'sound PCM',
  ])
})
