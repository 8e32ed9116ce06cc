import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultPreferences } from '../contract/preferences.ts'
import { PreferencesFile, readPreferences } from './preferencesFile.ts'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'preferences-'))))
afterEach(() => rm(folder, { recursive: true }))

describe('preferences', () => {
  it('are as they came on the first start, and after a damaged file', () => {
    expect(new PreferencesFile(join(folder, 'none.json')).current).toEqual(defaultPreferences)
    for (const text of ['', '[1', 'null', '7']) expect(readPreferences(text)).toEqual(defaultPreferences)
  })

  it('are there again on the next start', async () => {
    const file = join(folder, 'preferences.json')
    await new PreferencesFile(file).change({ theme: 'light', shortcuts: { pin: ['KeyM'] } })
    expect(new PreferencesFile(file).current).toEqual({
      ...defaultPreferences,
      theme: 'light',
      shortcuts: { pin: ['KeyM'] },
    })
    expect(await readFile(file, 'utf8')).toContain('"KeyM"')
  })

  it('keep what can be read when one of them can not', async () => {
    const file = join(folder, 'preferences.json')
    await writeFile(file, JSON.stringify({ theme: 'purple', language: 'de', unknown: 1 }))
    expect(new PreferencesFile(file).current).toEqual({ ...defaultPreferences, language: 'de' })
  })
})
