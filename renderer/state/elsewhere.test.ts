import { describe, expect, it } from 'vitest'
import type { Clip, Project } from '../../electron/contract/projectDocument.ts'
import { changedElsewhere } from './elsewhere.ts'

const clip = (id: string): Clip => ({ id, name: `Reel ${id}` }) as unknown as Clip
const project = (...clips: Clip[]): Project => ({ clips }) as unknown as Project
const [a, b] = [clip('a'), clip('b')]
const changed = (of: Clip): Clip => ({ ...of, cuts: 'edited' })

describe('what undo has changed', () => {
  it('is told by the film’s name where another film is in view, whatever the frame', () => {
    const after = project(a, changed(b))
    expect(changedElsewhere(project(a, b), after, { frame: 3 }, { clip: 'a', frame: 3 })).toBe('Reel b')
    expect(changedElsewhere(project(a, b), after, { frame: 3 }, { clip: 'b', frame: 3 })).toBeNull()
  })

  it('is told where it is at another frame of the film in view', () => {
    const [before, after] = [project(a), project(changed(a))]
    expect(changedElsewhere(before, after, { frame: 30 }, { clip: 'a', frame: 3 })).toBe('')
    expect(changedElsewhere(before, after, { frame: 0, to: 9 }, { clip: 'a', frame: 3 })).toBeNull()
    expect(changedElsewhere(before, after, {}, { clip: 'a', frame: 3 })).toBeNull()
  })

  it('is seen by itself where films come, go, or change places', () => {
    const view = { clip: 'a', frame: 0 }
    expect(changedElsewhere(project(a, b), project(a), {}, view)).toBeNull()
    expect(changedElsewhere(project(a, b), project(b, a), {}, view)).toBeNull()
  })
})
