/** The color cache where there is much of it: memory, start, descriptors, and the indexes beside the packs. */
import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { onlyOn } from '../../../test/material/onlyOn.ts'
import { workFolder } from '../../../test/material/workFolder.ts'
import { digest } from '../../content/digest.ts'
import { ColorCache } from './colorCache.ts'
import { asStored, encodeColoring, meanChroma, type StoredColoring } from './coloringCodec.ts'
import { PackWriter } from './packFile.ts'
import { groupName, indexFile, PackIndex, type IndexEntry } from './packIndex.ts'

const film = digest('film')
const recipe = digest('recipe')
const LIMIT = 1e9

function coloring(seed: number): StoredColoring {
  const values = Float32Array.from({ length: 2 * 16 * 16 }, (_, i) => 0.4 * Math.sin(seed + i / 7))
  return { chroma: asStored({ width: 16, height: 16, values }), confidence: (seed % 8) / 8 }
}

const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name))

/** Closed again, so that its packs are finished. */
function storeOf(folder: string, frames: number): void {
  const cache = new ColorCache(folder, LIMIT)
  for (let frame = 0; frame < frames; frame++) cache.put(film, recipe, frame, coloring(frame))
  cache.close()
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/**
 * Bytes. The least of several looks: what a collection frees is given back by other threads, later on a busy machine.
 */
async function memoryInUse(): Promise<number> {
  const looks: number[] = []
  while (looks.length < 10) {
    collectGarbage()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    looks.push(heapUsed + arrayBuffers)
    await setTimeout(20)
  }
  return Math.min(...looks)
}

describe('a color cache of millions of frames', () => {
  it('starts at once, takes at most 12 bytes of memory a frame, and is trimmed without being read', async () => {
    const folder = workFolder()
    const [packs, framesEach, packBytes] = [200, 10_000, 300_000]
    for (let n = 0; n < packs; n++) {
      // Nothing reads these packs themselves, so they are only as long as their indexes say.
      const pack = join(folder, `${String(n).padStart(9, '0')}-1-00000000-${film}.colors`)
      writeFileSync(pack, '')
      truncateSync(pack, packBytes)
      const from = n * framesEach
      const entry = (m: number): IndexEntry => ({
        frame: from + m,
        offset: m,
        confidence: m / framesEach,
        u: 0.25,
        v: -0.5,
      })
      const entries = Array.from({ length: framesEach }, (_, m) => entry(m))
      PackIndex.write(pack, packBytes, new Map([[groupName(film, recipe), entries]]))
    }
    const before = await memoryInUse()
    const started = performance.now()
    const cache = new ColorCache(folder, null)
    expect(performance.now() - started).toBeLessThan(1000)
    expect((await memoryInUse()) - before).toBeLessThan(packs * framesEach)

    const frames = cache.framesOf(film, recipe)
    let found = 0
    for (let frame = -5; frame < packs * framesEach + 5; frame++) if (frames.has(frame)) found++
    expect(found).toBe(packs * framesEach)
    for (let n = 0; n < packs; n++) {
      expect(cache.measure(film, recipe, n * framesEach + 2500)).toEqual({ confidence: 0.25, u: 0.25, v: -0.5 })
    }
    expect(((await memoryInUse()) - before) / found).toBeLessThan(12)

    const half = cache.bytes / 2
    cache.limitBytes = half
    expect(cache.bytes).toBeLessThanOrEqual(half)
    expect(filesOf(folder, '.colors')).toHaveLength(packs / 2)
    expect(filesOf(folder, '.index')).toHaveLength(packs / 2)
    expect(cache.has(film, recipe, 0)).toBe(false)
    expect(cache.measure(film, recipe, 0)).toBeNull()
    expect(cache.has(film, recipe, packs * framesEach - 1)).toBe(true)
    cache.close()
  })

  it(
    'keeps few files open, of however many films and packs',
    onlyOn(['linux'], 'the system says which files are open'),
    () => {
      const openFiles = (): number => readdirSync('/proc/self/fd').length
      const folder = workFolder()
      const films = Array.from({ length: 100 }, (_, n) => digest('film', n))
      const before = openFiles()
      const first = new ColorCache(folder, LIMIT)
      films.forEach((owner, n) => first.put(owner, recipe, n, coloring(n)))
      films.forEach((owner, n) => expect(first.get(owner, recipe, n)).toEqual(coloring(n)))
      expect(openFiles() - before).toBeLessThan(36)
      first.close()
      for (let n = 0; n < 60; n++) {
        const another = new ColorCache(folder, LIMIT)
        another.put(film, recipe, n, coloring(n))
        another.close()
      }
      expect(openFiles()).toBe(before)
      const second = new ColorCache(folder, LIMIT)
      films.forEach((owner, n) => expect(second.get(owner, recipe, n)).toEqual(coloring(n)))
      for (let n = 0; n < 60; n++) expect(second.get(film, recipe, n)).toEqual(coloring(n))
      expect(openFiles() - before).toBeLessThan(36)
      second.close()
      expect(openFiles()).toBe(before)
    },
  )
})

describe('the index beside a pack', () => {
  it('tells what each coloring measures, as the coloring does', () => {
    const folder = workFolder()
    storeOf(folder, 5)
    const cache = new ColorCache(folder, LIMIT)
    cache.put(film, recipe, 5, coloring(5))
    for (let frame = 0; frame < 6; frame++) {
      const { chroma, confidence } = coloring(frame)
      const { u, v } = meanChroma(chroma)
      expect(cache.measure(film, recipe, frame)).toEqual({ confidence, u: Math.fround(u), v: Math.fround(v) })
    }
    cache.close()
  })

  it('is made again where it is missing, torn, damaged, or of a pack that went on', () => {
    const folder = workFolder()
    storeOf(folder, 30)
    const [pack] = filesOf(folder, '.colors')
    const whole = readFileSync(indexFile(pack!))
    const damages: Buffer[] = [0, 7, 20, 28, 60, whole.length - 20, whole.length - 1].map((length) =>
      whole.subarray(0, length),
    )
    for (let at = 0; at < whole.length; at += 11) {
      const damaged = Buffer.from(whole)
      damaged[at]! ^= 0x80
      damages.push(damaged)
    }
    for (const damaged of damages) {
      writeFileSync(indexFile(pack!), damaged)
      const cache = new ColorCache(folder, LIMIT)
      for (let frame = 0; frame < 30; frame++) expect(cache.has(film, recipe, frame)).toBe(true)
      expect(cache.get(film, recipe, 29)).toEqual(coloring(29))
      cache.close()
      expect(readFileSync(indexFile(pack!))).toEqual(whole)
    }

    rmSync(indexFile(pack!))
    storeOf(join(folder, 'other'), 31)
    const [longer] = filesOf(join(folder, 'other'), '.colors')
    writeFileSync(indexFile(pack!), whole)
    appendFileSync(pack!, readFileSync(longer!).subarray(statSync(pack!).size))
    const cache = new ColorCache(folder, LIMIT)
    expect(cache.get(film, recipe, 30)).toEqual(coloring(30))
    cache.close()
  })

  it('goes with its pack, and never stays behind alone', () => {
    const folder = workFolder()
    storeOf(folder, 3)
    const [pack] = filesOf(folder, '.colors')
    rmSync(pack!)
    expect(new ColorCache(folder, LIMIT).has(film, recipe, 0)).toBe(false)
    expect(readdirSync(folder)).toEqual([])
    storeOf(folder, 3)
    new ColorCache(folder, LIMIT).clear()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('packs of others', () => {
  it('are read where an earlier version put several films into one: once through, and from then on by their index', () => {
    const folder = workFolder()
    const pack = join(folder, '0mdz3k9x1-77-0a1b2c3d.colors')
    const old = new PackWriter(pack)
    const films = Array.from({ length: 40 }, (_, n) => digest('film', n))
    const payload = encodeColoring(coloring(1))
    for (let frame = 0; frame < 250; frame++) for (const owner of films) old.append({ owner, recipe, frame }, payload)
    old.close()
    const cache = new ColorCache(folder, LIMIT)
    const started = performance.now()
    for (const owner of films) {
      expect([0, 249, 250].map((frame) => cache.has(owner, recipe, frame))).toEqual([true, true, false])
      expect(cache.get(owner, recipe, 249)).toEqual(coloring(1))
    }
    // Ten thousand colorings: a fraction of a second on a quiet machine.
    expect(performance.now() - started).toBeLessThan(10_000)
    cache.close()
    expect(filesOf(folder, '.index')).toHaveLength(1)
    // Nobody looks into the pack any more to know what it holds: here there is nothing left to see.
    const { size } = statSync(pack)
    truncateSync(pack, 0)
    truncateSync(pack, size)
    const second = new ColorCache(folder, LIMIT)
    for (const owner of films)
      expect([0, 249, 250].map((frame) => second.has(owner, recipe, frame))).toEqual([true, true, false])
    second.close()
  })

  it('may be given up while they are in use here: their frames are not there any more, and can be stored again', () => {
    const folder = workFolder()
    for (let n = 0; n < 3; n++) {
      const writer = new ColorCache(folder, LIMIT)
      writer.put(film, recipe, n, coloring(n))
      writer.close()
    }
    const cache = new ColorCache(folder, LIMIT)
    expect(cache.get(film, recipe, 0)).toEqual(coloring(0))
    expect(cache.put(film, recipe, 9, coloring(9))).toBe(true)
    new ColorCache(folder, LIMIT).clear()
    for (let n = 1; n < 3; n++) {
      expect(cache.get(film, recipe, n)).toBeNull()
      expect(cache.has(film, recipe, n)).toBe(false)
      expect(cache.put(film, recipe, n, coloring(n))).toBe(true)
      expect(cache.get(film, recipe, n)).toEqual(coloring(n))
    }
    cache.close()
    const later = new ColorCache(folder, LIMIT)
    for (let n = 1; n < 3; n++) expect(later.get(film, recipe, n)).toEqual(coloring(n))
    later.close()
  })
})
