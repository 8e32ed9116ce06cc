/** The archives of a packaged program for Linux, made with the system's own tools of its finished folder. */
import { chmod, cp, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { execute, findProgram } from '../setup/execute.ts'
import { afterInstallation, afterRemoval, controlFile, desktopFile, installedFolder, mimeFile } from './debian.ts'
import type { Edition } from './edition.ts'
import { ICON_SIZES } from './icon/writeIcons.ts'
import type { Layout } from './layout.ts'
import { bytesBelow } from './sizes.ts'

const HOUR = 3_600_000

/** Files that were made, and those that could not be, each with why. */
export interface Made {
  readonly files: string[]
  readonly leftOut: string[]
}

/** A tar.gz whose one folder is named like the file. @returns its path */
async function makeTar(layout: Layout, edition: Edition, output: string): Promise<string> {
  const name = `${edition.fileName}-${edition.version}-x64`
  const file = join(output, `${name}.tar.gz`)
  await rm(file, { force: true })
  await execute(
    'tar',
    [
      '--create',
      '--gzip',
      `--file=${file}`,
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      `--directory=${dirname(layout.folder)}`,
      `--transform=s,^${basename(layout.folder)},${name},S`,
      basename(layout.folder),
    ],
    { timeout: HOUR },
  )
  return file
}

/** Puts a file into a tree of them, with the folders on its way. */
async function put(tree: string, path: string, text: string, mode = 0o644): Promise<void> {
  const file = join(tree, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  await chmod(file, mode)
}

async function layTree(tree: string, layout: Layout, edition: Edition, icons: string): Promise<void> {
  const folder = join(tree, installedFolder(edition))
  await mkdir(dirname(folder), { recursive: true })
  // Links to the files themselves: what is packed lies here only for as long as that takes.
  await execute('cp', ['--archive', '--link', layout.folder, folder])
  await mkdir(join(tree, 'usr', 'bin'), { recursive: true })
  await symlink(`${installedFolder(edition)}/${edition.fileName}`, join(tree, 'usr', 'bin', edition.fileName))
  await symlink(
    `${installedFolder(edition)}/colornn`,
    join(tree, 'usr', 'bin', edition.isForTesting ? 'colornn-for-testing' : 'colornn'),
  )
  await put(tree, `usr/share/applications/${edition.fileName}.desktop`, desktopFile(edition))
  await put(tree, `usr/share/mime/packages/${edition.fileName}.xml`, mimeFile())
  for (const size of ICON_SIZES) {
    const place = join(tree, 'usr', 'share', 'icons', 'hicolor', `${size}x${size}`, 'apps')
    await mkdir(place, { recursive: true })
    await cp(join(icons, `${size}x${size}.png`), join(place, `${edition.fileName}.png`))
  }
  await mkdir(join(tree, 'usr', 'share', 'doc', edition.fileName), { recursive: true })
  await cp(join(layout.resources, 'LICENSE.txt'), join(tree, 'usr', 'share', 'doc', edition.fileName, 'copyright'))
  await put(tree, 'DEBIAN/control', controlFile(edition, Math.ceil((await bytesBelow(tree)) / 1024)))
  await put(tree, 'DEBIAN/postinst', afterInstallation(edition), 0o755)
  await put(tree, 'DEBIAN/postrm', afterRemoval(edition), 0o755)
}

/**
 * Debian's package. Compressed with zstd, which Debian 12 and Ubuntu 22.04 read and which packs half a gigabyte of
 * library in a minute.
 * @param icons the folder of the PNGs
 * @returns its path
 */
async function makeDeb(layout: Layout, edition: Edition, icons: string, output: string): Promise<string> {
  const file = join(output, `${edition.fileName}_${edition.version}_amd64.deb`)
  // Beside the folder that is packed: links do not reach across file systems.
  const tree = await mkdtemp(join(output, 'deb-'))
  try {
    await chmod(tree, 0o755)
    await layTree(tree, layout, edition, icons)
    await execute('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z12', '--build', tree, file], { timeout: HOUR })
    return file
  } finally {
    await rm(tree, { recursive: true, force: true })
  }
}

/** Both archives, as far as this machine can make them. */
export async function makeArchives(layout: Layout, edition: Edition, icons: string, output: string): Promise<Made> {
  const made: Made = { files: [await makeTar(layout, edition, output)], leftOut: [] }
  if (findProgram('dpkg-deb')) made.files.push(await makeDeb(layout, edition, icons, output))
  else made.leftOut.push('The Debian package was left out: there is no dpkg-deb on this machine.')
  for (const file of made.files) if ((await stat(file)).size === 0) throw new Error(`${file} is empty`)
  return made
}
