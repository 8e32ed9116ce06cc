import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryCommand, arbitraryFinding, countingIds, smallProject } from '../../test/material/arbitraryEdits.ts'
import { crc32 } from '../content/crc32.ts'
import { EditHistory, newHistoryState, type HistoryEvent, type HistoryState } from './history.ts'
import { decodeJournal, encodeLine, JOURNAL_FORMAT, JOURNAL_VERSION, type JournalHeader, type JournalRecord } from './journalFormat.ts'
import { replay, type SavedProject } from './replay.ts'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import { clipsWithFoundCuts, withFindings } from './findings.ts'

const header: JournalHeader = { kind: 'header', format: JOURNAL_FORMAT, version: JOURNAL_VERSION, journal: 'j', start: smallProject(), beganAt: null }

const drags = fc.record({ act: fc.constantFrom('begin' as const, 'commit' as const, 'cancel' as const), edit: fc.constantFrom('one', 'other') })

const asSaved: SavedProject = { project: smallProject(), foundCuts: [] }

/** What an artist might do: edits, drags (two at once), undo and redo; and what the program finds meanwhile. */
const actions = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ act: fc.constant('apply' as const), command: arbitraryCommand, edit: fc.constantFrom(null, 'one', 'other') }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('undo' as const, 'redo' as const, 'tentative' as const) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('note' as const), finding: arbitraryFinding }) },
    { weight: 1, arbitrary: drags },
  ),
  { minLength: 3, maxLength: 30 },
)
type Actions = typeof actions extends fc.Arbitrary<infer T> ? T : never

function eventsOf(history: EditHistory, action: Actions[number]): readonly HistoryEvent[] {
  switch (action.act) {
    case 'apply':
      return history.apply(action.command, action.edit).events
    case 'note':
      return history.note(action.finding).events
    case 'tentative':
      return [history.tentative() ?? []].flat()
    case 'begin':
      history.begin(action.edit)
      return []
    case 'commit':
    case 'cancel':
      return history[action.act](action.edit).events
    default:
      return history[action.act]().events
  }
}

const edits = (...commands: ProjectCommand[]): Actions => commands.map((command) => ({ act: 'apply', command, edit: null }))
const saved = ({ own, findings }: HistoryState): SavedProject => ({ project: withFindings(own, findings), foundCuts: clipsWithFoundCuts(own, findings) })

/** Does it, and gives the records that were written with the history as it was after each. */
function perform(sequence: Actions): { history: EditHistory; records: JournalRecord[]; states: Map<number, HistoryState> } {
  const history = new EditHistory(newHistoryState(smallProject()), { now: () => 1, newId: countingIds('new') })
  const records: JournalRecord[] = []
  const states = new Map<number, HistoryState>([[0, history.state]])
  for (const action of sequence) {
    let events: readonly HistoryEvent[] = []
    try {
      events = eventsOf(history, action)
    } catch {
      continue
    }
    for (const event of events) records.push({ ...event, seq: records.length + 1 } as JournalRecord)
    if (records.length > 0 && events.length > 0) states.set(records.length, history.state)
  }
  for (const event of history.commitAll().events) records.push({ ...event, seq: records.length + 1 } as JournalRecord)
  states.set(records.length, history.state)
  return { history, records, states }
}

const fileOf = (records: readonly JournalRecord[]): Buffer => Buffer.from([header, ...records].map(encodeLine).join(''))

describe('CRC-32', () => {
  it('is that of the standard', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926)
  })
})

describe('a journal', () => {
  it('brings back document and history, whatever was done and whenever the project was saved', () => {
    fc.assert(
      fc.property(actions, fc.double({ min: 0, max: 1, noNaN: true }), (sequence, share) => {
        const { history, records, states } = perform(sequence)
        const read = decodeJournal(fileOf(records))!
        expect(read.damage).toBe('none')
        const saves = [...states.keys()].filter((sequenceNumber) => records[sequenceNumber - 1]?.kind !== 'tentative')
        const savedAt = saves[Math.floor(share * (saves.length - 1))]!
        const replayed = replay(saved(states.get(savedAt)!), savedAt, read.records, read.lastOld)
        expect(replayed.project).toEqual(JSON.parse(JSON.stringify(history.project)))
        expect(replayed.state).toEqual(JSON.parse(JSON.stringify(history.state)))
        expect(replayed.complete).toBe(true)
      }),
      { numRuns: 80 },
    )
  })

  it('cut off anywhere gives the records before the cut', () => {
    fc.assert(
      fc.property(actions, fc.double({ min: 0, max: 1, noNaN: true }), (sequence, share) => {
        const { records } = perform(sequence)
        const whole = fileOf(records)
        const first = encodeLine(header).length
        const cut = Buffer.byteLength(encodeLine(header)) + Math.floor(share * (whole.length - first))
        const read = decodeJournal(whole.subarray(0, cut))!
        expect(read.damage).not.toBe('damaged')
        expect(read.records).toEqual(JSON.parse(JSON.stringify(records.slice(0, read.records.length))))
        expect(read.goodBytes).toBeLessThanOrEqual(cut)
        expect(fileOf(read.records).length).toBe(read.goodBytes)
      }),
      { numRuns: 60 },
    )
  })

  it('with bytes changed anywhere never throws, and never gives anything that was not written', () => {
    fc.assert(
      fc.property(actions, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }), (sequence, changes) => {
        const { records } = perform(sequence)
        const damaged = fileOf(records)
        for (const [place, byte] of changes) damaged[place % damaged.length] = byte
        const read = decodeJournal(damaged)
        if (read) expect(read.records).toEqual(JSON.parse(JSON.stringify(records.slice(0, read.records.length))))
      }),
      { numRuns: 100 },
    )
  })

  it('that ends before the project was saved is not taken for its history', () => {
    expect(() => replay(asSaved, 3, [])).toThrow('ends before')
  })

  it('whose last records do not fit is used up to them', () => {
    const { records } = perform(edits({ type: 'rename-project', title: 'One' }, { type: 'rename-project', title: 'Two' }))
    const stray = { kind: 'step', seq: 3, step: { id: 's', at: 1, label: { kind: 'pin' }, patches: [{ op: 'replace', path: ['clips', 7, 'name'], value: 1 }], inverse: [] } } as const
    const replayed = replay(asSaved, 0, [...records, stray as never, { kind: 'undo', seq: 4 }])
    expect(replayed).toMatchObject({ complete: false, lastSequence: 2 })
    expect(replayed.project.title).toBe('Two')
  })

  it('leaves out what was given up by closing without saving', () => {
    const { records } = perform(edits({ type: 'rename-project', title: 'One' }, { type: 'rename-project', title: 'Two' }))
    const replayed = replay({ ...asSaved, project: { ...smallProject(), title: 'One' } }, 1, [...records, { kind: 'revert', seq: 3, to: 1 }])
    expect(replayed.project.title).toBe('One')
    expect(replayed.state.done).toHaveLength(1)
    expect(replayed.lastSequence).toBe(3)
  })
})
