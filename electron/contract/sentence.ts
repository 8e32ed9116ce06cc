/**
 * Sentences that an artist is to read, on their way between processes: the English pattern, which is the name under
 * which the other languages know it (as gettext's msgid is), and the values that go into it. They are put into words
 * where they are shown: by the window in the artist's language (electron/text), by the command line in English.
 *
 *   throw new UserError('not-found', sentence`“${name}” was not found.`, sentence`Check its disk.`)
 *
 * Every pattern is needed in every language (sentences.ts in its folder of electron/text); a test names those that are
 * missing.
 */
import { z } from 'zod'

export interface Sentence {
  /** English, with {0}, {1}, ... in the places of the values. */
  readonly pattern: string
  /** Names and numbers; or sentences, as parts of this one. Fractions are no text: languages differ in their mark. */
  readonly values: readonly SentenceValue[]
}

export type SentenceValue = string | number | Decimal | Sentence

/** A number with so many digits after its decimal mark. */
export interface Decimal {
  readonly decimal: number
  readonly digits: number
}

const decimalSchema: z.ZodType<Decimal> = z.object({ decimal: z.number(), digits: z.number().int().min(0).max(20) })

export const sentenceSchema: z.ZodType<Sentence> = z.lazy(() =>
  z.object({ pattern: z.string(), values: z.array(z.union([z.string(), z.number(), decimalSchema, sentenceSchema])) }),
)

/** The tag of template strings that makes them sentences. */
export function sentence(literals: TemplateStringsArray, ...values: readonly SentenceValue[]): Sentence {
  return { pattern: literals.reduce((pattern, literal, n) => `${pattern}{${n - 1}}${literal}`), values }
}

export const decimal = (value: number, digits: number): Decimal => ({ decimal: value, digits })

/** 'one', 'one and two', 'one, two and three': at least one part. */
export function listed(parts: readonly SentenceValue[]): SentenceValue {
  const [first, second, ...more] = parts
  if (second === undefined) return first!
  if (more.length === 0) return sentence`${first!} and ${second}`
  return listed([sentence`${first!}, ${second}`, ...more])
}

/** Says nothing: the advice of an error that needs none. */
export const noWords: Sentence = { pattern: '', values: [] }

/** How a language puts sentences. */
export interface Speech {
  /** What it says for an English pattern; the values, since forms of words may go by a number among them. */
  pattern(english: string, values: readonly SentenceValue[]): string
  /** @param digits after the decimal mark; as many as it has, up to three, when left out */
  number(value: number, digits?: number): string
}

const english: Speech = {
  pattern: (pattern) => pattern,
  number: (value, digits) => (digits === undefined ? String(value) : value.toFixed(digits)),
}

/** A sentence in words; parts are said by themselves. */
export function inWords({ pattern, values }: Sentence, speech: Speech = english): string {
  return speech.pattern(pattern, values).replace(/\{(\d+)\}/g, (_whole, n: string) => {
    const value = values[Number(n)]
    if (value === undefined) return ''
    if (typeof value === 'string') return value
    if (typeof value === 'number') return speech.number(value)
    return 'decimal' in value ? speech.number(value.decimal, value.digits) : inWords(value, speech)
  })
}
