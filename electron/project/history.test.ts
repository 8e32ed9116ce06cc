import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryCommand, asset, countingIds, smallProject } from '../../test/material/arbitraryEdits.ts'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import { projectCommandSchema } from '../contract/projectCommands.ts'
import { UserError } from '../contract/userError.ts'
import { EditHistory } from './history.ts'
import { checkProject } from './invariants.ts'

function newHistory(): EditHistory {
  let time = 0
  return new EditHistory(smallProject(), { now: () => ++time, newId: countingIds('new') })
}

/** Applies what makes sense; everything else must be refused in a sentence. Gives how many were applied. */
function applyAll(history: EditHistory, commands: readonly ProjectCommand[]): number {
  let applied = 0
  for (const command of commands) {
    try {
      if (history.apply(command).patches.length > 0) applied++
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'edit-refused') throw error
      expect(error.message).toMatch(/\.$/)
      expect(error.advice).toMatch(/\.$/)
    }
  }
  return applied
}

const commands = fc.array(arbitraryCommand, { minLength: 1, maxLength: 40 })

describe('any sequence of edits', () => {
  it('is made of commands that the contract lets through', () => {
    fc.assert(
      fc.property(arbitraryCommand, (command) => {
        expect(projectCommandSchema.parse(command)).toEqual(command)
      }),
      { numRuns: 200 },
    )
  })

  it('leaves a project that its file format accepts, with shots that cover every clip', () => {
    fc.assert(
      fc.property(commands, (sequence) => {
        const history = newHistory()
        applyAll(history, sequence)
        expect(checkProject(JSON.parse(JSON.stringify(history.project)))).toEqual(history.project)
      }),
      { numRuns: 60 },
    )
  })

  it('is undone to the beginning and redone to the end, step by step', () => {
    fc.assert(
      fc.property(commands, (sequence) => {
        const history = newHistory()
        const states = [history.project]
        for (const command of sequence) if (applyAll(history, [command]) > 0) states.push(history.project)
        expect(history.done.length).toBe(states.length - 1)
        for (let index = states.length - 2; index >= 0; index--) {
          history.undo()
          expect(history.project).toEqual(states[index])
        }
        expect(history.undo().patches).toEqual([])
        for (let index = 1; index < states.length; index++) {
          history.redo()
          expect(history.project).toEqual(states[index])
        }
        expect(history.redo().patches).toEqual([])
      }),
      { numRuns: 80 },
    )
  })

  it('can be jumped about in', () => {
    fc.assert(
      fc.property(commands, fc.array(fc.nat(45), { maxLength: 5 }), (sequence, positions) => {
        const history = newHistory()
        const states = [history.project]
        for (const command of sequence) if (applyAll(history, [command]) > 0) states.push(history.project)
        for (const position of positions) {
          history.goTo(position)
          expect(history.project).toEqual(states[Math.min(position, states.length - 1)])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is one step when it is one drag, and none when it is cancelled', () => {
    fc.assert(
      fc.property(commands, (sequence) => {
        const history = newHistory()
        const before = history.project
        history.begin()
        applyAll(history, sequence)
        history.cancel()
        expect(history.project).toBe(before)
        history.begin()
        applyAll(history, sequence)
        const after = history.project
        history.commit()
        expect(history.project).toBe(after)
        expect(history.done.length).toBeLessThanOrEqual(1)
        if (history.done.length === 1) {
          history.undo()
          expect(history.project).toEqual(before)
          history.redo()
        }
        expect(history.project).toEqual(after)
      }),
      { numRuns: 80 },
    )
  })
})

describe('the history', () => {
  const pin: ProjectCommand = { type: 'pin', clip: 'c0', frame: 7, base: { kind: 'picture', asset: asset('1') } }

  it('forgets what was undone once something new is done', () => {
    const history = newHistory()
    history.apply(pin)
    history.undo()
    history.apply({ type: 'rename-project', title: 'Regatta' })
    expect(history.undone).toEqual([])
    expect(history.redo().patches).toEqual([])
  })

  it('keeps of a drag with many moves only where it led', () => {
    const history = newHistory()
    const shot = history.project.clips[0]!.shots[0]!
    history.begin()
    for (let move = 0; move <= 100; move++) {
      history.apply({ type: 'set-look', clip: 'c0', shot: shot.id, look: { ...shot.look, saturation: 1 + move / 100 } })
    }
    history.commit()
    expect(history.done).toHaveLength(1)
    expect(history.done[0]!.label).toMatchObject({ kind: 'set-look', frame: 0, to: 40 })
    expect(history.done[0]!.patches.length).toBeLessThanOrEqual(6)
    history.undo()
    expect(history.project.clips[0]!.shots[0]!.look.saturation).toBe(1)
  })

  it('undoes an open drag as a whole', () => {
    const history = newHistory()
    history.begin()
    history.apply(pin)
    history.apply({ type: 'label-frame', clip: 'c0', frame: 7, label: 'sky' })
    history.undo()
    expect(history.project.clips[0]!.frames).toEqual({})
    expect(history.inTransaction).toBe(false)
  })

  it('does not change when an edit is refused', () => {
    const history = newHistory()
    const before = history.project
    expect(() => history.apply({ type: 'pin', clip: 'c0', frame: 7 })).toThrow('no coloring yet')
    expect(history.project).toBe(before)
    expect(history.done).toEqual([])
  })
})
