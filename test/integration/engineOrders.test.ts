/**
 * The same frames get the same colors, whatever was colored before, in whatever order, and wherever it was broken off.
 */
import fc from 'fast-check'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { digest } from '../../electron/content/digest.ts'
import type { EngineSettings } from '../../electron/engine/protocol.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { pictureHashes } from '../material/inspect.ts'
import { startTestEngine, type PinnedSketch, type TestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

/** Colors of every frame as the cache holds them; pinned frames have none there. */
function colorsOf({ engine }: TestEngine): (string | null)[] {
  const film = engine.film('film')
  return film.view.layout.wanted.flatMap((segment) =>
    Array.from({ length: segment.to - segment.from }, (_, n) => {
      const stored = segment.kind === 'pin' ? null : film.stored(segment.key, segment.from + n)
      return stored && digest([...stored.chroma.values], stored.confidence)
    }),
  )
}

/** One thing done to a film before it is colored as a whole. */
type Step =
  | { readonly kind: 'export' | 'color'; readonly range: FrameRange }
  /** Broken off after so many frames. */
  | { readonly kind: 'cancel'; readonly after: number }
  | { readonly kind: 'forget' }

interface Case {
  readonly path: string
  readonly sketch: PinnedSketch
}

/** Colors after some steps and then the whole film, on a cache of its own. */
async function colorsAfter({ path, sketch }: Case, steps: readonly Step[]): Promise<(string | null)[]> {
  const folder = workFolder()
  const test = startTestEngine(folder)
  const { frameCount } = await test.open(path, 'film', sketch)
  const whole = { from: 0, to: frameCount }
  const all: Step[] = [...steps, { kind: 'color', range: whole }]
  for (const [n, step] of all.entries()) {
    const jobId = `job ${n}`
    if (step.kind === 'forget') await test.engine.calls.clearCache()
    if (step.kind === 'color') expect(await test.colorize(jobId, 'film', step.range)).toMatchObject({ state: 'done' })
    if (step.kind === 'export') {
      const target = join(folder, `${n}.mkv`)
      const order = {
        jobId,
        footageId: 'film',
        target,
        format: 'ffv1-mkv',
        range: step.range,
        overwrite: true,
      } as const
      expect(await test.export(order)).toMatchObject({ state: 'done' })
    }
    if (step.kind === 'cancel') {
      await test.engine.calls.startColorize({ jobId, footageId: 'film', ranges: [whole] })
      const colored = (): number =>
        test.engine
          .film('film')
          .coloredRanges()
          .reduce((sum, { from, to }) => sum + to - from, 0)
      await vi.waitUntil(() => colored() >= step.after, { timeout: 60_000, interval: 2 })
      await test.engine.calls.cancelJob(jobId)
    }
  }
  const colors = colorsOf(test)
  await test.engine.shutdown()
  return colors
}

describe('the colors of a frame', () => {
  it('are those of one undisturbed run: with pins, cuts, and parts exported, cancelled and forgotten in any order', async () => {
    const folder = workFolder()
    const frames = 112
    const path = await drawFilm(folder, 'film.mkv', { frames, size: '64x48' })
    const picturePath = join(folder, 'pin.png')
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      'testsrc=size=64x48:rate=1',
      '-frames:v',
      '1',
      '-pix_fmt',
      'rgb24',
      `file:${picturePath}`,
    ])
    // Colors run back from the pin for longer than a pass goes without being taken up, and on from it to the cut.
    const filmed = { path, sketch: { cuts: [90], keyframes: [{ frame: 60, picturePath }] } }
    const undisturbed = await colorsAfter(filmed, [])
    expect(undisturbed.filter((each) => each === null)).toHaveLength(1)
    expect(new Set(undisturbed).size).toBe(frames)
    const range = fc
      .tuple(fc.integer({ min: 0, max: frames - 1 }), fc.integer({ min: 1, max: 30 }))
      .map(([from, length]) => ({ from, to: Math.min(frames, from + length) }))
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.record({ kind: fc.constantFrom('export' as const, 'color' as const), range }),
      fc.record({ kind: fc.constant('cancel' as const), after: fc.integer({ min: 3, max: frames - 10 }) }),
      fc.constant({ kind: 'forget' as const }),
    )
    const drawn = fc.sample(fc.array(step, { minLength: 1, maxLength: 4 }), { numRuns: 4, seed: 20 })
    const known: Step[][] = [
      [{ kind: 'export', range: { from: 0, to: 2 } }],
      [
        { kind: 'export', range: { from: 70, to: 75 } },
        { kind: 'export', range: { from: 5, to: 9 } },
      ],
      [{ kind: 'cancel', after: 52 }],
    ]
    for (const steps of [...known, ...drawn])
      expect(await colorsAfter(filmed, steps), JSON.stringify(steps)).toEqual(undisturbed)
  })

  it('are those of one undisturbed run between two pins, though the second one’s reach back for longer than a pass goes on', async () => {
    const folder = workFolder()
    const pictures = ['testsrc', 'testsrc2'].map((source) => join(folder, `${source}.png`))
    for (const [n, source] of ['testsrc', 'testsrc2'].entries()) {
      await ffmpeg([
        '-f',
        'lavfi',
        '-i',
        `${source}=size=64x48:rate=1`,
        '-frames:v',
        '1',
        '-pix_fmt',
        'rgb24',
        `file:${pictures[n]}`,
      ])
    }
    const frames = 76
    // Nothing moves in the middle, so that colors come all the way; at both ends it does.
    const path = join(folder, 'film.mkv')
    const still = 'crop=64:48:x=min(n\\,8)+max(n-66\\,0):y=4,format=gray'
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      'testsrc=size=96x64:rate=25,trim=end_frame=1,loop=-1:1',
      '-vf',
      still,
      '-frames:v',
      `${frames}`,
      '-c:v',
      'ffv1',
      `file:${path}`,
    ])
    const keyframes = [
      { frame: 2, picturePath: pictures[0]! },
      { frame: 70, picturePath: pictures[1]! },
    ]
    const filmed = { path, sketch: { keyframes } }
    const undisturbed = await colorsAfter(filmed, [])
    const alone = await colorsAfter({ path, sketch: { keyframes: keyframes.slice(0, 1) } }, [])
    expect(undisturbed.slice(3, 70).every((each, n) => each !== alone[3 + n])).toBe(true)
    const orders: Step[][] = [
      [{ kind: 'export', range: { from: 60, to: 64 } }],
      [
        { kind: 'cancel', after: 0 },
        { kind: 'cancel', after: 50 },
      ],
      [
        { kind: 'color', range: { from: 3, to: 30 } },
        { kind: 'forget' },
        { kind: 'export', range: { from: 40, to: 45 } },
      ],
    ]
    for (const steps of orders) expect(await colorsAfter(filmed, steps), JSON.stringify(steps)).toEqual(undisturbed)

    async function exportedWith(changes: Partial<EngineSettings>): Promise<unknown> {
      const place = workFolder()
      const test = startTestEngine(place, changes)
      await test.open(path, 'film', filmed.sketch)
      const target = join(place, 'out.mkv')
      expect(
        await test.export({ jobId: 'job', footageId: 'film', target, format: 'ffv1-mkv', overwrite: false }),
      ).toMatchObject({ state: 'done' })
      await test.engine.shutdown()
      return pictureHashes(target)
    }
    // A file where the cache's folder should be: it takes nothing.
    expect(await exportedWith({ COLORNN_CACHE: join(path, 'cache') })).toEqual(await exportedWith({}))
  })

  it('of a part from deep inside a long shot are those of the whole, and cost no more than what lies close before it', async () => {
    const frames = 560
    const path = await drawFilm(workFolder(), 'film.mkv', { frames, size: '32x32' })
    const undisturbed = await colorsAfter({ path, sketch: {} }, [])
    const folder = workFolder()
    const test = startTestEngine(folder)
    await test.open(path, 'film')
    await test.colorize('part', 'film', { from: 500, to: 520 })
    const part = colorsOf(test)
    expect(part.slice(500, 520)).toEqual(undisturbed.slice(500, 520))
    expect(part.slice(0, 480).every((each) => each === null)).toBe(true)
    // On over the border of what a pass remembers, from either side.
    await test.colorize('before', 'film', { from: 470, to: 482 })
    expect(colorsOf(test).slice(470, 520)).toEqual(undisturbed.slice(470, 520))
  })
})
