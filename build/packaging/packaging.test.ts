/** What packages are told to be, before any is made; `npm run package` tries the made ones out. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { filmEndings, PROJECT_ENDING } from '../../electron/contract/fileEndings.ts'
import { tensorflowPackage } from '../../electron/engine/network/tensorflowPackage.ts'
import { configuration } from './configuration.ts'
import { controlFile, desktopFile, mimeFile } from './debian.ts'
import { editionOf, type Edition } from './edition.ts'
import { FILM_TYPES, openWithScript, PROJECT_TYPE } from './fileTypes.ts'
import { readFuses, setFuses, wrongFuses } from './fuses.ts'
import { launcherScript } from './launcher.ts'
import { runtimeFiles } from './runtimeFiles.ts'

const folder = mkdtempSync(join(tmpdir(), 'colornn-packaging-'))
afterAll(() => rmSync(folder, { recursive: true }))

const current = { version: '45.4.1', isCurrent: true }
const older = { version: '22.3.25', isCurrent: false }
const edition = (electron: typeof current, hasFfmpeg = true): Edition =>
  editionOf({ version: '1.2.3', electron, pinnedElectron: '45.4.1', hasFfmpeg })

describe('a package', () => {
  it('is one to give away with the current Electron and an ffmpeg of its own', () => {
    expect(edition(current)).toMatchObject({ isForTesting: false, productName: 'ColoRNN Studio', version: '1.2.3' })
  })

  it('with another Electron says in name, version and reason that it is for testing, and which Electron it holds', () => {
    const { productName, version, fileName, reasons } = edition(older)
    expect([productName, version, fileName].every((name) => name.includes('testing'))).toBe(true)
    expect(version).toContain('electron-22-3-25')
    expect(reasons.join()).toMatch(/22\.3\.25.*not 45\.4\.1/)
  })

  it('without ffmpeg is for testing too', () => {
    expect(edition(current, false)).toMatchObject({ isForTesting: true, version: '1.2.3-testing' })
  })

  const configured = (electron: typeof current, env: NodeJS.ProcessEnv = {}): ReturnType<typeof configuration> =>
    configuration(
      {
        edition: edition(electron),
        electron: { ...electron, folder: '/electron', executable: '/electron/electron' },
        staged: { app: '/staged/app', resources: '/staged/resources', beside: '/staged/beside' },
        output: '/dist',
        afterPack: () => undefined,
      },
      env,
    )

  it('names the Electron that was found, has its code in an archive, and looks for no updates', () => {
    expect(configured(older)).toMatchObject({
      electronVersion: '22.3.25',
      electronDist: '/electron',
      asar: true,
      publish: null,
      appId: 'org.colornn.studio.testing',
    })
    expect(configured(current)).toMatchObject({ electronVersion: '45.4.1', appId: 'org.colornn.studio' })
  })

  it('has targets for each system', () => {
    const { linux, win, mac } = configured(current)
    expect([linux?.target, win?.target, mac?.target]).toMatchObject([
      ['AppImage'],
      ['nsis', 'portable'],
      [{ target: 'dmg' }],
    ])
  })

  it('goes to Apple’s notary only where the environment has all that it asks for', () => {
    const whole = { APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' }
    expect(configured(current, whole).mac?.notarize).toBe(true)
    expect(configured(current, { ...whole, APPLE_TEAM_ID: '' }).mac?.notarize).toBe(false)
    expect(configured(current).mac?.notarize).toBe(false)
  })

  it('loads TensorFlow by the package that its system has a build of', () => {
    expect((['linux', 'win32', 'darwin'] as const).map(tensorflowPackage)).toEqual([
      '@tensorflow/tfjs-node-gpu',
      '@tensorflow/tfjs-node-gpu',
      '@tensorflow/tfjs-node',
    ])
  })
})

describe('the files that it opens', () => {
  it('are its projects, which are its own, and every film that the dialogs offer, which are not', () => {
    expect([`.${PROJECT_TYPE.endings[0]}`, PROJECT_TYPE.isOwn]).toEqual([PROJECT_ENDING, true])
    expect(FILM_TYPES.flatMap(({ endings }) => endings.map((ending) => `.${ending}`)).sort()).toEqual(
      [...filmEndings].sort(),
    )
    expect(FILM_TYPES.some(({ isOwn }) => isOwn)).toBe(false)
  })

  it('are named to Linux desktops by their types, and the project’s type is made known', () => {
    const entry = desktopFile(edition(current))
    for (const { mimeType } of [PROJECT_TYPE, ...FILM_TYPES]) expect(entry).toContain(`${mimeType};`)
    expect(mimeFile()).toMatch(/type="application\/vnd\.colornn\.project"[\s\S]*pattern="\*\.colornn"/)
  })

  it('stay with the machine’s player on Windows: films get an “Open with” alone', () => {
    const script = openWithScript('ColoRNN Studio')
    for (const ending of filmEndings) expect(script).toContain(`SupportedTypes" "${ending}" ""`)
    expect(script).not.toMatch(/WriteRegStr SHELL_CONTEXT "Software\\Classes\\\./)
  })
})

describe('Debian’s package', () => {
  it('needs what the window is drawn with, under its old or new name, and no virtual screen', () => {
    const control = controlFile(edition(older), 1000)
    expect(control).toMatch(/^Depends: .*libgtk-3-0 \| libgtk-3-0t64.*libnss3/m)
    expect(control).not.toContain('xvfb')
    expect(control).toMatch(/^ FOR TESTING ONLY\. .*22\.3\.25/m)
    expect(controlFile(edition(current), 1000)).not.toContain('TESTING')
  })

  it('is older than the one that it is a test of', () => {
    const version = /^Version: (.*)$/m.exec(controlFile(edition(older), 1))?.[1] ?? ''
    expect(version).toBe('1.2.3~testing.electron-22-3-25')
  })
})

describe('the fuses', () => {
  /**
   * As an executable has them: a mark that Electron's tools look for, a version, a count, a character for each fuse.
   */
  const wire = (states: string): string => {
    const file = join(folder, `electron-${states.length}`)
    const mark = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')
    writeFileSync(
      file,
      Buffer.concat([Buffer.alloc(64), mark, Buffer.from([1, states.length]), Buffer.from(states), Buffer.alloc(64)]),
    )
    return file
  }

  it('are all set as wanted where the Electron has them, as read back from the file', async () => {
    const file = wire('10110001')
    expect(wrongFuses(await readFuses(file), true).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['RunAsNode', 'EnableNodeOptionsEnvironmentVariable', 'EnableNodeCliInspectArguments']),
    )
    await setFuses(file)
    const fuses = await readFuses(file)
    expect(Object.fromEntries(fuses.map(({ name, found }) => [name, found]))).toEqual({
      RunAsNode: 'off',
      EnableNodeOptionsEnvironmentVariable: 'off',
      EnableNodeCliInspectArguments: 'off',
      EnableEmbeddedAsarIntegrityValidation: 'on',
      OnlyLoadAppFromAsar: 'on',
      EnableCookieEncryption: 'on',
      LoadBrowserProcessSpecificV8Snapshot: 'off',
      GrantFileProtocolExtraPrivileges: 'off',
    })
    expect(wrongFuses(fuses, true)).toEqual([])
  })

  it('are told apart from those that an Electron lacks, which only an older one may', async () => {
    const file = wire('1011000')
    await setFuses(file)
    const fuses = await readFuses(file)
    expect(fuses.filter(({ found }) => found === 'not in this Electron').map(({ name }) => name)).toEqual([
      'GrantFileProtocolExtraPrivileges',
    ])
    expect(wrongFuses(fuses, false)).toEqual([])
    expect(wrongFuses(fuses, true)).toHaveLength(1)
  })
})

describe('what is packed of node_modules', () => {
  it('is what no bundle holds: of TensorFlow’s packages no code, of ffmpeg’s the way to its binary', async () => {
    expect(await runtimeFiles()).toEqual([
      `node_modules/${tensorflowPackage()}/package.json`,
      'node_modules/ffmpeg-static/index.js',
      'node_modules/ffmpeg-static/package.json',
    ])
  })
})

describe('the launcher of the command line', () => {
  // oxlint-disable-next-line vitest/no-conditional-tests -- what is skipped counts as failed
  if (process.platform !== 'win32')
    it('hands on all that was typed, from wherever it is linked to, and the exit code back', () => {
      const place = join(folder, 'it’s here')
      mkdirSync(place)
      const { name, text } = launcherScript({ executable: "studio's", needsNoScreen: true }, 'linux')
      writeFileSync(join(place, name), text)
      writeFileSync(join(place, "studio's"), `#!/bin/sh\nprintf '%s|' "$@"\nexit 3\n`)
      for (const file of [name, "studio's"]) chmodSync(join(place, file), 0o755)
      symlinkSync(join(place, name), join(folder, 'linked'))
      let outcome = { status: 0, stdout: '' }
      try {
        execFileSync(join(folder, 'linked'), ['a film.mp4', '-o', '', '--', '$HOME'], { encoding: 'utf8' })
      } catch (error) {
        outcome = error as typeof outcome
      }
      expect(outcome.status).toBe(3)
      const [switches, typed] = outcome.stdout.split('--|a film')
      expect(`a film${typed}`).toBe('a film.mp4|-o||--|$HOME|')
      expect(switches).toContain('--command-line|')
      expect(switches).toContain('--ozone-platform=headless|')
    })

  it('is a script of its own on each system', () => {
    const named = (platform: NodeJS.Platform): string =>
      launcherScript({ executable: 'ColoRNN Studio', needsNoScreen: true }, platform).text
    expect(named('win32')).toMatch(/"%~dp0ColoRNN Studio\.exe" .*--command-line -- %\*\r\n/)
    expect(named('darwin')).toMatch(/MacOS\/"'ColoRNN Studio' .*--command-line -- "\$@"/)
  })
})
