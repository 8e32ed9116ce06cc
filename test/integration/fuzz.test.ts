/** A small part of `npm run fuzz`, the same in every run, and that it would find what it looks for. */
import { describe, expect, it } from 'vitest'
import { noWords, sentence } from '../../electron/contract/sentence.ts'
import { UserError } from '../../electron/contract/userError.ts'
import { fuzz } from '../fuzz/fuzz.ts'
import { mutated, mutations, strangeDocument } from '../fuzz/mutations.ts'
import { internalText, refusal, TooLong, within } from '../fuzz/verdict.ts'
import { numbers } from '../material/numbers.ts'

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0)

describe('files that came to harm', () => {
  it('of projects, settings, jobs and the queue lose nothing in silence and stop nothing', async () => {
    const { finds, outcomes } = await fuzz({ seed: 20261128, count: 60, kinds: [], say: () => undefined })
    expect(finds).toEqual([])
    expect(sum(outcomes.values())).toBe(60)
  })

  it('of films are exported as they were said to be, or refused in words', async () => {
    const kinds = ['film.mp4', 'film.avi', 'film.ts', 'scan/%04d.dpx']
    const { finds, outcomes } = await fuzz({ seed: 7, count: 6, kinds, say: () => undefined })
    expect(finds).toEqual([])
    expect(sum(outcomes.values())).toBe(6)
  }, 120_000)
})

describe('what would be found', () => {
  it('words of code in a sentence', () => {
    expect(internalText([sentence`The film has 12 frames.`])).toBeNull()
    for (const text of ['undefined', 'ENOENT', 'TypeError', 'at open (file.ts:10:4)', '[object Object]'])
      expect(internalText([sentence`“${text}” is in the way.`])).not.toBeNull()
  })

  it('errors of the code, and an engine that died', () => {
    expect(refusal(new TypeError('x is not a function')).find).toContain('x is not a function')
    expect(refusal(new UserError('engine-stopped', sentence`It stopped.`, noWords, 'SIGSEGV')).find).toBe('SIGSEGV')
    expect(refusal(new UserError('damaged', sentence`It is damaged.`, noWords))).toEqual({ outcome: 'refused' })
  })

  it('what takes too long', async () => {
    await expect(within(0.01, 'opening', new Promise(() => undefined))).rejects.toThrow(TooLong)
    await expect(within(10, 'opening', Promise.resolve(1))).resolves.toBe(1)
  })
})

describe('harm', () => {
  const bytes = Buffer.from(Array.from({ length: 3000 }, (_, n) => (n * 7) % 251))

  it.each(Object.keys(mutations))('by %s makes another file, and leaves the first', (how) => {
    const before = Buffer.from(bytes)
    const next = numbers(3)
    const made = Array.from({ length: 20 }, () => mutations[how]!(bytes, next))
    expect(made.some((each) => !each.equals(before))).toBe(true)
    expect(bytes).toEqual(before)
  })

  it('is the same for the same seed', () => {
    const series = (seed: number): string[] => {
      const next = numbers(seed)
      return Array.from({ length: 10 }, () => mutated(bytes, next).bytes.toString('hex'))
    }
    expect(series(1)).toEqual(series(1))
    expect(series(1)).not.toEqual(series(2))
  })

  it('changes one value of a document', () => {
    const document = { title: 'Harbor', clips: [{ frames: 12 }] }
    const next = numbers(5)
    const made = Array.from({ length: 30 }, () => JSON.stringify(strangeDocument(document, next).document))
    expect(new Set(made).size).toBeGreaterThan(10)
    expect(document).toEqual({ title: 'Harbor', clips: [{ frames: 12 }] })
  })
})
