import { describe, expect, it } from 'vitest'
import { countingIds, smallProject } from '../../../test/material/arbitraryEdits.ts'
import { neutralGrade } from '../../contract/operations.ts'
import type { ProjectCommand } from '../../contract/projectCommands.ts'
import type { Project } from '../../contract/projectDocument.ts'
import { runCommand } from './commands.ts'
import { shotsFound } from '../findings.ts'

const look = (saturation: number) => ({ ...neutralGrade, saturation })
const clip = 'c0'

/** Looks and kept colors of the shots that are found, four frames long, after edits of a film without any. */
function foundAfter(...commands: ProjectCommand[]): [saturation: number, keepsOwn: boolean][] {
  const newId = countingIds('new')
  const small = smallProject()
  const bare = {
    ...small.clips[0]!,
    cuts: 'none' as const,
    shots: [{ id: 's', from: 0, to: 20, look: neutralGrade }],
    ...{ frameCount: 20, frames: {}, passes: [], locks: [], inOut: null },
  }
  const start: Project = { ...small, clips: [bare] }
  const done = commands.reduce((at, command) => runCommand(at, command, newId).project, start).clips[0]!
  const shots = shotsFound(done, { at: [4, 8, 12, 16], transitions: [], colored: [] })
  return shots.map(({ look, keepsOwn = false }) => [look.saturation, keepsOwn])
}

describe('what was given to a film before its shots were known', () => {
  const all: ProjectCommand = { type: 'set-look', clip, shot: 's', look: look(1.5) }

  it('is for the shot of the frame that it was given at', () => {
    expect(foundAfter({ ...all, frame: 9 })).toEqual([1, 1, 1.5, 1, 1].map((each) => [each, false]))
  })

  it('stays with all shots where no frame was named, as by projects of before, whatever is given to one', () => {
    const kept: ProjectCommand = { type: 'keep-own-colors', clip, shot: 's', keep: true }
    expect(foundAfter(all, { ...all, look: look(2), frame: 9 })).toEqual(
      [1.5, 1.5, 2, 1.5, 1.5].map((each) => [each, false]),
    )
    expect(foundAfter(kept, { ...kept, keep: false, frame: 9 })).toEqual(
      [true, true, false, true, true].map((each) => [1, each]),
    )
    // The latest word counts, of whichever kind.
    expect(foundAfter({ ...all, look: look(2), frame: 9 }, all)).toEqual(Array(5).fill([1.5, false]))
  })

  it('stays with that side of a cut by hand that it was given to', () => {
    const split: ProjectCommand = { type: 'split-shot', clip, at: 10 }
    expect(foundAfter(split, all, { ...all, shot: 'new-1', look: look(2), frame: 17 })).toEqual(
      [1.5, 1.5, 1.5, 1, 1, 2].map((each) => [each, false]),
    )
  })
})
