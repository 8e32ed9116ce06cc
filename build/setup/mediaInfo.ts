/**
 * MediaInfo, which reads films and pictures by code of its own: the second reader that exports are compared by. It is
 * fetched for that alone and is no part of the editor. The wheel of pymediainfo (MIT) brings libmediainfo (BSD) along.
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { downloadWheel, findPython, unpackWheel, type Wheel } from './python.ts'
import { SetupProblem } from './report.ts'
import { cacheFolder } from './root.ts'

const VERSION = '7.0.1'

type Build = Pick<Wheel, 'sha256'> & { readonly platform: string }

const BUILDS: Readonly<Record<string, Build>> = {
  'linux-x64': {
    platform: 'manylinux_2_27_x86_64',
    sha256: 'cde98112f1ce486589b17a12e5da42085faea996224f7c67fa45b8c1dca719c6',
  },
  'linux-arm64': {
    platform: 'manylinux_2_27_aarch64',
    sha256: '3648e2379fa67bd02433d1e28c707df3a53834dd480680615a9fefd2266f1182',
  },
  'darwin-x64': {
    platform: 'macosx_10_10_universal2',
    sha256: '286f3bf6299be0997093254e0f371855bc5cf2aaf8641d19455a011e3ee3a84d',
  },
  'darwin-arm64': {
    platform: 'macosx_10_10_universal2',
    sha256: '286f3bf6299be0997093254e0f371855bc5cf2aaf8641d19455a011e3ee3a84d',
  },
  'win32-x64': {
    platform: 'win_amd64',
    sha256: '13224fa7590e198763b8baf072e704ea81d334e71aa32a469091460e243893c7',
  },
}

export interface MediaInfo {
  readonly python: string
  /** The folder that Python has to look for packages in. */
  readonly packages: string
}

/** Fetched into the cache where it is not there yet. @throws SetupProblem, or the error of the download */
export async function ensureMediaInfo(): Promise<MediaInfo> {
  const build = BUILDS[`${process.platform}-${process.arch}`]
  if (!build) throw new SetupProblem('MediaInfo has no package for this kind of machine.', 'npm run matrix')
  const packages = join(cacheFolder, `pymediainfo-${VERSION}`)
  const python = await findPython()
  if (!existsSync(join(packages, 'pymediainfo', '__init__.py'))) {
    const file = `pymediainfo-${VERSION}-py3-none-${build.platform}.whl`
    const wheel = await downloadWheel({ name: 'pymediainfo', version: VERSION, file, ...build }, packages)
    await unpackWheel(wheel, packages, ['pymediainfo'])
    await rm(wheel)
  }
  return { python, packages }
}
