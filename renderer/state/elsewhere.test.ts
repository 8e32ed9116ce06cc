import { describe, expect, it } from 'vitest'
import type { Clip, Project } from '../../electron/contract/projectDocument.ts'
import type { StepLabel } from '../../electron/contract/stepLabels.ts'
import { changedElsewhere } from './elsewhere.ts'

const clip = (id: string): Clip => ({ id, name: `Reel ${id}` }) as unknown as Clip
const project = (...clips: Clip[]): Project => ({ clips }) as unknown as Project
const pinned = (frame: number): StepLabel => ({ kind: 'pin', frame })
const [a, b] = [clip('a'), clip('b')]
const changed = (of: Clip): Clip => ({ ...of, cuts: 'edited' })

describe('what undo has changed', () => {
  it('is told by the film’s name where another film is in view, whatever the frame', () => {
    const after = project(a, changed(b))
    expect(changedElsewhere(project(a, b), after, pinned(3), { clip: 'a', frame: 3 })).toBe('Reel b')
    expect(changedElsewhere(project(a, b), after, pinned(3), { clip: 'b', frame: 3 })).toBeNull()
  })

  it('is told where it is at another frame of the film in view', () => {
    const [before, after] = [project(a), project(changed(a))]
    expect(changedElsewhere(before, after, pinned(30), { clip: 'a', frame: 3 })).toBe('')
    expect(changedElsewhere(before, after, { kind: 'set-rate' }, { clip: 'a', frame: 3 })).toBeNull()
  })

  it('is told of a range up to its last frame, and of ways by the frames that look different', () => {
    const [before, after] = [project(a), project(changed(a))]
    const seenFrom = (label: StepLabel): number[] =>
      [0, 20, 50, 99, 100, 101].filter((frame) => changedElsewhere(before, after, label, { clip: 'a', frame }) === null)
    expect(seenFrom({ kind: 'add-lock', frame: 20, to: 100 })).toEqual([20, 50, 99])
    for (const [frame, to] of [
      [20, 100],
      [100, 20],
    ] as const) {
      expect(seenFrom({ kind: 'move-pin', frame, to })).toEqual([20, 100])
      expect(seenFrom({ kind: 'copy-pin', frame, to })).toEqual([to])
      expect(seenFrom({ kind: 'copy-operations', frame, to })).toEqual([to])
      // The frames between have come from one shot to the other.
      expect(seenFrom({ kind: 'move-cut', frame, to })).toEqual([20, 50, 99])
    }
  })

  it('is seen by itself where films come, go, or change places', () => {
    const view = { clip: 'a', frame: 0 }
    expect(changedElsewhere(project(a, b), project(a), { kind: 'remove-clip' }, view)).toBeNull()
    expect(changedElsewhere(project(a, b), project(b, a), { kind: 'move-clip' }, view)).toBeNull()
  })
})
