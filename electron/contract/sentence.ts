/**
 * Sentences that an artist is to read, on their way between processes: the English pattern, which is the name under
 * which the other languages know it (as gettext's msgid is), and the values that go into it. They are put into words
 * where they are shown: by the window in the artist's language (renderer/text/sentences.ts), by the command line in
 * English.
 *
 *   throw new UserError('not-found', sentence`“${name}” was not found.`, sentence`Check its disk.`)
 *
 * Every pattern needs its German in renderer/text/sentences.de.ts; a test names those that are missing.
 */
import { z } from 'zod'

export interface Sentence {
  /** English, with {0}, {1}, ... in the places of the values. */
  readonly pattern: string
  /** Names and numbers; or sentences, as parts of this one. */
  readonly values: readonly SentenceValue[]
}

export type SentenceValue = string | number | Sentence

export const sentenceSchema: z.ZodType<Sentence> = z.lazy(() =>
  z.object({ pattern: z.string(), values: z.array(z.union([z.string(), z.number(), sentenceSchema])) }),
)

/** The tag of template strings that makes them sentences. */
export function sentence(literals: TemplateStringsArray, ...values: readonly SentenceValue[]): Sentence {
  return { pattern: literals.reduce((pattern, literal, n) => `${pattern}{${n - 1}}${literal}`), values }
}

/** 'one', 'one and two', 'one, two and three': at least one part. */
export function listed(parts: readonly SentenceValue[]): SentenceValue {
  const [first, second, ...more] = parts
  if (second === undefined) return first!
  if (more.length === 0) return sentence`${first!} and ${second}`
  return listed([sentence`${first!}, ${second}`, ...more])
}

/** Says nothing: the advice of an error that needs none. */
export const noWords: Sentence = { pattern: '', values: [] }

/** A sentence in words. Without a translation of its pattern it is English; parts are said by themselves. */
export function inWords(
  { pattern, values }: Sentence,
  translated: (pattern: string) => string = (english) => english,
): string {
  return translated(pattern).replace(/\{(\d+)\}/g, (_whole, n: string) => {
    const value = values[Number(n)]
    return value === undefined ? '' : typeof value === 'object' ? inWords(value, translated) : String(value)
  })
}
