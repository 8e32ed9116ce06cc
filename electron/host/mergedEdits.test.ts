import { describe, expect, it } from 'vitest'
import type { FilmEdits, FrameColoring } from '../contract/filmEdits.ts'
import { mergedEdits } from './mergedEdits.ts'

const coloring = (path: string): FrameColoring => ({ base: { kind: 'frozen', path }, operations: [], pinned: true })
const layout = (key: string): NonNullable<FilmEdits['layout']> => ({
  shown: [{ from: 0, to: 1, key }],
  wanted: [],
  looks: [],
  regionLocks: [],
  locked: {},
})

describe('changes of a document, added up', () => {
  it('say all that the engine was told, in one piece', () => {
    const first: FilmEdits = {
      complete: true,
      frames: [
        [1, coloring('a')],
        [2, coloring('b')],
      ],
      pictures: { x: '/x' },
      layout: layout('one'),
    }
    const second: FilmEdits = {
      complete: false,
      frames: [
        [2, null],
        [3, coloring('c')],
      ],
      pictures: { y: '/y' },
    }
    const sum = mergedEdits(mergedEdits(undefined, first), second)
    expect(sum).toEqual({
      complete: true,
      frames: [
        [1, coloring('a')],
        [3, coloring('c')],
      ],
      pictures: { x: '/x', y: '/y' },
      layout: layout('one'),
    })
    expect(mergedEdits(sum, { complete: true, frames: [], pictures: {}, layout: layout('two') })).toMatchObject({
      frames: [],
      layout: layout('two'),
    })
    expect(first.frames).toHaveLength(2)
  })

  it('go without a layout where none was ever told', () => {
    expect(mergedEdits(undefined, { complete: false, frames: [], pictures: {} })).not.toHaveProperty('layout')
  })
})
