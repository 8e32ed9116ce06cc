/** Every sentence that the engine, the project and main have for the artist is known in German. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { sentencesDe } from './sentences.de.ts'
import { speaker } from './sentences.ts'

const electron = join(import.meta.dirname, '../../electron')
// The command line speaks English only.
const files = readdirSync(electron, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.test)\.ts$/.test(name) && !/^cli[\\/]/.test(name))

/** A literal as a pattern: what is put in becomes {0}, {1}, ... Both ways of a condition; null for what is no literal. */
function patternsIn(node: ts.Expression | undefined): string[] {
  if (!node) return []
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isConditionalExpression(node)) return [...patternsIn(node.whenTrue), ...patternsIn(node.whenFalse)]
  if (ts.isTemplateExpression(node)) return [node.head.text + node.templateSpans.map((span, n) => `{${n}}${span.literal.text}`).join('')]
  return []
}

function sentencesIn(source: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'UserError') {
      const [code, message, advice] = node.arguments ?? []
      if (code && !(ts.isStringLiteral(code) && code.text === 'cancelled')) found.push(...patternsIn(message), ...patternsIn(advice))
    }
    if (ts.isCallExpression(node)) {
      const name = node.expression.getText()
      if (name === 'refuse') found.push(...node.arguments.flatMap(patternsIn))
      if (/(warnings|notices)\.push$/.test(name)) found.push(...node.arguments.flatMap(patternsIn))
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true))
  return found
}

describe('what the artist is told', () => {
  it('is found where it is said, so that this test can fail', () => {
    const source = "if (a) throw new UserError('damaged', `“${name}” is gone.`, b ? 'Look.' : 'Wait.'); refuse(`No ${c}`, 'Go')"
    expect(sentencesIn(source)).toEqual(['“{0}” is gone.', 'Look.', 'Wait.', 'No {0}', 'Go'])
  })

  it('is known in German, sentence by sentence', () => {
    const said = new Set(files.flatMap((name) => sentencesIn(readFileSync(join(electron, name), 'utf8'))))
    expect(said.size).toBeGreaterThan(80)
    expect([...said].filter((sentence) => !Object.hasOwn(sentencesDe, sentence))).toEqual([])
  })

  it('keeps every name and number in German', () => {
    const places = (words: string): string[] => (words.match(/\{\d\}/g) ?? []).sort()
    for (const [english, german] of Object.entries(sentencesDe)) expect([english, places(german)]).toEqual([english, places(english)])
  })
})

describe('a speaker', () => {
  const say = speaker({ '“{0}” was not found.': '„{0}“ wurde nicht gefunden.', '“{0}” {1}': '„{0}“ {1}', 'is cut off.': 'ist abgeschnitten.', '{0} needs {1}.': '{0} braucht {1}.' })

  it('puts names and numbers where the other language has them', () => {
    expect(say('“a.mkv” was not found.')).toBe('„a.mkv“ wurde nicht gefunden.')
  })

  it('says known parts too, but leaves names alone', () => {
    expect(say('“is cut off.mkv” is cut off.')).toBe('„is cut off.mkv“ ist abgeschnitten.')
  })

  it('leaves what it does not know as it is', () => {
    expect(say('Nobody has said this yet')).toBe('Nobody has said this yet')
    expect(say('')).toBe('')
  })
})
