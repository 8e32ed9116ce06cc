import { expect, it } from 'vitest'
import { inWords } from '../../../contract/sentence.ts'
import { whyNotWritten } from './whyNotWritten.ts'

it('says in words, not in the system’s, why a file beside an export is missing', () => {
  const why = (code: string): string => inWords(whyNotWritten('/films/out.mkv', Object.assign(new Error(), { code })))
  expect(why('ENOSPC')).toBe('The disk that holds “/films” is full.')
  expect(why('EROFS')).toBe('You may not write in the folder “/films”.')
  expect(why('ENOENT')).toBe('The folder “/films” is not there.')
  expect(why('EIO')).toBe('Nothing could be written in the folder “/films”.')
  expect(inWords(whyNotWritten('/films/out.mkv', new TypeError('x is no function')))).toMatch(/^Something went wrong/)
})
