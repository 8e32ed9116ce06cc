import fc from 'fast-check'
import { applyPatches, enablePatches } from 'immer'
import { describe, expect, it } from 'vitest'
import { arbitraryCommand, arbitraryFinding, countingIds, smallProject } from '../../../test/material/arbitraryEdits.ts'
import { crc32 } from '../../content/crc32.ts'
import { EditHistory, newHistoryState, type HistoryEvent, type HistoryState } from '../history.ts'
import { checkProject } from '../commands/invariants.ts'
import {
  encodeLine,
  encodeTally,
  isEdit,
  JOURNAL_FORMAT,
  JOURNAL_VERSION,
  JournalDecoder,
  type DecodedJournal,
  type JournalHeader,
  type JournalRecord,
} from './journalFormat.ts'
import { JournalNumbers } from './journalNumbers.ts'
import { replay, type SavedProject } from './replay.ts'
import type { ProjectCommand } from '../../contract/projectCommands.ts'
import { clipsWithFoundCuts, sharedCuts, withFindings } from '../findings.ts'

enablePatches()

const header: JournalHeader = {
  kind: 'header',
  format: JOURNAL_FORMAT,
  version: JOURNAL_VERSION,
  journal: 'j',
  start: smallProject(),
  beganAt: null,
}

const drags = fc.record({
  act: fc.constantFrom('begin' as const, 'commit' as const, 'cancel' as const),
  edit: fc.constantFrom('one', 'other'),
})

const asSaved: SavedProject = { project: smallProject(), foundCuts: [] }

/** What an artist might do: edits, drags (two at once), undo and redo; and what the program finds meanwhile. */
const actions = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        act: fc.constant('apply' as const),
        command: arbitraryCommand,
        edit: fc.constantFrom(null, 'one', 'other'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constantFrom('undo' as const, 'redo' as const, 'tentative' as const) }),
    },
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

const edits = (...commands: ProjectCommand[]): Actions =>
  commands.map((command) => ({ act: 'apply', command, edit: null }))
const saved = ({ own, findings }: HistoryState): SavedProject => ({
  project: withFindings(own, findings),
  foundCuts: clipsWithFoundCuts(own, findings),
  sharedCuts: sharedCuts(own, findings),
})

/** Does it, and gives the records that were written with the history as it was after each. */
function perform(sequence: Actions): {
  history: EditHistory
  records: JournalRecord[]
  states: Map<number, HistoryState>
} {
  const history = new EditHistory(newHistoryState(smallProject()), { now: () => 1, newId: countingIds('new') })
  const records: JournalRecord[] = []
  const numbers = new JournalNumbers('j')
  const states = new Map<number, HistoryState>([[0, history.state]])
  for (const action of sequence) {
    let events: readonly HistoryEvent[] = []
    try {
      events = eventsOf(history, action)
    } catch {
      continue
    }
    for (const event of events) records.push(numbers.next(event, history.own))
    if (records.length > 0 && events.length > 0) states.set(records.length, history.state)
  }
  for (const event of history.commitAll().events) records.push(numbers.next(event, history.own))
  states.set(records.length, history.state)
  return { history, records, states }
}

const tallyOf = (records: readonly JournalRecord[]): string =>
  encodeTally({ journal: 'j', last: records.length, edits: records.at(-1)?.edit ?? 0 })
const fileOf = (records: readonly JournalRecord[]): Buffer =>
  Buffer.from(tallyOf(records) + [header, ...records].map(encodeLine).join(''))

function decodeJournal(bytes: Buffer, pieceBytes = bytes.length, longestLine?: number): DecodedJournal | null {
  const decoder = new JournalDecoder(longestLine)
  for (let at = 0; at < bytes.length; at += pieceBytes) decoder.push(bytes.subarray(at, at + pieceBytes))
  return decoder.end()
}

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
        const replayed = replay(saved(states.get(savedAt)!), { journal: 'j', sequence: savedAt }, read)
        expect(replayed.project).toEqual(JSON.parse(JSON.stringify(history.project)))
        expect(replayed.state).toEqual(JSON.parse(JSON.stringify(history.state)))
        expect(replayed).toMatchObject({ lost: 0, unfit: 0, shortened: false })
      }),
      { numRuns: 80 },
    )
  })

  it('cut off anywhere gives the records before the cut', () => {
    fc.assert(
      fc.property(actions, fc.double({ min: 0, max: 1, noNaN: true }), (sequence, share) => {
        const { records } = perform(sequence)
        const whole = fileOf(records)
        const first = fileOf([]).length
        const cut = first + Math.floor(share * (whole.length - first))
        const read = decodeJournal(whole.subarray(0, cut))!
        expect(read.damage).toBe(cut < whole.length ? 'damaged' : 'none')
        expect(read.records).toEqual(JSON.parse(JSON.stringify(records.slice(0, read.records.length))))
        expect(read.goodBytes).toBeLessThanOrEqual(cut)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same in whatever pieces it is read, damaged or not', () => {
    fc.assert(
      fc.property(
        actions,
        fc.integer({ min: 1, max: 3000 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        (sequence, pieceBytes, changes) => {
          const bytes = fileOf(perform(sequence).records)
          for (const [place, byte] of changes) bytes[place % bytes.length] = byte
          expect(decodeJournal(bytes, pieceBytes)).toEqual(decodeJournal(bytes))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('gives back what lies on both sides of damage longer than any line', () => {
    const { records } = perform(edits(...fc.sample(arbitraryCommand, { seed: 7, numRuns: 60 })))
    expect(records.length).toBeGreaterThan(3)
    const half = records.length >> 1
    const before = fileOf(records.slice(0, half)).subarray(tallyOf([]).length)
    const after = Buffer.from(records.slice(half).map(encodeLine).join(''))
    const longest = Math.max(...[header, ...records].map((record) => Buffer.byteLength(encodeLine(record)))) + 4096
    const bytes = Buffer.concat([
      Buffer.from(tallyOf(records)),
      before,
      Buffer.alloc(10 * longest),
      Buffer.from('\n'),
      after,
    ])
    expect(decodeJournal(bytes, 4096, longest)).toMatchObject({
      damage: 'damaged',
      records: JSON.parse(JSON.stringify(records)) as unknown,
    })
  })

  it('with bytes changed anywhere never throws, and never gives anything that was not written', () => {
    fc.assert(
      fc.property(
        actions,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (sequence, changes) => {
          const { records } = perform(sequence)
          const damaged = fileOf(records)
          for (const [place, byte] of changes) damaged[place % damaged.length] = byte
          const read = decodeJournal(damaged)
          const written = JSON.parse(JSON.stringify(records)) as JournalRecord[]
          if (read)
            expect(read.records).toEqual(written.filter(({ seq }) => read.records.some((record) => record.seq === seq)))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('loses only the records that are damaged: any one, its line or its line’s end', () => {
    fc.assert(
      fc.property(actions, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (sequence, which, share) => {
        const { records } = perform(sequence)
        fc.pre(records.length > 0)
        const hit = which % records.length
        const before = fileOf(records.slice(0, hit)).length
        const line = Buffer.byteLength(encodeLine(records[hit]!))
        const damaged = fileOf(records)
        const place = Math.min(line - 1, Math.floor(share * line))
        damaged[before + place]! ^= 4
        const read = decodeJournal(damaged)!
        expect(read.damage).toBe('damaged')
        const left = records.filter((_record, index) => index !== hit || place === line - 1)
        expect(read.records.map(({ seq }) => seq)).toEqual(left.map(({ seq }) => seq))
      }),
      { numRuns: 100 },
    )
  })

  it('whatever is missing of it leads to a sound project, and every edit is counted as back, lost or left out', () => {
    fc.assert(
      fc.property(actions, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (sequence, gaps) => {
        const { records, states } = perform(sequence)
        fc.pre(records.length > 1)
        const missing = new Set(gaps.map((gap) => gap % records.length))
        const left = records.filter((_record, index) => !missing.has(index))
        const tally = { last: records.length, edits: records.at(-1)!.edit! }
        const replayed = replay(
          saved(states.get(0)!),
          { journal: 'j', sequence: 0, edits: 0, step: null },
          { records: left, tally },
        )
        expect(() => checkProject(replayed.project)).not.toThrow()
        expect(replayed.lost).toBe(records.filter((record, index) => missing.has(index) && isEdit(record)).length)
        const read = left.filter(isEdit).length
        expect(replayed.recovered - (replayed.adopted ? 1 : 0)).toBeLessThanOrEqual(read)
        // What is in the history can be undone to the beginning, as an artist would.
        const start = replayed.state.done.reduceRight(
          (project, step) => applyPatches(project, step.inverse as never),
          replayed.state.own,
        )
        expect(start).toEqual(states.get(0)!.own)
      }),
      { numRuns: 150 },
    )
  })

  it('that ends before the project was saved has no history, and changes nothing', () => {
    const replayed = replay(asSaved, { journal: 'j', sequence: 3 }, { records: [] })
    expect(replayed).toMatchObject({ project: smallProject(), lost: 0, shortened: true })
    expect(replayed.state.done).toEqual([])
  })

  it('whose last records do not fit is used up to them', () => {
    const { records } = perform(
      edits({ type: 'rename-project', title: 'One' }, { type: 'rename-project', title: 'Two' }),
    )
    const stray = {
      kind: 'step',
      seq: 3,
      step: {
        id: 's',
        at: 1,
        label: { kind: 'pin' },
        patches: [{ op: 'replace', path: ['clips', 7, 'name'], value: 1 }],
        inverse: [],
      },
    } as const
    const replayed = replay(
      asSaved,
      { journal: 'j', sequence: 0 },
      { records: [...records, stray as never, { kind: 'undo', seq: 4 }] },
    )
    expect(replayed).toMatchObject({ recovered: 2, unfit: 2 })
    expect(replayed.project.title).toBe('Two')
  })

  it('leaves out what was given up by closing without saving', () => {
    const { records } = perform(
      edits({ type: 'rename-project', title: 'One' }, { type: 'rename-project', title: 'Two' }),
    )
    const replayed = replay(
      { ...asSaved, project: { ...smallProject(), title: 'One' } },
      { journal: 'j', sequence: 1 },
      { records: [...records, { kind: 'revert', seq: 3, to: 1 }] },
    )
    expect(replayed.project.title).toBe('One')
    expect(replayed.state.done).toHaveLength(1)
    expect(replayed.lost).toBe(0)
  })
})
