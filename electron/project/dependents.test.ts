import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryCommand, arbitraryOperation, asset, smallProject } from '../../test/material/arbitraryEdits.ts'
import { editedClip } from '../../test/material/editedClip.ts'
import { neutralGrade } from '../contract/operations.ts'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import type { Clip } from '../contract/projectDocument.ts'
import { UserError } from '../contract/userError.ts'
import type { ColoredPart } from './passes/coloredFinding.ts'
import { concernedFrames, framesToDo, lostFrames, staleFrames, uncoloredFrames } from './dependents.ts'
import { passKey, stretchesOf } from './passes/passKeys.ts'
import { suggestNextPin } from './passes/suggestPin.ts'

const picture = { kind: 'picture', asset: asset('1') } as const

/** Frames 0..40, shots from 0, 20 and 30, pins on 5, 15 and 25, everything colored by the pass. */
function coloredClip(): Clip {
  return editedClip(
    smallProject().clips[0]!,
    { type: 'set-cuts', clip: 'c0', cuts: [20, 30], source: 'automatic' },
    ...[5, 15, 25].map((frame): ProjectCommand => ({ type: 'pin', clip: 'c0', frame, base: picture })),
    all,
  )
}
const all: ColoredPart = { from: 0, to: 40, mode: 'between' }

describe('colors that the cache has dropped', () => {
  it('are missed where they would be shown, and not where a pin, a lock or the film itself is', () => {
    const before = coloredClip()
    const clip = editedClip(
      before,
      { type: 'keep-own-colors', clip: 'c0', shot: before.shots[1]!.id, keep: true },
      {
        type: 'add-lock',
        clip: 'c0',
        lock: { id: 'l', from: 30, to: 34, region: null, colorings: `${'c'.repeat(64)}.colors` },
      },
    )
    expect(lostFrames(clip, { from: 3, to: 38 }, [{ from: 10, to: 12 }])).toEqual([
      { from: 3, to: 5 },
      { from: 6, to: 10 },
      { from: 12, to: 15 },
      { from: 16, to: 20 },
      { from: 34, to: 38 },
    ])
  })
})

describe('what an edit concerns', () => {
  it('is the frames around a changed pin up to the next pins and the borders of its shot', () => {
    const before = coloredClip()
    const after = editedClip(before, {
      type: 'pin',
      clip: 'c0',
      frame: 15,
      base: { kind: 'picture', asset: asset('2') },
    })
    expect(staleFrames(after)).toEqual([
      { from: 6, to: 15 },
      { from: 16, to: 20 },
    ])
    expect(concernedFrames(before, after)).toEqual({
      redraw: [{ from: 15, to: 16 }],
      outdated: [
        { from: 6, to: 15 },
        { from: 16, to: 20 },
      ],
    })
  })

  it('is the stretch that a new pin divides, but not the frames beyond the next pin', () => {
    const after = editedClip(coloredClip(), { type: 'pin', clip: 'c0', frame: 10, base: picture })
    expect(staleFrames(after)).toEqual([
      { from: 6, to: 10 },
      { from: 11, to: 15 },
    ])
  })

  it('is the stretch that a removed pin leaves, with the frame itself to be colored', () => {
    const after = editedClip(coloredClip(), { type: 'unpin', clip: 'c0', frame: 15, keepColoring: false })
    expect(framesToDo(after)).toEqual([{ from: 6, to: 20 }])
  })

  it('needs no pass for a look, and draws its shot anew', () => {
    const before = coloredClip()
    const after = editedClip(before, {
      type: 'set-look',
      clip: 'c0',
      shot: before.shots[1]!.id,
      look: { ...neutralGrade, saturation: 0.5 },
    })
    expect(framesToDo(after)).toEqual([])
    expect(concernedFrames(before, after)).toEqual({ redraw: [{ from: 20, to: 30 }], outdated: [] })
  })

  it('is the frame alone for an operation on a frame that is not pinned', () => {
    fc.assert(
      fc.property(arbitraryOperation, (operation) => {
        const before = coloredClip()
        const plain = JSON.parse(JSON.stringify(operation).replaceAll('"n1"', '"n0"')) as typeof operation
        const after = editedClip(
          { ...before },
          { type: 'add-operation', clip: 'c0', frame: 9, operation: { ...plain, enabled: true } },
        )
        expect(staleFrames(after)).toEqual([])
        expect(concernedFrames(before, after)).toEqual({ redraw: [{ from: 9, to: 10 }], outdated: [] })
      }),
      { numRuns: 30 },
    )
  })

  it('is nothing for a label or a disabled operation', () => {
    const before = coloredClip()
    const after = editedClip(before, { type: 'label-frame', clip: 'c0', frame: 15, label: 'noon' })
    expect(concernedFrames(before, after)).toEqual({ redraw: [], outdated: [] })
  })

  it('never crosses a cut, and reaches a moved cut’s frames', () => {
    const after = editedClip(coloredClip(), { type: 'move-cut', clip: 'c0', at: 20, to: 22 })
    // 16..20 read the pin at 15 as before; 20 and 21 are now in its shot. 22..25 read the pin at 25 as before.
    expect(staleFrames(after)).toEqual([{ from: 20, to: 22 }])
  })

  it('leaves locked frames as they are until they are unlocked', () => {
    const change: ProjectCommand = { type: 'pin', clip: 'c0', frame: 15, base: { kind: 'picture', asset: asset('2') } }
    const locked = editedClip(
      coloredClip(),
      {
        type: 'add-lock',
        clip: 'c0',
        lock: { id: 'l', from: 8, to: 12, region: null, colorings: `${'c'.repeat(64)}.colors` },
      },
      change,
    )
    expect(framesToDo(locked)).toEqual([
      { from: 6, to: 8 },
      { from: 12, to: 15 },
      { from: 16, to: 20 },
    ])
    const redone = editedClip(locked, all)
    expect(staleFrames(redone)).toEqual([])
    expect(staleFrames(editedClip(redone, { type: 'remove-lock', clip: 'c0', lock: 'l' }))).toEqual([
      { from: 8, to: 12 },
    ])
  })
})

describe('after any edits', () => {
  const commands = fc.array(arbitraryCommand, { maxLength: 25 })
  const editAll = (sequence: readonly ProjectCommand[], start: Clip): Clip => {
    let clip = start
    for (const command of sequence) {
      if (!('clip' in command) || command.clip !== 'c0') continue
      try {
        clip = editedClip(clip, command)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
      }
    }
    return clip
  }

  it('a pass over the whole clip leaves nothing to do but what is locked', () => {
    fc.assert(
      fc.property(commands, (sequence) => {
        const clip = editAll(sequence, coloredClip())
        const done = editedClip(clip, { from: 0, to: clip.frameCount, mode: 'between' })
        expect(framesToDo(done)).toEqual([])
        expect(staleFrames(done)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  /** What a pass between pins reads at a frame, found out frame by frame; null where the frame has its own coloring. */
  function readAt(clip: Clip, frame: number): string | null {
    const own = clip.frames[frame]
    if (own && own.base.kind !== 'automatic') return null
    const shot = clip.shots.find(({ from, to }) => from <= frame && frame < to)!
    const isPin = (at: number): boolean => clip.frames[at]?.pinned ?? false
    let before = frame
    while (before >= shot.from && !isPin(before)) before--
    let after = frame
    while (after < shot.to && !isPin(after)) after++
    const pins = [before >= shot.from ? before : null, after < shot.to ? after : null]
    const colorings = pins.map((at) =>
      at === null ? null : [at, clip.frames[at]!.base, clip.frames[at]!.operations.filter(({ enabled }) => enabled)],
    )
    return JSON.stringify([colorings, pins.every((at) => at === null) ? shot.from : null])
  }

  it('exactly those frames are outdated for which a pass reads something else than before', () => {
    fc.assert(
      fc.property(arbitraryCommand, (command) => {
        const before = coloredClip()
        const after = editAll([command], before)
        const expected: number[] = []
        for (let frame = 0; frame < after.frameCount; frame++) {
          const now = readAt(after, frame)
          const locked = after.locks.some((lock) => lock.region === null && lock.from <= frame && frame < lock.to)
          const was = frame < before.frameCount ? readAt(before, frame) : null
          if (now !== null && !locked && now !== was) expected.push(frame)
        }
        const outdated = concernedFrames(before, after).outdated.flatMap(({ from, to }) =>
          Array.from({ length: to - from }, (_, index) => from + index),
        )
        expect(outdated).toEqual(expected)
        // And what is stale is outdated.
        expect(staleFrames(after).every(({ from, to }) => expected.includes(from) && expected.includes(to - 1))).toBe(
          true,
        )
      }),
      { numRuns: 300 },
    )
  })

  it('frames are pinned or lie in exactly one stretch', () => {
    fc.assert(
      fc.property(commands, (sequence) => {
        const clip = editAll(sequence, coloredClip())
        const stretches = stretchesOf(clip)
        for (let frame = 0; frame < clip.frameCount; frame++) {
          const holding = stretches.filter(({ from, to }) => from <= frame && frame < to)
          expect(holding).toHaveLength(clip.frames[frame]?.pinned ? 0 : 1)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('pass keys', () => {
  it('of a one-sided stretch are the same however the pass was asked for', () => {
    const stretch = stretchesOf(coloredClip())[0]!
    expect(stretch).toMatchObject({ before: null, after: 5 })
    expect(passKey(coloredClip(), stretch, 'between')).toBe(passKey(coloredClip(), stretch, 'backward'))
    expect(passKey(coloredClip(), stretch, 'forward')).not.toBe(passKey(coloredClip(), stretch, 'backward'))
  })
})

describe('the next pin', () => {
  it('is suggested in the middle of the frames the pass is least sure of', () => {
    const confidences = Float32Array.from({ length: 40 }, (_, frame) => (frame > 30 && frame < 38 ? 0.2 : 0.95))
    const suggestion = suggestNextPin(coloredClip(), confidences)
    expect(suggestion!.frame).toBeGreaterThanOrEqual(32)
    expect(suggestion!.frame).toBeLessThanOrEqual(36)
  })

  it('is never a frame that is pinned or locked, nor one outside the range asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 45 }),
        fc.nat(39),
        fc.nat(39),
        (confidences, a, b) => {
          const clip = editedClip(coloredClip(), {
            type: 'add-lock',
            clip: 'c0',
            lock: { id: 'l', from: 8, to: 12, region: null, colorings: `${'c'.repeat(64)}.colors` },
          })
          const within = { from: Math.min(a, b), to: Math.max(a, b) + 1 }
          const suggestion = suggestNextPin(clip, confidences, within)
          if (!suggestion) return
          const { frame } = suggestion
          expect(clip.frames[frame]?.pinned ?? false).toBe(false)
          expect(frame >= 8 && frame < 12).toBe(false)
          expect(frame >= within.from && frame < within.to).toBe(true)
        },
      ),
    )
  })

  it('is none where the pass is sure everywhere', () => {
    expect(suggestNextPin(coloredClip(), new Float32Array(40).fill(1))).toBeNull()
  })
})

describe('a clip nobody has colored yet', () => {
  it('is to be done as a whole', () => {
    const clip = smallProject().clips[0]!
    expect(uncoloredFrames(clip)).toEqual([{ from: 0, to: 40 }])
    expect(framesToDo(clip, { from: 10, to: 12 })).toEqual([{ from: 10, to: 12 }])
  })
})
