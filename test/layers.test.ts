/** What each folder may import. A slip here fails the tests before it becomes a habit. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

function filesBelow(folder: string, pattern: RegExp): string[] {
  const place = join(root, folder)
  if (!existsSync(place)) return []
  return readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** TypeScript, and the scripts of Svelte components; tests may reach further than what they test. */
const sourcesBelow = (folder: string): string[] => filesBelow(folder, /(?<!\.test|\.e2e)\.(ts|svelte)$/)

/** Imports of a file: a path from the checkout's root for its own files, the bare name for a package. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const code = file.endsWith('.svelte') ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n') : text
  return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) =>
    fileName.startsWith('.') ? relative(root, resolve(dirname(file), fileName)).split(sep).join('/') : fileName,
  )
}

/** Lines "file imports what" for every import that no pattern allows. */
function strays(folder: string, allowed: readonly RegExp[]): string[] {
  return sourcesBelow(folder).flatMap((file) =>
    importsOf(file)
      .filter((name) => !allowed.some((pattern) => pattern.test(name)))
      .map((name) => `${relative(root, file)} imports ${name}`),
  )
}

describe('the layers', () => {
  it('sees the imports it is to judge', () => {
    expect(importsOf(join(root, 'electron/main/main.ts'))).toEqual(expect.arrayContaining(['electron', 'electron/contract/schemas.ts']))
  })

  it('keep the contract free of everything but zod', () => {
    expect(strays('electron/contract', [/^zod$/, /^electron\/contract\//])).toEqual([])
  })

  it('let the page see nothing of electron/ but the contract, and nothing of Node.js', () => {
    expect(strays('renderer', [/^renderer\//, /^electron\/contract\//, /^svelte(\/|$)/, /^vite$/, /^@sveltejs\/vite-plugin-svelte$/, /^zod$/, /^immer$/])).toEqual([])
  })

  it('keep the preload to Electron and the contract', () => {
    expect(strays('electron/preload', [/^electron$/, /^electron\/(contract|preload)\//])).toEqual([])
  })

  it('keep Electron out of the engine, which plain Node.js runs as well', () => {
    const own = /^electron\/(engine|contract)\//
    expect(strays('electron/engine', [own, /^node:/, /^(?!electron$|\.)/])).toEqual([])
  })

  it('keep pictures, shots and overrides pure: their code compiles where there is no DOM, no Node.js and no package', () => {
    const folders = ['electron/engine/picture', 'electron/engine/shots', 'electron/engine/overrides']
    const files = folders.flatMap(sourcesBelow)
    expect(files.length).toBeGreaterThan(0)
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
    const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, lib: ['ES2022'], types: [] }, root)
    const program = ts.createProgram(files, options)
    // The contract comes along for its types; how it is made is its own affair.
    const complaints = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => file && folders.some((folder) => relative(root, file.fileName).split(sep).join('/').startsWith(`${folder}/`)))
    expect(complaints.map(({ file, messageText }) => `${relative(root, file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)).toEqual([])
    expect(folders.flatMap((folder) => strays(folder, [/^electron\/(engine|contract)\//]))).toEqual([])
  })

  it('keep the networks apart from the editor', () => {
    const mentions = filesBelow('models', /\.py$/).filter((file) => /\b(electron|renderer)\//.test(readFileSync(file, 'utf8')))
    expect(mentions).toEqual([])
  })
})
