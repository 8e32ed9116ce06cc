/** The licences of everything that the program is made of, in one file beside the bundles. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LICENCES_FILE, type Licences } from '../../electron/contract/licences.ts'
import { tensorflowPackage } from '../../electron/engine/network/tensorflowPackage.ts'
import { modulesFolder, root } from '../setup/root.ts'
import { ffmpegOffer, mit } from './standardTexts.ts'

export interface LicensedPart {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

interface PackageDescription {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name: string }
}

const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8')
const describePackage = (folder: string): PackageDescription =>
  JSON.parse(read(folder, 'package.json')) as PackageDescription

/** What a package says of its licence; empty where it brings no text. */
function textIn(folder: string): string {
  const names = readdirSync(join(root, folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
  return names.map((name) => read(folder, name)).join('\n\n')
}

const apache = (): string => read('LICENSE')

/** The licence's own text where the package forgot it: its conditions hold all the same. */
function standardText({ license = '', author, name }: PackageDescription): string {
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`)
  if (license.startsWith('Apache-2.0')) return apache()
  return license === 'MIT' ? mit(holder) : ''
}

/** @param folder of a package, from the checkout on @throws Error where nothing says what its licence allows */
function licensedPackage(folder: string): LicensedPart {
  const description = describePackage(folder)
  const { name, version, license } = description
  const text = textIn(folder) || standardText(description)
  if (license === undefined || text === '') throw new Error(`${name} does not say under which licence it is`)
  return { name, version, licence: license, text }
}

/** Each network with the terms that its description names: ours, and those of the features that training began with. */
function networks(): LicensedPart[] {
  return ['color-model', 'consistency-pass'].map((folder) => {
    const description = JSON.parse(read('models', 'weights', folder, 'model.json')) as {
      readonly name: string
      readonly version: string | number
      readonly licence: string
    }
    const { name, version, licence } = description
    const holder = /\bMIT, Copyright ([^).]+)/.exec(licence)?.[1]
    const card = `${licence}\n\nTheir model cards are models/README.md and models/PASS.md of the source. Our own weights are under the first of the terms below.`
    return {
      name,
      version: String(version),
      licence: holder === undefined ? 'Apache-2.0' : 'Apache-2.0 AND MIT',
      text: [card, apache(), ...(holder === undefined ? [] : [mit(holder)])].join('\n\n'),
    }
  })
}

/** The programs and libraries that are no npm packages, or more than what their package says. */
function programs(): LicensedPart[] {
  const electron = describePackage('node_modules/electron')
  const ffmpeg = JSON.parse(read('node_modules', 'ffmpeg-static', 'package.json')) as {
    'ffmpeg-static': { 'binary-release-tag': string }
  }
  const ffmpegVersion = ffmpeg['ffmpeg-static']['binary-release-tag'].replace(/^b/, '')
  const deps = join(modulesFolder, ...tensorflowPackage().split('/'), 'deps')
  const notices = existsSync(deps) ? readdirSync(deps).filter((name) => /LICEN[CS]E|NOTICE/i.test(name)) : []
  return [
    { name: 'ColoRNN Studio', version: describePackage('.').version, licence: 'Apache-2.0', text: apache() },
    ...networks(),
    // Which version it is shows in the window's first page.
    {
      name: 'TensorFlow',
      version: '',
      licence: 'Apache-2.0',
      text: [apache(), ...notices.map((name) => readFileSync(join(deps, name), 'utf8'))].join('\n\n'),
    },
    {
      name: 'ffmpeg',
      version: ffmpegVersion,
      licence: 'GPL-3.0-or-later',
      text: ffmpegOffer(ffmpegVersion) + read('node_modules', 'ffmpeg-static', 'LICENSE'),
    },
    { name: 'Electron', version: electron.version, licence: 'MIT', text: textIn('node_modules/electron') },
    {
      name: 'Chromium',
      version: '',
      licence: 'BSD-3-Clause AND others',
      text: 'The licences of Chromium, and of the several hundred parts that it is made of, lie beside the program’s executable: LICENSES.chromium.html.',
    },
  ]
}

/** What a package has in it without importing it: these compilers put code of theirs into ours. */
const COMPILED_IN = ['node_modules/assemblyscript', 'node_modules/svelte']

/** @param folders of the packages in the bundles, from the checkout on */
export function gatherLicences(folders: readonly string[]): LicensedPart[] {
  const beside = [`node_modules/${tensorflowPackage()}`, 'node_modules/ffmpeg-static', ...COMPILED_IN]
  const packages = [...new Set([...folders, ...beside])].map(licensedPackage)
  return [...programs(), ...packages.sort((a, b) => a.name.localeCompare(b.name))]
}

/** Writes them as the window reads them, equal texts once. */
export async function writeLicences(parts: readonly LicensedPart[], folder: string): Promise<void> {
  const texts = [...new Set(parts.map(({ text }) => text))]
  const licences: Licences = { parts: parts.map((part) => ({ ...part, text: texts.indexOf(part.text) })), texts }
  await writeFile(join(folder, LICENCES_FILE), JSON.stringify(licences))
}
