/** A small part of `npm run matrix`, and that it would find what it looks for. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findReaders, readBack, runMatrix, unexplained, type Readers } from '../matrix/matrix.ts'
import { properties } from '../matrix/facts.ts'
import { coveringSources, meanLumas, nameOf, type Source } from '../matrix/sources.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Fields, full range, and all that a film carries; and gray of many bits. */
const broadcast: Source = {
  ...{ sampling: '420', depth: 10, range: 'full', scan: 'top first', rate: '30000/1001', matrix: 'bt601' },
  ...{ timecode: true, sounds: true, captions: true },
}
const scan: Source = {
  ...{ sampling: 'gray', depth: 12, range: 'limited', scan: 'progressive', rate: '18', matrix: 'bt709' },
  ...{ timecode: false, sounds: false, captions: false },
}

describe('the matrix of exports', () => {
  let readers: Readers

  it('finds every format to hold what was asked of it', async () => {
    readers = await findReaders((line) => console.log(line))
    const said: string[] = []
    const run = (source: Source, ...only: readonly string[]): ReturnType<typeof runMatrix> =>
      runMatrix({ sources: [source], only, readers, folder, say: (line) => said.push(line) })
    const rows = [
      ...(await run(broadcast, 'prores-mov')),
      ...(await run(broadcast, 'h264-mp4')),
      ...(await run(scan, 'png-sequence')),
      ...(await run(scan, 'dnxhr-mxf')),
    ]
    expect(unexplained(rows), said.join('\n')).toEqual([])
    const read = Object.values(readers).filter((reader) => reader !== null).length
    expect(rows).toHaveLength(3 * read + 1)
    expect(rows.at(-1)?.said).toContain('DNxHR HQX (MXF) knows 23.976, 24, 25')
  })

  it('would find other fields, another rate and timecode, other sounds, captions and colors', async () => {
    const other: Source = { ...broadcast, scan: 'bottom first', rate: '25', timecode: false, sounds: false }
    const lumas = await meanLumas(join(folder, 'source1.mkv'), scan)
    const film = { source: { ...other, captions: false }, path: join(folder, 'source1-prores-mov.mov'), lumas }
    const { rows } = await readBack(readers, film, 'prores-mov')
    const differ = rows.map(({ cells }) => properties.filter((_, n) => cells[n]?.differs).join(' '))
    for (const names of differ) expect(names).toMatch(/^(frames )?rate scan timecode sounds captions( picture)?$/)
    expect(unexplained(rows)).toHaveLength(rows.length)
  })

  it('has every pair of properties in one of its sources', () => {
    const sources = coveringSources()
    expect(sources.length).toBeLessThan(30)
    expect(new Set(sources.map(nameOf)).size).toBe(sources.length)
    const has = (pair: Partial<Source>): boolean =>
      sources.some((source) => Object.entries(pair).every(([key, value]) => source[key as keyof Source] === value))
    for (const scanned of ['progressive', 'top first', 'bottom first'] as const)
      for (const rate of ['24000/1001', '25', '18', '30000/1001', 'varying'] as const)
        expect(has({ scan: scanned, rate }), `${scanned} ${rate}`).toBe(true)
    for (const sampling of ['420', '422', '444', 'gray'] as const)
      for (const depth of [8, 10, 12] as const) expect(has({ sampling, depth }), `${sampling} ${depth}`).toBe(true)
  })
})
