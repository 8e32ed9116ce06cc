import { describe, expect, it } from 'vitest'
import type { JobEntry } from '../../contract/jobs.ts'
import type { JobProgress } from '../../contract/schemas.ts'
import { JobList, type NewJob } from './jobList.ts'
import { sentence } from '../../contract/sentence.ts'

const searchOf = (clip: string): NewJob => ({ kind: 'shots', clip, reel: `${clip}.mkv` })
const coloringOf = (clip: string): NewJob => ({ kind: 'colorize', clip, reel: `${clip}.mkv` })
const progress = (jobId: string, state: JobProgress['state'], rest: Partial<JobProgress> = {}): JobProgress => ({
  ...{
    jobId,
    kind: 'colorize',
    footageId: 'ignored',
    state,
    done: 2,
    total: 8,
    framesPerSecond: 4,
    secondsLeft: 1.5,
    finished: [{ from: 0, to: 2 }],
  },
  ...rest,
})

describe('the list of all work', () => {
  it('holds what is waiting, running and paused, in the order in which it was asked for', () => {
    let told: readonly JobEntry[] = []
    const list = new JobList((entries) => (told = entries))
    const [first, second, third] = [list.add(searchOf('a')), list.add(coloringOf('b')), list.add(searchOf('a'))]
    list.advance(progress(second.id, 'running'))
    list.advance(progress(third.id, 'paused'))
    expect(list.entries.map(({ id, state, order }) => [id, state, order])).toEqual([
      [first.id, 'queued', 0],
      [second.id, 'running', 1],
      [third.id, 'paused', 2],
    ])
    expect(list.open('a').map(({ id }) => id)).toEqual([first.id, third.id])
    expect(told).toBe(list.entries)
  })

  it('is plain data that can be written down', () => {
    const list = new JobList(() => undefined)
    const { id } = list.add(searchOf('a'))
    list.advance(progress(id, 'done', { notes: [sentence`One frame is damaged.`] }))
    expect(list.entries).toEqual(JSON.parse(JSON.stringify(list.entries)))
    expect(list.entries[0]).toMatchObject({
      state: 'done',
      notes: [sentence`One frame is damaged.`],
      progress: { done: 2, total: 8, secondsLeft: 1.5 },
    })
  })

  it('never brings back work that has ended', () => {
    const list = new JobList(() => undefined)
    const { id } = list.add(searchOf('a'))
    list.advance(progress(id, 'cancelled'))
    list.advance(progress(id, 'running'))
    expect(list.find(id)?.state).toBe('cancelled')
  })

  it('keeps what is worth looking at again once the artist was told, and drops the rest', () => {
    const list = new JobList(() => undefined)
    const [coloring, lossy, failed, running] = [
      list.add(coloringOf('a')),
      list.add(coloringOf('a')),
      list.add(searchOf('a')),
      list.add(searchOf('b')),
    ]
    list.advance(progress(coloring.id, 'done'))
    list.advance(progress(lossy.id, 'done', { notes: [sentence`Two frames were lost.`] }))
    list.advance(progress(failed.id, 'failed'))
    list.markTold(list.entries.map(({ id }) => id))
    expect(list.entries.map(({ id, told }) => [id, told])).toEqual([
      [lossy.id, true],
      [failed.id, true],
      [running.id, false],
    ])
    list.clear()
    expect(list.entries.map(({ id }) => id)).toEqual([running.id])
  })
})
