import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { smallDisk } from '../../../test/material/smallDisk.ts'
import { workFolder } from '../../../test/material/workFolder.ts'
import { digest } from '../../content/digest.ts'
import { ColorCache } from './colorCache.ts'
import { asStored, decodeColoring, encodeColoring, type StoredColoring } from './coloringCodec.ts'

const film = digest('film')
const recipe = digest('recipe')
const LIMIT = 1e9

function coloring(seed: number, width = 56, height = 32): StoredColoring {
  const values = Float32Array.from(
    { length: 2 * width * height },
    (_, i) => 0.4 * Math.sin(seed + i / 37) * Math.cos((seed * i) / 911),
  )
  return { chroma: asStored({ width, height, values }), confidence: 0.25 }
}

/** All files of the folder; the first is a pack. */
const files = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))

describe('a stored coloring', () => {
  it('comes back as it was stored, to an 8-bit step', () => {
    const { chroma } = coloring(3)
    const back = decodeColoring(encodeColoring({ chroma, confidence: 0.5 }))
    expect(back?.chroma).toEqual(chroma)
    expect(back?.confidence).toBe(0.5)
    const values = Float32Array.from({ length: 2 * 16 * 16 }, (_, i) => (i / 511) * 1 - 0.5)
    const stored = asStored({ width: 16, height: 16, values })
    values.forEach((value, i) => expect(Math.abs(stored.values[i]! - value)).toBeLessThan(0.6 / 254))
    expect(asStored({ width: 1, height: 1, values: new Float32Array(2) }).values).toEqual(new Float32Array(2))
  })

  it('is no coloring when bytes are missing or made up', () => {
    const bytes = encodeColoring(coloring(1))
    for (let length = 0; length < bytes.length; length += 7)
      expect(decodeColoring(bytes.subarray(0, length))).toBeNull()
    expect(decodeColoring(Buffer.alloc(500, 0x55))).toBeNull()
  })
})

describe('the color cache', () => {
  it('finds colorings again in a later run, by film, recipe and frame', () => {
    const folder = workFolder()
    const first = new ColorCache(folder, LIMIT)
    for (let frame = 0; frame < 20; frame++) expect(first.put(film, recipe, frame, coloring(frame))).toBe(true)
    first.close()
    const second = new ColorCache(folder, LIMIT)
    for (let frame = 0; frame < 20; frame++) expect(second.get(film, recipe, frame)).toEqual(coloring(frame))
    expect(second.has(film, recipe, 20)).toBe(false)
    expect(second.has(film, digest('another recipe'), 3)).toBe(false)
    expect(second.has(digest('another film'), recipe, 3)).toBe(false)
    second.close()
  })

  it('is cleared around what another program is writing, which loses at most its last record to a kill -9', async () => {
    const folder = workFolder()
    const before = new ColorCache(folder, LIMIT)
    before.put(film, recipe, 1_000_000, coloring(1))
    before.close()
    const script = `
      import { ColorCache } from ${JSON.stringify(join(import.meta.dirname, 'colorCache.ts'))}
      const cache = new ColorCache(${JSON.stringify(folder)}, 1e9)
      const values = Float32Array.from({ length: 2 * 224 * 128 }, () => Math.random() - 0.5)
      for (let frame = 0; ; frame++) {
        cache.put('${film}', '${recipe}', frame, { chroma: { width: 224, height: 128, values }, confidence: 1 })
        process.stdout.write(frame + '\\n')
      }`
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: join(import.meta.dirname, '../../..'),
    })
    let said = ''
    const hasSaid = (lines: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => void (said.split('\n').length > lines && resolve())
        child.stdout.on('data', look)
        look()
      })
    child.stdout.on('data', (text: Buffer) => (said += text.toString()))
    await hasSaid(20)
    const clearing = new ColorCache(folder, LIMIT)
    clearing.clear()
    expect(clearing.has(film, recipe, 1_000_000)).toBe(false)
    clearing.close()
    await hasSaid(said.split('\n').length + 20)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    const written = Number(said.trim().split('\n').at(-1))
    const cache = new ColorCache(folder, LIMIT)
    for (let frame = 0; frame <= written; frame++) expect(cache.get(film, recipe, frame)).not.toBeNull()
    // Of a program that has ended it is no longer spared.
    cache.clear()
    expect(readdirSync(folder)).toEqual([])
    cache.close()
  })

  it('reads past a torn end, and goes on writing', () => {
    const folder = workFolder()
    const first = new ColorCache(folder, LIMIT)
    for (let frame = 0; frame < 5; frame++) first.put(film, recipe, frame, coloring(frame))
    first.close()
    const [pack] = files(folder)
    truncateSync(pack!, statSync(pack!).size - 11)
    const second = new ColorCache(folder, LIMIT)
    expect([0, 1, 2, 3, 4].map((frame) => second.has(film, recipe, frame))).toEqual([true, true, true, true, false])
    expect(second.put(film, recipe, 4, coloring(4))).toBe(true)
    second.close()
    const third = new ColorCache(folder, LIMIT)
    expect(third.get(film, recipe, 4)).toEqual(coloring(4))
    third.close()
  })

  it('drops what the disk has changed, never giving wrong colors', () => {
    const folder = workFolder()
    const first = new ColorCache(folder, LIMIT)
    for (let frame = 0; frame < 30; frame++) first.put(film, recipe, frame, coloring(frame))
    first.close()
    const [pack] = files(folder)
    const { size } = statSync(pack!)
    const file = openSync(pack!, 'r+')
    for (let at = 700; at < size; at += 2900) writeSync(file, Buffer.from([0xa5]), 0, 1, at)
    closeSync(file)
    writeFileSync(join(folder, 'zz-rubbish.colors'), Buffer.alloc(3000, 7))
    const second = new ColorCache(folder, LIMIT)
    let found = 0
    for (let frame = 0; frame < 30; frame++) {
      const got = second.get(film, recipe, frame)
      if (got) expect(got).toEqual(coloring(frame))
      found += got ? 1 : 0
    }
    expect(found).toBeLessThan(30)
    second.close()
  })

  it('keeps within its limit and drops what was not used for longest', () => {
    const folder = workFolder()
    const limit = 200_000
    const cache = new ColorCache(folder, limit)
    for (let frame = 0; frame < 200; frame++) expect(cache.put(film, recipe, frame, coloring(frame))).toBe(true)
    expect(cache.bytes).toBeLessThan(1.3 * limit)
    expect(files(folder).reduce((sum, path) => sum + statSync(path).size, 0)).toBe(cache.bytes)
    expect(cache.has(film, recipe, 0)).toBe(false)
    expect(cache.get(film, recipe, 199)).toEqual(coloring(199))
    cache.close()
  })

  it('never gives up what it finds by a limit of its own, only by the one that all processes share', () => {
    const folder = workFolder()
    const editor = new ColorCache(folder, null)
    for (let frame = 0; frame < 60; frame++) editor.put(film, recipe, frame, coloring(frame))
    editor.close()
    const commandLine = new ColorCache(folder, 1000)
    expect(commandLine.has(film, recipe, 0)).toBe(true)
    for (let frame = 60; frame < 90; frame++) commandLine.put(film, recipe, frame, coloring(frame))
    for (let frame = 0; frame < 60; frame++) expect(commandLine.has(film, recipe, frame)).toBe(true)
    commandLine.limitBytes = 5e6
    commandLine.close()
    const restarted = new ColorCache(folder, null)
    expect(restarted.limitBytes).toBe(5e6)
    restarted.limitBytes = 1000
    expect(restarted.has(film, recipe, 0)).toBe(false)
    restarted.close()
  })

  it('goes on without a disk to write to', () => {
    const file = join(workFolder(), 'a-file')
    writeFileSync(file, 'in the way of a folder')
    const cache = new ColorCache(join(file, 'cache'), LIMIT)
    expect(cache.put(film, recipe, 0, coloring(0))).toBe(false)
    expect(cache.get(film, recipe, 0)).toBeNull()
    cache.close()
  })

  it('takes a full disk for what it is: nothing is kept, nothing breaks', async () => {
    const { folder } = await smallDisk(workFolder())
    const cache = new ColorCache(folder, LIMIT)
    const big = coloring(1, 448, 256)
    let kept = 0
    // Where no small disk can be mounted this one takes everything; the loop ends all the same.
    for (let frame = 0; frame < 40; frame++)
      kept += cache.put(film, recipe, frame, { ...big, confidence: frame / 40 }) ? 1 : 0
    if (isSmall(folder)) expect(kept).toBeLessThan(40)
    for (let frame = 0; frame < kept; frame++)
      expect(cache.get(film, recipe, frame)?.confidence).toBeCloseTo(frame / 40, 5)
    cache.close()
  })

  it('lets two processes share a folder', () => {
    const folder = workFolder()
    const [a, b] = [new ColorCache(folder, LIMIT), new ColorCache(folder, LIMIT)]
    a.put(film, recipe, 1, coloring(1))
    b.put(film, recipe, 2, coloring(2))
    a.close()
    b.close()
    const both = new ColorCache(folder, LIMIT)
    expect(both.get(film, recipe, 1)).toEqual(coloring(1))
    expect(both.get(film, recipe, 2)).toEqual(coloring(2))
    both.close()
  })
})

function isSmall(folder: string): boolean {
  try {
    return (
      execFileSync('stat', ['-f', '-c', '%T', folder]).toString().startsWith('tmpfs') &&
      readFileSync('/proc/mounts', 'utf8').includes(folder)
    )
  } catch {
    return false
  }
}
