import { expect, it } from 'vitest'
import { stepInWords } from './steps.ts'

it('names a range by its first and last frame, as lists do, and a way by where it led', () => {
  expect(stepInWords({ kind: 'add-lock', frame: 0, to: 48 })).toBe('Lock 0 to 47')
  expect(stepInWords({ kind: 'set-in-out', frame: 7, to: 8 })).toBe('Set marks at frame 7')
  expect(stepInWords({ kind: 'move-pin', frame: 100, to: 20 })).toBe('Move pin 100 to 20')
  expect(stepInWords({ kind: 'copy-operations', frame: 3, to: 4, count: 2 })).toBe('Copy edits “2” 3 to 4')
})
