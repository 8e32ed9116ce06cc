import { appendFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workFolder } from '../../../../test/material/workFolder.ts'
import { IndexCache, type KeptIndex } from './indexCache.ts'

const made: KeptIndex = {
  index: {
    timeBase: { num: 1, den: 24000 },
    pts: Float64Array.of(0, 1001, 2002.5),
    stored: Float64Array.of(0, 1001, 500),
    end: 3003,
    seekable: Uint8Array.of(1, 0, 1),
    isClosed: true,
  },
  damaged: [1],
  flawed: [2],
  cutOff: false,
  lost: 3,
  checked: true,
  paired: true,
  breaks: [{ frame: 2, ticks: -501 }],
  interlaced: 0.25,
  otherOrder: 12,
  otherRange: { seconds: 0.24 },
  sizes: [[2, { width: 160, height: 120, format: 'yuv420p', aspect: { num: 16, den: 15 } }]],
}

function desk(): {
  cache: IndexCache
  film: string
  folder: string
  count: () => number
  make: () => Promise<KeptIndex>
} {
  const folder = workFolder()
  const film = join(folder, 'film.mkv')
  writeFileSync(film, 'a film')
  let calls = 0
  return {
    cache: new IndexCache(join(folder, 'indexes')),
    film,
    folder,
    count: () => calls,
    make: () => Promise.resolve((calls++, made)),
  }
}

describe('the index of a film', () => {
  it('is made once and comes back as it was', async () => {
    const { cache, film, folder, count, make } = desk()
    await cache.recall(film, 'a', make)
    expect(await new IndexCache(join(folder, 'indexes')).recall(film, 'a', make)).toEqual(made)
    expect(count()).toBe(1)
  })

  it('is made again when the film has changed, or is read otherwise', async () => {
    const { cache, film, count, make } = desk()
    await cache.recall(film, 'a', make)
    await cache.recall(film, 'b', make)
    appendFileSync(film, ' with another reel')
    await cache.recall(film, 'a', make)
    expect(count()).toBe(3)
  })

  it('is made again when what was kept is damaged', async () => {
    const { cache, film, folder, count, make } = desk()
    await cache.recall(film, 'a', make)
    const [kept] = readdirSync(join(folder, 'indexes'))
    truncateSync(join(folder, 'indexes', kept!), 90)
    expect(await cache.recall(film, 'a', make)).toEqual(made)
    expect(count()).toBe(2)
  })

  it('is made where nothing can be kept', async () => {
    const { film, make } = desk()
    expect(await new IndexCache(join(film, 'no-folder')).recall(film, 'a', make)).toEqual(made)
  })
})
