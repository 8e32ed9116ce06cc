import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workFolder } from '../../../../test/material/workFolder.ts'
import { readPictureHeader } from './pictureHeader.ts'

function exrSaying(num: number, den: number): Buffer {
  const [head, size, rate] = [Buffer.alloc(8), Buffer.alloc(4), Buffer.alloc(8)]
  head.writeUInt32LE(20000630)
  size.writeInt32LE(8)
  rate.writeInt32LE(num)
  rate.writeUInt32LE(den, 4)
  return Buffer.concat([head, Buffer.from('framesPerSecond\0rational\0'), size, rate, Buffer.alloc(32)])
}

describe('the header of a scanned picture', () => {
  it('names the broadcast rate that its fraction is rounded from', async () => {
    const path = join(workFolder(), 'scan.exr')
    for (const [num, den, rate] of [
      [2997, 100, { num: 30000, den: 1001 }],
      [24000, 1001, { num: 24000, den: 1001 }],
      [50, 2, { num: 25, den: 1 }],
    ] as const) {
      writeFileSync(path, exrSaying(num, den))
      expect(await readPictureHeader(path)).toEqual({ rate, timecode: null })
    }
  })
})
