/**
 * The packets that a film's container tells without being read through are those that reading it through gives, or
 * none.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UserError } from '../../electron/contract/userError.ts'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { lookAtFilm } from '../../electron/engine/reading/opening/firstLook.ts'
import { indexFromPackets } from '../../electron/engine/reading/index/frameIndex.ts'
import { listPackets } from '../../electron/engine/reading/index/packetList.ts'
import { resolveInput } from '../../electron/engine/reading/inputFile.ts'
import { matroskaTable } from '../../electron/engine/reading/index/matroskaTable.ts'
import { storedPackets } from '../../electron/engine/reading/index/storedPackets.ts'
import { drawFilm, ffmpeg, longGopH264, openGopH264, type Film } from '../material/films.ts'
import { sharedFolder } from '../material/workFolder.ts'

const options = { statedRate: null, longestHold: 1800, statedEnd: null, full: null, storesTimes: true }

/**
 * What the tables tell, after making sure that reading the film through tells nothing else; null where they are not
 * relied on.
 */
async function told(tools: FfmpegTools, path: string): Promise<Awaited<ReturnType<typeof storedPackets>>> {
  const file = await resolveInput(path)
  const { look } = await lookAtFilm(tools, file, undefined)
  const { container } = look.banner
  const stored = await storedPackets(tools, file, look.stream, { signal: undefined, container })
  if (stored === null) return null
  const read = await listPackets(tools, file, `0:${look.stream}`, { container })
  const bare = ({ packets }: typeof read): unknown => packets.map(({ pts, key }) => ({ pts, key }))
  expect(bare(stored.list)).toEqual(bare(read))
  const first = look.frame.pts ?? -Infinity
  expect(indexFromPackets(stored.list, first, options)).toEqual(indexFromPackets(read, first, options))
  return stored
}

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '12', '-bf', '2'] as const
const aac = ['-c:a', 'aac'] as const

/** Films that cameras and programs write every day, longer than what ffmpeg is asked for. */
const usual: readonly [name: string, ending: string, film: Film][] = [
  ['pictures out of order, with sound', 'mp4', { codec: [...h264], sound: aac }],
  ['groups that refer across keyframes', 'mp4', { codec: openGopH264 }],
  ['a single keyframe', 'mp4', { codec: longGopH264 }],
  ['HEVC', 'mp4', { codec: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none:keyint=8'] }],
  ['ProRes', 'mov', { codec: ['-c:v', 'prores_ks'], pixelFormat: 'yuv422p10le', sound: ['-c:a', 'pcm_s16le'] }],
  ['pictures as they are, all of one length', 'mov', { codec: ['-c:v', 'rawvideo'], pixelFormat: 'yuyv422' }],
  ['a rate that varies', 'mp4', { codec: [...h264], filters: 'select=lt(mod(n\\,10)\\,7)+gt(n\\,60)' }],
  ['a clock of 90 000 ticks', 'mp4', { codec: [...h264], output: ['-video_track_timescale', '90000'] }],
  ['shifts below zero', 'mp4', { codec: [...h264], output: ['-movflags', 'negative_cts_offsets'] }],
  ['no edits, tables first', 'mp4', { codec: [...h264], output: ['-use_editlist', '0', '-movflags', 'faststart'] }],
  ['pictures that begin late', 'mp4', { codec: [...h264], sound: aac, output: ['-output_ts_offset', '2.3'] }],
]

/** A table of a movie file's first track, of which numbers can be changed. */
function tableOf(
  film: Buffer,
  name: string,
): { readonly count: number; readonly at: (row: number, width: number) => number } {
  const found = film.indexOf(name, film.lastIndexOf('moov'), 'latin1') + 4
  return { count: film.readUInt32BE(found + 4), at: (row, width) => found + 8 + row * width }
}

interface Change {
  readonly table: 'stts' | 'ctts' | 'elst' | 'stss' | 'stsc'
  /** Share of the table's rows that lie before the one changed. */
  readonly row: number
  readonly column: number
  readonly by: number
}

function changed(film: Buffer, changes: readonly Change[]): Buffer {
  const copy = Buffer.from(film)
  const columns = { stts: 2, ctts: 2, elst: 3, stss: 1, stsc: 3 }
  for (const { table, row, column, by } of changes) {
    const { count, at } = tableOf(copy, table)
    const place = at(Math.floor(row * count), 4 * columns[table]) + 4 * (column % columns[table])
    copy.writeInt32BE((copy.readInt32BE(place) + by) | 0, place)
  }
  return copy
}

describe('the tables of a movie file', () => {
  let tools: FfmpegTools
  let folder = ''
  beforeAll(async () => {
    tools = await locateFfmpeg()
    folder = sharedFolder()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  for (const [name, ending, film] of usual) {
    it(`tell what reading it through tells: ${name}`, async () => {
      const path = await drawFilm(folder, `${name}.${ending}`, { frames: 140, size: '64x48', ...film })
      expect(await told(tools, path)).not.toBeNull()
    })
  }

  it('are not relied on in fragments, in files that are cut off, and where an edit leaves out pictures', async () => {
    const source = await drawFilm(folder, 'source.mp4', {
      frames: 140,
      size: '64x48',
      codec: [...h264],
      output: ['-movflags', 'faststart'],
    })
    const made = async (name: string, before: readonly string[], after: readonly string[]): Promise<string> => {
      const path = join(folder, name)
      await ffmpeg([...before, '-i', source, '-c', 'copy', ...after, path])
      return path
    }
    expect(await told(tools, await made('fragments.mp4', [], ['-movflags', 'frag_keyframe+empty_moov']))).toBeNull()
    expect(await told(tools, await made('cut.mp4', ['-ss', '1.2'], []))).toBeNull()
    const short = join(folder, 'short.mp4')
    const bytes = readFileSync(source)
    writeFileSync(short, bytes.subarray(0, bytes.length - 2000))
    expect(await told(tools, short)).toBeNull()
  })

  it('tell the same as reading it through, or nothing, whatever is wrong in them', async () => {
    const names = ['a rate that varies.mp4', 'pictures that begin late.mp4', 'shifts below zero.mp4']
    const change = fc.record({
      table: fc.constantFrom('stts', 'ctts', 'elst', 'stss', 'stsc'),
      row: fc.double({ min: 0, max: 0.999, noNaN: true }),
      column: fc.nat(2),
      by: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -2000, max: 2000 }), fc.integer()),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(change, { minLength: 1, maxLength: 2 }),
        async (name, changes) => {
          const path = join(folder, 'changed.mp4')
          writeFileSync(path, changed(readFileSync(join(folder, name)), changes))
          await told(tools, path).catch((error: unknown) => {
            // Some are no films any more.
            if (!(error instanceof UserError)) throw error
          })
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('the heads of blocks in a Matroska file', () => {
  let tools: FfmpegTools
  let folder = ''
  beforeAll(async () => {
    tools = await locateFfmpeg()
    folder = sharedFolder()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const alike: readonly [name: string, film: Film][] = [
    ['pictures out of order, with sound', { codec: [...h264], sound: aac }],
    ['groups that refer across keyframes', { codec: openGopH264 }],
    ['HEVC', usual.find(([name]) => name === 'HEVC')![2]],
    ['FFV1', { sound: ['-c:a', 'pcm_s16le'] }],
    ['a rate that varies', { codec: [...h264], filters: `setpts='(N+0.4*sin(N)+2*gt(N\\,9))/24/TB'` }],
    ['pictures that begin late', { codec: [...h264], sound: aac, output: ['-output_ts_offset', '2.3'] }],
  ]
  for (const [name, film] of alike) {
    it(`tell what reading it through tells: ${name}`, async () => {
      const path = await drawFilm(folder, `${name}.mkv`, { frames: 140, size: '64x48', ...film })
      expect(await told(tools, path)).not.toBeNull()
    })
  }

  it('are not relied on where the file is cut off, has a hole, or says a keyframe where there is none', async () => {
    const path = join(folder, 'pictures out of order, with sound.mkv')
    const bytes = readFileSync(path)
    const { from } = (await matroskaTable(path, 0))!
    const broken = join(folder, 'broken.mkv')
    const hole = Buffer.from(bytes).fill(0, from[60]! - 8, from[61])
    const wrong = Buffer.from(bytes)
    // Flags come last in a block's head.
    wrong[from[70]! - 1]! |= 0x80
    for (const film of [bytes.subarray(0, bytes.length - 2000), hole, wrong]) {
      writeFileSync(broken, film)
      expect(await told(tools, broken)).toBeNull()
    }
  })

  it('tell the same as reading it through, or nothing, whatever is wrong in them', async () => {
    const path = join(folder, 'FFV1.mkv')
    const bytes = readFileSync(path)
    const { from } = (await matroskaTable(path, 0))!
    const change = fc.record({
      packet: fc.nat(from.length - 1),
      back: fc.integer({ min: 1, max: 24 }),
      to: fc.nat(255),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
        const copy = Buffer.from(bytes)
        for (const { packet, back, to } of changes) copy[from[packet]! - back] = to
        const changedFilm = join(folder, 'changed.mkv')
        writeFileSync(changedFilm, copy)
        await told(tools, changedFilm).catch((error: unknown) => {
          if (!(error instanceof UserError)) throw error
        })
      }),
      { numRuns: 15 },
    )
  })
})
