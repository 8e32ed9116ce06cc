import { expect, it } from 'vitest'
import { formatDuration } from './duration.ts'

it('are said in the two largest units', () => {
  expect([0, 0.04, 8, 200, 3900].map(formatDuration)).toEqual(['0 s', '< 1 s', '8 s', '3 min 20 s', '1 h 05 min'])
})
