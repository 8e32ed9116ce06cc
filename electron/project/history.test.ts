import fc from 'fast-check'
import { applyPatches, type Patch } from 'immer'
import { describe, expect, it } from 'vitest'
import {
  arbitraryCommand,
  arbitraryFinding,
  asset,
  countingIds,
  smallProject,
  someFootage,
} from '../../test/material/arbitraryEdits.ts'
import type { Finding } from '../contract/findings.ts'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import { projectCommandSchema } from '../contract/projectCommands.ts'
import { neutralGrade } from '../contract/operations.ts'
import { inWords } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { coloredFinding } from './passes/coloredFinding.ts'
import { staleFrames } from './dependents.ts'
import { differences } from './differences.ts'
import { EditHistory, newHistoryState, type HistoryState } from './history.ts'
import { checkProject } from './commands/invariants.ts'

function newHistory(): EditHistory {
  let time = 0
  return new EditHistory(newHistoryState(smallProject()), { now: () => ++time, newId: countingIds('new') })
}

/** All steps lead back to the beginning, and from there to where it is. */
function expectWayBack(history: EditHistory): void {
  const { project: wanted } = history
  const position = history.done.length
  history.goTo(0)
  expect(history.project).toEqual(smallProject())
  history.goTo(position)
  expect(history.project).toEqual(wanted)
}

/** Applies what makes sense; everything else must be refused in a sentence. Gives how many were applied. */
function applyAll(history: EditHistory, commands: readonly ProjectCommand[], edit: string | null = null): number {
  let applied = 0
  for (const command of commands) {
    try {
      if (history.apply(command, edit).patches.length > 0) applied++
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'edit-refused') throw error
      expect(error.message).toMatch(/\.$/)
      expect(inWords(error.advice)).toMatch(/\.$/)
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

  it('has no step for a command that puts the same in place of the same', () => {
    const history = newHistory()
    history.apply({ type: 'label-frame', clip: 'c0', frame: 3, label: 'dusk' })
    expect(history.apply({ type: 'clear-frame', clip: 'c0', frame: 3 })).toEqual({ patches: [], events: [] })
    expect(history.done).toHaveLength(1)
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
        history.begin('drag')
        applyAll(history, sequence, 'drag')
        history.cancel('drag')
        expect(history.project).toEqual(before)
        history.begin('drag')
        applyAll(history, sequence, 'drag')
        const after = history.project
        history.commit('drag')
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

  it('calls the drawing of an object its adding, whatever was done to it in one go', () => {
    const history = newHistory()
    const drawn = { id: 'o', enabled: true, type: 'grade', grade: neutralGrade } as const
    history.begin('drag')
    history.apply({ type: 'add-operation', clip: 'c0', frame: 3, operation: drawn }, 'drag')
    const changed = { ...drawn, grade: { ...neutralGrade, saturation: 1.5 } }
    history.apply({ type: 'replace-operation', clip: 'c0', frame: 3, operation: changed }, 'drag')
    history.commit('drag')
    expect(history.done.map(({ label }) => label.kind)).toEqual(['add-operation'])
  })

  it('keeps of a drag with many moves only where it led', () => {
    const history = newHistory()
    const shot = history.project.clips[0]!.shots[0]!
    history.begin('drag')
    for (let move = 0; move <= 100; move++) {
      history.apply(
        { type: 'set-look', clip: 'c0', shot: shot.id, look: { ...shot.look, saturation: 1 + move / 100 } },
        'drag',
      )
    }
    history.commit('drag')
    expect(history.done).toHaveLength(1)
    expect(history.done[0]!.label).toMatchObject({ kind: 'set-look', frame: 0, to: 40 })
    expect(history.done[0]!.patches.length).toBeLessThanOrEqual(6)
    history.undo()
    expect(history.project.clips[0]!.shots[0]!.look.saturation).toBe(1)
  })

  it('finishes an open drag before it goes to a step, and undoes it as a whole', () => {
    const history = newHistory()
    history.begin('drag')
    history.apply(pin, 'drag')
    history.apply({ type: 'label-frame', clip: 'c0', frame: 7, label: 'sky' }, 'drag')
    history.goTo(0)
    expect(history.project.clips[0]!.frames).toEqual({})
    expect([history.inTransaction, history.undone.length]).toEqual([false, 1])
  })

  it('does not change when an edit is refused', () => {
    const history = newHistory()
    const before = history.project
    expect(() => history.apply({ type: 'pin', clip: 'c0', frame: 7 })).toThrow('no coloring yet')
    expect(history.project).toBe(before)
    expect(history.done).toEqual([])
  })
})

/** What the artist and the program may do, in any order. */
const doings = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: arbitraryCommand.map((command) => ({ act: 'apply' as const, command })) },
    { weight: 3, arbitrary: arbitraryFinding.map((finding) => ({ act: 'note' as const, finding })) },
    { weight: 2, arbitrary: fc.constantFrom('undo' as const, 'redo' as const).map((act) => ({ act })) },
    { weight: 1, arbitrary: fc.nat(20).map((position) => ({ act: 'goTo' as const, position })) },
  ),
  { minLength: 2, maxLength: 40 },
)
type Doing = typeof doings extends fc.Arbitrary<readonly (infer T)[]> ? T : never

function perform(history: EditHistory, doing: Doing): void {
  if (doing.act === 'apply') applyAll(history, [doing.command])
  else if (doing.act === 'note') history.note(doing.finding)
  else if (doing.act === 'goTo') history.goTo(doing.position)
  else history[doing.act]()
}

const ofShots: readonly string[] = [
  ...['set-cuts', 'split-shot', 'join-shots', 'move-cut', 'set-look', 'keep-own-colors'],
]

/** The artist's document, but for the names that were given and for the colors that a lock keeps. */
function withoutNames({ state }: EditHistory): unknown {
  const clips = state.own.clips.map((clip) => ({ ...clip, locks: clip.locks.map((lock) => ({ ...lock, kept: [] })) }))
  return JSON.parse(JSON.stringify({ ...state.own, clips }).replace(/"new-\d+"/g, '"new"'))
}

describe('what the program finds out', () => {
  it('changes nothing of what the artist has done, will undo and can redo', () => {
    fc.assert(
      // Edits of shots that were found are other edits than those of a clip whose cuts nobody looked for.
      fc.property(
        doings.map((all) => all.filter((each) => each.act !== 'apply' || !ofShots.includes(each.command.type))),
        (sequence) => {
          const [withProgram, alone] = [newHistory(), newHistory()]
          for (const doing of sequence) {
            const { done, undone } = withProgram
            perform(withProgram, doing)
            if (doing.act === 'note') {
              expect(withProgram.done).toEqual(done)
              expect(withProgram.undone).toEqual(undone)
            }
          }
          for (const doing of sequence) if (doing.act !== 'note') perform(alone, doing)
          expect(withoutNames(withProgram)).toEqual(withoutNames(alone))
        },
      ),
      { numRuns: 150 },
    )
  })

  it('is still there whatever is undone, redone or jumped to, in a project that is sound', () => {
    fc.assert(
      fc.property(doings, (sequence) => {
        const history = newHistory()
        for (const doing of sequence) {
          const before = history.state.findings
          perform(history, doing)
          if (doing.act !== 'note') expect(history.state.findings).toBe(before)
          checkProject(JSON.parse(JSON.stringify(history.project)))
        }
        const wanted = history.project
        const position = history.done.length
        history.goTo(0)
        history.goTo(position)
        expect(history.project).toEqual(wanted)
      }),
      { numRuns: 120 },
    )
  })

  it('reaches whoever holds a copy of the project, in patches of what has changed', () => {
    fc.assert(
      fc.property(doings, (sequence) => {
        const history = newHistory()
        let copy = history.project
        for (const doing of sequence) {
          const changes =
            doing.act === 'note'
              ? history.note(doing.finding)
              : doing.act === 'goTo'
                ? history.goTo(doing.position)
                : doing.act === 'apply'
                  ? null
                  : history[doing.act]()
          if (changes) copy = applyPatches(copy, JSON.parse(JSON.stringify(changes.patches)) as Patch[])
          else if (doing.act === 'apply') {
            const { project } = history
            applyAll(history, [doing.command])
            copy = applyPatches(copy, differences(project, history.project))
          }
          expect(copy).toEqual(history.project)
        }
      }),
      { numRuns: 80 },
    )
  })

  const cuts: Finding = { kind: 'cuts', clip: 'c0', film: someFootage.hash, at: [10, 20], transitions: [], colored: [] }
  const shots = (history: EditHistory): number[] => history.project.clips[0]!.shots.map(({ from }) => from)

  it('lays cuts that were made by hand over the shots that it gives a clip', () => {
    const history = newHistory()
    history.apply({ type: 'split-shot', clip: 'c0', at: 15 })
    expect(history.project.clips[0]).toMatchObject({ cuts: 'none' })
    history.note(cuts)
    expect(history.project.clips[0]).toMatchObject({ cuts: 'automatic' })
    expect(shots(history)).toEqual([0, 10, 15, 20])
    history.undo()
    expect(shots(history)).toEqual([0, 10, 20])
    history.redo()
    expect(shots(history)).toEqual([0, 10, 15, 20])
    history.apply({ type: 'join-shots', clip: 'c0', at: 20 })
    expect(history.project.clips[0]).toMatchObject({ cuts: 'edited' })
    history.note({ ...cuts, at: [5, 20] })
    expect(shots(history)).toEqual([0, 10, 15])
  })

  it('leaves a transition that was cut by hand one on both sides of that cut', () => {
    const history = newHistory()
    history.apply({ type: 'split-shot', clip: 'c0', at: 15 })
    history.note({ ...cuts, transitions: [{ from: 10, to: 20 }] })
    expect(history.project.clips[0]!.shots.map(({ transition }) => transition ?? false)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('leaves nothing of an edit whose cut was found before it ended: it makes no step, and a journal would not know it', () => {
    const history = newHistory()
    history.begin('drag')
    history.apply({ type: 'split-shot', clip: 'c0', at: 10 }, 'drag')
    history.note(cuts)
    expect(history.commit('drag').events).toEqual([{ kind: 'cancel' }])
    expect(history.project.clips[0]).toMatchObject({ cuts: 'automatic' })
    expect(shots(history)).toEqual([0, 10, 20])
  })

  it('lets the artist go on from the shots that were found, and back to them', () => {
    const history = newHistory()
    const look = { ...history.project.clips[0]!.shots[0]!.look, saturation: 0.5 }
    history.apply({ type: 'set-look', clip: 'c0', shot: history.project.clips[0]!.shots[0]!.id, look })
    history.note(cuts)
    expect(history.project.clips[0]!.shots.map((shot) => shot.look.saturation)).toEqual([0.5, 0.5, 0.5])
    history.apply({
      type: 'set-look',
      clip: 'c0',
      shot: history.project.clips[0]!.shots[1]!.id,
      look: { ...look, saturation: 2 },
    })
    history.apply({ type: 'join-shots', clip: 'c0', at: 20 })
    expect(history.project.clips[0]!.shots.map((shot) => shot.look.saturation)).toEqual([0.5, 2])
    history.goTo(1)
    expect(history.project.clips[0]!.shots.map((shot) => shot.look.saturation)).toEqual([0.5, 0.5, 0.5])
    history.goTo(0)
    expect(history.project.clips[0]!.shots.map((shot) => shot.look.saturation)).toEqual([1, 1, 1])
    expect(shots(history)).toEqual([0, 10, 20])
    history.goTo(3)
    expect(shots(history)).toEqual([0, 10])
  })

  it('of a coloring that was made anew is shown again when what it was made of comes back, and is not out of date then', () => {
    const history = newHistory()
    const pinned = (digit: string): ProjectCommand => ({
      type: 'pin',
      clip: 'c0',
      frame: 7,
      base: { kind: 'picture', asset: asset(digit) },
    })
    const color = (from: number, to: number): void =>
      void history.note(coloredFinding(history.project.clips[0]!, [{ from, to, mode: 'between' }]))
    const shown = (): unknown => history.project.clips[0]!.passes
    color(0, 40)
    const states = [shown()]
    for (const digit of ['1', '2', '3']) {
      history.apply(pinned(digit))
      expect(staleFrames(history.project.clips[0]!)).toHaveLength(2)
      color(0, 20)
      color(20, 40)
      states.push(shown())
    }
    for (const position of [2, 0, 3, 1]) {
      history.goTo(position)
      expect(staleFrames(history.project.clips[0]!)).toEqual([])
      expect(shown()).toEqual(states[position])
    }
  })

  it('of a clip that was taken away is there again with the clip', () => {
    const history = newHistory()
    history.apply({
      type: 'add-clip',
      clip: 'c5',
      name: 'Reel 5',
      footage: someFootage,
      frameCount: 30,
      rate: { num: 24, den: 1 },
    })
    history.note({ ...cuts, clip: 'c5' })
    history.note({ kind: 'colored', clip: 'c5', results: [{ from: 0, to: 30, mode: 'between', key: 'k' }] })
    const known = history.project.clips[2]
    history.undo()
    history.redo()
    expect(history.project.clips[2]).toEqual(known)
    expect(known!.passes).toHaveLength(1)
  })
})

describe('several edits at once', () => {
  const stroke = (id: string, frame = 3): ProjectCommand => ({
    type: 'add-operation',
    clip: 'c0',
    frame,
    operation: {
      id,
      enabled: true,
      type: 'hint',
      kind: 'neutral',
      color: { u: 0, v: 0 },
      points: [[0.5, 0.5]],
      radius: 0.02,
    },
  })
  const pin: ProjectCommand = { type: 'pin', clip: 'c0', frame: 7, base: { kind: 'picture', asset: asset('1') } }

  it('are given up one by one: what was done meanwhile stays', () => {
    for (const split of [true, false]) {
      const history = newHistory()
      history.begin('pinning')
      history.apply(pin, 'pinning')
      history.begin('drag')
      history.apply(stroke('a'), 'drag')
      if (split) history.apply({ type: 'split-shot', clip: 'c0', at: 20 })
      history.apply(stroke('b'), 'drag')
      history.cancel('pinning')
      history.commit('drag')
      const clip = history.project.clips[0]!
      expect(Object.keys(clip.frames)).toEqual(['3'])
      expect(clip.frames['3']!.operations.map(({ id }) => id)).toEqual(['a', 'b'])
      expect(clip.shots).toHaveLength(split ? 2 : 1)
      expect(history.done.map(({ label }) => label.kind)).toEqual(
        split ? ['split-shot', 'add-operation'] : ['add-operation'],
      )
      history.goTo(0)
      expect(history.project).toEqual(smallProject())
    }
  })

  it('lead, whichever of them are kept, to what the kept ones alone would have made', () => {
    const acts = fc.array(fc.tuple(fc.constantFrom(null, 'one', 'other'), arbitraryCommand), { maxLength: 25 })
    fc.assert(
      fc.property(acts, fc.constantFrom('one', 'other'), fc.boolean(), (sequence, first, keep) => {
        const history = newHistory()
        history.begin('one')
        history.begin('other')
        for (const [edit, command] of sequence) applyAll(history, [command], edit)
        history[keep ? 'commit' : 'cancel'](first)
        checkProject(JSON.parse(JSON.stringify(history.project)))
        history.commitAll()
        checkProject(JSON.parse(JSON.stringify(history.project)))
        expectWayBack(history)
      }),
      { numRuns: 120 },
    )
  })

  it('stay open, and are left as they are, while the step before them is undone and redone', () => {
    const history = newHistory()
    const holds = (): unknown => {
      const { frames } = history.project.clips[0]!
      return [frames['7']?.pinned ?? false, frames['3']?.operations.map(({ id }) => id), history.inTransaction]
    }
    history.apply(pin)
    history.begin('drag')
    history.apply(stroke('a'), 'drag')
    history.undo()
    expect(holds()).toEqual([false, ['a'], true])
    history.redo()
    expect(holds()).toEqual([true, ['a'], true])
    history.undo()
    history.apply(stroke('b'), 'drag')
    history.commit('drag')
    expect(holds()).toEqual([false, ['a', 'b'], false])
    expect(history.done.map(({ label }) => label.kind)).toEqual(['add-operation'])
    history.undo()
    expect(history.project).toEqual(smallProject())
  })

  it('are kept, whatever is undone and redone beneath them', () => {
    const acts = fc.array(fc.tuple(fc.constantFrom('undo', 'redo', 'step', 'drag'), arbitraryCommand), {
      maxLength: 25,
    })
    fc.assert(
      fc.property(commands, acts, fc.boolean(), (before, sequence, keep) => {
        const history = newHistory()
        applyAll(history, before)
        history.begin('drag')
        for (const [act, command] of sequence)
          if (act === 'undo' || act === 'redo') history[act]()
          else applyAll(history, [command], act === 'drag' ? 'drag' : null)
        const { own } = history
        history[keep ? 'commit' : 'cancel']('drag')
        if (!keep) expect(history.own).toEqual(own)
        checkProject(JSON.parse(JSON.stringify(history.project)))
        expectWayBack(history)
      }),
      { numRuns: 120 },
    )
  })

  it('that are over can not take anything back, nor take in what comes late', () => {
    const history = newHistory()
    history.begin('drag')
    history.apply(stroke('a'), 'drag')
    history.commit('drag')
    history.apply(stroke('b'), 'drag')
    history.cancel('drag')
    expect(history.project.clips[0]!.frames['3']!.operations).toHaveLength(2)
    expect(history.done).toHaveLength(2)
  })
})

describe('a history that was damaged', () => {
  it('says so when a step does not fit, and leaves the project as it is', () => {
    const { own, done, ...rest } = ((): HistoryState => {
      const history = newHistory()
      history.apply({ type: 'pin', clip: 'c0', frame: 7, base: { kind: 'picture', asset: asset('1') } })
      return history.state
    })()
    const misfits: Patch[][] = [
      [{ op: 'replace', path: ['clips', 9, 'name'], value: 'Nowhere' }],
      [{ op: 'replace', path: ['clips', 0, 'shots', 0, 'to'], value: 7 }],
      [{ op: 'remove', path: ['clips', 0, 'shots'] }],
      [{ op: 'add', path: ['clips', 0, 'frames', '99999'], value: { pinned: true } }],
    ]
    for (const inverse of misfits) {
      const history = new EditHistory(
        { own, done: [{ ...done[0]!, inverse }], ...rest },
        { now: () => 1, newId: countingIds('new') },
      )
      const before = history.project
      expect(() => history.undo()).toThrow(UserError)
      expect(() => history.goTo(0)).toThrow('the history of the project was damaged')
      expect(history.project).toBe(before)
      expect(history.done).toHaveLength(1)
      history.apply({ type: 'rename-project', title: 'Goes on' })
      history.undo()
      expect(history.project).toEqual(before)
    }
  })
})
