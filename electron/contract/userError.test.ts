import { expect, it } from 'vitest'
import { sentence } from './sentence.ts'
import { toUserErrorData, unlessExpected, UserError } from './userError.ts'

it('errors that nobody expects are handed on, also those that come from the engine; what artists can meet is not', () => {
  const [away, ours] = [new UserError('not-found', sentence`It is away.`, sentence`Wait.`), new TypeError('no film')]
  const engines = UserError.from(toUserErrorData(ours))
  const told: unknown[] = []
  for (const error of [away, ours, engines]) unlessExpected((trouble) => told.push(trouble))(error)
  expect(told).toEqual([ours, engines])
})
