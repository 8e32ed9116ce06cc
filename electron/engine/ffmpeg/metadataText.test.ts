import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tagsOfFile } from './metadataText.ts'
import type { Tag } from './tagLines.ts'

const escaped = (text: string): string => text.replace(/[=;#\\\n]/g, '\\$&')
const written = (tags: readonly Tag[]): string =>
  tags.map(({ key, value }) => `${escaped(key)}=${escaped(value)}\n`).join('')

describe('metadata as text', () => {
  it('gives every tag of a file as it was, whatever its value looks like', () => {
    const word = fc.oneof(
      fc.constantFrom('[CHAPTER]', '[STREAM]', '[', '\n', '\r', '=', ';', '#', '\\', 'title'),
      fc.string(),
    )
    const text = fc.array(word).map((words) => words.join(''))
    const key = fc.stringMatching(/^[A-Za-z][\w =#-]*$/)
    fc.assert(
      fc.property(fc.array(fc.record({ key, value: text })), (tags) => {
        const chapter = '[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1\ntitle=One\n'
        expect(tagsOfFile(`;FFMETADATA1\n${written(tags)}${chapter}`)).toEqual(tags)
      }),
    )
  })
})
