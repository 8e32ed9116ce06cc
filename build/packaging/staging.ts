/**
 * The folder that is packed: the bundles, what of node_modules they reach, and a package.json without a tree behind it.
 */
import { chmodSync, existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { outFolder } from '../bundle.ts'
import { tensorflowPackage } from '../../electron/engine/network/tensorflowPackage.ts'
import { ownBinary } from '../setup/ffmpeg.ts'
import { root } from '../setup/root.ts'
import { packageFolder } from '../setup/tensorflow.ts'
import type { Edition } from './edition.ts'
import { openWithScript } from './fileTypes.ts'
import { writeIcons } from './icon/writeIcons.ts'
import { launcherScript, type Launched } from './launcher.ts'
import { copyFromCheckout, runtimeFiles } from './runtimeFiles.ts'
import { ADDON } from './tensorflowLibrary.ts'

export interface Staged {
  /** What goes into the archive. */
  readonly app: string
  /** Icons and scripts for installers. */
  readonly resources: string
  /** Files that lie beside the executable, or in the resources of a macOS program. */
  readonly beside: string
}

/** Bundles that the packaged program does not start: its command line is the main process's own. */
const LEFT_OUT = new Set(['colorize.cjs', 'inspect.cjs'])

/** The addon, and on Windows the library beside it. */
async function stageAddon(app: string): Promise<void> {
  const target = join(app, 'node_modules', ...tensorflowPackage().split('/'), 'lib')
  await cp(join(packageFolder, 'lib'), target, { recursive: true, dereference: true })
  if (!existsSync(join(target, '..', ADDON))) throw new Error(`TensorFlow's addon is not in ${packageFolder}`)
}

/**
 * Fills a fresh folder with all that is packed.
 * @param launched how `colornn` starts the packaged executable
 */
export async function stage(folder: string, edition: Edition, launched: Launched): Promise<Staged> {
  await rm(folder, { recursive: true, force: true })
  const staged = { app: join(folder, 'app'), resources: join(folder, 'resources'), beside: join(folder, 'beside') }
  for (const part of Object.values(staged)) await mkdir(part, { recursive: true })

  await cp(outFolder, join(staged.app, 'out'), {
    recursive: true,
    filter: (file) => !file.endsWith('.map') && !LEFT_OUT.has(file.slice(outFolder.length + 1)),
  })
  await copyFromCheckout(await runtimeFiles(), staged.app)
  await stageAddon(staged.app)
  if (ownBinary()) {
    const home = join(root, 'node_modules', 'ffmpeg-static')
    // The binary's own readme and licence lie beside it, where its installer puts them.
    const names = (await readdir(home)).filter((name) => name.startsWith('ffmpeg') || name === 'LICENSE')
    for (const name of names) await cp(join(home, name), join(staged.app, 'node_modules', 'ffmpeg-static', name))
  }

  const { description, license, author } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<
    string,
    string
  >
  const { productName, version, fileName } = edition
  const about = { name: fileName, productName, version, description, license, author, main: 'out/main.cjs' }
  await writeFile(join(staged.app, 'package.json'), `${JSON.stringify(about, null, 2)}\n`)

  await writeIcons(staged.resources)
  await writeFile(join(staged.resources, 'installer.nsh'), openWithScript(launched.executable))
  const launcher = launcherScript(launched)
  await writeFile(join(staged.beside, launcher.name), launcher.text)
  chmodSync(join(staged.beside, launcher.name), 0o755)
  return staged
}
