/**
 * What electron-builder is told: the folder of the program on every system, and the installers that it makes itself.
 * Debian's package and Linux's archive are made of that folder by archives.ts.
 *
 * Signing is electron-builder's own, by its variables of the environment: CSC_LINK and CSC_KEY_PASSWORD (WIN_CSC_LINK
 * and WIN_CSC_KEY_PASSWORD for Windows from elsewhere), and for Apple's notary APPLE_API_KEY, APPLE_API_KEY_ID and
 * APPLE_API_ISSUER, or APPLE_ID, APPLE_APP_SPECIFIC_PASSWORD and APPLE_TEAM_ID. Without them nothing is signed.
 */
import type { Configuration } from 'electron-builder'
import { join } from 'node:path'
import { tensorflowPackage } from '../../electron/engine/network/tensorflowPackage.ts'
import type { ElectronRuntime } from '../setup/electron.ts'
import { root } from '../setup/root.ts'
import type { Edition } from './edition.ts'
import { FILM_TYPES, PROJECT_TYPE, type FileType } from './fileTypes.ts'
import type { Staged } from './staging.ts'

type Association = NonNullable<Exclude<Configuration['fileAssociations'], readonly unknown[]>>

const associationOf = ({ endings, name, mimeType, isOwn }: FileType): Association => ({
  ext: [...endings],
  name,
  mimeType,
  role: 'Editor',
  rank: isOwn ? 'Owner' : 'Alternate',
})

/** What Apple's notary needs, one way or the other. */
const NOTARY = [
  ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
] as const

const canNotarize = (env: NodeJS.ProcessEnv): boolean => NOTARY.some((names) => names.every((name) => env[name]))

/**
 * Of the trained networks all that the program runs: not what is kept for comparison, nor what training goes on from.
 */
const WEIGHTS = ['**/*', '!source-consistency/**']

export interface Packed {
  readonly edition: Edition
  readonly electron: ElectronRuntime
  readonly staged: Staged
  readonly output: string
  /** Called when the folder of the program is laid out, before it is signed. */
  readonly afterPack: NonNullable<Exclude<Configuration['afterPack'], string>>
}

export function configuration(
  { edition, electron, staged, output, afterPack }: Packed,
  env: NodeJS.ProcessEnv = process.env,
): Configuration {
  const { resources, beside } = staged
  return {
    appId: edition.isForTesting ? 'org.colornn.studio.testing' : 'org.colornn.studio',
    productName: edition.productName,
    copyright: 'The ColoRNN Studio authors, Apache License 2.0',
    directories: { app: staged.app, buildResources: resources, output },
    // The runtime that was examined, and its version as it said itself.
    electronDist: electron.folder,
    electronVersion: electron.version,
    // Chromium's own words (of its menus and file dialogs), in the languages of the program.
    electronLanguages: ['en-US', 'de', 'fr'],
    npmRebuild: false,
    // No feed, so nothing is written for one, and the program looks for none.
    publish: null,
    asar: true,
    // The staged folder as it is. Patterns without a folder are for the packages that electron-builder finds by itself,
    // those of the checkout: none of them is taken.
    files: [
      '!**/*',
      { from: staged.app, to: '.', filter: ['**/*'] },
      { from: join(staged.app, 'node_modules'), to: 'node_modules', filter: ['**/*'] },
    ],
    // What is loaded or started by the operating system has to be a file of its own, not a part of the archive.
    asarUnpack: [`node_modules/${tensorflowPackage()}/lib/**`, 'node_modules/ffmpeg-static/ffmpeg*'],
    extraResources: [
      { from: join(root, 'models', 'weights'), to: 'weights', filter: WEIGHTS },
      { from: join(root, 'LICENSE'), to: 'LICENSE.txt' },
      // Beside the executable, except where that folder is signed as a whole.
      ...(process.platform === 'darwin' ? [{ from: beside, to: '.' }] : []),
    ],
    ...(process.platform === 'darwin' ? {} : { extraFiles: [{ from: beside, to: '.' }] }),
    afterPack,
    linux: {
      target: ['AppImage'],
      category: 'AudioVideo',
      executableName: edition.fileName,
      icon: join(resources, 'icons'),
      fileAssociations: [PROJECT_TYPE, ...FILM_TYPES].map(associationOf),
    },
    win: { target: ['nsis', 'portable'], icon: join(resources, 'icon.ico'), executableName: edition.productName },
    nsis: {
      oneClick: false,
      allowToChangeInstallationDirectory: true,
      include: join(resources, 'installer.nsh'),
      artifactName: `${edition.fileName}-\${version}-\${arch}-setup.\${ext}`,
    },
    portable: { artifactName: `${edition.fileName}-\${version}-\${arch}-portable.\${ext}` },
    mac: {
      // The addon is built for the processor that it is built on.
      target: [{ target: 'dmg', arch: process.arch === 'arm64' ? 'arm64' : 'x64' }],
      category: 'public.app-category.video',
      icon: join(resources, 'icon.icns'),
      fileAssociations: [PROJECT_TYPE, ...FILM_TYPES].map(associationOf),
      hardenedRuntime: true,
      notarize: canNotarize(env),
    },
    ...(process.platform === 'win32' && { fileAssociations: [associationOf(PROJECT_TYPE)] }),
    dmg: { artifactName: `${edition.fileName}-\${version}-\${arch}.\${ext}` },
    appImage: { artifactName: `${edition.fileName}-\${version}-\${arch}.\${ext}` },
  }
}
