/** What a trial ended in, and what no trial may end in. */
import { inWords, type Sentence } from '../../electron/contract/sentence.ts'
import { toUserErrorData, UserError } from '../../electron/contract/userError.ts'

/** What the program did with a file; `find` says what it should not have done. */
export interface Verdict {
  readonly outcome: string
  readonly find?: string
}

/** Words of code, of systems and of runtimes in what an artist reads. */
const INTERNAL =
  /\b(undefined|NaN|Infinity|null)\b|\[object |\b[A-Z][a-z]+Error\b|\bE[A-Z]{4,}\b|\bat .+:\d+:\d+|\bnode:|\bZod/

/** The first of these sentences that shows the artist words of code; null where none does. */
export function internalText(sentences: readonly Sentence[]): string | null {
  return sentences.map((sentence) => inWords(sentence)).find((text) => INTERNAL.test(text)) ?? null
}

/** A refusal is fine as long as it is one of the program's own, in its own words. */
export function refusal(error: unknown): Verdict {
  if (!(error instanceof UserError)) return { outcome: 'an error of the code', find: String(error) }
  const { code, message, advice, detail } = toUserErrorData(error)
  if (code === 'internal') return { outcome: 'an error of the code', find: `${inWords(message)} ${detail ?? ''}` }
  if (code === 'engine-stopped') return { outcome: 'the engine died', find: detail ?? inWords(message) }
  const internal = internalText([message, advice])
  return internal === null ? { outcome: 'refused' } : { outcome: 'refused', find: `says “${internal}”` }
}

export class TooLong extends Error {}

/** Rejects with TooLong where nothing has come of it after so many seconds. */
export async function within<T>(seconds: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLong(`${what} took more than ${seconds} s`)), seconds * 1000)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
