/** What scans and reels say of where they come from goes along into exports. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { exportFormats } from '../../electron/contract/formats.ts'
import { completeHeads } from '../../electron/engine/writing/heads/pictureHeads.ts'
import { english } from '../material/english.ts'
import { drawFilm } from '../material/films.ts'
import { describe as describeFile } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Text of a scan's header, by its place: ST 268-1. What is written of the n-th picture. */
const texts = (n: number): Readonly<Record<number, string>> => ({
  260: 'Harbour, reel 3',
  460: 'City archive',
  1432: `harbour_${n}.dpx`,
  1532: '2024:05:01:12:30:00:CET',
  1556: 'Scanner Two',
  1588: 'S/N 42',
  1664: '02',
  1666: '89',
  1668: `1${n}`,
  1670: '123456',
  1676: `70${n}0`,
  1680: 'Academy',
  1732: `frame ${n}`,
  1764: 'Take 4',
})
const words = (n: number): Readonly<Record<number, number>> => ({
  1712: 4000 + n,
  1716: 9000,
  1720: 2,
  1924: 0x1234 + n,
})
const SHUTTER = 1728

/** As ffmpeg writes them, with the headers of film and television between. */
function asScanned(path: string, n: number): void {
  const file = readFileSync(path)
  const big = file.toString('latin1', 0, 4) === 'SDPX'
  const head = Buffer.alloc(2048, 0xff)
  file.copy(head, 0, 0, 1664)
  const word = (at: number, value: number): unknown =>
    big ? head.writeUInt32BE(value, at) : head.writeUInt32LE(value, at)
  const samples = file.subarray(big ? file.readUInt32BE(4) : file.readUInt32LE(4))
  for (const [at, text] of Object.entries(texts(n))) head.write(`${text}\0`, Number(at), 'latin1')
  for (const [at, value] of Object.entries(words(n))) word(Number(at), value)
  if (big) head.writeFloatBE(172.8, SHUTTER)
  else head.writeFloatLE(172.8, SHUTTER)
  word(4, 2048)
  word(16, 2048 + samples.length)
  word(24, 1664)
  word(28, 384)
  writeFileSync(path, Buffer.concat([head, samples]))
}

describe('the header of a scan in DPX', () => {
  const FIRST = 86400
  it.each(['gbrp10le', 'gbrp10be'])('is kept for each picture, in a part and in pieces: %s', async (pixelFormat) => {
    const name = `${pixelFormat}_%d.dpx`
    const output = ['-start_number', `${FIRST}`]
    await drawFilm(folder, name, { frames: 6, pixelFormat, codec: ['-c:v', 'dpx'], output })
    const paths = Array.from({ length: 6 }, (_, n) => join(folder, name.replace('%d', `${FIRST + n}`)))
    paths.forEach(asScanned)
    const pieces = [
      { from: 0, to: 1 },
      { from: 4, to: 6 },
    ]
    for (const [part, frames] of [
      [{ range: { from: 2, to: 5 } }, [2, 3, 4]],
      [{ pieces }, [0, 4, 5]],
    ] as const) {
      const target = join(folder, `${pixelFormat}-${frames[0]}`)
      const { path, footage } = await recolor(paths[0]!, target, 'dpx-sequence', { ...part, firstNumber: 1 })
      expect(footage.info.frameCount).toBe(6)
      for (const [at, n] of frames.entries()) {
        const head = readFileSync(join(path, `frame_${`${at + 1}`.padStart(6, '0')}.dpx`))
        const big = head.toString('latin1', 0, 4) === 'SDPX'
        const text = (place: string): string => head.toString('latin1', Number(place), head.indexOf(0, Number(place)))
        const word = (place: string): number => (big ? head.readUInt32BE(+place) : head.readUInt32LE(+place))
        const [saidTexts, saidWords] = [texts(n), words(n)]
        // What fills its place has no zero behind it.
        const short = Object.keys(saidTexts).filter((place) => Number(place) < 1664 || Number(place) >= 1680)
        expect(Object.fromEntries(short.map((place) => [place, text(place)]))).toEqual(
          Object.fromEntries(short.map((place) => [place, saidTexts[+place]])),
        )
        expect(head.toString('latin1', 1664, 1680)).toBe(`02891${n}12345670${n}0`)
        expect(Object.fromEntries(Object.keys(saidWords).map((place) => [place, word(place)]))).toEqual(saidWords)
        expect(big ? head.readFloatBE(SHUTTER) : head.readFloatLE(SHUTTER)).toBeCloseTo(172.8, 4)
        // Who made the file is another.
        expect(text('160')).toBe('ColoRNN Studio')
      }
    }
  })

  it('is left out where it can not be read any more, and the pictures are whole without it', async () => {
    await drawFilm(folder, 'gone_%d.dpx', { frames: 2, codec: ['-c:v', 'dpx'], pixelFormat: 'gbrp10be' })
    const names = ['gone_1.dpx', 'gone_2.dpx']
    await completeHeads(folder, names, exportFormats['dpx-sequence'], {
      ...{ rate: { num: 24, den: 1 }, first: 1, count: 2, label: null },
      colors: { primaries: 1, transfer: 1, matrix: 1 },
      timecodeOf: (n) => `01:00:00:0${n}`,
      originalOf: (n) => join(folder, `away_${n}.dpx`),
    })
    const heads = names.map((name) => readFileSync(join(folder, name)))
    expect(heads.map((head) => [head.readUInt32BE(1920), head.readFloatBE(1940)])).toEqual([
      [0x01000000, 24],
      [0x01000001, 24],
    ])
  })
})

describe('the name of a reel', () => {
  it('goes along with its timecode, and where it has no place that is said', async () => {
    const source = await drawFilm(folder, 'reel.mov', {
      size: '256x144',
      rate: '25',
      frames: 6,
      codec: ['-c:v', 'prores'],
      output: ['-timecode', '01:00:00:00', '-metadata:s:v:0', 'reel_name=A001C003'],
    })
    for (const format of ['prores-mov', 'ffv1-mkv', 'dnxhr-mxf'] as const) {
      const target = join(folder, `reel-${format}${exportFormats[format].endings[0] ?? ''}`)
      const { path, warnings } = await recolor(source, target, format, { range: { from: 2, to: 6 } })
      expect(await describeFile(path), format).toMatch(/^ +reel_name *: A001C003$/im)
      expect(english(...warnings), format).not.toContain('A001C003')
      // And back.
      const again = await recolor(path, join(folder, `reel-${format}-again.mov`), 'prores-mov')
      expect(await describeFile(again.path), format).toMatch(/\(tmcd \/[^]*\n +reel_name *: A001C003\n/)
    }
    for (const [format, ending] of [
      ['h264-mp4', '.mp4'],
      ['png-sequence', ''],
    ] as const) {
      const { warnings } = await recolor(source, join(folder, `reel-${format}${ending}`), format)
      expect(english(...warnings)).toContain('The name of the film’s reel, “A001C003”, has no place in this export')
    }
  })
})
