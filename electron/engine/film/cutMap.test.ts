import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workFolder } from '../../../test/material/workFolder.ts'
import { CutMap } from './cutMap.ts'

describe('what is known of the cuts', () => {
  it('remembers over restarts where it looked and what it found', () => {
    const path = join(workFolder(), 'cuts', 'film.json')
    const map = new CutMap(path)
    const frames = Array.from({ length: 20 }, (_, n) => ({
      isCut: n === 7,
      color: n < 3 ? ('color' as const) : ('gray' as const),
    }))
    map.note(10, frames, [{ from: 22, to: 28 }])
    map.note(17, [{ isCut: false, color: 'tinted' }])
    map.save()
    const again = new CutMap(path)
    expect(again.found).toEqual({
      at: [17],
      transitions: [{ from: 22, to: 28 }],
      colored: [{ from: 10, to: 13, kind: 'color' }],
    })
    expect(again.unknownIn({ from: 0, to: 40 })).toEqual([
      { from: 0, to: 10 },
      { from: 30, to: 40 },
    ])
    expect(again.unknownIn({ from: 12, to: 30 })).toEqual([])
  })

  it('starts anew from a damaged file', () => {
    const path = join(workFolder(), 'film.json')
    writeFileSync(path, '{"version": 1, "known": [[0, ')
    expect(new CutMap(path).unknownIn({ from: 0, to: 5 })).toEqual([{ from: 0, to: 5 }])
  })
})
