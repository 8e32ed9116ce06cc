import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { workFolder } from '../../../test/material/workFolder.ts'
import { ColorCache } from '../cache/colorCache.ts'
import { CutMap } from './cutMap.ts'
import { StandIns } from './standIns.ts'

const FILM = '0123456789abcdef0123456789abcdef'

function openCache(folder: string): ColorCache {
  const cache = new ColorCache(folder, null)
  onTestFinished(() => cache.close())
  return cache
}

const jpeg = (frame: number): Uint8Array => Uint8Array.from({ length: 40 }, () => frame)

describe('stand-ins', () => {
  it('are of the nearest frame of the same shot, at most twelve away', () => {
    const folder = workFolder()
    const cuts = new CutMap(join(folder, 'cuts.json'))
    cuts.note(
      0,
      Array.from({ length: 60 }, (_, n) => ({ isCut: n === 20, color: 'gray' })),
    )
    const standIns = new StandIns(openCache(folder), FILM, cuts)
    for (const frame of [0, 12, 24]) standIns.add(frame, jpeg(frame))
    const of = (frame: number): number | undefined => standIns.near(frame)?.of
    expect([0, 5, 7, 19, 20, 30, 36, 37].map(of)).toEqual([0, 0, 12, 12, 24, 24, 24, undefined])
    expect(standIns.near(25)?.jpeg).toEqual(jpeg(24))
  })

  it('are one of every twelve frames, however often the film is looked through', () => {
    const cache = openCache(workFolder())
    const standIns = new StandIns(cache, FILM, { hasCutBetween: () => false })
    for (const frame of [3, 15, 27]) standIns.add(frame, jpeg(frame))
    const { bytes } = cache
    for (const frame of [0, 12, 24, 35]) standIns.add(frame, jpeg(frame))
    expect(cache.bytes).toBe(bytes)
    expect(standIns.near(0)?.of).toBe(3)
  })

  it('are done without where the disk takes none, and colorings are tried all the same', () => {
    const file = join(workFolder(), 'no folder')
    writeFileSync(file, '')
    const cache = openCache(join(file, 'cache'))
    const standIns = new StandIns(cache, FILM, { hasCutBetween: () => false })
    standIns.add(0, jpeg(0))
    expect(standIns.near(0)).toBeNull()
    standIns.finish()
    expect(cache.failedWith).toBeNull()
    const chroma = { width: 1, height: 1, values: new Float32Array(2) }
    expect(cache.put(FILM, FILM, 0, { chroma, confidence: 1 })).toBe(false)
    expect(cache.failedWith).not.toBeNull()
  })
})
