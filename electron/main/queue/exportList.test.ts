import { describe, expect, it } from 'vitest'
import type { ExportState, QueuedExport } from '../../contract/exportQueue.ts'
import { sentence } from '../../contract/sentence.ts'
import type { UserErrorData } from '../../contract/userError.ts'
import { ExportList } from './exportList.ts'
import { queuedExport as entry } from '../../../test/material/queuedExport.ts'

const disk: UserErrorData = {
  code: 'target-folder-missing',
  message: sentence`It is away.`,
  advice: sentence`Bring it back.`,
}
const states = ({ entries }: ExportList): [string, ExportState][] => entries.map(({ id, state }) => [id, state])

function listOf(...entries: readonly QueuedExport[]): ExportList {
  const list = new ExportList(() => undefined)
  for (const each of entries) list.add(each)
  return list
}

describe('the list of exports', () => {
  it('has one written at a time: the first that waits, once none is', () => {
    const list = listOf(entry('a'), entry('b'), entry('c'))
    expect(list.next?.id).toBe('a')
    list.change('a', { state: 'running' })
    expect(list.next).toBeNull()
    list.pause(['a'])
    expect(list.next?.id).toBe('b')
    list.change('b', { state: 'failed', error: disk })
    list.goOn(['a'])
    expect(list.next?.id).toBe('a')
  })

  it('sets aside what is under way alone, and goes on with what rests: what has ended from its start', () => {
    const all: ExportState[] = ['waiting', 'running', 'paused', 'held', 'done', 'failed', 'cancelled']
    const list = listOf(...all.map((state) => entry(state, state, { error: state === 'held' ? disk : null })))
    list.pause(all)
    expect(states(list).map(([, state]) => state)).toEqual([
      'paused',
      'paused',
      'paused',
      'held',
      'done',
      'failed',
      'cancelled',
    ])
    list.goOn(all)
    expect(list.entries.map(({ state, error, progress }) => [state, error, progress.done])).toEqual([
      ['waiting', null, 3],
      ['waiting', null, 3],
      ['waiting', null, 3],
      ['waiting', null, 3],
      ['done', null, 3],
      ['waiting', null, 0],
      ['waiting', null, 0],
    ])
  })

  it('is put in another order among those that have not ended, and no further than to its ends', () => {
    const list = listOf(entry('a', 'running'), entry('b', 'done'), entry('c'), entry('d', 'held'))
    list.move('d', -1)
    list.move('d', -1)
    list.move('d', -1)
    expect(list.entries.map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c'])
    list.move('b', 1)
    list.move('c', 1)
    list.move('gone', 1)
    expect(list.entries.map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c'])
  })

  it('takes out what has ended, and nothing else', () => {
    const list = listOf(entry('a', 'done'), entry('b', 'paused'), entry('c', 'cancelled'))
    expect(list.remove(['a', 'b'])).toEqual(['a'])
    expect(states(list)).toEqual([
      ['b', 'paused'],
      ['c', 'cancelled'],
    ])
  })

  it('leaves what the last run had not ended to the artist, before whatever was ordered since', () => {
    const list = listOf(entry('new'))
    list.takeOver([entry('a', 'done'), entry('b', 'running'), entry('c'), entry('d', 'held', { error: disk })])
    expect(list.entries.map(({ id, state, left, error }) => [id, state, left, error])).toEqual([
      ['a', 'done', false, null],
      ['b', 'paused', true, null],
      ['c', 'paused', true, null],
      ['d', 'paused', true, null],
      ['new', 'waiting', false, null],
    ])
    expect(list.entries[1]!.progress).toEqual({ done: 0, total: 8, framesPerSecond: 0, secondsLeft: null })
    list.goOn(['b'])
    expect(list.find('b')).toMatchObject({ state: 'waiting', left: false })
  })

  it('forgets what has ended long ago, and nothing that has not', () => {
    const list = listOf(entry('first', 'paused'))
    for (let n = 0; n < 120; n++) list.add(entry(`${n}`, 'done'))
    list.add(entry('last'))
    expect([list.entries.length, list.entries[0]!.id, list.entries[1]!.id]).toEqual([102, 'first', '20'])
  })

  it('tells of what has changed, and of nothing else', () => {
    let told = 0
    const list = new ExportList(() => told++)
    list.add(entry('a', 'done'))
    list.pause(['a', 'b'])
    list.goOn(['a'])
    list.move('a', 1)
    expect(told).toBe(1)
  })
})
