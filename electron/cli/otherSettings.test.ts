import { describe, expect, it } from 'vitest'
import type { ExportAccount } from '../contract/exportAccount.ts'
import type { ExportRecord } from '../contract/exportRecord.ts'
import type { FrameRange } from '../contract/schemas.ts'
import { FrameColors, recordOf, type WrittenExport } from '../engine/jobs/exportRecord.ts'
import { otherSettings, type OrderedColors, type OrderedSettings } from './otherSettings.ts'

const range = { from: 10, to: 20 }
const settings: OrderedSettings = {
  format: 'ffv1-mkv',
  sizes: 'largest',
  delivery: { crop: { left: 0, top: 8, right: 0, bottom: 8 } },
  comparison: { kind: 'wipe', at: 0.4 },
  timecode: '01:00:00:00',
  firstNumber: null,
  pieces: undefined,
}
const pin = (frame: number, sha256: string, name: string): ExportAccount['pins'][number] => ({
  ...{ frame, kind: 'picture', pinned: true, picture: { sha256, type: 'png', name } },
})
const look = (saturation: number) => ({ saturation }) as unknown as ExportAccount['shots'][number]['look']
const shots: ExportAccount['shots'] = [
  { from: 0, to: 10, kind: 'shot', source: 'gray', look: null },
  { from: 10, to: 40, kind: 'shot', source: 'color', look: look(1), madeOf: 'a'.repeat(32) },
]
const account: ExportAccount = {
  program: { name: 'ColoRNN Studio', version: '0.1.0' },
  filmHash: 'ab'.repeat(32),
  pictures: null,
  shots,
  pins: [pin(3, 'a', 'a.png'), pin(12, 'b', 'b.png')],
  edits: [{ frame: 15, label: 'a face', operations: [{ type: 'hint', kind: 'neutral' }] }],
  locks: [{ from: 11, to: 13, part: 'region' }],
}
const networks = [{ name: 'color', version: '1', sha256: 'cd'.repeat(32) }]
const colors: OrderedColors = { account, keptShots: [], pinsAlike: false, makesPins: false, networks }

const models = networks.map((each) => ({ ...each, kind: 'color' }))
function recorded(of: ExportAccount, within: FrameRange, pieces?: FrameRange[]): ExportRecord {
  const made = new FrameColors()
  for (const { from, to } of pieces ?? [within]) {
    for (let frame = from; frame < to; frame++) made.add(frame, { colors: 'synthetic', confidence: 0.5 })
  }
  return recordOf(
    { info: { name: 'film.mkv' }, tools: { version: '5.1' } } as unknown as Parameters<typeof recordOf>[0],
    { account: of, models } as unknown as Parameters<typeof recordOf>[1],
    made,
    {
      finished: { path: '/films/out.mkv', found: null, notes: [] },
      ...{ range: within, ownChange: null, before: [], sha256: null },
      order: { ...settings, pieces, firstNumber: undefined } as WrittenExport['order'],
    },
  )
}
const record = recorded(account, range)

const differ = (set: Partial<OrderedSettings>, of: Partial<ExportAccount> = {}, more: Partial<OrderedColors> = {}) =>
  otherSettings(
    JSON.parse(JSON.stringify(record)) as typeof record,
    { ...settings, ...set },
    {
      ...{ ...colors, account: { ...account, ...of } },
      ...more,
    },
  )

describe('a file that is there', () => {
  it('is what was ordered, whatever things are called, and whatever is done to other shots', () => {
    expect(differ({})).toEqual([])
    expect(differ({ delivery: { crop: { bottom: 8, right: 0, top: 8, left: 0 } } })).toEqual([])
    expect(differ({}, { pins: [pin(3, 'c', 'c.png'), pin(12, 'b', 'renamed.png')] })).toEqual([])
    expect(differ({}, { edits: [{ ...account.edits[0]!, label: null }], shots: shots.slice(1) })).toEqual([])
  })

  it('differs from what is ordered by each setting', () => {
    expect(differ({ format: 'prores-mov', sizes: 'parts', timecode: null, firstNumber: 3 })).toEqual([
      ...['format', 'sizes', 'start timecode', 'number of the first picture'],
    ])
    expect(differ({ comparison: null, delivery: { deinterlace: 'double', depth: 16 } })).toEqual([
      ...['comparison', 'bits of a sample', 'crop', 'deinterlacing'],
    ])
  })

  it('differs by what its frames are colored by', () => {
    expect(differ({}, { pins: [] })).toEqual(['pins'])
    expect(differ({}, { pins: [pin(12, 'c', 'b.png')] })).toEqual(['pins'])
    expect(differ({}, { edits: [] })).toEqual(['edits'])
    expect(differ({}, { locks: [] })).toEqual(['locks'])
    expect(differ({}, { shots: [shots[0]!, { ...shots[1]!, look: look(2) }] })).toEqual(['shots and their looks'])
    expect(differ({}, {}, { keptShots: [{ from: 10, to: 40 }] })).toEqual(['keeping its own colors'])
  })

  it('differs by what its account has no words for, and by the networks that have colored it', () => {
    const remade = [shots[0]!, { ...shots[1]!, madeOf: 'b'.repeat(32) }]
    expect(differ({}, { shots: remade })).toEqual(['what its colors are made of'])
    // What has a name is told by that.
    expect(differ({}, { shots: remade, pins: [] })).toEqual(['pins'])
    expect(differ({}, {}, { networks: [{ ...networks[0]!, version: '2' }] })).toEqual(['networks'])
    expect(differ({ pieces: [{ from: 10, to: 12 }] })).toEqual(['shots put together'])
    // Records of before do not tell.
    const untold = [shots[0]!, { ...shots[1]!, madeOf: undefined }]
    expect(differ({}, { shots: untold })).toEqual([])
  })

  it('of chosen shots is not compared by those between them', () => {
    const three: ExportAccount['shots'] = [0, 10, 20].map((from) => {
      return { from, to: from + 10, kind: 'shot', source: 'gray', look: null, madeOf: `${from}`.padEnd(32, '0') }
    })
    const pieces = [0, 20].map((from) => ({ from, to: from + 10 }))
    const of = { ...account, shots: three, locks: [{ from: 12, to: 14, part: 'frames' as const }] }
    const chosen = recorded({ ...of, locks: [] }, { from: 0, to: 30 }, pieces)
    expect(otherSettings(chosen, { ...settings, pieces }, { ...colors, account: of })).toEqual([])
    const remade = three.map((shot, n) => (n === 2 ? { ...shot, madeOf: 'c'.repeat(32) } : shot))
    const other = { ...colors, account: { ...of, shots: remade } }
    expect(otherSettings(chosen, { ...settings, pieces }, other)).toEqual(['what its colors are made of'])
  })

  it('is not compared by what is still to be found', () => {
    const frozen = { ...pin(17, '', ''), kind: 'frozen', picture: null } as const
    const found = { ...record, pins: [...record.pins, frozen] }
    const before = { ...account, shots: [{ ...shots[0]!, to: 40 }] }
    expect(otherSettings(found, settings, { ...colors, account: before, keptShots: null, pinsAlike: true })).toEqual([])
    expect(otherSettings(found, settings, colors)).toEqual(['pins'])
  })
})
