/**
 * Damage in a film is told frame by frame: on opening where the film is short enough to be decoded then, else by the
 * jobs that meet it.
 */
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeFrames, decodeLumas } from '../../electron/engine/reading/decoding/decode.ts'
import { examineSuspects } from '../../electron/engine/reading/decoding/examine.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import type { Footage } from '../../electron/engine/reading/footage.ts'
import type { Plane } from '../../electron/engine/picture/pixelLayout.ts'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg, ffv1, longGopH264, type Film } from '../material/films.ts'
import { listed } from '../material/inspect.ts'
import { startTestEngine } from '../material/testEngine.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'

const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

let tools: FfmpegTools
beforeAll(async () => (tools = await locateFfmpeg()))

/** Where the packets of the pictures lie in the file, and how long they are. */
async function packets(path: string): Promise<{ at: number; size: number }[]> {
  const bytes = readFileSync(path)
  const raw = await ffmpeg(['-i', path, '-map', '0:v:0', '-c', 'copy', '-f', 'framecrc', '-'])
  await ffmpeg(['-i', path, '-map', '0:v:0', '-c', 'copy', '-f', 'data', `${path}.data`])
  const data = readFileSync(`${path}.data`)
  let from = 0
  let at = 0
  return listed(raw).map(({ bytes: size }) => {
    // In a transport stream a packet lies in pieces.
    at = bytes.indexOf(data.subarray(from, from + (path.endsWith('.ts') ? 100 : size)), at)
    from += size
    return { at, size }
  })
}

/** Draws a film and breaks the middle of some of its packets, in the order of storing. */
async function broken(name: string, which: readonly number[], film: Film): Promise<string> {
  const path = await drawFilm(shared, name, { frames: 30, size: '160x120', ...film })
  const places = await packets(path)
  const bytes = readFileSync(path)
  for (const n of which) {
    const { at, size } = places[n]!
    bytes.fill(0xff, at + (size >> 1), at + (size >> 1) + Math.min(60, size >> 2))
  }
  writeFileSync(path, bytes)
  return path
}

const framesOf = (ranges: readonly { from: number; to: number }[]): number[] =>
  ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n))

/** What is known of a long film's damage after it was read through. */
async function readThrough(path: string): Promise<Footage> {
  const footage = await openFootage(tools, path, { checkedPixels: 0 })
  for await (const _ of decodeFrames(tools, footage, { from: 0, to: footage.info.frameCount }));
  await examineSuspects(tools, footage)
  return footage
}

describe('damage in a picture is told of that picture:', () => {
  const films: Record<string, Film & { name: string }> = {
    'FFV1 with checksums': { name: 'ffv1.mkv', codec: ['-c:v', 'ffv1', '-level', '3', '-slicecrc', '1', '-g', '1'] },
    ProRes: { name: 'prores.mov', codec: ['-c:v', 'prores_ks'], pixelFormat: 'yuv422p10le' },
    'motion JPEG': { name: 'mjpeg.avi', codec: ['-c:v', 'mjpeg', '-q:v', '3'], pixelFormat: 'yuvj420p' },
    'H.264 without B-frames': {
      name: 'h264.mp4',
      codec: ['-c:v', 'libx264', '-g', '12', '-bf', '0', '-x264-params', 'scenecut=0'],
    },
    'MPEG-2 in a transport stream': {
      name: 'mpeg2.ts',
      codec: ['-c:v', 'mpeg2video', '-g', '12', '-q:v', '3'],
      rate: '25',
    },
  }
  for (const [title, { name, ...film }] of Object.entries(films)) {
    it(title, async () => {
      const path = await broken(name, [7, 19], film)
      const footage = await openFootage(tools, path)
      expect(footage.info.frameCount).toBe(30)
      expect(framesOf(footage.info.damaged)).toEqual([7, 19])
      expect(english(...footage.info.warnings)).toMatch(/Frames? 7.*(damaged|can not be decoded)/)
      // As for long films, which are not decoded on opening.
      const long = await readThrough(path)
      expect(framesOf(long.source.damage.ranges)).toEqual([7, 19])
    })
  }

  it('H.264 with B-frames: of the pictures that ffmpeg marks, and of none in a whole film', async () => {
    const path = await broken('bframes.mp4', [1, 5, 9, 14], { codec: longGopH264 })
    const footage = await openFootage(tools, path)
    expect(framesOf(footage.info.damaged).length).toBeGreaterThan(0)
    expect((await readThrough(path)).source.damage.ranges).toEqual(footage.info.damaged)
    const whole = await drawFilm(shared, 'whole.mp4', { frames: 30, size: '160x120', codec: longGopH264 })
    expect((await openFootage(tools, whole)).info.damaged).toEqual([])
    expect((await readThrough(whole)).source.damage.ranges).toEqual([])
  })

  for (const [ending, codec, pixelFormat] of [
    ['dpx', 'dpx', 'gray10le'],
    ['tif', 'tiff', 'gray16le'],
    ['png', 'png', 'gray'],
  ] as const) {
    it(`a sequence of ${ending} pictures, one cut short and one of no bytes`, async () => {
      const folder = workFolder()
      await drawFilm(folder, `scan_%03d.${ending}`, { frames: 10, codec: ['-c:v', codec], pixelFormat })
      truncateSync(join(folder, `scan_004.${ending}`), 900)
      truncateSync(join(folder, `scan_008.${ending}`), 0)
      const footage = await openFootage(tools, join(folder, `scan_001.${ending}`))
      const numbers: number[] = []
      const planes: Plane[] = []
      for await (const { number, y } of decodeFrames(tools, footage, { from: 0, to: 10 })) {
        numbers.push(number)
        planes.push(y)
      }
      expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
      const lumas: Plane[] = []
      for await (const { made } of decodeLumas(tools, footage, { from: 0, to: 10 }, ({ y }) => y.slice()))
        lumas.push(made)
      expect(lumas).toEqual(planes)
      await examineSuspects(tools, footage)
      expect(framesOf(footage.source.damage.ranges)).toEqual([3, 7])
    })
  }
})

it('a job tells of damage: in a note of the export, and in ranges for the timeline', async () => {
  const folder = workFolder()
  const path = join(folder, 'film.mkv')
  copyFileSync(await broken('job.mkv', [3, 4, 9], { codec: ffv1, frames: 12 }), path)
  const { open, export: write } = startTestEngine(folder)
  await open(path, 'film')
  const job = await write({
    jobId: 'export',
    footageId: 'film',
    target: join(folder, 'out.mkv'),
    format: 'ffv1-mkv',
    overwrite: false,
  })
  expect(job).toMatchObject({
    state: 'done',
    damaged: [
      { from: 3, to: 5 },
      { from: 9, to: 10 },
    ],
  })
  expect(english(...job.notes!)).toContain('Frames 3–4, 9 are damaged: parts of their pictures are lost or wrong.')
})

describe('a hole in the file that swallows pictures', () => {
  /**
   * Draws a film of 24 frames and overwrites the head of the block that holds frame 8, at which the container loses its
   * way up to the next cluster; one begins with each keyframe.
   */
  async function holed(name: string, keyframes: number): Promise<string> {
    const path = await drawFilm(shared, name, {
      frames: 24,
      codec: ['-c:v', 'ffv1', '-level', '3', '-g', `${keyframes}`],
    })
    const bytes = readFileSync(path)
    const { at } = (await packets(path))[8]!
    writeFileSync(path, bytes.fill(0, at - 7, at + 8))
    return path
  }

  it.each([
    ['decoded on opening', {}],
    ['indexed from its packets', { checkedPixels: 0 }],
  ])('is filled with the picture before, and each that is gone is named: %s', async (_how, options) => {
    const footage = await openFootage(tools, await holed('holed.mkv', 12), options)
    expect(footage.info).toMatchObject({
      frameCount: 24,
      rate: { num: 24, den: 1 },
      variableRate: false,
      damaged: [{ from: 8, to: 12 }],
    })
    expect(english(...footage.info.warnings)).toBe(
      'Frames 8–11 can not be decoded; the frame before is shown in their place.',
    )
    const shown: number[] = []
    const lumas: string[] = []
    for await (const { number, y } of decodeFrames(tools, footage, { from: 0, to: 24 })) {
      shown.push(number)
      lumas.push(Buffer.from(y).toString('base64'))
    }
    expect(shown).toHaveLength(24)
    expect(new Set(lumas.slice(7, 12)).size).toBe(1)
    expect(new Set(lumas).size).toBe(20)
  })

  it('is no picture that is held to the end where nothing behind it can be read, and what is gone is counted', async () => {
    const { info } = await openFootage(tools, await holed('halved.mkv', 24))
    expect(info).toMatchObject({ frameCount: 8, variableRate: false })
    expect(info.durationSeconds).toBeCloseTo(8 / 24, 2)
    expect(english(...info.warnings)).toBe('The file is damaged: 16 of its pictures can not be found. Copy it again.')
  })
})

describe('a film that is whole', () => {
  it.each([
    ['a little later', 200],
    ['much later', 700],
    ['earlier', -300],
  ])('is no picture less where the stored time of one was harmed: it says %s', async (_how, milliseconds) => {
    const codec = ['-c:v', 'ffv1', '-level', '3', '-g', '12']
    const path = await drawFilm(shared, `harmed ${milliseconds}.mkv`, { frames: 30, size: '160x120', codec })
    const lumas = async (footage: Footage): Promise<Plane[]> => {
      const planes: Plane[] = []
      const range = { from: 0, to: footage.info.frameCount }
      for await (const { y } of decodeFrames(tools, footage, range)) planes.push(y)
      return planes
    }
    const whole = await openFootage(tools, path)
    const pictures = await lumas(whole)
    const bytes = readFileSync(path)
    // A block's time stands before its data, behind the number of its track.
    const at = (await packets(path))[15]!.at - 3
    bytes.writeInt16BE(bytes.readInt16BE(at) + milliseconds, at)
    writeFileSync(path, bytes)
    const harmed = await openFootage(tools, path)
    expect(await lumas(harmed)).toEqual(pictures)
    harmed.index.pts.forEach((time, n) => expect(Math.abs(time - whole.index.pts[n]!)).toBeLessThan(2))
  })

  it('is not called cut off when it begins long after zero', async () => {
    const path = join(workFolder(), 'late.mp4')
    await ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=24:d=4', '-c:v', 'libx264', '-output_ts_offset', '10', path])
    expect((await openFootage(tools, path)).info.warnings).toEqual([])
  })
})

describe('a film beside which something lasts longer', () => {
  const drawn = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=24:d=1', '-f', 'lavfi', '-i', 'sine=d=1']

  it('is not called cut off for its second sound, nor for its subtitles', async () => {
    const titles = join(workFolder(), 'titles.srt')
    writeFileSync(titles, '1\n00:00:00,200 --> 00:00:04,000\nThe End\n')
    for (const [ending, more] of [
      ['mkv', ['-f', 'lavfi', '-i', 'sine=d=4', '-map', '0', '-map', '1', '-map', '2', '-c:a', 'flac']],
      ['mov', ['-f', 'lavfi', '-i', 'sine=d=4', '-map', '0', '-map', '1', '-map', '2', '-c:a', 'pcm_s16le']],
      ['mkv', ['-i', titles, '-map', '0', '-map', '1', '-map', '2', '-c:s', 'srt']],
      ['mp4', ['-i', titles, '-map', '0', '-map', '2', '-c:s', 'mov_text']],
    ] as const) {
      const path = join(workFolder(), `film.${ending}`)
      await ffmpeg([...drawn, ...more, '-c:v', 'libx264', path])
      expect(english(...(await openFootage(await locateFfmpeg(), path)).info.warnings)).toBe('')
    }
  })

  it('is called cut off where all of it ends early', async () => {
    const path = join(workFolder(), 'film.mkv')
    const sounds = ['-f', 'lavfi', '-i', 'sine=d=4', '-map', '0', '-map', '1', '-map', '2', '-c:a', 'pcm_s16le']
    await ffmpeg([...drawn.map((arg) => arg.replace('d=1', 'd=4')), ...sounds, '-c:v', 'mjpeg', path])
    const whole = readFileSync(path)
    writeFileSync(path, whole.subarray(0, Math.floor(whole.length * 0.5)))
    expect(english(...(await openFootage(await locateFfmpeg(), path)).info.warnings)).toMatch(/cut off/)
  })
})

describe('a film whose container says nothing of its length', () => {
  it.each([
    ['ogv', ['-c:v', 'libtheora']],
    ['y4m', ['-pix_fmt', 'yuv420p']],
    ['gif', []],
    ['nut', ['-c:v', 'ffv1']],
    ['ivf', ['-c:v', 'libvpx']],
    ['dv', ['-s', '720x576', '-r', '25', '-pix_fmt', 'yuv420p']],
    ['ts', ['-c:v', 'mpeg2video', '-g', '1']],
    ['m2ts', ['-c:v', 'mpeg2video', '-g', '1']],
  ])('is called cut off where its last bytes are missing, and not else: %s', async (ending, codec) => {
    const path = join(workFolder(), `film.${ending}`)
    await ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=24:d=2', ...codec, path])
    const whole = readFileSync(path)
    expect(english(...(await openFootage(tools, path)).info.warnings)).not.toMatch(/cut off/)
    for (const share of [0.55, 0.91]) {
      const cut = join(workFolder(), `film.${ending}`)
      writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * share)))
      expect(english(...(await openFootage(tools, cut)).info.warnings)).toMatch(/cut off/)
    }
  })
})

describe('a film that is shorter than it says', () => {
  it.each([
    ['avi', ['-c:v', 'mjpeg']],
    ['mkv', ['-c:v', 'ffv1']],
    ['wmv', ['-c:v', 'wmv2']],
    ['mov', ['-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le', '-movflags', '+faststart']],
  ])('is called so: %s, with sound and without', async (ending, codec) => {
    for (const sound of [[], ['-f', 'lavfi', '-i', 'sine=d=3']]) {
      const path = join(workFolder(), `cut.${ending}`)
      await ffmpeg([
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=160x120:r=24:d=3',
        ...sound,
        ...codec,
        ...(sound.length > 0 ? ['-c:a', 'pcm_s16le'] : []),
        path,
      ])
      truncateSync(path, Math.floor(readFileSync(path).length * 0.6))
      const { warnings, frameCount } = (await openFootage(tools, path)).info
      expect(frameCount).toBeLessThan(60)
      expect(english(...warnings)).toMatch(/cut off/)
    }
  })
})
