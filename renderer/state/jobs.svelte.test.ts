import { describe, expect, it } from 'vitest'
import type { JobProgress } from '../../electron/contract/schemas.ts'
import { Jobs } from './jobs.svelte.ts'

const message = (kind: JobProgress['kind'], state: JobProgress['state'], jobId = 'one'): JobProgress => ({
  ...{ jobId, kind, footageId: 'film', state, done: 3, total: 10, framesPerSecond: 8, secondsLeft: 1, finished: [] },
})

describe('jobs', () => {
  it('run until a message says that they ended', () => {
    const jobs = new Jobs()
    expect(jobs.colorizing).toBe(false)
    for (const state of ['queued', 'running', 'paused'] as const) {
      jobs.receive(message('colorize', state))
      expect(jobs.colorizing, state).toBe(true)
    }
    for (const state of ['done', 'cancelled', 'failed'] as const) {
      jobs.receive(message('colorize', state))
      expect(jobs.colorizing, state).toBe(false)
    }
  })

  it('of both kinds go on side by side', () => {
    const jobs = new Jobs()
    jobs.receive(message('colorize', 'running', 'one'))
    jobs.receive(message('export', 'running', 'two'))
    jobs.receive(message('export', 'done', 'two'))
    expect([jobs.colorizing, jobs.exporting, jobs.export?.state]).toEqual([true, false, 'done'])
  })

  it('of a film that was closed are forgotten, and no others', () => {
    const jobs = new Jobs()
    jobs.receive(message('colorize', 'running'))
    jobs.forget('another film')
    expect(jobs.colorizing).toBe(true)
    jobs.forget('film')
    expect(jobs.colorize).toBeNull()
  })
})
