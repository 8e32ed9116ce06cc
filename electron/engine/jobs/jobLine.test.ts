import { setTimeout as passed } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import type { JobProgress } from '../../contract/schemas.ts'
import { JobLine, type JobContext } from './jobLine.ts'
import type { JobReport } from './jobReport.ts'

/** A job of so many frames, each of which takes a moment. */
const frames =
  (count: number) =>
  async (context: JobContext, report: JobReport): Promise<void> => {
    for (let frame = 0; frame < count; frame++) {
      await context.turn()
      await passed(1)
      report.addFrame(frame)
    }
  }

describe('the line of jobs', () => {
  it('says of a job that is resumed whether it runs or waits for the one before it', async () => {
    const told = new Map<string, JobProgress[]>()
    const line = new JobLine((progress) => told.set(progress.jobId, [...(told.get(progress.jobId) ?? []), progress]))
    const states = (id: string): string[] =>
      (told.get(id) ?? []).map(({ state }) => state).filter((state, index, all) => state !== all[index - 1])
    const job = (jobId: string, count: number) => ({
      jobId,
      kind: 'export' as const,
      footageId: 'film',
      total: count,
      run: frames(count),
    })
    line.start(job('first', 5000))
    line.start(job('second', 3))
    await passed(20)
    line.setPaused('second', true)
    line.setPaused('second', false)
    expect(states('second')).toEqual(['paused', 'queued'])
    line.setPaused('first', true)
    while (told.get('second')?.at(-1)?.state !== 'done') await passed(5)
    expect(states('second')).toEqual(['paused', 'queued', 'running', 'done'])
    expect(states('first')).toEqual(['running', 'paused'])
    line.setPaused('first', false)
    expect(states('first').at(-1)).toBe('running')
    await line.endAll()
    expect(states('first').at(-1)).toBe('cancelled')
  })

  it('has exports make way for coloring that is ordered later, and go on after it', async () => {
    const ended: string[] = []
    const line = new JobLine(({ jobId, state }) => state === 'done' && ended.push(jobId))
    const job = (jobId: string, kind: 'export' | 'colorize', count: number) => ({
      ...{ jobId, kind, footageId: 'film', total: count, run: frames(count) },
    })
    line.start(job('first', 'export', 30))
    line.start(job('second', 'export', 1))
    line.start(job('coloring', 'colorize', 40))
    line.start(job('more coloring', 'colorize', 1))
    await vi.waitFor(() => expect(ended).toHaveLength(4), 20_000)
    expect(ended).toEqual(['coloring', 'more coloring', 'first', 'second'])
  })

  it('has the looking through of exports make way for the search for shots, and that for the part somebody waits for', async () => {
    const ended: string[] = []
    const line = new JobLine(({ jobId, state }) => state === 'done' && ended.push(jobId))
    const job = (jobId: string, kind: 'shots' | 'inspect', isAwaited = false) => ({
      ...{ jobId, kind, footageId: 'film', total: 20, isAwaited, run: frames(20) },
    })
    line.start(job('export', 'inspect'))
    line.start(job('film', 'shots'))
    line.start(job('another export', 'inspect'))
    line.start(job('shot', 'shots', true))
    line.start(job('another film', 'shots'))
    await vi.waitFor(() => expect(ended).toHaveLength(5), 20_000)
    expect(ended).toEqual(['shot', 'film', 'another film', 'export', 'another export'])
  })
})
