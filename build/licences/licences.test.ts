/** That the list of licences leaves nothing out and says of each part what its licence is. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { licencesSchema } from '../../electron/contract/licences.ts'
import { tensorflowPackage } from '../../electron/engine/network/tensorflowPackage.ts'
import { bundledFiles } from '../packaging/bundledFiles.ts'
import { runtimeFiles } from '../packaging/runtimeFiles.ts'
import { root } from '../setup/root.ts'
import { gatherLicences, writeLicences } from './gather.ts'
import { packageFoldersOf } from './packageFolder.ts'

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version: string; license?: string }>
}
/** The packages of the engine's bundle, of which a test can make sure by itself. */
const files = await bundledFiles(
  [join(root, 'electron/engine/engineProcess.ts'), join(root, 'electron/main/program.ts')],
  ['electron', '@tensorflow/*', 'ffmpeg-static'],
)
const bundled = packageFoldersOf(files)
const parts = gatherLicences(bundled)
const part = (name: string): (typeof parts)[number] => parts.find((each) => each.name === name)!

it('every package that is bundled or packed is in the list, with the version and licence of the lock', async () => {
  expect(bundled).toContain('node_modules/zod')
  for (const folder of [...bundled, ...packageFoldersOf(await runtimeFiles())]) {
    const locked = lock.packages[folder]!
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
    expect([name, part(name)?.version, part(name)?.licence]).toEqual([name, locked.version, locked.license])
  }
})

it('every part has a licence and a text', () => {
  for (const { name, licence, text } of parts) {
    expect([name, licence.length > 2]).toEqual([name, true])
    expect([name, text.length > 120]).toEqual([name, true])
  }
  expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length)
})

it('what is no package is in it too: the program, its networks, TensorFlow, ffmpeg, Electron, Chromium', () => {
  const networks = ['ColoRNN color model', 'ColoRNN consistency pass']
  for (const name of [
    'ColoRNN Studio',
    ...networks,
    'TensorFlow',
    'ffmpeg',
    'Electron',
    'Chromium',
    tensorflowPackage(),
  ])
    expect(parts.map((each) => each.name)).toContain(name)
  for (const name of networks) {
    const file = name === 'ColoRNN color model' ? 'color-model' : 'consistency-pass'
    const { licence } = JSON.parse(readFileSync(join(root, 'models/weights', file, 'model.json'), 'utf8')) as {
      licence: string
    }
    expect(part(name).text).toContain(licence)
    expect(part(name).text).toContain('models/README.md')
  }
})

it('ffmpeg comes with the text of the GPL, where its source is, and the offer of it in writing', () => {
  const { text, version } = part('ffmpeg')
  expect(text).toMatch(/GNU GENERAL PUBLIC LICENSE\s+Version 3/)
  expect(text).toContain('WRITTEN OFFER')
  expect(text).toContain(`the release ${version}`)
})

it('the file that the window reads holds equal texts once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'colornn-licences-'))
  try {
    await writeLicences(parts, folder)
    const written = licencesSchema.parse(JSON.parse(readFileSync(join(folder, 'licences.json'), 'utf8')))
    expect(written.texts.length).toBeLessThan(written.parts.length)
    expect(written.parts.map(({ name, text }) => [name, written.texts[text]])).toEqual(
      parts.map(({ name, text }) => [name, text]),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
