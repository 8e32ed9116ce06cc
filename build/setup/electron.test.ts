import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureElectron, isWorthAGlance, pinnedElectronVersion, rememberedElectron } from './electron.ts'

const HOUR = 3_600_000

describe('the Electron that was set up before', () => {
  const facts = (version: string, since = 0): Record<string, string> => ({
    folder: 'electron',
    version,
    since: new Date(since).toISOString(),
  })

  it('is used for ever where it is the current one', () => {
    expect(rememberedElectron(facts(pinnedElectronVersion()), 1e6 * HOUR)).toMatchObject({ isCurrent: true })
  })

  it('is used for a day where it is an older one: then the current one is looked for again', () => {
    expect(rememberedElectron(facts('22.3.25'), 23 * HOUR)).toMatchObject({ version: '22.3.25', isCurrent: false })
    expect(rememberedElectron(facts('22.3.25'), 25 * HOUR)).toBeNull()
  })

  it('is asked about at every start where it is an older one, but for the minutes in which nothing will have changed', () => {
    expect(isWorthAGlance(facts('22.3.25'), HOUR / 12)).toBe(false)
    expect(isWorthAGlance(facts('22.3.25'), HOUR / 5)).toBe(true)
    expect(isWorthAGlance(null, 0)).toBe(true)
  })

  it('is looked for anew where nothing, or not which one it is, was noted', () => {
    expect(rememberedElectron(null, 0)).toBeNull()
    expect(rememberedElectron({ folder: 'electron', kind: 'tryout' }, 0)).toBeNull()
  })
})

// The stand-in for an executable is a script of the shell.
// oxlint-disable-next-line vitest/no-conditional-tests -- what is skipped counts as failed
if (process.platform === 'linux')
  describe('an Electron that a setting names', () => {
    const before = process.env['ELECTRON_OVERRIDE_DIST_PATH']
    let folder = ''
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'colornn-electron-'))
      process.env['ELECTRON_OVERRIDE_DIST_PATH'] = folder
    })
    afterEach(() => {
      rmSync(folder, { recursive: true })
      if (before === undefined) delete process.env['ELECTRON_OVERRIDE_DIST_PATH']
      else process.env['ELECTRON_OVERRIDE_DIST_PATH'] = before
    })
    const standIn = (script: string): void => {
      writeFileSync(join(folder, 'electron'), `#!/bin/sh\n${script}\n`)
      chmodSync(join(folder, 'electron'), 0o755)
    }

    it('is asked which one it is, whatever the folder says', async () => {
      writeFileSync(join(folder, 'version'), pinnedElectronVersion())
      standIn('test "$ELECTRON_RUN_AS_NODE" = 1 && echo 22.3.25')
      expect(await ensureElectron(Promise.resolve())).toMatchObject({ version: '22.3.25', isCurrent: false })
      standIn(`echo ${pinnedElectronVersion()}`)
      expect(await ensureElectron(Promise.resolve())).toMatchObject({ isCurrent: true })
    })

    it('is refused where it does not answer as one', async () => {
      standIn('echo hello')
      await expect(ensureElectron(Promise.resolve())).rejects.toThrow(/does not say which Electron it is/)
      rmSync(join(folder, 'electron'))
      await expect(ensureElectron(Promise.resolve())).rejects.toThrow(/names a folder without electron/)
    })
  })
