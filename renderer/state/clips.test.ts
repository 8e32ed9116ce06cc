import { describe, expect, it } from 'vitest'
import { slotAt } from './clips.ts'

describe('a film that is dragged', () => {
  it('comes to lie before the first whose middle is behind the pointer', () => {
    expect([0, 99, 101, 199, 201, 900].map((at) => slotAt([100, 200, 300], at))).toEqual([0, 0, 1, 1, 2, 3])
  })
})
