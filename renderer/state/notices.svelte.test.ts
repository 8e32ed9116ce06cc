import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noWords, sentence } from '../../electron/contract/sentence.ts'
import { UserError } from '../../electron/contract/userError.ts'
import { Notices } from './notices.svelte.ts'

describe('notices', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('keep errors until they are dismissed, and let news go by itself', () => {
    const notices = new Notices()
    notices.fail(new UserError('disk-full', sentence`The disk is full.`, sentence`Make room.`))
    notices.tell('Pinned.')
    vi.advanceTimersByTime(60_000)
    expect(notices.list.map(({ message, advice }) => [message, advice])).toEqual([['The disk is full.', 'Make room.']])
    notices.dismiss(notices.list[0]!.id)
    expect(notices.list).toEqual([])
  })

  it('let news make way for newer ones, and errors for none', () => {
    const notices = new Notices()
    notices.warn('A frame is damaged.')
    for (let frame = 0; frame < 9; frame++) notices.tell(`Frame ${frame} is pinned.`)
    expect(notices.list.map(({ message }) => message)).toEqual([
      'A frame is damaged.',
      'Frame 7 is pinned.',
      'Frame 8 is pinned.',
    ])
  })

  it('say the same thing once', () => {
    const notices = new Notices()
    notices.warn('A frame is damaged.')
    notices.warn('A frame is damaged.')
    expect(notices.list).toHaveLength(1)
  })

  it('are silent about what the artist cancelled', () => {
    const notices = new Notices()
    notices.fail(new UserError('cancelled', sentence`Cancelled.`, noWords).toData())
    expect(notices.list).toEqual([])
  })

  it('give the unexpected a plain sentence, and fold its words into the details', () => {
    const notices = new Notices()
    notices.fail(new TypeError('x is undefined'))
    expect(notices.list[0]!.message).not.toContain('undefined')
    expect(notices.list[0]!.detail).toContain('x is undefined')
  })

  it('take a warning or an error back once it has no object any more', () => {
    const notices = new Notices()
    const ids = [
      notices.warn('The film has changed.', 'Look at its edits.'),
      notices.fail(new UserError('footage-changed', sentence`The film could not be read.`, noWords)),
    ]
    notices.warn('Another.')
    for (const id of ids) notices.dismiss(id!)
    expect(notices.fail(new UserError('cancelled', sentence`Cancelled.`, noWords))).toBe(null)
    expect(notices.list.map(({ message }) => message)).toEqual(['Another.'])
  })
})
