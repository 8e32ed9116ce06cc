/** Every sentence that the engine, the project and main have for the artist is known in German. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { inWords, noWords, sentence } from '../../electron/contract/sentence.ts'
import { sentencesDe } from './sentences.de.ts'

const electron = join(import.meta.dirname, '../../electron')
// The command line speaks English only.
const files = readdirSync(electron, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /(?<!\.test)\.ts$/.test(name) && !/^cli[\\/]/.test(name),
)

/** The patterns of all sentences in a source. */
function patternsIn(source: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sentence') {
      const { template } = node
      const text = ts.isTemplateExpression(template)
        ? template.head.text + template.templateSpans.map((span, n) => `{${n}}${span.literal.text}`).join('')
        : template.text
      found.push(text)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true))
  return found
}

const said = new Set(files.flatMap((name) => patternsIn(readFileSync(join(electron, name), 'utf8'))))
/** Of work that was given up at somebody's wish: shown to nobody. */
const unheard = new Set(['Cancelled.', 'The export goes on.'])

describe('what the artist is told', () => {
  it('is found where it is said, so that this test can fail', () => {
    const source =
      'throw new UserError("damaged", sentence`“${name}” is gone.`, b ? sentence`Look.` : sentence`Wait ${sentence`a moment`}.`)'
    expect(patternsIn(source)).toEqual(['“{0}” is gone.', 'Look.', 'Wait {0}.', 'a moment'])
  })

  it('is known in German, sentence by sentence', () => {
    expect(said.size).toBeGreaterThan(80)
    expect([...said].filter((pattern) => !unheard.has(pattern) && !Object.hasOwn(sentencesDe, pattern))).toEqual([])
  })

  it('has no German that nobody says', () => {
    expect(Object.keys(sentencesDe).filter((pattern) => !said.has(pattern))).toEqual([])
  })

  it('keeps every name and number in German', () => {
    const places = (words: string): string[] => (words.match(/\{\d\}/g) ?? []).sort()
    for (const [english, german] of Object.entries(sentencesDe))
      expect([english, places(german)]).toEqual([english, places(english)])
  })
})

describe('a sentence in words', () => {
  const german: Record<string, string> = {
    '“{0}” was not found.': '„{0}“ wurde nicht gefunden.',
    '“{0}” {1}': '„{0}“ {1}',
    'is cut off.': 'ist abgeschnitten.',
  }
  const inGerman = (pattern: string): string => german[pattern] ?? pattern

  it('has names and numbers where the language has them', () => {
    expect(inWords(sentence`“${'a.mkv'}” was not found.`, inGerman)).toBe('„a.mkv“ wurde nicht gefunden.')
    expect(inWords(sentence`“${'a.mkv'}” was not found.`)).toBe('“a.mkv” was not found.')
  })

  it('has parts in the same language, but leaves names alone, whatever a file is called', () => {
    expect(inWords(sentence`“${'is cut off. {1}'}” ${sentence`is cut off.`}`, inGerman)).toBe(
      '„is cut off. {1}“ ist abgeschnitten.',
    )
  })

  it('stays as it is where nobody has translated it', () => {
    expect(inWords(sentence`Nobody has said ${3} times`, inGerman)).toBe('Nobody has said 3 times')
    expect(inWords(noWords, inGerman)).toBe('')
  })
})
