/** Every language says everything, with all that belongs into it; and each as it is written. */
import { describe, expect, it } from 'vitest'
import { languageFor, languages } from './languages.ts'
import { pluralsOf } from './plural.ts'

type Said = string | ((...values: number[]) => string)

/** All that a catalog says, by where it stands in it. */
function entriesOf(words: object, path = ''): [string, Said][] {
  return Object.entries(words).flatMap(([name, value]: [string, Said | object]): [string, Said][] =>
    typeof value === 'object' ? entriesOf(value, `${path}${name}.`) : [[`${path}${name}`, value]],
  )
}

/** Counts that take different forms somewhere, and one that is seen in the midst of words. */
const COUNTS = [0, 1, 2, 5, 71]

/** Some words for every count, each with other numbers, so that it can be told which of them are shown. */
function spoken(said: Said): string[] {
  return typeof said === 'string' ? [said] : COUNTS.map((count) => said(...[count, 472, 873].slice(0, said.length)))
}

const numbersIn = (words: string): string[] => [...new Set(words.match(/\d+/g))].sort()

const [english, ...others] = languages

const FOREIGN_QUOTES: Readonly<Record<string, RegExp>> = { en: /[„«»]/, de: /[”«»]/, fr: /[„“”]/ }

it('languages are told apart by code and name, and known to Intl', () => {
  expect(new Set(languages.map(({ code }) => code)).size).toBe(languages.length)
  expect(new Set(languages.map(({ name }) => name)).size).toBe(languages.length)
  const codes = languages.map(({ code }) => code)
  expect(Intl.PluralRules.supportedLocalesOf(codes)).toEqual(codes)
})

it('a language is found by any tag, and English stands in for those that are missing', () => {
  const tags = ['fr', 'fr-CA', 'FR_be', 'de-AT', 'en-GB', 'xx', '', 'fra']
  expect(tags.map((tag) => languageFor(tag).code)).toEqual(['fr', 'fr', 'fr', 'de', 'en', 'en', 'en', 'en'])
})

it('plural forms go by the language', () => {
  const forms = { one: 'image', few: 'obrazy', other: 'images' }
  const of = (code: string): string[] => [0, 1, 2, 5].map((count) => pluralsOf(code)(count, forms))
  expect(of('en')).toEqual(['images', 'image', 'images', 'images'])
  expect(of('fr')).toEqual(['image', 'image', 'images', 'images'])
  expect(of('pl')).toEqual(['images', 'image', 'obrazy', 'images'])
})

describe.each(['words', 'dialogs'] as const)('the %s', (part) => {
  const inEnglish = entriesOf(english[part])

  it.each(others)('have the same entries in $name, which show the same values', (language) => {
    const entries = new Map(entriesOf(language[part]))
    expect([...entries.keys()].sort()).toEqual(inEnglish.map(([path]) => path).sort())
    const shown = (said: Said): string[] => (typeof said === 'string' ? [] : numbersIn(spoken(said).at(-1)!))
    for (const [path, said] of inEnglish) expect([path, shown(entries.get(path)!)]).toEqual([path, shown(said)])
  })
})

describe.each(languages)('in $name', ({ code, words, dialogs, sentences }) => {
  const all = [
    ...[...entriesOf(words), ...entriesOf(dialogs)].flatMap(([, said]) => spoken(said)),
    ...Object.values(sentences).flatMap((said) =>
      typeof said === 'string' ? [said] : Object.values(said).filter((form) => typeof form === 'string'),
    ),
  ]
  /** Those that do not match what all should. */
  const wrong = (pattern: RegExp): string[] => all.filter((said) => pattern.test(said))

  it('nothing is empty, and nothing shows how it was made', () => {
    expect(wrong(/^\s*$|undefined|NaN|\[object/)).toEqual([])
  })

  it('what is counted is named, whatever stands before it', () => {
    const begun = (sentence: string): string => sentence.split(' ').slice(0, 2).join(' ')
    for (const count of [1, 2, 55])
      expect(begun(words.export.toColor(0, count))).toBe(begun(words.export.toColor(count, 0)))
  })

  it('quotes and apostrophes are those of print', () => {
    expect(wrong(/["']/)).toEqual([])
  })

  it('the search for cuts is not called by the word for the settings', () => {
    const { job, steps, actions, comfort } = words
    const search = [job.findingShots, job.kinds.shots, job.films, steps['set-cuts'], actions.findShots]
    expect(search.filter((each) => each.toLowerCase().includes(comfort.settings.toLowerCase()))).toEqual([])
  })

  it('what lies on a frame is told apart by its name', () => {
    const names = [...Object.values(words.tools.hints), ...Object.values(words.tools.kinds)]
    expect(new Set(names).size).toBe(names.length)
  })

  const foreign = FOREIGN_QUOTES[code]
  // oxlint-disable-next-line vitest/no-conditional-tests -- what is skipped counts as failed
  if (foreign)
    it('quotes are those of the language', () => {
      expect(wrong(foreign)).toEqual([])
    })

  // oxlint-disable-next-line vitest/no-conditional-tests -- as above
  if (code === 'fr')
    it('a narrow space that does not break stands where French wants one', () => {
      // Before ; : ! ? % and », behind «; the colon within a timecode is none of these.
      expect(wrong(/[^\u202f][;!?%»]|[^\u202f\d]:|[^\u202f]:(?!\d)|«[^\u202f]/)).toEqual([])
    })

  // oxlint-disable-next-line vitest/no-conditional-tests -- as above
  if (code === 'fr')
    it('numbers decide about the forms: none is singular', () => {
      expect([0, 1, 2].map(words.project.unwritten)).toEqual([
        '0 modification n’existe qu’en mémoire.',
        '1 modification n’existe qu’en mémoire.',
        '2 modifications n’existent qu’en mémoire.',
      ])
    })
})
