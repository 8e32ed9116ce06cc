/**
 * No line is longer than 120 columns, but where a string, a template or a regular expression reaches further: those
 * stay whole, so that whoever searches for a sentence finds it. Prettier breaks code and ruff Python; neither breaks
 * comments.
 */
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { sourceFiles } from './material/sourceFiles.ts'

const COLUMNS = 120
/** Room for what Prettier leaves on the line of a test's title: ', async ({ launch }) => {'. */
const BEHIND = 28

const LITERALS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateExpression,
  ts.SyntaxKind.RegularExpressionLiteral,
])

/** Where literals begin and end in a source. */
function literalsOf(text: string): [from: number, to: number][] {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest)
  const found: [number, number][] = []
  const visit = (node: ts.Node): void => {
    if (LITERALS.has(node.kind)) found.push([node.getStart(source), node.end])
    else ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Of a component its scripts alone, in their places. */
function scriptsOf(component: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, ' ')
  let at = 0
  let scripts = ''
  for (const match of component.matchAll(/(<script[^>]*>)([\s\S]*?)<\/script>/g)) {
    const from = match.index + match[1]!.length
    scripts += blank(component.slice(at, from)) + match[2]!
    at = from + match[2]!.length
  }
  return scripts + blank(component.slice(at))
}

function codeOf(file: string, text: string): string {
  if (/\.([mc]?[jt]s)$/.test(file)) return text
  return file.endsWith('.svelte') ? scriptsOf(text) : ''
}

/** @returns 'file:line' of each line that is too long */
function longLines(file: string, text: string): string[] {
  const lines = text.split('\n')
  if (lines.every((line) => line.length <= COLUMNS)) return []
  const literals = literalsOf(codeOf(file, text))
  let start = 0
  return lines.flatMap((line, index) => {
    const edge = start + COLUMNS
    start += line.length + 1
    const isLong = line.length > COLUMNS && !literals.some(([from, to]) => from <= edge && edge <= to + BEHIND)
    return isLong ? [`${file}:${index + 1}`] : []
  })
}

it('lines end at 120 columns', () => {
  const files = sourceFiles('ts', 'mjs', 'cjs', 'svelte', 'css', 'sh')
  expect(files.flatMap((file) => longLines(file, readFileSync(file, 'utf8')))).toEqual([])
})

it('comments and code are held to that, sentences and what only looks like one are told apart', () => {
  const long = 'word '.repeat(30)
  expect(longLines('a.ts', `const a = 1 // ${long}`)).toEqual(['a.ts:1'])
  expect(longLines('a.ts', `/* '\n${long}' */`)).toEqual(['a.ts:2'])
  expect(longLines('a.ts', `it('${long}', () => {})\nconst b = ${'1 + '.repeat(40)}1`)).toEqual(['a.ts:2'])
  expect(longLines('a.svelte', `<p>${long}</p>\n<script>\nconst a = '${long}'\n</script>`)).toEqual(['a.svelte:1'])
  expect(longLines('a.sh', `echo '${long}'`)).toEqual(['a.sh:1'])
})
