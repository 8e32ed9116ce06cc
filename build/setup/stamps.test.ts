import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { cacheFolder } from './root.ts'
import { readStamp, writeStamp } from './stamps.ts'

const part = `trial-${process.pid}`
afterEach(() => rmSync(join(cacheFolder, `${part}.json`), { force: true }))

it('remembers a part as long as its key stays the same', () => {
  writeStamp(part, 'version 1', { folder: '/somewhere' })
  expect(readStamp(part, 'version 1')).toEqual({ folder: '/somewhere' })
  expect(readStamp(part, 'version 2')).toBeNull()
})

it('does a part again when its note is missing or damaged', () => {
  expect(readStamp(part, 'version 1')).toBeNull()
  for (const damaged of ['', '{"key": "version 1"', '[]', 'null', '{"key":"version 1"}']) {
    writeFileSync(join(cacheFolder, `${part}.json`), damaged)
    expect(readStamp(part, 'version 1')).toBeNull()
  }
})
