/** Of two doc comments in a row editors show the second alone, and the first documents nothing. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sourceFiles } from './material/sourceFiles.ts'

/** @returns 'file:line' of each doc comment that another one follows at once */
function pairs(file: string, text: string): string[] {
  return [...text.matchAll(/\*\/[ \t]*\n[ \t]*\/\*\*/g)].map(
    ({ index }) => `${file}:${text.slice(0, index).split('\n').length}`,
  )
}

it('a doc comment stands at what it documents', () => {
  const files = sourceFiles('ts', 'mjs', 'cjs', 'svelte')
  expect(files.flatMap((file) => pairs(file, readFileSync(file, 'utf8')))).toEqual([])
})

it("a file's head, set off by an empty line, and plain comments are none", () => {
  expect(pairs('a.ts', '/** Of b. */\n  /** Of a. */\nconst a = 1')).toEqual(['a.ts:1'])
  expect(pairs('a.ts', '/** Head. */\n\n/** Of a. */\nconst a = 1')).toEqual([])
  expect(pairs('a.ts', '/** Of a. */\n// Why.\nconst a = 1')).toEqual([])
})
