import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arbitraryCommand,
  arbitraryFinding,
  asset,
  countingIds,
  smallProject,
} from '../../../test/material/arbitraryEdits.ts'
import { editedClip } from '../../../test/material/editedClip.ts'
import { neutralGrade } from '../../contract/operations.ts'
import type { ProjectCommand } from '../../contract/projectCommands.ts'
import type { Clip } from '../../contract/projectDocument.ts'
import { UserError } from '../../contract/userError.ts'
import type { ColoredPart } from './coloredFinding.ts'
import { concernedFrames, framesToDo } from '../dependents.ts'
import { changedFrames, frameColoring, layoutOf, passOver, wantedSegments } from './filmEdits.ts'
import { EditHistory, newHistoryState } from '../history.ts'
import { intersect } from '../../contract/ranges.ts'

const locked = `${'c'.repeat(64)}.colors`
const pathOf = (id: string): string => `/assets/${id}`
const picture = { kind: 'picture', asset: asset('1') } as const

const pin = (frame: number, base: typeof picture = picture): ProjectCommand => ({
  type: 'pin',
  clip: 'c0',
  frame,
  base,
})
const record = (from: number, to: number, mode: 'forward' | 'backward' | 'between' = 'between'): ColoredPart => ({
  from,
  to,
  mode,
})

/** Frames 0..40 in shots from 0, 20 and 30; pins on 5, 15 and 25. */
function pinnedClip(): Clip {
  return editedClip(
    smallProject().clips[0]!,
    { type: 'set-cuts', clip: 'c0', cuts: [20, 30], source: 'automatic' },
    pin(5),
    pin(15),
    pin(25),
  )
}

const brief = (clip: Clip): string[] =>
  wantedSegments(clip).map(
    ({ kind, from, to, pins }) => `${kind} ${from}-${to}${pins.length > 0 ? ` by ${pins.join(' and ')}` : ''}`,
  )

describe('how the frames of a clip are wanted', () => {
  it('colors away from pins and between them, never over a cut', () => {
    expect(brief(pinnedClip())).toEqual([
      'backward 0-5 by 5',
      'pin 5-6 by 5',
      'forward 6-15 by 5 and 15',
      'pin 15-16 by 15',
      'forward 16-20 by 15',
      'backward 20-25 by 25',
      'pin 25-26 by 25',
      'forward 26-30 by 25',
      'automatic 30-40',
    ])
  })

  it('colors a dissolve from both sides, by the keys of their own shots, unless it has pins or a side keeps its colors', () => {
    const transitions = [{ from: 20, to: 30 }]
    const clip = editedClip(
      smallProject().clips[0]!,
      { type: 'set-cuts', clip: 'c0', cuts: [20, 30], transitions, source: 'automatic' },
      pin(15),
    )
    const wanted = wantedSegments(clip)
    expect(brief(clip)).toEqual([
      'backward 0-15 by 15',
      'pin 15-16 by 15',
      'forward 16-20 by 15',
      'mixed 20-30',
      'automatic 30-40',
    ])
    const [forward, mixed] = wanted.slice(2)
    const [before, after] = mixed!.sides!
    expect(before).toMatchObject({ kind: 'forward', from: 20, to: 30, pins: [15], start: 16, key: forward!.key })
    // Without a pin it sets out from the first frame of the shot after, colored as that is.
    expect(after).toMatchObject({ kind: 'backward', from: 20, to: 30, pins: [], start: 30 })

    const pinned = editedClip(clip, pin(33))
    const [, back] = wantedSegments(pinned).find(({ kind }) => kind === 'mixed')!.sides!
    const { key } = wantedSegments(pinned).find(({ from }) => from === 30)!
    expect(back).toMatchObject({ kind: 'backward', pins: [33], start: 32, key })
    // What the artist does on either side concerns the transition, and nothing beyond.
    expect(concernedFrames(clip, pinned).outdated).toEqual([
      { from: 20, to: 33 },
      { from: 34, to: 40 },
    ])

    expect(brief(editedClip(clip, pin(25)))).toEqual([
      'backward 0-15 by 15',
      'pin 15-16 by 15',
      'forward 16-20 by 15',
      'backward 20-25 by 25',
      'pin 25-26 by 25',
      'forward 26-30 by 25',
      'automatic 30-40',
    ])
    const own = editedClip(clip, { type: 'keep-own-colors', clip: 'c0', shot: clip.shots[2]!.id, keep: true })
    expect(brief(own).slice(3)).toEqual(['automatic 20-30', 'own 30-40'])
    const joined = editedClip(clip, { type: 'join-shots', clip: 'c0', at: 30 })
    expect(joined.shots[1]).not.toHaveProperty('transition')
  })

  it('covers every frame once, whatever was edited', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(arbitraryCommand, arbitraryFinding), { maxLength: 30 }), (changes) => {
        const history = new EditHistory(newHistoryState(smallProject()), { now: () => 1, newId: countingIds('new') })
        for (const change of changes) {
          try {
            if ('type' in change) history.apply(change)
            else history.note(change)
          } catch (error) {
            if (!(error instanceof UserError)) throw error
          }
        }
        for (const clip of history.project.clips) {
          let next = 0
          for (const segment of wantedSegments(clip)) {
            expect(segment.from).toBe(next)
            expect(segment.to).toBeGreaterThan(segment.from)
            const shots = clip.shots.filter(({ from, to }) => from < segment.to && to > segment.from)
            if (segment.kind !== 'kept' && segment.kind !== 'own') expect(shots).toHaveLength(1)
            for (const read of segment.pins) expect(read >= shots[0]!.from && read < shots[0]!.to).toBe(true)
            next = segment.to
          }
          expect(next).toBe(clip.frameCount)
        }
      }),
    )
  })

  it('shows as up to date exactly what the document calls so', () => {
    const clip = editedClip(pinnedClip(), record(0, 12), record(26, 28, 'forward'), pin(10))
    const { shown, wanted } = layoutOf(clip, pathOf)
    const fresh = shown.flatMap((result) =>
      wanted.filter((segment) => segment.key === result.key).flatMap((segment) => intersect([result], segment)),
    )
    const done = new Set(fresh.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n)))
    const open = new Set(
      framesToDo(clip).flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n)),
    )
    for (let frame = 0; frame < clip.frameCount; frame++) {
      if (clip.frames[frame]?.pinned) continue
      expect({ frame, open: open.has(frame) }).toEqual({ frame, open: !done.has(frame) })
    }
  })

  it('colors again as it was colored, and keeps what is locked', () => {
    const clip = editedClip(
      pinnedClip(),
      record(6, 15, 'forward'),
      { type: 'add-lock', clip: 'c0', lock: { id: 'l', from: 8, to: 10, region: null, colorings: locked } },
      pin(5, { ...picture, asset: asset('2') }),
    )
    expect(brief(clip).slice(2, 5)).toEqual(['forward 6-8 by 5', 'kept 8-10', 'forward 10-15 by 5'])
    const { shown, wanted, locked: files } = layoutOf(clip, pathOf)
    expect(shown.find(({ from }) => from === 8)?.key).toBe(locked)
    expect(wanted.find(({ kind }) => kind === 'kept')?.key).toBe(locked)
    expect(files).toEqual({ [locked]: `/assets/${locked}` })
  })

  it('leaves shots that keep their own colors alone, but for pins and locks in them', () => {
    const before = editedClip(pinnedClip(), record(20, 30))
    const clip = editedClip(before, { type: 'keep-own-colors', clip: 'c0', shot: before.shots[1]!.id, keep: true })
    expect(brief(clip).filter((line) => line.startsWith('own'))).toEqual(['own 20-25', 'own 26-30'])
    expect(layoutOf(clip, pathOf).shown.filter(({ from, to }) => from < 30 && to > 20)).toEqual([])
    expect(framesToDo(clip).filter(({ from, to }) => from < 30 && to > 20)).toEqual([])
  })

  it('hands over looks that change something, and regions that are locked', () => {
    const before = pinnedClip()
    const clip = editedClip(
      before,
      { type: 'set-look', clip: 'c0', shot: before.shots[1]!.id, look: { ...neutralGrade, saturation: 0.5 } },
      {
        type: 'add-lock',
        clip: 'c0',
        lock: {
          id: 'l',
          from: 8,
          to: 10,
          region: {
            shape: {
              kind: 'lasso',
              points: [
                [0, 0],
                [1, 0],
                [1, 1],
              ],
            },
            inverted: false,
            feather: 0,
          },
          colorings: locked,
        },
      },
    )
    expect(layoutOf(clip, pathOf).looks.map(({ from, to }) => [from, to])).toEqual([[20, 30]])
    expect(layoutOf(clip, pathOf).regionLocks).toMatchObject([
      { from: 8, to: 10, kept: [{ from: 8, to: 10, key: locked }] },
    ])
  })
})

describe('a pass in one direction', () => {
  it('reads only the pins behind it, and leaves alone what it has done before', () => {
    const clip = editedClip(pinnedClip(), record(6, 10, 'forward'))
    const { segments, ranges } = passOver(clip, 'forward', { from: 6, to: 20 }, framesToDo(clip))
    expect(segments.map(({ kind, pins }) => [kind, ...pins])).toEqual([
      ['forward', 5],
      ['forward', 15],
    ])
    expect(ranges).toEqual([
      { from: 10, to: 15 },
      { from: 16, to: 20 },
    ])
  })

  it('colors frames without a pin behind them only where they have no colors', () => {
    const clip = editedClip(pinnedClip(), record(0, 5))
    expect(passOver(clip, 'forward', { from: 0, to: 15 }, framesToDo(clip)).ranges).toEqual([{ from: 6, to: 15 }])
  })
})

describe('what is sent of an edit', () => {
  it('is the frames that differ, those that are edited no more as null, and no disabled operation', () => {
    const before = pinnedClip()
    const operation = { id: 'o', enabled: false, type: 'grade', grade: neutralGrade } as const
    const after = editedClip(
      before,
      { type: 'unpin', clip: 'c0', frame: 5, keepColoring: false },
      { type: 'add-operation', clip: 'c0', frame: 7, operation },
    )
    expect(changedFrames(before, after).map(([frame, now]) => [frame, now?.operations.length ?? null])).toEqual([
      [7, 1],
      [5, null],
    ])
    expect(changedFrames(after, after)).toEqual([])
    expect(frameColoring(after.frames[7]!, (id) => `/assets/${id}`)).toEqual({
      base: { kind: 'automatic' },
      operations: [],
      pinned: false,
    })
    expect(frameColoring(after.frames[15]!, (id) => `/assets/${id}`).base).toEqual({
      kind: 'picture',
      path: `/assets/${picture.asset}`,
    })
  })
})
