/** Closed captions within the film's pictures, and what exports have of them. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportFormats, type ExportFormatId } from '../../electron/contract/formats.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { readCaptions } from '../../electron/engine/reading/decoding/captions.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { cutCaptions } from '../../electron/engine/writing/carried/captionCut.ts'
import { spokenCaptions, storedInThrees, withCaptions, withCaptionsInAv1 } from '../material/captions.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { describe as describeFile } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One picture, and then three times twenty-five, which are stored in another order than they are shown in. */
const COUNT = 76
const spoken = [
  { text: 'ONE', from: 14, to: 40 },
  { text: 'TWO', from: 52, to: 70 },
]
const encoders = {
  mpeg2video: { ending: 'm2v', args: ['-c:v', 'mpeg2video', '-bf', '2', '-b_strategy', '0', '-g', '12'] },
  h264: {
    ending: 'h264',
    args: ['-c:v', 'libx264', '-x264-params', 'bframes=2:b-adapt=0:b-pyramid=0:scenecut=0:keyint=1000'],
  },
  hevc: {
    ending: 'hevc',
    args: ['-c:v', 'libx265', '-x265-params', 'bframes=2:b-adapt=0:b-pyramid=0:scenecut=0:keyint=1000:log-level=none'],
  },
} as const
type Codec = keyof typeof encoders

/** A film of 25 frames/s whose pictures have captions, as an elementary stream. */
async function drawCaptioned(codec: Codec, data = spokenCaptions(COUNT, spoken)): Promise<string> {
  const { ending, args } = encoders[codec]
  const drawn = await drawFilm(folder, `${codec}.${ending}`, {
    frames: COUNT,
    size: '64x48',
    rate: '25',
    codec: [...args],
  })
  const captioned = join(folder, `captioned-${codec}.${ending}`)
  writeFileSync(
    captioned,
    withCaptions(readFileSync(drawn), codec, (n) => data[storedInThrees(n)]),
  )
  return captioned
}

/** The same in a container that says when pictures are shown. */
async function wrap(stream: string, name: string): Promise<string> {
  const path = join(folder, name)
  const shown = 'if(eq(N\\,0)\\,0\\,if(eq(mod(N-1\\,3)\\,0)\\,N+2\\,N-1))'
  const clock = `setts=pts=(${shown}+2)*48000:dts=N*48000`
  await ffmpeg(['-framerate', '25', '-i', stream, '-c', 'copy', '-bsf:v', clock, path])
  return path
}

async function captionsOf(path: string): Promise<ReadonlyMap<number, Buffer>> {
  const tools = await locateFfmpeg()
  const footage = await openFootage(tools, path)
  const { frames, isUntold } = await readCaptions(tools, footage, { from: 0, to: footage.info.frameCount })
  expect(isUntold, path).toBe(false)
  return frames
}

/** The tracks of subtitles in a file as text, each caption with its times in seconds. */
async function textOf(path: string): Promise<readonly (readonly [text: string, from: number, to: number])[]> {
  const srt = await ffmpeg(['-i', path, '-map', '0:s', '-c:s', 'srt', '-f', 'srt', '-'])
  const seconds = (time: string): number =>
    time.split(/[:,]/).reduce((sum, part, n) => sum + Number(part) * [3600, 60, 1, 0.001][n]!, 0)
  return Array.from(srt.matchAll(/(\S+) --> (\S+)\r?\n(.*)/g), ([, from = '', to = '', text = '']) => [
    text.replace(/<[^>]*>|\{[^}]*\}/g, '').trim(),
    Number(seconds(from).toFixed(3)),
    Number(seconds(to).toFixed(3)),
  ])
}

interface Exported {
  readonly path: string
  readonly said: string
  readonly found: string
}

async function exported(
  source: string,
  format: ExportFormatId,
  options: Parameters<typeof recolor>[3] = {},
): Promise<Exported> {
  const target = join(folder, `${format}-${Object.keys(options).join('-')}${exportFormats[format].endings[0] ?? ''}`)
  const { path, warnings, found } = await recolor(source, target, format, { overwrite: true, ...options })
  return { path, said: english(...warnings), found: found ? english(found) : '' }
}

const wanted = new Map(spokenCaptions(COUNT, spoken).entries())
let source: string
beforeAll(async () => {
  source = await wrap(await drawCaptioned('h264'), 'h264.mp4')
})

describe('closed captions within the pictures', () => {
  it('are found with their frames, in films that are stored in another order, with times and without', async () => {
    const mpeg2 = await drawCaptioned('mpeg2video')
    const films = [source, mpeg2, await wrap(mpeg2, 'mpeg2.ts'), await wrap(await drawCaptioned('hevc'), 'hevc.mkv')]
    for (const film of films) expect(await captionsOf(film), film).toEqual(wanted)
  })

  it('are found in AV1, and stay within the pictures of H.264', async () => {
    const drawn = await drawFilm(folder, 'plain.ivf', {
      frames: COUNT,
      size: '64x48',
      rate: '25',
      codec: ['-c:v', 'libaom-av1', '-cpu-used', '8', '-usage', 'realtime', '-row-mt', '1'],
    })
    const stream = join(folder, 'captioned.ivf')
    const data = spokenCaptions(COUNT, spoken)
    writeFileSync(
      stream,
      withCaptionsInAv1(readFileSync(drawn), (n) => data[n]),
    )
    const av1 = join(folder, 'av1.mkv')
    await ffmpeg(['-i', stream, '-c', 'copy', av1])
    for (const film of [stream, av1]) expect(await captionsOf(film), film).toEqual(wanted)
    const { path, said } = await exported(av1, 'h264-mp4', { overwrite: true })
    expect(said).toBe('')
    expect(await captionsOf(path)).toEqual(wanted)
  })

  it('stay within the pictures of H.264 as they are, and of H.265 cut to its pieces', async () => {
    const whole = await exported(source, 'h264-mp4')
    expect(whole).toMatchObject({
      said: '',
      found: expect.stringContaining('Closed captions are the film’s.') as string,
    })
    expect(await captionsOf(whole.path)).toEqual(wanted)
    const ranges = [
      { from: 0, to: 20 },
      { from: 50, to: COUNT },
    ]
    const pieces = await exported(source, 'h265-mp4', { pieces: ranges })
    expect(pieces.said).toBe('')
    expect(await captionsOf(pieces.path)).toEqual(cutCaptions(wanted, ranges, COUNT))
  })

  it('are a track of line 21 in QuickTime, and text in Matroska, at their times', async () => {
    const quickTime = await exported(source, 'prores-mov')
    expect(await describeFile(quickTime.path)).toMatch(/Subtitle: eia_608/)
    expect(await textOf(quickTime.path)).toEqual([
      ['ONE', 0.56, 1.6],
      ['TWO', 2.08, 2.8],
    ])
    expect(quickTime.said).toBe(
      'The closed captions within the pictures are a track of their own in the export (CEA-608).\n' +
        'What closed captions say in CEA-708 or in the second field is not in it.',
    )
    // What stands where a part begins is brought on again, two bytes a picture; what stands at its end goes with it.
    const part = await exported(source, 'ffv1-mkv', { range: { from: 20, to: 60 } })
    expect(part.said).toContain('are a track of subtitles in the export; their text is kept.')
    expect(await textOf(part.path)).toEqual([
      ['ONE', 0.32, 0.8],
      ['TWO', 1.28, 1.6],
    ])
  })
})
