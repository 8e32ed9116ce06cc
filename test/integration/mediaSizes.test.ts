/**
 * Films whose pictures change their size or format midway: told on opening and with an export, and no sample lost in a
 * part of one size.
 */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { decodeFrames, decodeLumas } from '../../electron/engine/reading/decoding/decode.ts'
import type { Plane } from '../../electron/engine/picture/pixelLayout.ts'
import { IndexCache } from '../../electron/engine/reading/index/indexCache.ts'
import { keyframeHeads } from '../../electron/engine/reading/index/keyframeHeads.ts'
import { movieTable } from '../../electron/engine/reading/index/movieTable.ts'
import { readPictureShape } from '../../electron/engine/reading/pictures/pictureShape.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg, type Film } from '../material/films.ts'
import { describe as describeFilm, firstFrame, lumaHashes } from '../material/inspect.ts'
import { startTestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

/**
 * IVF files one after another as one: their headers tell the first one's size, as those of a broadcast that switches
 * do.
 */
function joinedIvf(parts: readonly Buffer[]): Buffer {
  const frames = parts.flatMap((part) => {
    const found: Buffer[] = []
    for (let at = 32; at < part.length;) {
      const end = at + 12 + part.readUInt32LE(at)
      found.push(part.subarray(at, end))
      at = end
    }
    return found
  })
  const head = Buffer.from(parts[0]!.subarray(0, 32))
  head.writeUInt32LE(frames.length, 24)
  return Buffer.concat([
    head,
    ...frames.map((frame, n) => {
      const numbered = Buffer.from(frame)
      numbered.writeBigUInt64LE(BigInt(n), 4)
      return numbered
    }),
  ])
}

interface Joined {
  readonly path: string
  /** The films that it was joined of. */
  readonly parts: readonly string[]
}

/** Draws a film of several sizes, ten frames each. */
async function joined(folder: string, ending: string, sizes: readonly string[], film: Film): Promise<Joined> {
  const parts: string[] = []
  for (const [n, size] of sizes.entries()) {
    const output = ending === 'ts' ? ['-output_ts_offset', `${n * 0.4}`] : []
    parts.push(await drawFilm(folder, `part ${n}.${ending}`, { frames: 10, rate: '25', size, output, ...film }))
  }
  const path = join(folder, `joined.${ending}`)
  const bytes = parts.map((part) => readFileSync(part))
  writeFileSync(path, ending === 'ivf' ? joinedIvf(bytes) : Buffer.concat(bytes))
  return { path, parts }
}

const hashes = async (path: string): Promise<string[]> => (await lumaHashes(path)).map(({ md5 }) => md5)

const kinds: [name: string, ending: string, film: Film][] = [
  ['H.264 in a transport stream', 'ts', { codec: ['-c:v', 'libx264', '-g', '5', '-bf', '0'] }],
  ['JPEG pictures one after another', 'mjpeg', { codec: ['-c:v', 'mjpeg', '-q:v', '3'], pixelFormat: 'yuvj420p' }],
  ['VP8 in IVF', 'ivf', { codec: ['-c:v', 'libvpx', '-g', '5', '-b:v', '1M'] }],
]

describe('a film whose pictures change their size', () => {
  for (const [name, ending, film] of kinds) {
    it(`is told with the frame and the sizes, and its parts are exported as they are: ${name}`, async () => {
      const folder = workFolder()
      const { path, parts } = await joined(folder, ending, ['96x64', '160x112', '96x64'], film)
      const { open, export: runExport } = startTestEngine(folder)
      const info = await open(path, 'film')
      expect(info.frameCount).toBe(30)
      expect(english(...info.warnings)).toMatch(
        /changes within the film: 96 × 64 from frame 0 on, 160 × 112 from frame 10 on and 96 × 64 from frame 20 on\./,
      )

      const inParts = await runExport({
        jobId: 'parts',
        footageId: 'film',
        target: join(folder, 'own.mkv'),
        format: 'ffv1-mkv',
        sizes: 'parts',
        overwrite: false,
      })
      expect(inParts.error).toBeUndefined()
      expect(inParts.parts?.map((written) => basename(written))).toEqual([
        'own part 1.mkv',
        'own part 2.mkv',
        'own part 3.mkv',
      ])
      for (const [n, written] of inParts.parts!.entries())
        expect(await hashes(written)).toEqual(await hashes(parts[n]!))
      const notes = english(...(inParts.notes ?? []))
      expect(notes).toMatch(
        /in parts of one size each: “own part 1.mkv” \(96 × 64, frames 0 to 9\), “own part 2.mkv” \(160 × 112, frames 10 to 19\)/,
      )
      expect(notes).not.toMatch(/converted/)
      expect(english(...(inParts.found ?? []))).not.toMatch(/but for pictures of another size/)

      const whole = join(folder, 'whole.mkv')
      const all = await runExport({
        jobId: 'all',
        footageId: 'film',
        target: whole,
        format: 'ffv1-mkv',
        overwrite: false,
      })
      expect(all.error).toBeUndefined()
      expect(await describeFilm(whole)).toMatch(/160x112/)
      expect((await hashes(whole)).slice(10, 20)).toEqual(await hashes(parts[1]!))
      expect(english(...(all.found ?? []))).toMatch(
        /^Read back: 30 pictures at .* frames\/s; times.* Luma is bit for bit as in the film but for pictures of another size/,
      )
      expect(english(...(all.notes ?? []))).toMatch(
        /96 × 64 from frame 0 on, 160 × 112 from frame 10 on.*All were written as 160 × 112; those of another were converted/,
      )
    })
  }

  it('is one file of the largest size where pieces of it are put together, also where parts are asked for', async () => {
    const folder = workFolder()
    const { path, parts } = await joined(folder, 'mjpeg', ['96x64', '160x112'], kinds[1]![2])
    const { open, export: runExport } = startTestEngine(folder)
    await open(path, 'film')
    const target = join(folder, 'pieces.mkv')
    // As the window asks: what it always asks for of a film that changes its size, and the shots that were chosen.
    const pieces = [
      { from: 2, to: 4 },
      { from: 12, to: 15 },
    ]
    const order = { jobId: 'pieces', footageId: 'film', target, format: 'ffv1-mkv', overwrite: false } as const
    const done = await runExport({ ...order, sizes: 'parts', pieces })
    expect(done.error).toBeUndefined()
    expect(await describeFilm(target)).toMatch(/160x112/)
    const written = await hashes(target)
    expect(written).toHaveLength(5)
    expect(written.slice(2)).toEqual((await hashes(parts[1]!)).slice(2, 5))
  })

  it('leaves what another export has finished under the name of one of its parts', async () => {
    const folder = workFolder()
    const { path } = await joined(folder, 'mjpeg', ['96x64', '160x112'], { ...kinds[1]![2], frames: 300 })
    const { engine, open, ended, export: runExport } = startTestEngine(folder)
    await open(path, 'film')
    const left = (): string[] => readdirSync(folder).filter((name) => name.includes('.segments-'))
    /** Ends an export, to be gone on with, when a segment of it is whole; gives where that lies. */
    const endedAtSegment = async (name: string, sizes: 'parts' | 'largest'): Promise<string> => {
      const before = left()
      const order = {
        footageId: 'film',
        target: join(folder, name),
        format: 'ffv1-mkv',
        sizes,
        overwrite: false,
      } as const
      await engine.calls.startExport({ jobId: name, ...order })
      const isNew = (place: string): boolean => !before.includes(place)
      await vi.waitFor(() => expect(existsSync(join(folder, left().find(isNew)!, '000000.json'))).toBe(true), 120_000)
      await engine.calls.cancelJob(name, true)
      expect((await ended(name)).state).toBe('cancelled')
      return left().find(isNew)!
    }
    const other = await endedAtSegment('own part 2.mkv', 'largest')
    const first = await endedAtSegment('own.mkv', 'parts')
    expect([first, ...left()].map((name) => name.replace(/\.segments-.*/, '')).sort()).toEqual([
      '.own part 1.mkv',
      '.own part 1.mkv',
      '.own part 2.mkv',
    ])
    await engine.calls.forgetUnfinished(join(folder, 'own.mkv'))
    expect(left()).toEqual([other])
    // Nor is it taken for its own by one that comes to that part.
    const [target, range] = [join(folder, 'own.mkv'), { from: 295, to: 305 }]
    const order = { footageId: 'film', target, range, format: 'ffv1-mkv', sizes: 'parts', overwrite: false } as const
    expect((await runExport({ jobId: 'whole', ...order })).parts).toHaveLength(2)
    expect(left()).toEqual([other])
    await engine.calls.forgetUnfinished(join(folder, 'own part 2.mkv'))
    expect(left()).toEqual([])
  })

  it('is told of a long one by its keyframes, and the next time from what was kept', async () => {
    const folder = workFolder()
    const { path, parts } = await joined(folder, 'ts', ['96x64', '160x112'], kinds[0]![2])
    // The tables of movie files do not tell of other sizes; what keyframes bring does.
    const movie = join(folder, 'joined.mp4')
    await ffmpeg(['-i', path, '-c', 'copy', movie])
    const tools = await locateFfmpeg()
    const indexes = new IndexCache(join(folder, 'indexes'))
    for (const film of [path, path, movie]) {
      const { info, source } = await openFootage(tools, film, { checkedPixels: 0, indexes })
      expect(source.checked).toBe(false)
      expect(english(...info.warnings)).toMatch(/160 × 112 from frame 10 on/)
    }
    const alike = join(folder, 'alike.mp4')
    await ffmpeg(['-i', parts[0]!, '-c', 'copy', alike])
    for (const [film, isAlike] of [
      [movie, false],
      [alike, true],
    ] as const) {
      const table = await movieTable(film, 0)
      expect(table && (await keyframeHeads(film, table)).areOfOneSize).toBe(isAlike)
    }
  })

  it('is written in parts that are all possible and free, or not at all', async () => {
    const folder = workFolder()
    const { path } = await joined(folder, 'mjpeg', ['96x64', '160x112', '97x65'], kinds[1]![2])
    const { engine, open, export: runExport } = startTestEngine(folder)
    await open(path, 'film')
    const order = { footageId: 'film', format: 'ffv1-mkv', sizes: 'parts', overwrite: false } as const
    const names = (): string[] => readdirSync(folder).filter((name) => name.startsWith('new'))

    writeFileSync(join(folder, 'new part 3.mkv'), 'mine')
    const taken = await runExport({ ...order, jobId: 'taken', target: join(folder, 'new.mkv') })
    expect(english(taken.error!.message)).toBe('“new part 3.mkv” is already there.')
    expect(names()).toEqual(['new part 3.mkv'])
    expect(readFileSync(join(folder, 'new part 3.mkv'), 'utf8')).toBe('mine')

    // The film itself is named as one of the parts would be.
    const named = join(folder, 'reel part 2.mkv')
    renameSync(path, named)
    await open(named, 'film')
    await expect(engine.calls.checkExport({ ...order, target: join(folder, 'reel.mkv') })).rejects.toMatchObject({
      code: 'target-is-source',
    })
    const wrong = await runExport({ ...order, jobId: 'odd', target: join(folder, 'odd.mp4'), format: 'h264-mp4' })
    expect(english(wrong.error!.message)).toMatch(/97 × 65/)
    expect(readdirSync(folder).filter((name) => name.startsWith('odd'))).toEqual([])
  })

  it('keeps its shape between black bars, in films and in what the networks see, and comes out in its own size by itself', async () => {
    for (const range of ['limited', 'full'] as const) {
      const folder = workFolder()
      const film: Film = {
        codec: ['-c:v', 'libx264', '-g', '5', '-bf', '0', '-qp', '0'],
        range,
        filters: 'lutyuv=y=clip(val\\,120\\,200)',
      }
      const { path, parts } = await joined(folder, 'ts', ['96x64', '96x96'], film)
      const { engine, open, export: runExport } = startTestEngine(folder)
      await open(path, 'film')
      const black = range === 'full' ? 0 : 16
      const { tools, footage } = engine.film('film')
      const lumas: Plane[] = []
      for await (const { made } of decodeLumas(tools, footage, { from: 9, to: 11 }, ({ y }) => y.slice()))
        lumas.push(made)
      for await (const { number, y } of decodeFrames(tools, footage, { from: 9, to: 11 })) {
        expect(lumas[number - 9]).toEqual(y)
        const row = [...y.subarray(96 * 32, 96 * 33)]
        const bars = number === 10 ? 16 : 0
        expect([row.slice(0, bars), row.slice(96 - bars)].flat().every((value) => value === black)).toBe(true)
        expect(Math.min(...row.slice(bars, 96 - bars))).toBeGreaterThan(100)
      }

      const whole = join(folder, 'whole.mkv')
      expect(
        (await runExport({ jobId: 'all', footageId: 'film', target: whole, format: 'ffv1-mkv', overwrite: false }))
          .error,
      ).toBeUndefined()
      const wholeFootage = await openFootage(tools, whole)
      for await (const { number, y, u, v } of decodeFrames(tools, wholeFootage, { from: 9, to: 11 })) {
        const isBarred = number === 9
        expect([...y.subarray(0, 96 * 16)].every((value) => value === black)).toBe(isBarred)
        expect(Math.min(...y.subarray(96 * 16, 96 * 80))).toBeGreaterThan(100)
        if (isBarred)
          for (const plane of [u!, v!])
            expect([...plane.subarray(0, 48 * 8)].every((value) => value === 128)).toBe(true)
      }
      expect((await hashes(whole)).slice(10)).toEqual(await hashes(parts[1]!))

      const still = join(folder, 'still.png')
      await engine.calls.exportFrame('film', 12, still, false)
      expect(await describeFilm(still)).toMatch(/96x96/)
      // Painted, it comes back to its frame.
      await engine.calls.checkPicture('film', still)
    }
  })

  it('is told where only the shape of the pixels changes, if ffmpeg tells it, and each part has its own', async () => {
    const folder = workFolder()
    const film = (sar: string): Film => ({
      frames: 10,
      rate: '25',
      codec: ['-c:v', 'libx264', '-g', '5', '-bf', '0'],
      filters: `setsar=${sar}`,
    })
    const first = await drawFilm(folder, 'a.ts', film('1/1'))
    const second = await drawFilm(folder, 'b.ts', { ...film('2/1'), output: ['-output_ts_offset', '0.4'] })
    const path = join(folder, 'both.ts')
    writeFileSync(path, Buffer.concat([readFileSync(first), readFileSync(second)]))
    const { open, export: runExport } = startTestEngine(folder)
    const { warnings } = await open(path, 'film')
    // Later versions give every frame the shape of the first.
    if (Number(/\d+/.exec((await locateFfmpeg()).version)?.[0]) >= 7) {
      expect(english(...warnings)).not.toMatch(/changes within the film/)
      return
    }
    expect(english(...warnings)).toMatch(/96 × 64 \(1:1\) from frame 0 on and 96 × 64 \(2:1\) from frame 10 on/)
    const { parts = [] } = await runExport({
      jobId: 'parts',
      footageId: 'film',
      target: join(folder, 'new.mkv'),
      format: 'ffv1-mkv',
      sizes: 'parts',
      overwrite: false,
    })
    expect(await Promise.all(parts.map(async (part) => (await firstFrame(part)).shape))).toEqual(['1/1', '2/1'])
    for (const [n, written] of parts.entries()) expect(await hashes(written)).toEqual(await hashes([first, second][n]!))
    const whole = await runExport({
      jobId: 'all',
      footageId: 'film',
      target: join(folder, 'whole.mkv'),
      format: 'ffv1-mkv',
      overwrite: false,
    })
    expect(english(...whole.notes!)).toMatch(/not as they were, bit for bit/)
  })
})

describe('a run of pictures of several sizes', () => {
  for (const [ending, codec, format] of [
    ['png', 'png', 'gray'],
    ['tif', 'tiff', 'rgb24'],
    ['dpx', 'dpx', 'rgb48be'],
    ['jpg', 'mjpeg', 'yuvj420p'],
  ] as const) {
    it(`is told with the file’s name, and written in parts: ${ending}`, async () => {
      const folder = workFolder()
      const sizes = ['96x64', '96x64', '128x64', '128x64', '96x64']
      for (const [n, size] of sizes.entries())
        await drawFilm(folder, `scan_00${n}.${ending}`, {
          frames: 1,
          size,
          pixelFormat: format,
          codec: ['-c:v', codec],
        })
      const tools = await locateFfmpeg()
      const { info, source } = await openFootage(tools, join(folder, `scan_000.${ending}`))
      expect(english(...info.warnings)).toMatch(
        new RegExp(
          `96 × 64 from frame 0 \\(“scan_000.${ending}”\\) on, 128 × 64 from frame 2 \\(“scan_002.${ending}”\\) on and 96 × 64 from frame 4 \\(“scan_004.${ending}”\\) on`,
        ),
      )
      expect(source.sizes.changes.map(([, { format: decoded }]) => decoded)).toEqual([
        source.decodedName,
        source.decodedName,
      ])
      if (ending !== 'png') return
      const { open, export: runExport } = startTestEngine(folder)
      await open(join(folder, 'scan_001.png'), 'film')
      const { parts = [] } = await runExport({
        jobId: 'parts',
        footageId: 'film',
        target: join(folder, 'out'),
        format: 'png-sequence',
        sizes: 'parts',
        overwrite: false,
      })
      expect(parts.map((part) => readdirSync(part))).toEqual([
        ['frame_000000.png', 'frame_000001.png'],
        ['frame_000002.png', 'frame_000003.png'],
        ['frame_000004.png'],
      ])
      expect(await describeFilm(join(parts[1]!, 'frame_000003.png'))).toMatch(/128x64/)
      await expect(open(join(parts[2]!, 'frame_000004.png'), 'film')).resolves.toMatchObject({ width: 96 })
    })
  }

  it('is known by the headers of every format that film is scanned to', async () => {
    const folder = workFolder()
    const pictures: [name: string, format: string, codec: string][] = [
      ['a.png', 'rgb48be', 'png'],
      ['a.tif', 'gray16le', 'tiff'],
      ['b.tiff', 'rgb48le', 'tiff'],
      ['a.dpx', 'gbrp10be', 'dpx'],
      ['a.jpg', 'yuvj444p', 'mjpeg'],
      ['a.exr', 'gbrpf32le', 'exr'],
      ['a.bmp', 'bgr24', 'bmp'],
      ['a.tga', 'bgr24', 'targa'],
      ['a.sgi', 'rgb24', 'sgi'],
      ['a.pgm', 'gray', 'pgm'],
      ['a.ppm', 'rgb48be', 'ppm'],
      ['a.webp', 'yuv420p', 'libwebp'],
      ['a.jp2', 'rgb24', 'jpeg2000'],
    ]
    for (const [name, pixelFormat, codec] of pictures) {
      const path = await drawFilm(folder, name, {
        frames: 1,
        size: '130x70',
        pixelFormat,
        codec: ['-c:v', codec],
      }).catch(() => null)
      // Not every ffmpeg writes all of them.
      if (path) expect(await readPictureShape(path, extname(name)), name).toMatchObject({ width: 130, height: 70 })
    }
    expect(await readPictureShape(join(folder, 'none.png'), '.png')).toBeNull()
  })
})

describe('a film whose pictures change their format', () => {
  it('is told with both, and a part of one is exported in its own', async () => {
    const folder = workFolder()
    const codec = { codec: ['-c:v', 'mjpeg', '-q:v', '3'] }
    const first = await drawFilm(folder, 'a.mjpeg', { frames: 10, rate: '25', pixelFormat: 'yuvj420p', ...codec })
    const second = await drawFilm(folder, 'b.mjpeg', { frames: 10, rate: '25', pixelFormat: 'yuvj422p', ...codec })
    const path = join(folder, 'both.mjpeg')
    writeFileSync(path, Buffer.concat([readFileSync(first), readFileSync(second)]))
    const { open, export: runExport } = startTestEngine(folder)
    const info = await open(path, 'film')
    expect(english(...info.warnings)).toMatch(
      /96 × 64 \(yuvj420p\) from frame 0 on and 96 × 64 \(yuvj422p\) from frame 10 on/,
    )
    const target = join(folder, 'second.mkv')
    const end = await runExport({
      jobId: 'part',
      footageId: 'film',
      target,
      format: 'ffv1-mkv',
      range: { from: 10, to: 20 },
      overwrite: false,
    })
    expect(end.error).toBeUndefined()
    expect(await hashes(target)).toEqual(await hashes(second))
    expect(await describeFilm(target)).toMatch(/yuv422p/)
  })
})
