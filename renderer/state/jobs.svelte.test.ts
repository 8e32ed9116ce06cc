import { describe, expect, it } from 'vitest'
import type { JobEntry } from '../../electron/contract/jobs.ts'
import { Jobs } from './jobs.svelte.ts'
import { sentence } from '../../electron/contract/sentence.ts'

const entry = (order: number, changes: Partial<JobEntry>): JobEntry => ({
  ...{
    id: `job ${order}`,
    clip: 'a',
    reel: 'a.mkv',
    kind: 'colorize',
    exported: null,
    state: 'running',
    order,
    notes: [],
    inspection: null,
    error: null,
    told: false,
  },
  progress: { done: 3, total: 10, framesPerSecond: 8, secondsLeft: 1 },
  ...changes,
})

describe('the mirror of all work', () => {
  it('says of the clip in view what is under way, paused work included, and else what was last', () => {
    const jobs = new Jobs(() => 'a')
    expect([jobs.colorizing, jobs.colorize]).toEqual([false, null])
    for (const state of ['queued', 'running', 'paused'] as const) {
      jobs.receive([entry(0, { state: 'done' }), entry(1, { state }), entry(2, { clip: 'b', kind: 'shots' })])
      expect([jobs.colorizing, jobs.colorize?.id], state).toEqual([true, 'job 1'])
    }
    for (const state of ['done', 'cancelled', 'failed'] as const) {
      jobs.receive([entry(0, { state: 'done' }), entry(1, { state })])
      expect([jobs.colorizing, jobs.colorize?.id], state).toEqual([false, 'job 1'])
    }
  })

  it('knows of work on reels out of view, and how it has ended, once', () => {
    let inView = 'a'
    const jobs = new Jobs(() => inView)
    const running = entry(1, { clip: 'b' })
    expect(jobs.receive([running])).toEqual([])
    expect(jobs.open).toEqual([running])
    const failed: JobEntry = {
      ...running,
      state: 'failed',
      error: { code: 'disk-full', message: sentence`The disk is full.`, advice: sentence`Make room.` },
    }
    expect(jobs.receive([failed])).toEqual([failed])
    expect(jobs.receive([failed, entry(2, {})])).toEqual([])
    inView = 'b'
    expect(jobs.colorize).toEqual(failed)
  })

  it('does not tell again what was told before the page was loaded', () => {
    expect(new Jobs(() => 'a').receive([entry(0, { state: 'failed', told: true })])).toEqual([])
  })
})
