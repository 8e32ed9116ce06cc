import { describe, expect, it, vi } from 'vitest'
import type { JobProgress } from '../../contract/schemas.ts'
import { sentence, noWords, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { Jobs, type JobOrder } from './jobs.ts'

describe('work that the engine refuses to begin', () => {
  it('is in no list, and whoever has waited for it by then is told that there is none', async () => {
    const engine = { call: () => Promise.resolve() } as unknown as EngineClient
    const jobs = new Jobs(engine, { onChange: () => undefined, onEnded: () => undefined, onTrouble: () => undefined })
    let refuse: (error: Error) => void = () => undefined
    const begin = (): Promise<unknown> => new Promise((_, reject) => (refuse = reject))
    const started = jobs.start({ kind: 'shots', clip: 'c', reel: 'Reel', begin })
    const waited = jobs.ended(jobs.open('c')[0]!.id)
    const cancelled = jobs.cancel(jobs.open('c')[0]!.id)
    refuse(new UserError('not-found', sentence`This film is not open at the moment.`, noWords))
    await expect(started).rejects.toMatchObject({ code: 'not-found' })
    expect([await waited, await cancelled, jobs.entries, jobs.isBusy('c')]).toEqual([null, undefined, [], false])
  })
})

describe('work whose outcome is taken before its end is told', () => {
  const progress: JobProgress = {
    ...{ jobId: '', kind: 'alike', footageId: 'c', state: 'done', done: 1, total: 1, framesPerSecond: 0 },
    ...{ secondsLeft: null, finished: [], notes: [sentence`Try again when that is done.`] },
  }

  function started(conclude: NonNullable<JobOrder['conclude']>) {
    const troubles: unknown[] = []
    const engine = { call: () => Promise.resolve() } as unknown as EngineClient
    const onTrouble = (error: unknown): void => void troubles.push(error)
    const jobs = new Jobs(engine, { onChange: () => undefined, onEnded: () => undefined, onTrouble })
    const begin = (): Promise<void> => Promise.resolve()
    return { jobs, troubles, id: jobs.start({ kind: 'alike', clip: 'c', reel: 'Reel', begin, conclude }) }
  }

  it('is over only then, with what there is to say of it', async () => {
    let taken: (said: readonly Sentence[]) => void = () => undefined
    const { jobs, id } = started(() => new Promise((resolve) => (taken = resolve)))
    jobs.follow({ ...progress, jobId: await id })
    expect(jobs.open('c')).toHaveLength(1)
    const said = sentence`Choose another one.`
    taken([said])
    expect(await jobs.ended(await id)).toMatchObject({ state: 'done', notes: [said, ...progress.notes!] })
    expect(jobs.open('c')).toEqual([])
  })

  it('is told by its end to be cancelled where it was so meanwhile', async () => {
    let ask: () => void = () => undefined
    const asked = new Promise<void>((resolve) => (ask = resolve))
    const { jobs, id } = started(async (_, { signal }) => {
      await asked
      return signal.aborted ? null : [sentence`Choose another one.`]
    })
    jobs.follow({ ...progress, jobId: await id, notes: [] })
    const cancelled = jobs.cancel(await id)
    ask()
    await cancelled
    expect(await jobs.ended(await id)).toMatchObject({ state: 'cancelled', notes: [] })
  })

  it('waits while it is paused, goes on where it was, and can be cancelled meanwhile', async () => {
    for (const end of ['resume', 'cancel'] as const) {
      const done: number[] = []
      const {
        jobs,
        troubles,
        id: starting,
      } = started(async (_, { turn, signal }) => {
        for (let n = 0; n < 3; n++) {
          try {
            await turn()
          } catch {
            expect(signal.aborted).toBe(true)
            return null
          }
          done.push(n)
          if (n === 0) await jobs.pause(id)
        }
        return []
      })
      const id = await starting
      jobs.follow({ ...progress, jobId: id, notes: [] })
      await vi.waitFor(() => expect(jobs.open('c')).toMatchObject([{ state: 'paused' }]))
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(done).toEqual([0])
      await jobs[end](id)
      expect(await jobs.ended(id)).toMatchObject({ state: end === 'resume' ? 'done' : 'cancelled' })
      expect([done, troubles]).toEqual([end === 'resume' ? [0, 1, 2] : [0], []])
    }
  })

  it('is over as well where that fails, which is told', async () => {
    const error = new Error('no disk')
    const { jobs, troubles, id } = started(() => Promise.reject(error))
    jobs.follow({ ...progress, jobId: await id })
    expect(await jobs.ended(await id)).toMatchObject({ state: 'done', notes: progress.notes })
    expect(troubles).toEqual([error])
  })
})
