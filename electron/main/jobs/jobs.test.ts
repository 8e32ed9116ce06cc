import { describe, expect, it } from 'vitest'
import { sentence, noWords } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { Jobs } from './jobs.ts'

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
