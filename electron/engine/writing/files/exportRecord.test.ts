import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { english } from '../../../../test/material/english.ts'
import { workFolder } from '../../../../test/material/workFolder.ts'
import { exportRecordSchema, type ExportRecord } from '../../../contract/exportRecord.ts'
import { writeRecord } from './exportRecord.ts'

const record = (statement: string): ExportRecord => ({
  format: 'colornn-export',
  version: 1,
  statement,
  digitalSourceType: null,
  writtenAt: '2026-01-02T03:04:05.678Z',
  program: { name: 'ColoRNN Studio', version: '0.1.0' },
  networks: [],
  ffmpeg: '5.1',
  source: {
    name: 'film.mkv',
    identity: { value: 'ab'.repeat(32), of: 'size and samples' },
    pictures: null,
    bytes: 1,
    frames: 2,
    rate: { num: 25, den: 1 },
    width: 4,
    height: 3,
  },
  file: {
    name: 'out.mkv',
    settings: { format: 'ffv1-mkv', range: { from: 0, to: 2 }, timecode: null, firstNumber: null, sizes: 'largest' },
  },
  synthetic: [],
  gray: [],
  own: [{ from: 0, to: 2 }],
  shots: [],
  pins: [],
  edits: [],
  locks: [],
  readBack: { asOrdered: true, said: [] },
  notes: [],
})

describe('the record of an export', () => {
  it('lies beside the film, whole, and takes the place of that of an earlier export', async () => {
    const film = join(workFolder(), 'out.mkv')
    for (const statement of ['first', 'second']) expect(await writeRecord(film, record(statement))).toEqual([])
    expect(readdirSync(join(film, '..'))).toEqual(['out.mkv.colornn.json'])
    const written = exportRecordSchema.parse(JSON.parse(readFileSync(`${film}.colornn.json`, 'utf8')))
    expect(written).toEqual(record('second'))
  })

  it('never writes over what is no record, and says what it is called instead', async () => {
    const film = join(workFolder(), 'out.mkv')
    writeFileSync(`${film}.colornn.json`, '{}')
    expect(english(...(await writeRecord(film, record('x'))))).toMatch(/taken.*“out\.mkv \(2\)\.colornn\.json”/)
    expect(readFileSync(`${film}.colornn.json`, 'utf8')).toBe('{}')
    expect(existsSync(`${film} (2).colornn.json`)).toBe(true)
  })

  it('has a name that fits beside a film whose name is as long as one can be', async () => {
    const film = join(workFolder(), `${'ä'.repeat(125)}.mkv`)
    expect(await writeRecord(film, record('x'))).toEqual([])
    expect(readdirSync(join(film, '..'))).toEqual([expect.stringMatching(/^ä+~[0-9a-f]{8}\.colornn\.json$/)])
  })

  it('that can not be written is said, and nothing half stays', async () => {
    const folder = workFolder()
    expect(english(...(await writeRecord(join(folder, 'gone', 'out.mkv'), record('x'))))).toMatch(
      /“out\.mkv” is finished and whole, but the record of it could not be written\. The folder “.*gone” is not there\.$/,
    )
    const unlike = { ...record('x'), synthetic: [{ from: 1, to: 0 }] } as ExportRecord
    const film = join(folder, 'out.mkv')
    expect(await writeRecord(film, unlike)).toHaveLength(1)
    expect(readdirSync(folder)).toEqual([])
    // Nor does one of an earlier film of that name, which would pass for this one's.
    await writeRecord(film, record('x'))
    expect(await writeRecord(film, unlike)).toHaveLength(1)
    expect(readdirSync(folder)).toEqual([])
  })
})
