/** Every sentence that the engine, the project and main have for the artist is known in every language. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { decimal, inWords, noWords, sentence } from '../../electron/contract/sentence.ts'
import type { Sentences } from '../../electron/text/language.ts'
import { languages } from '../../electron/text/languages.ts'
import { speechOf } from '../../electron/text/speech.ts'

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
const unheard = new Set(['Cancelled.'])

describe('what the artist is told', () => {
  it('is found where it is said, so that this test can fail', () => {
    const source =
      'throw new UserError("damaged", sentence`“${name}” is gone.`, b ? sentence`Look.` : sentence`Wait ${sentence`a moment`}.`)'
    expect(patternsIn(source)).toEqual(['“{0}” is gone.', 'Look.', 'Wait {0}.', 'a moment'])
  })

  it('is said at all', () => {
    expect(said.size).toBeGreaterThan(80)
  })
})

describe.each(languages)('in $name', ({ code, sentences }) => {
  const forms = Object.entries(sentences).flatMap(([pattern, words]) =>
    (typeof words === 'string' ? [words] : Object.values(words).filter((each) => typeof each === 'string')).map(
      (each): [string, string] => [pattern, each],
    ),
  )

  // English says them as they stand in the code, but for those that have more forms.
  // oxlint-disable-next-line vitest/no-conditional-tests -- what is skipped counts as failed
  if (code !== 'en')
    it('every sentence is known', () => {
      expect([...said].filter((pattern) => !unheard.has(pattern) && !Object.hasOwn(sentences, pattern))).toEqual([])
    })

  it('there is none that nobody says', () => {
    expect(Object.keys(sentences).filter((pattern) => !said.has(pattern))).toEqual([])
  })

  it('every name and number is kept, in every form', () => {
    const places = (words: string): string[] => (words.match(/\{\d\}/g) ?? []).sort()
    for (const [pattern, words] of forms) expect([pattern, places(words)]).toEqual([pattern, places(pattern)])
  })

  it('forms go by a number that is there', () => {
    for (const [pattern, words] of Object.entries(sentences))
      if (typeof words !== 'string') expect(pattern).toContain(`{${words.by}}`)
  })
})

describe('a sentence in words', () => {
  const sentences: Sentences = {
    '“{0}” was not found.': '„{0}“ wurde nicht gefunden.',
    '“{0}” {1}': '„{0}“ {1}',
    'is cut off.': 'ist abgeschnitten.',
    '{0} of {1} edits could not be read.': {
      by: 0,
      one: '{0} von {1} Änderungen war nicht zu lesen.',
      other: '{0} von {1} Änderungen waren nicht zu lesen.',
    },
    'It ends at {0} s.': 'Es endet bei {0} s.',
  }
  const german = speechOf({ code: 'de', sentences })

  it('has names and numbers where the language has them', () => {
    expect(inWords(sentence`“${'a.mkv'}” was not found.`, german)).toBe('„a.mkv“ wurde nicht gefunden.')
    expect(inWords(sentence`“${'a.mkv'}” was not found.`)).toBe('“a.mkv” was not found.')
  })

  it('has parts in the same language, but leaves names alone, whatever a file is called', () => {
    expect(inWords(sentence`“${'is cut off. {1}'}” ${sentence`is cut off.`}`, german)).toBe(
      '„is cut off. {1}“ ist abgeschnitten.',
    )
  })

  it('takes the form that goes with its number', () => {
    const of = (count: number, language = german): string =>
      inWords(sentence`${count} of ${5} edits could not be read.`, language)
    expect([0, 1, 2].map((count) => of(count))).toEqual([
      '0 von 5 Änderungen waren nicht zu lesen.',
      '1 von 5 Änderungen war nicht zu lesen.',
      '2 von 5 Änderungen waren nicht zu lesen.',
    ])
    // None is singular in French.
    expect(of(0, speechOf({ code: 'fr', sentences }))).toBe('0 von 5 Änderungen war nicht zu lesen.')
  })

  it('writes decimals as the language does', () => {
    const end = sentence`It ends at ${decimal(1234.5, 2)} s.`
    expect([inWords(end), inWords(end, german)]).toEqual(['It ends at 1234.50 s.', 'Es endet bei 1234,50 s.'])
    const rate = sentence`It ends at ${23.976} s.`
    expect([inWords(rate), inWords(rate, german)]).toEqual(['It ends at 23.976 s.', 'Es endet bei 23,976 s.'])
  })

  it('stays as it is where nobody has translated it', () => {
    expect(inWords(sentence`Nobody has said ${3} times`, german)).toBe('Nobody has said 3 times')
    expect(inWords(noWords, german)).toBe('')
  })
})
