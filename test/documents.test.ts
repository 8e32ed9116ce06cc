/** What the documents point to is there: files, headings, commands, modules. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MEDIA_SUITE, SUITES } from '../build/checks/suites.ts'
import { openPlaces, recordRows, recordSchema, recordSchemaPath } from './material/recordTable.ts'

const root = resolve(import.meta.dirname, '..')
const namesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .sort()
const documents = ['', 'docs', 'models', 'findings'].flatMap((folder) =>
  namesIn(folder, '.md').map((name) => (folder === '' ? name : `${folder}/${name}`)),
)
const textOf = (document: string): string => readFileSync(join(root, document), 'utf8')

/** As GitHub and its like name headings. */
function anchorsOf(document: string): string[] {
  return [...textOf(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** Links and pictures that lead to files of the checkout, and those that lead nowhere. */
function brokenLinks(document: string): string[] {
  const targets = [...textOf(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return targets.filter((target) => {
    if (/^(https?|mailto):/.test(target)) return false
    const [file = '', anchor] = target.split('#')
    const path = file === '' ? join(root, document) : join(root, dirname(document), file)
    if (!existsSync(path)) return true
    return anchor !== undefined && !anchorsOf(relative(root, path)).includes(anchor)
  })
}

/** Lines of TypeScript that a walk quotes and the file that the heading above names does not have. */
function misquoted(document: string): string[] {
  let source = ''
  let isCode = false
  return textOf(document)
    .split('\n')
    .filter((line) => {
      if (line.startsWith('#')) source = /`([\w./-]+\.ts)`/.exec(line)?.[1] ?? ''
      if (!line.startsWith('```')) return isCode && !linesOf(source).includes(line.trim())
      isCode = line === '```ts'
      return false
    })
}

const linesOf = (path: string): string[] => (path === '' ? [] : textOf(path).split('\n')).map((line) => line.trim())

/** What stands between backticks, and in blocks of code. */
const codeOf = (document: string): string[] => [...textOf(document).matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

describe.each(documents)('%s', (document) => {
  it('leads to files and headings that are there', () => {
    expect(brokenLinks(document)).toEqual([])
  })

  it('names files of the checkout that are there', () => {
    const named = codeOf(document).filter((code) =>
      /^(electron|renderer|models|build|test|docs|findings)\/[\w./-]+$/.test(code),
    )
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('names commands that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
    const text = textOf(document)
    const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name)
    expect(all(/npm run (?:-s )?([\w-]+)/g).filter((name) => !(name in scripts))).toEqual([])
    expect(all(/node (build\/[\w-]+\.mjs)/g).filter((path) => !existsSync(join(root, path)))).toEqual([])
    const suites: string[] = [MEDIA_SUITE, ...SUITES].map(({ name }) => name)
    expect(
      all(/npm test -- --only ([\w|]+)/g)
        .flatMap((names) => names.split('|'))
        .filter((name) => !suites.includes(name)),
    ).toEqual([])
    const modules = all(/python -m (colornn\.\w+)/g).map((name) => `models/${name.replace('.', '/')}.py`)
    expect(modules.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

/** Text of every source. */
const sources = ['build', 'electron', 'models/colornn', 'models/tests', 'renderer', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs|svelte|py)$/.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
)

it('CONTRIBUTING.md lists the variables of the environment that sources name', () => {
  const named = sources.flatMap((source) => source.match(/COLORNN_\w+/g) ?? [])
  const listed = [...textOf('CONTRIBUTING.md').matchAll(/^\| `(COLORNN_\w+)` \|/gm)].map(([, name = '']) => name)
  expect(listed.sort()).toEqual([...new Set(named)].sort())
})

it('CONTRIBUTING.md lists every suite, and every flag of npm test', () => {
  const rows = textOf('CONTRIBUTING.md')
    .split('\n')
    .filter((row) => row.startsWith('| `npm test -- '))
  const inRows = (code: string): boolean => rows.some((row) => row.includes(code))
  expect([MEDIA_SUITE, ...SUITES].filter(({ name }) => !inRows(`--only ${name}\``))).toEqual([])
  const options = /options: \{(.*)\},$/m.exec(readFileSync(join(root, 'build/commands/test.ts'), 'utf8'))?.[1] ?? ''
  const flags = [...options.matchAll(/'?([\w-]+)'?: \{/g)].map(([, name = '']) => `--${name}`)
  expect(flags).toContain('--every-ffmpeg')
  expect(flags.filter((flag) => !inRows(flag))).toEqual([])
})

it('the pictures of the manual are small, and each is shown', () => {
  const pictures = namesIn('docs/pictures', '')
  const manual = textOf('docs/manual.md')
  expect(pictures.filter((name) => !manual.includes(`(pictures/${name})`))).toEqual([])
  const bytes = pictures.map((name) => statSync(join(root, 'docs', 'pictures', name)).size)
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000)
})

it.each(['docs/adding-a-format.md', 'docs/adding-a-tool.md'])('%s quotes the code as it is', (document) => {
  expect(textOf(document)).toContain('```ts\n')
  expect(misquoted(document)).toEqual([])
})

it('every finding is listed', () => {
  const list = textOf('findings/README.md')
  expect(namesIn('findings', '.sh').filter((name) => !list.includes(`(${name})`))).toEqual([])
})

it('the record of an export is described as its schema is', () => {
  const rows = textOf('docs/file-formats.md').split('\n')
  const from = rows.findIndex((row) => row.startsWith('| `format` | `"colornn-export"`'))
  const documented = rows.slice(from, from + rows.slice(from).findIndex((row) => row === ''))
  expect(documented).toEqual(recordRows())
})

it('the JSON Schema of that record says the same, and lets no other fields in', () => {
  const schema: unknown = JSON.parse(readFileSync(recordSchemaPath, 'utf8'))
  expect(schema).toEqual(recordSchema())
  expect(openPlaces(schema)).toEqual([])
})
