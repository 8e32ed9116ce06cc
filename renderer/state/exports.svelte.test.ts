import { describe, expect, it } from 'vitest'
import type { QueuedExport } from '../../electron/contract/exportQueue.ts'
import { Exports } from './exports.svelte.ts'
import { queuedExport as entry } from '../../test/material/queuedExport.ts'

describe('the mirror of the queue of exports', () => {
  it('tells once how each has ended or why it is on hold, and anew where it was begun again', () => {
    const exports = new Exports()
    const news = (...entries: QueuedExport[]): string[] => exports.receive(entries).map(({ id }) => id)
    expect(news(entry('a', 'running'), entry('b', 'waiting'))).toEqual([])
    expect(news(entry('a', 'failed'), entry('b', 'held'))).toEqual(['a', 'b'])
    expect(news(entry('a', 'failed'), entry('b', 'held'))).toEqual([])
    expect(news(entry('a', 'waiting'), entry('b', 'held', { told: true }))).toEqual([])
    expect(news(entry('a', 'failed'), entry('b', 'held', { told: true }))).toEqual(['a'])
  })

  it('does not tell again what was told before the page was loaded', () => {
    expect(new Exports().receive([entry('a', 'done', { told: true })])).toEqual([])
  })

  it('offers what an earlier run has left, until it goes on or nobody wants to be asked', () => {
    const exports = new Exports()
    exports.receive([entry('a', 'paused', { left: true }), entry('b', 'paused'), entry('c', 'done')])
    expect(exports.offered.map(({ id }) => id)).toEqual(['a'])
    expect([exports.open.length, exports.ended.length, exports.underWay.length]).toEqual([2, 1, 0])
    exports.isOfferPast = true
    expect(exports.offered).toEqual([])
  })
})
