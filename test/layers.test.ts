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
  const code = file.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n')
    : text
  return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) =>
    fileName.startsWith('.')
      ? relative(root, resolve(dirname(file), fileName))
          .split(sep)
          .join('/')
      : fileName,
  )
}

/**
 * What each folder may import beside itself: folders of the checkout, and packages by name ('node:*' for Node.js's
 * own). A folder that is not listed here fails, so that a new one comes with its rule. Longest name first decides.
 */
const rules: Readonly<Record<string, readonly string[]>> = {
  'electron/contract': ['package.json', 'zod'],
  // What bytes are known by: digests, checksums, the identities of films.
  'electron/content': ['electron/contract/fileEndings.ts', 'node:*'],
  // What the operating system says: its errors, which programs run; and files that are whole after whatever crash.
  'electron/system': ['electron/contract/fileNames.ts', 'electron/contract/temporaryFolder.ts', 'node:*'],
  // Words in every language, for the window and for main's own dialogs.
  'electron/text': ['electron/contract/sentence.ts'],
  // What is kept of things that went wrong.
  'electron/reports': ['electron/contract', 'electron/system', 'node:*'],
  'electron/preload': ['electron', 'electron/contract'],
  'electron/project': ['electron/content', 'electron/contract', 'electron/system', 'immer', 'node:*', 'zod'],
  'electron/host': ['electron', 'electron/contract', 'electron/engine/protocol.ts', 'node:*'],
  'electron/main': [
    'electron',
    'electron/cli/colorize.ts',
    'electron/engine/protocol.ts',
    'electron/contract',
    'electron/host',
    'electron/project',
    'electron/report',
    'electron/reports',
    'electron/system',
    'electron/text',
    'node:*',
    'zod',
  ],
  'electron/main/jobs': [
    'electron/contract',
    'electron/host',
    'electron/main/queue/exportQueue.ts',
    'electron/project',
    'electron/report',
    'electron/system',
    'electron/text',
    'electron/main/clipDesk.ts',
    'node:*',
  ],
  'electron/main/queue': [
    'electron/content',
    'electron/contract',
    'electron/host',
    'electron/project',
    'electron/system',
    'electron/main/clipDesk.ts',
    'node:*',
    'zod',
  ],
  // What Electron's checklist asks for: the page, its sessions and what may be asked of main.
  'electron/main/shell': ['electron', 'electron/contract', 'electron/main/ipc.ts', 'node:*'],
  'electron/cli': [
    'electron/contract',
    'electron/host',
    'electron/project',
    'electron/report',
    'electron/system',
    'electron/text',
    'electron/engine/inspect/recordBeside.ts',
    'electron/engine/reading/inputFile.ts',
    'electron/engine/writing/files/originals.ts',
    'electron/engine/writing/files/taken.ts',
    'node:*',
    'zod',
  ],
  // The engine runs under plain Node.js as well: no Electron anywhere below.
  'electron/engine': ['electron/content', 'electron/contract', 'electron/reports', 'electron/system', 'node:*'],
  'electron/engine/picture': ['electron/contract'],
  'electron/engine/shots': ['electron/engine/picture', 'electron/contract'],
  'electron/engine/overrides': [
    'electron/engine/picture',
    'electron/engine/network/networks.ts',
    'electron/engine/edges',
    'electron/contract',
  ],
  'electron/engine/network': [
    'electron/engine/picture',
    'electron/engine/threads',
    'electron/contract',
    'electron/system/makeFolder.ts',
    '@tensorflow/tfjs-node-gpu',
    'node:*',
    'zod',
  ],
  'electron/engine/threads': ['node:*'],
  // Loads what was compiled from the folders named 'assembly'.
  'electron/engine/wasm': ['node:*'],
  'electron/engine/chroma': [
    'electron/engine/motion',
    'electron/engine/picture',
    'electron/engine/wasm',
    'electron/contract',
  ],
  'electron/engine/edges': ['electron/engine/wasm'],
  'electron/engine/motion': ['electron/engine/picture', 'electron/engine/wasm'],
  'electron/engine/scaling': ['electron/engine/picture', 'electron/engine/wasm'],
  // Compiled by itself, to WebAssembly: it can import nothing of ours.
  'electron/engine/chroma/assembly': [],
  'electron/engine/edges/assembly': [],
  'electron/engine/motion/assembly': [],
  'electron/engine/scaling/assembly': [],
  'electron/engine/ffmpeg': ['electron/contract', 'node:*'],
  'electron/engine/reading': [
    'electron/content',
    'electron/system',
    'electron/engine/ffmpeg',
    'electron/engine/picture',
    'electron/contract',
    'node:*',
    'zod',
  ],
  'electron/engine/writing': [
    'electron/content',
    'electron/system',
    'electron/engine/reading',
    'electron/engine/ffmpeg',
    'electron/engine/picture',
    'electron/contract',
    'node:*',
  ],
  'electron/report': ['electron/contract', 'electron/system', 'electron/text', 'node:*'],
  'electron/engine/inspect': [
    'electron/system',
    'electron/engine/ffmpeg',
    'electron/engine/picture',
    'electron/engine/reading',
    'electron/engine/shots',
    'electron/contract',
    'node:*',
  ],
  'electron/engine/cache': [
    'electron/content',
    'electron/system',
    'electron/engine/picture',
    'electron/contract',
    'node:*',
  ],
  // What is heard of a film: laid beside its pictures as exports lay it.
  'electron/engine/sound': [
    'electron/content',
    'electron/contract',
    'electron/engine/ffmpeg',
    'electron/engine/reading',
    'electron/engine/writing',
    'node:*',
    'zod',
  ],
  'electron/engine/sample': ['electron/engine/ffmpeg', 'electron/contract', 'node:*'],
  'electron/engine/film': [
    'cache',
    'chroma',
    'ffmpeg',
    'network',
    'overrides',
    'picture',
    'reading',
    'scaling',
    'sound',
    'writing',
  ]
    .map((room) => `electron/engine/${room}`)
    .concat('electron/content', 'electron/contract', 'electron/system', 'node:*', 'zod'),
  'electron/engine/frames': [
    'cache',
    'chroma',
    'film',
    'network',
    'overrides',
    'picture',
    'reading',
    'sound',
    'writing',
  ]
    .map((room) => `electron/engine/${room}`)
    .concat('electron/content', 'electron/contract', 'zod'),
  'electron/engine/compose': ['chroma', 'film', 'network', 'picture', 'reading', 'threads', 'writing']
    .map((room) => `electron/engine/${room}`)
    .concat('electron/contract', 'node:*'),
  'electron/engine/jobs': [
    'cache',
    'compose',
    'film',
    'inspect',
    'motion',
    'network',
    'picture',
    'reading',
    'scaling',
    'shots',
    'writing',
  ]
    .map((room) => `electron/engine/${room}`)
    .concat('electron/content', 'electron/contract', 'electron/engine/ffmpeg', 'node:*'),
  renderer: [
    'electron/contract',
    'electron/text',
    'svelte',
    'svelte/*',
    'immer',
    'zod',
    'vite',
    '@sveltejs/vite-plugin-svelte',
  ],
  build: [
    'electron/content/crc32.ts',
    'electron/contract',
    'electron/engine/network/tensorflowPackage.ts',
    'package.json',
    '@electron/fuses',
    'electron-builder',
    'esbuild',
    'vite',
    'node:*',
  ],
}

/** Files right in electron/engine join its rooms, and may import all of them. */
const isJoint = (file: string): boolean => /^electron\/engine\/[^/]+$/.test(file)

function ruleOf(file: string): string | undefined {
  return Object.keys(rules)
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0]
}

function isAllowed(file: string, name: string): boolean {
  const folder = ruleOf(file)
  if (folder === undefined) return false
  if (name.startsWith(`${folder}/`) && (folder !== 'electron/engine' || isJoint(file))) return true
  return rules[folder]!.some((allowed) =>
    allowed.endsWith('*')
      ? name.startsWith(allowed.slice(0, -1))
      : name === allowed || (name.startsWith(`${allowed}/`) && /^(electron|renderer|build)\//.test(allowed)),
  )
}

/** Lines "file imports what" for every import that no rule allows. */
function strays(folder: string): string[] {
  return sourcesBelow(folder).flatMap((path) => {
    const file = relative(root, path).split(sep).join('/')
    return importsOf(path)
      .filter((name) => !isAllowed(file, name))
      .map((name) => `${file} imports ${name}`)
  })
}

describe('the layers', () => {
  it('sees the imports it is to judge', () => {
    expect(importsOf(join(root, 'electron/main/main.ts'))).toEqual(
      expect.arrayContaining(['electron', 'electron/contract/jobs.ts']),
    )
  })

  it.each([
    ['electron/engine/film/film.ts', 'electron'],
    ['electron/engine/film/film.ts', 'electron/project/history.ts'],
    ['electron/engine/engine.ts', 'electron/main/main.ts'],
    ['electron/engine/picture/grain.ts', 'electron/engine/network/networks.ts'],
    ['electron/engine/reading/opening/probe.ts', 'renderer/App.svelte'],
    ['electron/project/history.ts', 'electron/main/handlers.ts'],
    ['electron/contract/schemas.ts', 'node:fs'],
    ['renderer/App.svelte', 'node:fs'],
    ['renderer/App.svelte', 'electron/engine/protocol.ts'],
    ['electron/newRoom/file.ts', 'zod'],
  ])('would not let %s import %s', (file, name) => {
    expect(isAllowed(file, name)).toBe(false)
  })

  it.each(['electron', 'renderer', 'build'])('hold in %s', (folder) => {
    expect(sourcesBelow(folder).length).toBeGreaterThan(0)
    expect(strays(folder)).toEqual([])
  })

  it('keep pictures, shots and overrides pure: their code compiles where there is no DOM, no Node.js and no package', () => {
    const folders = ['electron/engine/picture', 'electron/engine/shots', 'electron/engine/overrides']
    const files = folders.flatMap(sourcesBelow)
    expect(files.length).toBeGreaterThan(0)
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...config.compilerOptions, lib: ['ES2022'], types: [] },
      root,
    )
    const program = ts.createProgram(files, options)
    // The contract comes along for its types; how it is made is its own affair.
    const complaints = ts
      .getPreEmitDiagnostics(program)
      .filter(
        ({ file }) =>
          file && folders.some((folder) => relative(root, file.fileName).split(sep).join('/').startsWith(`${folder}/`)),
      )
    expect(
      complaints.map(
        ({ file, messageText }) =>
          `${relative(root, file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      ),
    ).toEqual([])
  })

  it('keep the networks apart from the editor', () => {
    const mentions = filesBelow('models', /\.py$/).filter((file) =>
      /\b(electron|renderer)\//.test(readFileSync(file, 'utf8')),
    )
    expect(mentions).toEqual([])
  })
})
