import { describe, expect, it } from 'vitest'
import { asset, countingIds, smallProject, someFootage } from '../../../test/material/arbitraryEdits.ts'
import { editedClip } from '../../../test/material/editedClip.ts'
import { neutralGrade, type HintOperation } from '../../contract/operations.ts'
import type { ProjectCommand } from '../../contract/projectCommands.ts'
import type { Clip, Marker, Project } from '../../contract/projectDocument.ts'
import { runCommand } from './commands.ts'

function after(...commands: ProjectCommand[]): Project {
  const newId = countingIds('new')
  return commands.reduce((project, command) => runCommand(project, command, newId).project, smallProject())
}
const firstClip = (project: Project): Clip => project.clips[0]!
const bounds = (clip: Clip): number[] => [...clip.shots.map((shot) => shot.from), clip.shots.at(-1)!.to]

const picture = { kind: 'picture', asset: asset('1') } as const
const stroke = (id: string, named?: string): HintOperation => ({
  id,
  enabled: true,
  type: 'hint',
  kind: 'color',
  color: { u: 0.1, v: 0.2, ...(named === undefined ? {} : { named }) },
  points: [[0.5, 0.5]],
  radius: 0.02,
})

describe('cuts', () => {
  it('split a shot in two that keep its look', () => {
    const look = { ...neutralGrade, saturation: 0.8 }
    const clip = firstClip(
      after({ type: 'set-look', clip: 'c0', shot: 'start-1', look }, { type: 'split-shot', clip: 'c0', at: 12 }),
    )
    expect(bounds(clip)).toEqual([0, 12, 40])
    expect(clip.shots.map((shot) => shot.look)).toEqual([look, look])
    // Nobody has looked for the others yet.
    expect(clip.cuts).toBe('none')
    const cut: ProjectCommand = { type: 'set-cuts', clip: 'c0', cuts: [20], source: 'automatic' }
    expect(firstClip(after(cut, { type: 'split-shot', clip: 'c0', at: 12 })).cuts).toBe('edited')
  })

  it('that are found leave those made by hand, and do not bring back what was taken away', () => {
    const found = (...cuts: number[]): ProjectCommand => ({ type: 'set-cuts', clip: 'c0', cuts, source: 'automatic' })
    const byHand: ProjectCommand[] = [
      { type: 'split-shot', clip: 'c0', at: 5 },
      { type: 'join-shots', clip: 'c0', at: 10 },
      { type: 'move-cut', clip: 'c0', at: 20, to: 22 },
    ]
    expect(bounds(firstClip(after(found(10, 20, 30), ...byHand, found(10, 20, 33))))).toEqual([0, 5, 22, 33, 40])
    expect(bounds(firstClip(after({ type: 'split-shot', clip: 'c0', at: 5 }, found(10))))).toEqual([0, 5, 10, 40])
  })

  it('can not be made where a shot begins already', () => {
    expect(() => after({ type: 'split-shot', clip: 'c0', at: 0 })).toThrow('A shot begins at frame 0 already.')
  })

  it('move within their neighbors only', () => {
    const cut: ProjectCommand = { type: 'set-cuts', clip: 'c0', cuts: [10, 20], source: 'automatic' }
    expect(bounds(firstClip(after(cut, { type: 'move-cut', clip: 'c0', at: 10, to: 19 })))).toEqual([0, 19, 20, 40])
    expect(() => after(cut, { type: 'move-cut', clip: 'c0', at: 10, to: 20 })).toThrow('past the next one')
    expect(() => after(cut, { type: 'move-cut', clip: 'c0', at: 11, to: 12 })).toThrow('no cut at frame 11')
  })

  it('join two shots into one with the look of the first', () => {
    const clip = firstClip(
      after(
        { type: 'set-cuts', clip: 'c0', cuts: [10, 20], source: 'automatic' },
        { type: 'join-shots', clip: 'c0', at: 20 },
      ),
    )
    expect(bounds(clip)).toEqual([0, 10, 40])
  })

  it('found again leave the shots that stay with their names and looks', () => {
    const look = { ...neutralGrade, hue: 10 }
    const project = after(
      { type: 'set-cuts', clip: 'c0', cuts: [20, 10], source: 'automatic' },
      { type: 'set-look', clip: 'c0', shot: 'new-2', look },
      { type: 'set-cuts', clip: 'c0', cuts: [20, 30], source: 'automatic' },
    )
    expect(bounds(firstClip(project))).toEqual([0, 20, 30, 40])
    expect(firstClip(project).shots[1]).toMatchObject({ id: 'new-2', look })
    expect(firstClip(project).shots[2]!.look).toEqual(look)
  })
})

describe('operations', () => {
  it('are kept in order, changed and taken away by their id', () => {
    const project = after(
      { type: 'add-operation', clip: 'c0', frame: 3, operation: stroke('a') },
      { type: 'add-operation', clip: 'c0', frame: 3, operation: stroke('b') },
      { type: 'add-operation', clip: 'c0', frame: 3, operation: stroke('c'), index: 0 },
      { type: 'replace-operation', clip: 'c0', frame: 3, operation: { ...stroke('a'), enabled: false } },
      { type: 'move-operation', clip: 'c0', frame: 3, operation: 'c', index: 2 },
      { type: 'remove-operation', clip: 'c0', frame: 3, operation: 'b' },
    )
    expect(firstClip(project).frames['3']!.operations.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['a', false],
      ['c', true],
    ])
  })

  it('leave no trace on a frame once the last is gone', () => {
    const project = after(
      { type: 'add-operation', clip: 'c0', frame: 3, operation: stroke('a') },
      { type: 'remove-operation', clip: 'c0', frame: 3, operation: 'a' },
    )
    expect(firstClip(project).frames).toEqual({})
  })

  it('can not be put on frames that do not exist', () => {
    expect(() => after({ type: 'add-operation', clip: 'c0', frame: 40, operation: stroke('a') })).toThrow(
      '“Reel 1” has no frame 40.',
    )
  })

  it('follow the named color they were made with', () => {
    const used = after(
      { type: 'add-operation', clip: 'c0', frame: 3, operation: stroke('a', 'n0') },
      { type: 'add-operation', clip: 'c1', frame: 9, operation: stroke('b') },
    )
    expect(firstClip(used).frames['3']!.operations[0]).toMatchObject({ color: { u: -0.02, v: 0.01, named: 'n0' } })
    const changed = runCommand(
      used,
      { type: 'change-named-color', color: { id: 'n0', name: 'gray', u: 0.3, v: -0.3 } },
      countingIds(),
    ).project
    expect(firstClip(changed).frames['3']!.operations[0]).toMatchObject({ color: { u: 0.3, v: -0.3 } })
    expect(changed.clips[1]!.frames['9']!.operations[0]).toMatchObject({ color: { u: 0.1, v: 0.2 } })
    const removed = runCommand(changed, { type: 'remove-named-color', color: 'n0' }, countingIds()).project
    expect(firstClip(removed).frames['3']!.operations[0]).toMatchObject({ color: { u: 0.3, v: -0.3 } })
    expect(JSON.stringify(removed)).not.toContain('"named"')
  })
})

describe('pins', () => {
  it('need a coloring of their own', () => {
    expect(() => after({ type: 'pin', clip: 'c0', frame: 5 })).toThrow('no coloring yet')
    expect(firstClip(after({ type: 'pin', clip: 'c0', frame: 5, base: picture })).frames['5']).toEqual({
      base: picture,
      operations: [],
      pinned: true,
    })
  })

  it('give the frame back to the pass when unpinned, and keep the artist’s strokes', () => {
    const project = after(
      { type: 'pin', clip: 'c0', frame: 5, base: picture },
      { type: 'add-operation', clip: 'c0', frame: 5, operation: stroke('a') },
      { type: 'unpin', clip: 'c0', frame: 5, keepColoring: false },
    )
    expect(firstClip(project).frames['5']).toEqual({
      base: { kind: 'automatic' },
      operations: [stroke('a')],
      pinned: false,
    })
  })

  it('move and are copied, but never onto one another', () => {
    const pin: ProjectCommand = { type: 'pin', clip: 'c0', frame: 5, base: picture, label: 'noon' }
    expect(firstClip(after(pin, { type: 'move-pin', clip: 'c0', from: 5, to: 8 })).frames).toEqual({
      '8': { base: picture, operations: [], pinned: true, label: 'noon' },
    })
    const copied = firstClip(
      after(pin, { type: 'copy-pin', clip: 'c0', from: 5, to: 8, base: { kind: 'frozen', asset: asset('2') } }),
    )
    expect(copied.frames['8']!.base).toEqual({ kind: 'frozen', asset: asset('2') })
    expect(() =>
      after(pin, { type: 'copy-pin', clip: 'c0', from: 5, to: 8 }, { type: 'move-pin', clip: 'c0', from: 5, to: 8 }),
    ).toThrow('pinned already')
  })
})

describe('markers', () => {
  const marker = (id: string, frame: number, name = ''): Marker => ({ id, frame, name, color: 'red' })
  const add = (...added: [id: string, frame: number, name?: string][]): ProjectCommand[] =>
    added.map((one) => ({ type: 'add-marker', clip: 'c0', marker: marker(...one) }))
  const framesOf = (clip: Clip): number[] => (clip.markers ?? []).map(({ frame }) => frame)

  it('stand in their order, are changed and moved by their id, and leave nothing behind', () => {
    const clip = editedClip(firstClip(smallProject()), ...add(['b', 20], ['a', 3, 'scratch'], ['c', 39]))
    expect(framesOf(clip)).toEqual([3, 20, 39])
    const moved = editedClip(clip, {
      type: 'change-marker',
      clip: 'c0',
      marker: { ...marker('a', 30, 'a long scratch'), color: 'blue', note: 'Ask the archive for another copy.' },
    })
    expect(framesOf(moved)).toEqual([20, 30, 39])
    expect(moved.markers![1]).toMatchObject({ name: 'a long scratch', color: 'blue' })
    const remove = ['a', 'b', 'c'].map((id): ProjectCommand => ({ type: 'remove-marker', clip: 'c0', marker: id }))
    expect(editedClip(moved, ...remove)).not.toHaveProperty('markers')
  })

  it('are one a frame, within the film, and refused elsewhere', () => {
    expect(() => after(...add(['a', 3], ['b', 3]))).toThrow('Frame 3 has a marker already.')
    expect(() => after(...add(['a', 3], ['a', 4]))).toThrow('in the project already')
    expect(() => after(...add(['a', 40]))).toThrow('no frame 40')
    const onto: ProjectCommand = { type: 'change-marker', clip: 'c0', marker: marker('b', 3) }
    expect(() => after(...add(['a', 3], ['b', 4]), onto)).toThrow('Frame 3 has a marker already.')
    expect(() => after({ type: 'remove-marker', clip: 'c0', marker: 'a' })).toThrow('no longer in the project')
  })

  it('stay with their clip where that goes to another place, and are gone behind the end of a shorter film', () => {
    const moved = [...add(['a', 3], ['b', 30]), { type: 'move-clip', clip: 'c0', index: 1 }] as ProjectCommand[]
    const project = after(...moved)
    expect(project.clips.map((clip) => [clip.id, framesOf(clip)])).toEqual([
      ['c1', []],
      ['c0', [3, 30]],
    ])
    const rate = { num: 24, den: 1 }
    const shorter = editedClip(project.clips[1]!, {
      type: 'relink-clip',
      clip: 'c0',
      footage: someFootage,
      frameCount: 25,
      rate,
    })
    expect(framesOf(shorter)).toEqual([3])
  })
})

describe('a relinked clip', () => {
  it('drops what lies beyond the end of a shorter film', () => {
    const clip = editedClip(
      firstClip(smallProject()),
      { type: 'set-cuts', clip: 'c0', cuts: [10, 30], source: 'edited' },
      { type: 'pin', clip: 'c0', frame: 35, base: picture },
      { type: 'set-in-out', clip: 'c0', range: { from: 15, to: 40 } },
      { from: 0, to: 40, mode: 'between' },
      { type: 'relink-clip', clip: 'c0', footage: someFootage, frameCount: 25, rate: { num: 24, den: 1 } },
    )
    expect(bounds(clip)).toEqual([0, 10, 25])
    expect(clip.frames).toEqual({})
    expect(clip.inOut).toEqual({ from: 15, to: 25 })
    expect(clip.passes.at(-1)!.to).toBe(25)
  })
})
