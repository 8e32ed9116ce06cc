/** The window may ask for nothing that it does not ask for. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { requestNames } from '../electron/contract/requestNames.ts'

const page = join(import.meta.dirname, '..', 'renderer')

it('every request of the contract is sent by the window', () => {
  const sources = readdirSync(page, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(page, name), 'utf8'))
  const isSent = (request: string): boolean => sources.some((source) => source.includes(`'${request}'`))
  expect(requestNames.filter((request) => !isSent(request))).toEqual([])
})
