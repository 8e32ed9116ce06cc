import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FilmLayout, FrameColoring, PlannedSegment } from '../../contract/filmEdits.ts'
import { neutralGrade } from '../../contract/operations.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { appearance, baseSource, changedFrames, emptyLayout, mergedFrames, type FilmView } from './filmView.ts'

const FRAMES = 24

/** Disjoint parts of the film in order, each with what `value` draws. */
function parts<T>(value: fc.Arbitrary<T>): fc.Arbitrary<(FrameRange & T)[]> {
  const borders = fc
    .uniqueArray(fc.integer({ min: 0, max: FRAMES }), { maxLength: 8 })
    .map((list) => list.sort((a, b) => a - b))
  return borders.chain((list) =>
    fc
      .tuple(...list.slice(1).map(() => fc.option(value)))
      .map((values) =>
        values.flatMap((each, n) => (each === null ? [] : [{ from: list[n]!, to: list[n + 1]!, ...each }])),
      ),
  )
}

const key = fc.constantFrom('a', 'b', 'c')
const results = parts(key.map((name) => ({ key: name })))
const wanted: fc.Arbitrary<PlannedSegment[]> = parts(
  fc.record({
    key,
    kind: fc.constantFrom('automatic' as const, 'forward' as const, 'kept' as const),
    pins: fc.constant([]),
    start: fc.constant(0),
  }),
)
const layout: fc.Arbitrary<FilmLayout> = fc.record({
  locked: fc.constant({}),
  shown: results,
  wanted,
  looks: parts(fc.constantFrom(0.5, 1.5).map((saturation) => ({ grade: { ...neutralGrade, saturation } }))),
  regionLocks: fc.array(
    fc
      .record({
        from: fc.integer({ min: 0, max: 10 }),
        to: fc.integer({ min: 11, max: FRAMES }),
        kept: results,
        inverted: fc.boolean(),
      })
      .map((lock) => ({
        ...lock,
        feather: 0,
        shape: { kind: 'edge-select' as const, seeds: [[0.5, 0.5] as [number, number]], tolerance: 0.1 },
      })),
    { maxLength: 2 },
  ),
})
const coloring: fc.Arbitrary<FrameColoring> = fc.record({
  base: fc.constantFrom(
    { kind: 'automatic' as const },
    { kind: 'frozen' as const, path: '/x' },
    { kind: 'picture' as const, path: '/x' },
  ),
  operations: fc.constantFrom([], [{ id: 'grade', enabled: true, type: 'grade' as const, grade: neutralGrade }]),
  pinned: fc.boolean(),
})
const frames = fc
  .dictionary(fc.integer({ min: 0, max: FRAMES - 1 }).map(String), coloring, { maxKeys: 5 })
  .map((record) => new Map(Object.entries(record).map(([frame, each]) => [Number(frame), each])))
const view: fc.Arbitrary<FilmView> = fc.record({
  frames,
  pictures: fc.constant({}),
  layout,
  running: fc.array(fc.record({ results, wanted }), { maxLength: 2 }),
})
const stored = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom('a', 'b', 'a|color model'), fc.integer({ min: 0, max: FRAMES - 1 }))
    .map((pair) => pair.join()),
  { maxLength: 50 },
)

describe('what frames show', () => {
  it('is told of as changed for exactly the frames that look different, whatever the two documents', () => {
    fc.assert(
      fc.property(view, view, stored, fc.boolean(), (before, other, names, alike) => {
        // Documents that are mostly alike are what an edit makes.
        const after = alike ? { ...before, frames: other.frames, running: other.running } : other
        const held = new Set(names)
        const isStored = (name: string, frame: number): boolean => held.has([name, frame].join())
        const changed = new Set(
          changedFrames(before, after, FRAMES, isStored).flatMap(({ from, to }) =>
            Array.from({ length: to - from }, (_, n) => from + n),
          ),
        )
        for (let frame = 0; frame < FRAMES; frame++) {
          expect(changed.has(frame)).toBe(appearance(before, frame, isStored) !== appearance(after, frame, isStored))
        }
        expect(changedFrames(before, { ...before }, FRAMES, isStored)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('is its own coloring first, then what a job colors, then what is shown, and a guess only under an edit', () => {
    const empty: FilmView = { frames: new Map(), pictures: {}, layout: emptyLayout, running: [] }
    const all = (): boolean => true
    const edit = (more: Partial<FrameColoring>): FilmView['frames'] =>
      new Map([[3, { base: { kind: 'automatic' }, operations: [], pinned: false, ...more }]])
    const operations = [{ id: 'grade', enabled: true, type: 'grade' as const, grade: neutralGrade }]
    const shown = [{ from: 0, to: 9, key: 'old' }]
    const planned = [{ from: 0, to: 9, key: 'new', kind: 'automatic' as const, pins: [], start: 0 }]
    const layout = { ...emptyLayout, shown, wanted: planned }
    expect(baseSource(empty, 3, all)).toBeNull()
    expect(baseSource({ ...empty, frames: edit({ operations }) }, 3, all)).toEqual({ kind: 'guess' })
    expect(baseSource({ ...empty, layout }, 3, all)).toEqual({ kind: 'cached', key: 'old', stale: true })
    expect(baseSource({ ...empty, layout }, 3, (name) => name === 'new')).toBeNull()
    const running = [{ results: [{ from: 2, to: 4, key: 'new' }], wanted: planned }]
    expect(baseSource({ ...empty, layout, running }, 3, all)).toEqual({ kind: 'cached', key: 'new', stale: false })
    expect(baseSource({ ...empty, layout, running }, 3, (name) => name === 'old')).toMatchObject({ key: 'old' })
    expect(
      baseSource({ ...empty, layout, running, frames: edit({ base: { kind: 'frozen', path: '/x' } }) }, 3, all),
    ).toMatchObject({
      kind: 'own',
    })
  })
})

describe('touched frames', () => {
  it('stay the same objects where a change says what was said before', () => {
    const pin: FrameColoring = { base: { kind: 'frozen', path: '/a' }, operations: [], pinned: true }
    const before = new Map([
      [1, pin],
      [2, pin],
    ])
    const same = mergedFrames(before, {
      complete: true,
      frames: [
        [1, structuredClone(pin)],
        [2, { ...pin, pinned: false }],
      ],
      pictures: {},
    })
    expect(same.get(1)).toBe(pin)
    expect(same.get(2)).not.toBe(pin)
    expect([...mergedFrames(before, { complete: false, frames: [[1, null]], pictures: {} }).keys()]).toEqual([2])
    expect([...mergedFrames(before, { complete: true, frames: [], pictures: {} }).keys()]).toEqual([])
  })
})
