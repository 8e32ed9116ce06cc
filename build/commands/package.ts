/**
 * `npm run package`: packages the program for the system that this runs on, tries the result out, and makes the
 * archives and installers of it that this machine can make. `-- --only-folder` stops before those.
 */
import { build, Platform } from 'electron-builder'
import { mkdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle } from '../bundle.ts'
import { makeArchives, type Made } from '../packaging/archives.ts'
import { configuration } from '../packaging/configuration.ts'
import { editionOf, type Edition } from '../packaging/edition.ts'
import { setFuses } from '../packaging/fuses.ts'
import { layoutOf, type Layout } from '../packaging/layout.ts'
import { removeStrangers } from '../packaging/strangers.ts'
import { bytesBelow, megabytes, partsOf } from '../packaging/sizes.ts'
import { stage } from '../packaging/staging.ts'
import { placeTensorflow } from '../packaging/tensorflowLibrary.ts'
import { tryPackage } from '../packaging/trial.ts'
import { pinnedElectronVersion } from '../setup/electron.ts'
import { ensureFfmpeg, ownBinary } from '../setup/ffmpeg.ts'
import { hostAnswers } from '../setup/network.ts'
import { prepareEditor } from '../setup/prepare.ts'
import { cacheFolder, root } from '../setup/root.ts'
import { version } from '../../package.json'

const output = join(root, 'dist')

const hostPlatform = (): Platform => {
  if (process.platform === 'darwin') return Platform.MAC
  return process.platform === 'win32' ? Platform.WINDOWS : Platform.LINUX
}

const tell = (line: string): void => console.log(`  ${line}`)

async function tellSizes(layout: Layout): Promise<void> {
  const parts = await partsOf(layout)
  tell(`${megabytes(await bytesBelow(layout.folder))} in ${layout.folder}`)
  for (const { name, bytes } of parts) tell(`  ${megabytes(bytes).padStart(9)}  ${name}`)
}

/** What electron-builder makes of the finished folder with tools that it downloads. */
async function makeInstallers(layout: Layout, config: ReturnType<typeof configuration>): Promise<Made> {
  if (process.platform === 'linux' && !(await hostAnswers('github.com')))
    return {
      files: [],
      leftOut: ['The AppImage was left out: its runtime comes from github.com, which does not answer.'],
    }
  const files = await build({
    projectDir: root,
    targets: hostPlatform().createTarget(),
    prepackaged: layout.folder,
    config,
    publish: 'never',
  })
  return { files: files.filter((file) => /\.(AppImage|dmg|exe)$/.test(file)), leftOut: [] }
}

function tellEdition(edition: Edition): void {
  console.log(`\n${edition.productName} ${edition.version}`)
  if (edition.isForTesting) tell('FOR TESTING ONLY: this package is not to be given away.')
  for (const reason of edition.reasons) tell(reason)
}

/** @returns 0 when the packaged program does what it should */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { 'only-folder': { type: 'boolean' } } })
  const electron = await prepareEditor()
  await bundle({ page: true })
  const edition = editionOf({
    version,
    electron,
    pinnedElectron: pinnedElectronVersion(),
    hasFfmpeg: ownBinary() !== null,
  })
  tellEdition(edition)

  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  const layout = layoutOf(output, edition)
  const executable = process.platform === 'linux' ? edition.fileName : edition.productName
  const staged = await stage(join(cacheFolder, 'package'), edition, { executable, needsNoScreen: electron.isCurrent })
  const config = configuration({
    edition,
    electron,
    staged,
    output,
    afterPack: async () => {
      await removeStrangers(layout)
      await placeTensorflow(layout.resources)
      await setFuses(process.platform === 'darwin' ? layout.folder : layout.executable)
    },
  })
  await build({ projectDir: root, targets: hostPlatform().createTarget('dir'), config, publish: 'never' })

  console.log('\nTried out')
  const ffmpeg = await ensureFfmpeg()
  for (const line of await tryPackage({ layout, edition, isCurrent: electron.isCurrent, ffmpeg })) tell(line)

  console.log('\nSize')
  await tellSizes(layout)
  if (values['only-folder']) return 0

  console.log('\nMade')
  const installers = await makeInstallers(layout, config)
  const archives: Made =
    process.platform === 'linux'
      ? await makeArchives(layout, edition, join(staged.resources, 'icons'), output)
      : { files: [], leftOut: [] }
  for (const file of [...archives.files, ...installers.files])
    tell(`${megabytes((await stat(file)).size).padStart(9)}  ${join('dist', basename(file))}`)
  for (const line of [...archives.leftOut, ...installers.leftOut]) tell(line)
  return 0
}
