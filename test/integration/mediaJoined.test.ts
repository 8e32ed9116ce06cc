/** That the sound of recordings that were joined follows their pictures, whatever the clocks of the recordings say. */
import { appendFileSync, copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clapsOf, drawClaps, inStep } from '../material/claps.ts'
import { english } from '../material/english.ts'
import { ffmpeg } from '../material/films.ts'
import { lumaHashes, soundPackets, type HashedFrame } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const RATE = 25
const [FIRST, SECOND] = [40, 60]

/** A recording whose sound never repeats, so that every packet can be told. */
async function recording(name: string, frames: number, tone: number, output: readonly string[] = []): Promise<string> {
  const path = join(folder, name)
  const seconds = frames / RATE
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    `testsrc2=s=64x48:r=${RATE}:d=${seconds}`,
    '-f',
    'lavfi',
    '-i',
    `aevalsrc=sin(2*PI*t*(${tone}+90*t)):s=48000:d=${seconds}`,
    '-c:v',
    'mpeg2video',
    '-g',
    '12',
    '-bf',
    '2',
    '-c:a',
    'mp2',
    '-b:a',
    '64k',
    ...output,
    path,
  ])
  return path
}

function joinedFile(name: string, a: string, b: string): string {
  const joined = join(folder, name)
  copyFileSync(a, joined)
  appendFileSync(joined, readFileSync(b))
  return joined
}

interface Source {
  readonly joined: string
  readonly parts: readonly [string, string]
}

const sources = new Map<string, Source>()

beforeAll(async () => {
  for (const [name, extension, output] of [
    ['runs back', 'ts', []],
    ['runs back in a program stream', 'mpg', []],
    ['leaps by an hour', 'ts', ['-output_ts_offset', '3600']],
  ] as const) {
    const key = name.replaceAll(' ', '-')
    const a = await recording(`${key}-a.${extension}`, FIRST, 300)
    const b = await recording(`${key}-b.${extension}`, SECOND, 900, output)
    sources.set(name, { joined: joinedFile(`${key}.${extension}`, a, b), parts: [a, b] })
  }
})

/** Where each packet of sound stands against the first picture of its own recording. */
async function ownPlaces(path: string): Promise<HashedFrame[]> {
  const first = (await lumaHashes(path))[0]!.seconds
  return (await soundPackets(path)).map(({ md5, seconds }) => ({ md5, seconds: seconds - first }))
}

const rises = (packets: readonly HashedFrame[]): boolean =>
  packets.every(({ seconds }, n) => n === 0 || seconds > packets[n - 1]!.seconds)

/**
 * Packets of sound that the recordings have and the export lacks; a few at the joint would be heard over the other's
 * pictures.
 */
const SPARED = 3
const PACKET_SECONDS = 0.024

describe('the sound of joined recordings', () => {
  it.each([
    ['runs back', 'ffv1-mkv', 'mkv'],
    ['runs back', 'h264-mp4', 'mp4'],
    ['runs back in a program stream', 'ffv1-mkv', 'mkv'],
    ['runs back in a program stream', 'h264-mp4', 'mp4'],
    ['leaps by an hour', 'ffv1-mkv', 'mkv'],
    ['leaps by an hour', 'h264-mp4', 'mp4'],
  ] as const)('whose clock %s is copied in step with the pictures of both, as %s', async (name, format, extension) => {
    const { joined, parts } = sources.get(name)!
    const { path, warnings } = await recolor(joined, join(folder, `${name}.${extension}`), format)
    expect(english(...warnings)).not.toMatch(/sound/i)
    const pictures = await lumaHashes(path)
    const [start, joint, end] = [pictures[0]!.seconds, pictures[FIRST]!.seconds, pictures.at(-1)!.seconds + 1 / RATE]
    const expected = [
      ...(await ownPlaces(parts[0])).map(({ md5, seconds }) => ({ md5, seconds: start + seconds })),
      ...(await ownPlaces(parts[1])).map(({ md5, seconds }) => ({ md5, seconds: joint + seconds })),
    ]
    const written = await soundPackets(path)
    expect(expected.length - written.length).toBeLessThanOrEqual(SPARED)
    expect(rises(written)).toBe(true)
    let at = -1
    for (const { md5, seconds } of written) {
      at = expected.findIndex((packet, n) => n > at && packet.md5 === md5)
      expect(at).toBeGreaterThanOrEqual(0)
      expect(Math.abs(seconds - expected[at]!.seconds)).toBeLessThan(0.0025)
    }
    expect(written.at(-1)!.seconds).toBeLessThan(end + PACKET_SECONDS)
  })

  it.each(['runs back', 'runs back in a program stream', 'leaps by an hour'])(
    'whose clock %s is in step where it is converted',
    async (name) => {
      const { joined, parts } = sources.get(name)!
      const { path, warnings } = await recolor(joined, join(folder, `${name}.mov`), 'prores-mov')
      expect(english(...warnings)).not.toMatch(/stands|missing/)
      const pictures = await lumaHashes(path)
      const joint = pictures[FIRST]!.seconds
      const samples = await pitches(path)
      // The tones tell where in which recording a sound belongs.
      for (const seconds of [0.4, 1, 1.4, joint + 0.4, joint + 1, joint + 2]) {
        const own = seconds < joint ? await pitches(parts[0]) : await pitches(parts[1])
        const at = seconds < joint ? seconds : seconds - joint
        expect(Math.abs(samples(seconds) - own(at))).toBeLessThan(12)
      }
    },
  )

  it.each([
    ['in front of the joint', 10, 30],
    ['across the joint', 30, 60],
    ['behind the joint', 60, 90],
  ])('is that of the pictures in a part %s', async (_title, from, to) => {
    for (const [name, format, extension] of [
      ['runs back', 'ffv1-mkv', 'mkv'],
      ['leaps by an hour', 'prores-mov', 'mov'],
    ] as const) {
      const { joined, parts } = sources.get(name)!
      const { path } = await recolor(joined, join(folder, `${name}.${from}.${extension}`), format, {
        range: { from, to },
      })
      const samples = await pitches(path)
      for (const frame of [from + 5, to - 6]) {
        const [own, at] =
          frame < FIRST ? [await pitches(parts[0]), frame / RATE] : [await pitches(parts[1]), (frame - FIRST) / RATE]
        expect(Math.abs(samples((frame - from) / RATE) - own(at))).toBeLessThan(12)
      }
    }
  })
})

/** Seconds after which the clock of a transport stream is full and begins again. */
const FULL = 2 ** 33 / 90_000

describe('recordings whose clocks start anywhere', () => {
  const encoded = ['-c:v', 'mpeg2video', '-g', '12', '-bf', '2', '-c:a', 'mp2', '-b:a', '64k']
  const output = (start: number): string[] => [...encoded, '-output_ts_offset', `${start}`]

  /** Each of 3 s. */
  async function joinedClaps(name: string, starts: readonly number[]): Promise<string> {
    const joined = join(folder, name)
    rmSync(joined, { force: true })
    for (const [n, start] of starts.entries()) {
      appendFileSync(
        joined,
        readFileSync(await drawClaps(join(folder, `${n}-${name}`), { seconds: 3, output: output(start) })),
      )
    }
    return joined
  }

  it.each([
    ['two, the second one earlier', [7200, 0], /at frame 75 it runs back by 120 min 2 s\. /],
    [
      'three, forward and back',
      [0, 7200, 0],
      /at frame 75 it leaps by 119 min 57 s and at frame 150 it runs back by 120 min 2 s\. /,
    ],
    // The second one's clock is full in its midst, where nothing breaks.
    [
      'four, one whose clock begins again in its midst',
      [0, FULL - 3, 7200, 0],
      /at frame 75 it .*, at frame 150 it leaps .* and at frame 225 it runs back [^,]*\. /,
    ],
  ] as const)('keep sound and pictures together when they are joined: %s', async (title, starts, said) => {
    const joined = await joinedClaps(`${title.replaceAll(/[ ,]+/g, '-')}.ts`, starts)
    for (const [format, extension] of [
      ['ffv1-mkv', 'mkv'],
      ['prores-mov', 'mov'],
    ] as const) {
      const { path, footage, warnings } = await recolor(joined, `${joined}.${extension}`, format)
      expect(english(...footage.info.warnings)).toMatch(said)
      expect(english(...warnings)).not.toMatch(/stands|missing|packets|shorter|ends/)
      const { claps, off } = inStep(await clapsOf(path))
      expect(claps).toBe(3 * starts.length)
      expect(off).toBeLessThan(0.012)
    }
  })

  it('are no joined ones where the clock is full in their midst: each of two sounds goes on beside the pictures', async () => {
    const sounds = ['-map', '0', '-map', '1', '-map', '1']
    // ffmpeg itself looks ahead for a minute.
    const path = await drawClaps(join(folder, 'full.ts'), { seconds: 66, output: [...sounds, ...output(FULL - 63)] })
    const recolored = await recolor(path, join(folder, 'full.mkv'))
    expect(english(...recolored.footage.info.warnings, ...recolored.warnings)).toBe('')
    for (const sound of [0, 1]) {
      const { claps, off } = inStep(await clapsOf(recolored.path, sound))
      expect([claps, off < 0.012]).toEqual([66, true])
    }
    for (const [format, extension] of [
      ['ffv1-mkv', 'mkv'],
      ['prores-mov', 'mov'],
    ] as const) {
      const part = await recolor(path, join(folder, `full-part.${extension}`), format, {
        range: { from: 1550, to: 1635 },
      })
      expect(english(...part.warnings)).not.toMatch(/missing|stands/)
      const { claps, off } = inStep(await clapsOf(part.path, 1))
      expect([claps, off < 0.012], format).toEqual([4, true])
    }
  })
})

type Pitch = (seconds: number) => number

const heard = new Map<string, Promise<Pitch>>()

/** The frequency that is heard some seconds behind the first picture, in Hz. */
function pitches(path: string): Promise<Pitch> {
  const known = heard.get(path) ?? hear(path)
  heard.set(path, known)
  return known
}

/** By counting how often the sound crosses zero. */
async function hear(path: string): Promise<Pitch> {
  const first = (await lumaHashes(path))[0]!.seconds
  const begun = (await soundPackets(path))[0]!.seconds - first
  const wave = join(folder, 'heard.f32')
  await ffmpeg(['-y', '-i', `file:${path}`, '-map', '0:a:0', '-af', 'aresample=48000', '-ac', '1', '-f', 'f32le', wave])
  const bytes = readFileSync(wave)
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const WINDOW = 4800
  return (seconds) => {
    const middle = Math.round((seconds - begun) * 48000)
    let [crossings, firstAt, lastAt] = [0, 0, 0]
    for (let n = Math.max(1, middle - WINDOW / 2); n < middle + WINDOW / 2; n++) {
      if (!(samples[n - 1]! < 0 && samples[n]! >= 0)) continue
      if (crossings++ === 0) firstAt = n
      lastAt = n
    }
    return ((crossings - 1) * 48000) / (lastAt - firstAt)
  }
}
