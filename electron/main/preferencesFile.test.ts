import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultPreferences } from '../contract/preferences.ts'
import type { UserError } from '../contract/userError.ts'
import { PreferencesFile, readPreferences } from './preferencesFile.ts'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'preferences-'))))
afterEach(() => rm(folder, { recursive: true }))

/** Where nothing is to go wrong. */
const stored = (file: string): PreferencesFile =>
  new PreferencesFile(file, (error) => {
    throw error
  })

describe('preferences', () => {
  it('are as they came on the first start, and after a damaged file', () => {
    expect(stored(join(folder, 'none.json')).current).toEqual(defaultPreferences)
    for (const text of ['', '[1', 'null', '7']) expect(readPreferences(text)).toEqual(defaultPreferences)
  })

  it('are there again on the next start', async () => {
    const file = join(folder, 'preferences.json')
    await stored(file).change({ theme: 'light', shortcuts: { pin: ['KeyM'] } })
    expect(stored(file).current).toEqual({
      ...defaultPreferences,
      theme: 'light',
      shortcuts: { pin: ['KeyM'] },
    })
    expect(await readFile(file, 'utf8')).toContain('"KeyM"')
  })

  it('keep what can be read when one of them can not', async () => {
    const file = join(folder, 'preferences.json')
    await writeFile(file, JSON.stringify({ theme: 'purple', language: 'de', unknown: 1 }))
    expect(stored(file).current).toEqual({ ...defaultPreferences, language: 'de' })
  })

  it('hold while the program runs where they can not be written, and say so once', async () => {
    const troubles: UserError[] = []
    await writeFile(join(folder, 'file'), '')
    const file = join(folder, 'file', 'preferences.json')
    const preferences = new PreferencesFile(file, (error) => troubles.push(error))
    await preferences.change({ theme: 'light' })
    expect(await preferences.change({ language: 'de' })).toMatchObject({ theme: 'light', language: 'de' })
    expect(troubles).toMatchObject([{ code: 'target-not-writable', said: { values: [file] } }])
  })
})
