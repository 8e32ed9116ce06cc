/** The engine carries out a clip's document: what frames show, what is done again, and what never changes. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { FilmEdits } from '../../electron/contract/filmEdits.ts'
import { neutralGrade, type RegionShape } from '../../electron/contract/operations.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { decodeColoring } from '../../electron/engine/cache/coloringCodec.ts'
import { decodeFrames } from '../../electron/engine/reading/decoding/decode.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { ChromaComposer } from '../../electron/engine/chroma/composeChroma.ts'
import type { SourceFrame } from '../../electron/engine/reading/footage.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { lumaHashes, pictureHashes } from '../material/inspect.ts'
import { editsOf, everyOperation, layoutOf, stroke, wantedBy, type Sketch } from '../material/layouts.ts'
import { connectFrames, type FrameLine } from '../material/frameLine.ts'
import { startTestEngine, type TestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

const FRAMES = 20
const ASSET = `${'a'.repeat(64)}.png`

interface Desk extends TestEngine {
  readonly folder: string
  readonly path: string
  readonly line: FrameLine
  /** Gives the frames that are told of as changed. */
  set(edits: FilmEdits): Promise<FrameRange[]>
  /** Colors what a sketch wants and lets it be shown. */
  colorAs(sketch: Sketch, frames?: Parameters<typeof editsOf>[1]): Promise<void>
  exported(name: string): Promise<string>
}

let jobs = 0

async function desk(film: Parameters<typeof drawFilm>[2] = {}): Promise<Desk> {
  const folder = workFolder()
  const path = await drawFilm(folder, 'film.mkv', { frames: FRAMES, pixelFormat: 'yuv420p', ...film })
  const test = startTestEngine(folder)
  await test.engine.calls.openFootage(path, 'film')
  const set = async (edits: FilmEdits): Promise<FrameRange[]> => {
    const before = test.messages.length
    await test.engine.calls.setEdits('film', edits)
    return test.messages
      .slice(before)
      .flatMap((message) => (message.type === 'changed' ? [{ from: message.from, to: message.to }] : []))
  }
  return {
    ...test,
    folder,
    path,
    line: connectFrames(test.engine),
    set,
    colorAs: async (sketch, frames) => {
      const wanted = wantedBy(sketch)
      await set(editsOf(layoutOf([], wanted), frames))
      const jobId = `job ${++jobs}`
      await test.engine.calls.startColorize({ jobId, footageId: 'film', ranges: [{ from: 0, to: sketch.frameCount }] })
      expect(await test.ended(jobId)).toMatchObject({ state: 'done', done: sketch.frameCount })
      await set(editsOf(layoutOf(wanted, wanted)))
    },
    exported: async (name) => {
      const target = join(folder, name)
      expect(
        await test.export({ jobId: name, footageId: 'film', target, format: 'ffv1-mkv', overwrite: false }),
      ).toMatchObject({ state: 'done' })
      return target
    },
  }
}

/** All frames of a film, in its own samples. */
async function planesOf(path: string): Promise<SourceFrame[]> {
  const tools = await locateFfmpeg()
  const footage = await openFootage(tools, path)
  const frames: SourceFrame[] = []
  for await (const frame of decodeFrames(tools, footage, { from: 0, to: footage.info.frameCount })) frames.push(frame)
  return frames
}

/** A picture in one color. */
async function flatPicture(folder: string, color: string): Promise<string> {
  const path = join(folder, `${color}.png`)
  await ffmpeg(['-f', 'lavfi', '-i', `color=c=${color}:s=96x64`, '-frames:v', '1', '-pix_fmt', 'rgb24', `file:${path}`])
  return path
}

async function freeze({ engine, folder }: Desk, frame: number): Promise<string> {
  const path = join(folder, `frozen ${frame}.coloring`)
  writeFileSync(path, await engine.calls.frozenColoring('film', frame))
  return path
}

describe("a clip's document in the engine", () => {
  it('shows in the viewer what the export has, to the last bit, with everything on it', async () => {
    const d = await desk()
    const sketch = { frameCount: FRAMES, cuts: [12], pins: { 5: 'frozen' } }
    await d.colorAs({ frameCount: FRAMES, cuts: [12] })
    const pin = {
      base: { kind: 'frozen', path: await freeze(d, 5) },
      operations: [stroke(0.2, 0.1)],
      pinned: true,
    } as const
    const picture = await flatPicture(d.folder, 'teal')
    await d.colorAs(sketch, { 5: pin })
    const wanted = wantedBy(sketch)
    const layout = layoutOf(wanted, wanted, {
      looks: [{ from: 0, to: 12, grade: { ...neutralGrade, saturation: 1.4, hue: 20 } }],
      regionLocks: [
        {
          from: 12,
          to: 18,
          shape: {
            kind: 'lasso',
            points: [
              [0, 0],
              [0.5, 0],
              [0.5, 1],
            ],
          },
          inverted: false,
          feather: 0.1,
          kept: [{ from: 12, to: 18, key: wanted.at(-1)!.key }],
        },
      ],
    })
    await d.set(
      editsOf(
        layout,
        { 5: pin, 8: { operations: everyOperation(ASSET) }, 14: { operations: everyOperation(ASSET) } },
        { pictures: { [ASSET]: picture } },
      ),
    )
    const exported = await planesOf(await d.exported('all.mkv'))
    const [source] = await planesOf(d.path)
    const composer = new ChromaComposer(source!.layout, 48, 32)
    const [u, v] = composer.allocate()
    for (const { number, y, u: exportedU, v: exportedV } of exported) {
      const { coloring } = await d.line.picture({ frame: number })
      composer.compose(y, coloring!.coefficients, u, v)
      expect(Buffer.from(u).equals(Buffer.from(exportedU!)), `frame ${number}`).toBe(true)
      expect(Buffer.from(v).equals(Buffer.from(exportedV!)), `frame ${number}`).toBe(true)
    }
  })

  it('keeps luma bit for bit with every operation, lock and look on it', async () => {
    const d = await desk({ pixelFormat: 'yuv422p10le' })
    const wanted = wantedBy({ frameCount: FRAMES })
    const frames = Object.fromEntries(
      Array.from({ length: FRAMES }, (_, frame) => [frame, { operations: everyOperation(ASSET) }]),
    )
    const looks = [{ from: 0, to: FRAMES, grade: { ...neutralGrade, saturation: 3, temperature: 1 } }]
    await d.set(
      editsOf(layoutOf(wanted, wanted, { looks }), frames, {
        pictures: { [ASSET]: await flatPicture(d.folder, 'red') },
      }),
    )
    expect(await lumaHashes(await d.exported('edited.mkv'))).toEqual(await lumaHashes(d.path))
  })

  it('brings a pin through propagation bit for bit, be it frozen or a picture', async () => {
    const d = await desk()
    await d.colorAs({ frameCount: FRAMES })
    const before = await planesOf(await d.exported('before.mkv'))
    const frozen = { base: { kind: 'frozen', path: await freeze(d, 9) }, operations: [], pinned: true } as const
    const picture = {
      base: { kind: 'picture', path: await flatPicture(d.folder, '0x607080') },
      operations: [],
      pinned: true,
    } as const
    await d.colorAs({ frameCount: FRAMES, pins: { 9: 'frozen', 3: 'picture' } }, { 9: frozen, 3: picture })
    const after = await planesOf(await d.exported('after.mkv'))
    expect(after[9]!.u).toEqual(before[9]!.u)
    expect(after[9]!.v).toEqual(before[9]!.v)
    expect(new Set(after[3]!.u).size).toBe(1)
    expect(after[7]!.u).not.toEqual(before[7]!.u)
    // Freezing it once more gives the colors of the file that it was pinned by.
    const again = decodeColoring(await d.engine.calls.frozenColoring('film', 9))!
    expect(again.chroma).toEqual(decodeColoring(readFileSync(frozen.base.path))!.chroma)
  })

  it('makes an edit of one pin change only the stretches that read it', async () => {
    const d = await desk()
    await d.colorAs({ frameCount: FRAMES })
    const pins: Record<
      number,
      { base: { kind: 'frozen'; path: string }; operations: ReturnType<typeof stroke>[]; pinned: true }
    > = {}
    for (const frame of [4, 10, 16])
      pins[frame] = { base: { kind: 'frozen', path: await freeze(d, frame) }, operations: [], pinned: true }
    await d.colorAs({ frameCount: FRAMES, pins: { 4: 'a', 10: 'a', 16: 'a' } }, pins)
    const shown = wantedBy({ frameCount: FRAMES, pins: { 4: 'a', 10: 'a', 16: 'a' } })
    const before = await pictureHashes(await d.exported('before.mkv'))

    const wanted = wantedBy({ frameCount: FRAMES, pins: { 4: 'a', 10: 'a', 16: 'b' } })
    const edited = { ...pins[16]!, operations: [stroke(-0.2, 0.3, { radius: 0.3 })] }
    // The pin itself looks different; what reads it is out of date. Nothing else is told of.
    expect(await d.set(editsOf(layoutOf(shown, wanted), { 16: edited }))).toEqual([{ from: 11, to: FRAMES }])
    const stale = await Promise.all(
      Array.from(
        { length: FRAMES },
        async (_, frame) => (await d.line.picture({ frame, slot: 'thumb' })).coloring!.stale,
      ),
    )
    expect(stale.map((isStale, frame) => (isStale ? frame : -1)).filter((frame) => frame >= 0)).toEqual([
      11, 12, 13, 14, 15, 17, 18, 19,
    ])

    const ranges = [
      { from: 11, to: 16 },
      { from: 17, to: FRAMES },
    ]
    await d.engine.calls.startColorize({ jobId: 'again', footageId: 'film', segments: wanted, ranges })
    expect(await d.ended('again')).toMatchObject({ state: 'done', done: 8, total: 8 })
    await d.set(editsOf(layoutOf(wanted, wanted)))
    const after = await pictureHashes(await d.exported('after.mkv'))
    const differ = after
      .map(({ md5 }, frame) => (md5 === before[frame]!.md5 ? -1 : frame))
      .filter((frame) => frame >= 0)
    expect(differ).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19])
  })

  it('never lets colors cross a cut of the document, even where the picture goes on as if there were none', async () => {
    const d = await desk()
    await d.colorAs({ frameCount: FRAMES, cuts: [10] })
    const before = await pictureHashes(await d.exported('before.mkv'))
    const pin = {
      base: { kind: 'picture', path: await flatPicture(d.folder, 'red') },
      operations: [],
      pinned: true,
    } as const
    const sketch = { frameCount: FRAMES, cuts: [10], pins: { 6: 'red' } }
    // Everything is done again, so that nothing comes from the cache.
    await d.engine.calls.clearCache()
    await d.colorAs(sketch, { 6: pin })
    const after = await pictureHashes(await d.exported('after.mkv'))
    const differ = after.map(({ md5 }, frame) => md5 !== before[frame]!.md5)
    expect(differ).toEqual(Array.from({ length: FRAMES }, (_, frame) => frame < 10))
  })

  it('tells exactly of the frames that a look concerns, and of nothing where nothing changes', async () => {
    const d = await desk()
    const sketch = { frameCount: FRAMES, cuts: [12] }
    await d.colorAs(sketch)
    const wanted = wantedBy(sketch)
    const looks = [{ from: 12, to: FRAMES, grade: { ...neutralGrade, saturation: 0.5 } }]
    expect(await d.set(editsOf(layoutOf(wanted, wanted, { looks })))).toEqual([{ from: 12, to: FRAMES }])
    expect(await d.set(editsOf(layoutOf(wanted, wanted, { looks })))).toEqual([])
    expect(await d.set(editsOf(undefined, { 3: { operations: [stroke(0.1, 0.1)] } }))).toEqual([{ from: 3, to: 4 }])
    expect(await d.set(editsOf(undefined, { 3: { operations: [stroke(0.1, 0.1)] } }))).toEqual([])
    expect(await d.set(editsOf(undefined, { 3: null }))).toEqual([{ from: 3, to: 4 }])
    // Two documents that differ only where nothing is colored look alike.
    await d.engine.calls.clearCache()
    expect(await d.set(editsOf(layoutOf([], wanted)))).toEqual([])
  })

  it('guesses the colors under an edit of a frame that has none yet, and compares it with its base', async () => {
    const d = await desk()
    await d.set(
      editsOf(layoutOf([], wantedBy({ frameCount: FRAMES })), {
        2: { operations: [stroke(0.4, -0.4, { radius: 0.4 })] },
      }),
    )
    const edited = (await d.line.picture({ frame: 2 })).coloring!
    const base = (await d.line.picture({ frame: 2, coloring: 'base' })).coloring!
    expect(edited.version).not.toBe(base.version)
    expect(edited.coefficients).not.toEqual(base.coefficients)
    expect((await d.line.picture({ frame: 3 })).coloring).toBeNull()
    expect(await d.engine.calls.pickColor('film', 3, [0.5, 0.5], 0.02)).toBeNull()
    const picked = (await d.engine.calls.pickColor('film', 2, [0.45, 0.35], 0.02))!
    expect(picked.u).toBeCloseTo(0.4, 1)
    expect(picked.v).toBeCloseTo(-0.4, 1)
    expect(await d.engine.calls.coloredRanges('film')).toEqual([])
  })

  it('refuses pictures and colorings that can not be read, with a sentence, and keeps what it had', async () => {
    const d = await desk()
    await d.colorAs({ frameCount: FRAMES })
    const good = await freeze(d, 1)
    await d.set(editsOf(undefined, { 1: { base: { kind: 'frozen', path: good }, pinned: true } }))
    const damaged = join(d.folder, 'damaged.coloring')
    writeFileSync(damaged, 'no coloring at all, but long enough to hold one')
    const refused: [FilmEdits, string][] = [
      [editsOf(undefined, { 2: { base: { kind: 'frozen', path: damaged }, pinned: true } }), 'bad-picture'],
      [
        editsOf(undefined, { 2: { base: { kind: 'frozen', path: join(d.folder, 'gone') }, pinned: true } }),
        'not-found',
      ],
      [editsOf(undefined, { 2: { operations: everyOperation(ASSET) } }), 'not-found'],
      [
        editsOf(undefined, { 2: { operations: everyOperation(ASSET) } }, { pictures: { [ASSET]: damaged } }),
        'bad-picture',
      ],
    ]
    for (const [edits, code] of refused)
      await expect(d.engine.calls.setEdits('film', edits)).rejects.toMatchObject({
        code,
        advice: { pattern: expect.stringMatching(/\.$/) },
      })
    expect((await d.line.picture({ frame: 2, slot: 'thumb' })).coloring).toMatchObject({ pinned: false, stale: false })
    expect((await d.line.picture({ frame: 1, slot: 'thumb' })).coloring).toMatchObject({
      pinned: true,
      confidence: null,
      stale: false,
    })
  })
})

describe('a coloring job by the plan of a document', () => {
  it('begins with the shot in view, shows its colors while it runs, and takes them back where the document does not want them', async () => {
    const d = await desk({ frames: 60 })
    const sketch = { frameCount: 60, cuts: [20, 40] }
    const wanted = wantedBy(sketch)
    await d.set(editsOf(layoutOf([], wanted)))
    await d.engine.calls.startColorize({
      jobId: 'job',
      footageId: 'film',
      segments: wanted,
      ranges: [{ from: 0, to: 60 }],
      first: 47,
    })
    await vi.waitUntil(() => d.engine.film('film').coloredRanges({ from: 47, to: 48 }).length > 0, {
      timeout: 60_000,
      interval: 5,
    })
    await d.engine.calls.pauseJob('job')
    expect((await d.line.picture({ frame: 47, slot: 'thumb' })).coloring).toMatchObject({ stale: false })
    await d.engine.calls.resumeJob('job')
    const order: number[] = []
    const end = await d.ended('job')
    for (const message of d.messages)
      if (message.type === 'progress') for (const { from } of message.progress.finished) order.push(from)
    expect(end).toMatchObject({ state: 'done', done: 60 })
    expect(order[0]).toBe(40)
    expect(order.indexOf(0)).toBeGreaterThan(0)
    expect(await d.engine.calls.coloredRanges('film')).toEqual([{ from: 0, to: 60 }])
    // Nobody has noted them, so after a moment they are gone, and that is told.
    await vi.waitFor(
      () => expect(d.messages).toContainEqual({ type: 'changed', footageId: 'film', from: 0, to: 60 }),
      120_000,
    )
    expect(await d.engine.calls.coloredRanges('film')).toEqual([])
    expect((await d.line.picture({ frame: 47 })).coloring).toBeNull()
  })

  it('colors the way from the pin too, but reports only what was asked for', async () => {
    const d = await desk()
    const pin = {
      base: { kind: 'picture', path: await flatPicture(d.folder, 'blue') },
      operations: [],
      pinned: true,
    } as const
    const wanted = wantedBy({ frameCount: FRAMES, pins: { 5: 'blue' } })
    await d.set(editsOf(layoutOf([], wanted), { 5: pin }))
    await d.engine.calls.startColorize({
      jobId: 'job',
      footageId: 'film',
      segments: wanted,
      ranges: [
        { from: 0, to: 2 },
        { from: 9, to: 12 },
      ],
    })
    expect(await d.ended('job')).toMatchObject({ done: 5, total: 5 })
    const finished = d.messages.flatMap((message) => (message.type === 'progress' ? message.progress.finished : []))
    const frames = finished.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n))
    expect(frames.sort((a, b) => a - b)).toEqual([0, 1, 9, 10, 11])
    await d.set(editsOf(layoutOf(wanted, wanted)))
    expect(await d.engine.calls.coloredRanges('film')).toEqual([{ from: 0, to: 12 }])
  })

  it('reads the pins as they were when it was ordered', async () => {
    const d = await desk()
    const picture = async (color: string) =>
      ({ base: { kind: 'picture', path: await flatPicture(d.folder, color) }, operations: [], pinned: true }) as const
    const [red, blue] = [await picture('red'), await picture('blue')]
    const wanted = wantedBy({ frameCount: FRAMES, pins: { 0: 'red' } })
    await d.set(editsOf(layoutOf([], wanted), { 0: red }))
    await d.engine.calls.startColorize({
      jobId: 'job',
      footageId: 'film',
      segments: wanted,
      ranges: [{ from: 0, to: FRAMES }],
    })
    await d.set(editsOf(undefined, { 0: blue }))
    await d.ended('job')
    await d.set(editsOf(layoutOf(wanted, wanted)))
    const picked = (await d.engine.calls.pickColor('film', 3, [0.5, 0.5], 0.4))!
    expect(picked.v).toBeGreaterThan(0.1)
  })

  it('stops with a sentence where a pin has no coloring that could be read, and keeps nothing made without it', async () => {
    const d = await desk()
    const wanted = wantedBy({ frameCount: FRAMES, pins: { 7: 'lost' } })
    await d.set(editsOf(layoutOf([], wanted)))
    await d.engine.calls.startColorize({
      jobId: 'job',
      footageId: 'film',
      segments: wanted,
      ranges: [{ from: 0, to: FRAMES }],
    })
    expect(await d.ended('job')).toMatchObject({
      state: 'failed',
      error: { code: 'bad-picture', message: { values: [7] } },
    })
    await d.set(editsOf(layoutOf(wanted, wanted)))
    expect(await d.engine.calls.coloredRanges('film')).toEqual([])
  })

  it('keeps locked regions from the pass, not from the artist, and never puts them over a pin', async () => {
    const d = await desk()
    await d.colorAs({ frameCount: FRAMES })
    const thumb = async (frame: number): Promise<number[]> => [
      ...(await d.line.picture({ frame, slot: 'thumb' })).coloring!.coefficients,
    ]
    const automatic = await thumb(10)
    const red = {
      base: { kind: 'picture', path: await flatPicture(d.folder, 'red') },
      operations: [],
      pinned: true,
    } as const
    const wanted = wantedBy({ frameCount: FRAMES, pins: { 2: 'red' } })
    const everything: RegionShape = {
      kind: 'lasso',
      points: [
        [-0.5, -0.5],
        [1.5, -0.5],
        [1.5, 1.5],
        [-0.5, 1.5],
      ],
    }
    const whole = {
      from: 0,
      to: FRAMES,
      shape: everything,
      inverted: false,
      feather: 0,
      kept: [{ from: 0, to: FRAMES, key: wantedBy({ frameCount: FRAMES })[0]!.key }],
    }
    const gray = {
      base: { kind: 'automatic' },
      operations: [{ id: 'g', enabled: true, type: 'grade', grade: { ...neutralGrade, saturation: 0 } }],
      pinned: false,
    } as const
    await d.colorAs({ frameCount: FRAMES, pins: { 2: 'red' } }, { 2: red })
    expect(await thumb(10)).not.toEqual(automatic)
    await d.set(editsOf(layoutOf(wanted, wanted, { regionLocks: [whole] }), { 2: red, 11: gray }))
    expect(await thumb(10)).toEqual(automatic)
    expect((await thumb(11)).every((value) => Math.abs(value) < 1e-6)).toBe(true)
    const pinned = await thumb(2)
    await d.set(editsOf(layoutOf(wanted, wanted), { 2: red, 11: gray }))
    expect(await thumb(2)).toEqual(pinned)
  })

  it('leaves locked frames as they are when the cache is cleared, and says so where even their file is gone', async () => {
    const d = await desk()
    await d.colorAs({ frameCount: FRAMES })
    const before = await pictureHashes(await d.exported('before.mkv'))
    const file = join(d.folder, 'locked.colors')
    expect(await d.engine.calls.freezeColorings('film', { from: 8, to: 12, kept: null, target: file })).toMatchObject({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      uncolored: [],
    })
    const pin = {
      base: { kind: 'picture', path: await flatPicture(d.folder, 'red') },
      operations: [],
      pinned: true,
    } as const
    const plan = wantedBy({ frameCount: FRAMES, pins: { 2: 'red' } })
    const locked = { kind: 'kept', from: 8, to: 12, pins: [], start: 8, key: 'lock' } as const
    const [head, pinned, rest] = plan as [(typeof plan)[0], (typeof plan)[0], (typeof plan)[0]]
    const wanted = [head, pinned, { ...rest, to: 8 }, locked, { ...rest, from: 12 }]
    await d.set(editsOf(layoutOf([locked], wanted, { locked: { lock: file } }), { 2: pin }))
    await d.engine.calls.clearCache()
    const end = await d.export({
      jobId: 'cleared',
      footageId: 'film',
      target: join(d.folder, 'after.mkv'),
      format: 'ffv1-mkv',
      overwrite: false,
    })
    expect(end).toMatchObject({ state: 'done' })
    expect(end.notes).toBeUndefined()
    const after = await pictureHashes(join(d.folder, 'after.mkv'))
    expect(after.map(({ md5 }, frame) => md5 === before[frame]!.md5)).toEqual(
      Array.from({ length: FRAMES }, (_, frame) => frame >= 8 && frame < 12),
    )

    await d.set(editsOf(layoutOf(wanted, wanted, { locked: { lock: `${file} is gone` } })))
    const lost = await d.export({
      jobId: 'lost',
      footageId: 'film',
      target: join(d.folder, 'lost.mkv'),
      format: 'ffv1-mkv',
      overwrite: false,
    })
    expect(lost).toMatchObject({
      state: 'done',
      notes: [{ pattern: expect.stringContaining('locked frames'), values: [4] }],
    })
    expect((await d.line.picture({ frame: 9, slot: 'thumb' })).coloring).toMatchObject({ stale: false })
  })
})
