import { describe, expect, it } from 'vitest'
import { noWords, sentence } from '../../electron/contract/sentence.ts'
import { UserError } from '../../electron/contract/userError.ts'
import { text } from './catalog.ts'
import { engineHindrance } from './hindrance.ts'

const error = new UserError('engine-stopped', sentence`It has stopped.`, noWords).toData()

describe('an engine that takes no export', () => {
  it('is told of by why: it is being started, or can not run at all', () => {
    expect(engineHindrance({ state: 'starting' }, false)).toBe(text.engine.starting)
    expect(engineHindrance({ state: 'restarting', reason: '' }, false)).toBe(text.engine.restarting)
    expect(engineHindrance({ state: 'failed', error }, true)).toContain('It has stopped.')
  })

  it('is not one that was given up: the order starts it', () => {
    expect(engineHindrance({ state: 'failed', error }, false)).toBeNull()
  })
})
