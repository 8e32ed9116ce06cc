/**
 * What goes along into an export beside the pictures; and that what can't is left out by name, never the export for it.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportFormat, exportFormats, type ExportFormatId } from '../../electron/contract/formats.ts'
import { carriedPlan } from '../../electron/engine/writing/carried/carriedStreams.ts'
import { parseBanner } from '../../electron/engine/reading/opening/probeText.ts'
import { spokenCaptions, withCaptions } from '../material/captions.ts'
import { clapsOf, drawClaps, inStep } from '../material/claps.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { describe as describeFile, lumaHashes, soundPackets } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { startTestEngine } from '../material/testEngine.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const movies: readonly ExportFormatId[] = ['ffv1-mkv', 'prores-mov', 'h264-mp4']
const tone = (seconds = 0.5): string[] => ['-f', 'lavfi', '-i', `sine=duration=${seconds}`]
let plain: string
let picture: string
beforeAll(async () => {
  plain = await drawFilm(folder, 'plain.mkv', { frames: 12 })
  picture = await drawFilm(folder, 'cover.png', { frames: 1, codec: ['-c:v', 'png'], pixelFormat: 'rgb24' })
})

interface Exported {
  readonly said: string
  readonly about: string
  readonly path: string
}

async function exported(
  source: string,
  format: ExportFormatId,
  options: Parameters<typeof recolor>[3] = {},
): Promise<Exported> {
  const { path, warnings } = await recolor(source, `${source}.out${exportFormats[format].endings[0] ?? ''}`, format, {
    overwrite: true,
    ...options,
  })
  return { said: english(...warnings), about: await describeFile(path), path }
}

const tracks = (about: string, kind: string): number =>
  [...about.matchAll(new RegExp(`Stream #0:\\d+.*: ${kind}: `, 'g'))].length

describe('sound', () => {
  it.each(movies)('of a kind that nobody can decode is left out by name, the other is kept: %s', async (format) => {
    const source = join(folder, `unknown-${format}.mov`)
    await ffmpeg([
      '-i',
      plain,
      ...tone(),
      ...tone(),
      '-map',
      '0',
      '-map',
      '1',
      '-map',
      '2',
      '-c:v',
      'mjpeg',
      '-c:a:0',
      'aac',
      '-c:a:1',
      'pcm_s16le',
      source,
    ])
    const bytes = readFileSync(source)
    bytes.write('apac', bytes.lastIndexOf('sowt'), 'latin1')
    writeFileSync(source, bytes)
    const { said, about, path } = await exported(source, format)
    // Later versions know the name, and still have no decoder.
    expect(said).toMatch(/^Sound track 2 \(\w*apac\) can not be .*; it is left out\.$/)
    expect([tracks(about, 'Audio'), about]).toEqual([1, expect.stringContaining('Audio: aac')])
    expect(await lumaHashes(path)).toHaveLength(12)
  })

  it('of twelve channels goes into every container: as it is, or mixed down, which is said', async () => {
    const source = join(folder, 'twelve.mkv')
    await ffmpeg([
      '-i',
      plain,
      '-f',
      'lavfi',
      '-i',
      `aevalsrc=${Array.from({ length: 12 }, () => '0.1*sin(440*t)').join('|')}:d=0.5`,
      '-c:v',
      'copy',
      '-c:a',
      'pcm_s16le',
      source,
    ])
    expect(await exported(source, 'prores-mov')).toMatchObject({
      said: '',
      about: expect.stringMatching(/Audio: pcm_s16le.*(12 channels|7\.1\.4)/) as string,
    })
    expect(await exported(source, 'h264-mp4')).toMatchObject({
      said: expect.stringContaining('12 channels') as string,
      about: expect.stringMatching(/Audio: aac.*stereo/) as string,
    })
  })

  it('that is louder than full scale or finer than 24 bits stays so where the container can hold it, or its loss is said', async () => {
    const loud = ['-f', 'lavfi', '-i', 'aevalsrc=2.5*sin(2764.6*t):d=0.5:s=48000']
    const large = await drawFilm(folder, 'large.mkv', { frames: 12, size: '256x144' })
    const samples = (path: string): Promise<string> =>
      ffmpeg(['-i', path, '-map', '0:a', '-c:a', 'pcm_f64le', '-f', 'md5', '-'])
    const sounds: [name: string, codec: string[], kept: ExportFormatId[]][] = [
      ['f32.mov', ['pcm_f32be'], ['ffv1-mkv', 'prores-mov']],
      ['f64.mov', ['pcm_f64be'], ['ffv1-mkv', 'prores-mov']],
      ['pack.mkv', ['wavpack', '-sample_fmt', 'fltp'], ['prores-mov']],
      ['s32.mov', ['pcm_s32be'], ['ffv1-mkv', 'prores-mov']],
    ]
    for (const [name, [codec, ...more], kept] of sounds) {
      const source = join(folder, name)
      await ffmpeg(['-i', large, ...loud, '-c:v', 'mjpeg', '-c:a', codec!, ...more, source])
      for (const format of kept) {
        const { said, path } = await exported(source, format)
        expect(await samples(path), `${name} in ${format}`).toBe(await samples(source))
        expect(said).not.toMatch(/rounded/)
      }
      const mxf = await exported(source, 'dnxhr444-mxf')
      expect(mxf.about).toContain('pcm_s24le')
      const isFloat = name !== 's32.mov'
      expect(mxf.said).toMatch(
        isFloat
          ? /hold sound in 24 bits at most; of the \w+ sound what is louder than full scale is cut off, and what is finer is rounded\./
          : /hold sound in 24 bits at most; of the \w+ sound what is finer is rounded\./,
      )
      const asked = await exported(source, 'ffv1-mkv', { delivery: { sound: 'flac' } })
      expect(asked.about).toContain('Audio: flac')
      expect(asked.said).toMatch(/^FLAC files? holds? sound in 24 bits at most/)
    }
  })

  it('keeps a language of whatever form', async () => {
    const forms = [
      ['ger,eng', 'ger'],
      ['en-US', 'eng'],
      ['zh-Hant', 'chi'],
      // ffmpeg writes these into QuickTime files by another name, or not at all.
      ['fre', 'fre'],
      ['nn', 'nno'],
    ] as const
    const source = join(folder, 'languages.mkv')
    const each = (of: (language: string, n: number) => readonly string[]): string[] =>
      forms.flatMap(([language], n) => of(language, n))
    await ffmpeg([
      ...['-i', plain, ...tone(), '-map', '0:v', ...each(() => ['-map', '1:a']), '-c:v', 'libx264', '-c:a', 'mp2'],
      ...each((language, n) => [`-metadata:s:a:${n}`, `language=${language}`]),
      source,
    ])
    const languagesIn = async (format: ExportFormatId): Promise<string[]> =>
      [...(await exported(source, format)).about.matchAll(/\(([^()]*)\): Audio/g)].map(([, language]) => language!)
    expect(await languagesIn('ffv1-mkv')).toEqual(forms.map(([language]) => language))
    for (const format of ['h264-mp4', 'prores-mov'] as const)
      expect(await languagesIn(format), format).toEqual(forms.map(([, letters]) => letters))
  })

  it('that has a gap stands where it stood behind it, in every container', async () => {
    const gap = (from: number, to: number): string[] => ['-bsf:a', `noise=drop=between(n\\,${from}\\,${to})`]
    const draw = (name: string, output: readonly string[]): Promise<string> =>
      drawClaps(join(folder, name), { seconds: 4, output })
    const compressed = await draw('gap.ts', ['-c:v', 'mpeg2video', '-c:a', 'mp2', ...gap(60, 80)])
    const plain = await draw('gap.mkv', ['-c:v', 'ffv1', '-c:a', 'pcm_s16le', ...gap(68, 88)])
    for (const source of [compressed, plain]) {
      for (const format of ['prores-mov', 'h264-mp4'] as const) {
        const { path } = await exported(source, format)
        const { claps, off } = inStep(await clapsOf(path))
        expect(claps, `${source} as ${format}`).toBe(4)
        expect(off, `${source} as ${format}`).toBeLessThan(0.012)
      }
    }
  })

  it('whose first samples only prime its decoder stands where it stood, packet by packet', async () => {
    for (const [name, output] of [
      ['primed.webm', ['-c:v', 'libvpx', '-deadline', 'realtime']],
      ['primed.ts', ['-c:v', 'libx264']],
    ] as const) {
      const source = await drawClaps(join(folder, name), { seconds: 2, output: [...output, '-c:a', 'libopus'] })
      const { said, path } = await exported(source, 'ffv1-mkv')
      expect(said).toBe('')
      const [before, after] = [await soundPackets(source), await soundPackets(path)]
      const [first, firstAfter] = [(await lumaHashes(source))[0]!.seconds, (await lumaHashes(path))[0]!.seconds]
      expect(after.map(({ md5 }) => md5)).toEqual(before.map(({ md5 }) => md5))
      after.forEach(({ seconds }, n) =>
        expect(Math.abs(seconds - firstAfter - (before[n]!.seconds - first))).toBeLessThan(0.0025),
      )
    }
  })

  it('that can not be decoded everywhere is named; the rest of it is there', async () => {
    const noise = ['-bsf:a', 'noise=amount=between(n\\,60\\,80)*3']
    const source = await drawClaps(join(folder, 'noise.ts'), {
      seconds: 4,
      output: ['-c:v', 'mpeg2video', '-c:a', 'mp2', ...noise],
    })
    const { said, path } = await exported(source, 'prores-mov')
    expect(said).toContain(
      'Sound track 1 (mp2) is damaged: where it can not be decoded, nothing of it is in the export.',
    )
    const { flashes, clicks } = await clapsOf(path)
    for (const flash of [flashes[0]!, flashes[3]!])
      expect(clicks.some((click) => Math.abs(click - flash) < 0.012)).toBe(true)
  })

  it('that a container refuses midway fails no export: it is written again, with that sound converted', async () => {
    const frame = (n: number): Buffer =>
      Buffer.from([0x3c, ...Array.from({ length: 31 }, (_, at) => (n * 37 + at * 101) % 256)])
    const speech = join(folder, 'speech.amr')
    writeFileSync(speech, Buffer.concat([Buffer.from('#!AMR\n'), ...Array.from({ length: 100 }, (_, n) => frame(n))]))
    const source = join(folder, 'speech.mov')
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=64x48:r=25:d=2',
      '-i',
      speech,
      '-c:v',
      'ffv1',
      '-strict',
      '-2',
      '-c:a',
      'copy',
      source,
    ])
    // The header of one packet says now that more than one is in it.
    const bytes = readFileSync(source)
    bytes[bytes.indexOf(frame(70))] = 0x04
    writeFileSync(source, bytes)
    const test = startTestEngine(folder)
    await test.open(source, 'film')
    const target = join(folder, 'spoken.mov')
    const job = await test.export({
      jobId: 'export',
      footageId: 'film',
      target,
      format: 'prores-mov',
      overwrite: false,
    })
    expect(job).toMatchObject({ state: 'done', done: 50, total: 50 })
    expect(english(...(job.notes ?? []))).toContain(
      'Sound track 1 (amr_nb) is damaged; it can not be copied to its end.',
    )
    expect(await lumaHashes(target)).toHaveLength(50)
    expect(await describeFile(target)).toContain('Audio: pcm_')
  })

  it('that holds nothing is left out by name', async () => {
    const source = join(folder, 'empty.mkv')
    const nothing = join(folder, 'nothing.raw')
    writeFileSync(nothing, '')
    await ffmpeg([
      '-i',
      plain,
      '-f',
      's16le',
      '-ar',
      '48000',
      '-i',
      nothing,
      '-map',
      '0',
      '-map',
      '1',
      '-c',
      'copy',
      source,
    ])
    const { said, about } = await exported(source, 'h264-mp4')
    expect([said, tracks(about, 'Audio')]).toEqual(['Sound track 1 (pcm_s16le) is empty; it is left out.', 0])
  })
})

describe('what is neither film nor sound', () => {
  it('chapters of movie files are no data that is lost: their titles lie on a track of their own there', async () => {
    const [list, source] = [join(folder, 'chapters.txt'), join(folder, 'chapters.mp4')]
    writeFileSync(
      list,
      ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=400\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=400\nEND=1000\ntitle=Two\n',
    )
    await ffmpeg([
      '-i',
      await drawFilm(folder, 'unparted.mp4', { codec: ['-c:v', 'mpeg4'] }),
      '-f',
      'ffmetadata',
      '-i',
      list,
      '-map_chapters',
      '1',
      '-c',
      'copy',
      source,
    ])
    for (const format of ['ffv1-mkv', 'h264-mp4'] as const) {
      const { said, about } = await exported(source, format)
      expect(said).toBe('')
      expect(about).toMatch(/title\s+: One[^]+title\s+: Two/)
    }
  })

  it('covers stay covers, attached to Matroska and inside MP4; QuickTime has no place for them', async () => {
    const attached = join(folder, 'attached.mkv')
    await ffmpeg([
      '-i',
      plain,
      '-c',
      'copy',
      '-attach',
      picture,
      '-metadata:s:t',
      'mimetype=image/png',
      '-metadata:s:t',
      'filename=cover.png',
      attached,
    ])
    const within = join(folder, 'within.mp4')
    await ffmpeg([
      '-i',
      plain,
      '-i',
      picture,
      '-map',
      '0',
      '-map',
      '1',
      '-c:v:0',
      'libx264',
      '-c:v:1',
      'png',
      '-disposition:v:1',
      'attached_pic',
      within,
    ])
    for (const source of [attached, within]) {
      for (const format of ['ffv1-mkv', 'h264-mp4'] as const) {
        expect(await exported(source, format)).toMatchObject({
          said: '',
          about: expect.stringMatching(/Video: png.*attached pic/) as string,
        })
      }
      expect((await exported(source, 'prores-mov')).said).toContain('Cover picture 1 (png)')
    }
  })

  it('subtitles are written as each container has them', async () => {
    writeFileSync(join(folder, 'titles.srt'), '1\n00:00:00,100 --> 00:00:00,400\nAm Fluß\n')
    for (const codec of ['srt', 'webvtt', 'ass']) {
      const source = join(folder, `titles-${codec}.mkv`)
      await ffmpeg([
        '-i',
        plain,
        '-i',
        join(folder, 'titles.srt'),
        '-map',
        '0',
        '-map',
        '1',
        '-c:v',
        'copy',
        '-c:s',
        codec,
        source,
      ])
      for (const format of movies)
        expect(tracks((await exported(source, format)).about, 'Subtitle'), `${codec} in ${format}`).toBe(1)
    }
  })

  it('the film’s own metadata is kept', async () => {
    const source = join(folder, 'metadata.mkv')
    await ffmpeg(['-i', plain, '-c', 'copy', '-metadata', 'title=Der Fluß', '-metadata', 'reel=Rolle 17', source])
    for (const format of movies) {
      const { about } = await exported(source, format)
      expect(about, format).toMatch(/title\s+: Der Fluß/)
      expect(about, format).toMatch(/reel\s+: Rolle 17/i)
    }
  })

  it('a track of closed captions goes along: as it is into QuickTime, as text into the others', async () => {
    const codec = ['-c:v', 'mpeg2video', '-bf', '0', '-g', '12']
    const video = await drawFilm(folder, 'spoken.m2v', { frames: 75, size: '64x48', rate: '25', codec })
    const [captioned, within, source] = [
      join(folder, 'spoken-captioned.m2v'),
      join(folder, 'spoken.avi'),
      join(folder, 'track.mov'),
    ]
    const data = spokenCaptions(75, [{ text: 'AM FLUSS', from: 20, to: 60 }], true)
    writeFileSync(
      captioned,
      withCaptions(readFileSync(video), 'mpeg2video', (n) => data[n]),
    )
    await ffmpeg(['-f', 'mpegvideo', '-framerate', '25', '-i', captioned, '-c', 'copy', within])
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      `movie=${within}[out+subcc]`,
      '-map',
      '0',
      '-c:v',
      'ffv1',
      '-c:s',
      'copy',
      source,
    ])
    for (const [format, as] of [
      ['prores-mov', 'eia_608'],
      ['ffv1-mkv', 'subrip'],
      ['h264-mp4', 'mov_text'],
    ] as const) {
      const { about, path } = await exported(source, format)
      expect(about).toMatch(new RegExp(`Subtitle: ${as}`))
      expect(await ffmpeg(['-i', path, '-map', '0:s', '-c:s', 'srt', '-f', 'srt', '-'])).toContain('AM FLUSS')
    }
  })

  it('encrypted sound, other pictures and data are named when they are left out', () => {
    const banner = parseBanner(`Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:a.mp4':
  Duration: 00:00:02.00, start: 0.000000, bitrate: 10 kb/s
  Stream #0:0[0x1](und): Video: h264 (Main) (avc1 / 0x31637661), yuv420p(progressive), 320x240, 25 fps (default)
  Stream #0:1[0x2](und): Audio: aac (enca / 0x61636E65), 48000 Hz, stereo
  Stream #0:2[0x3]: Video: mjpeg (jpeg / 0x6765706A), yuvj420p, 160x120, 1 fps
  Stream #0:3[0x4](eng): Data: bin_data (gpmd / 0x646D7067)
  Stream #0:4[0x5]: Data: none (tmcd / 0x64636D74)
  Stream #0:5: Data: klv (KLVA / 0x41564C4B)
`)
    const { notes } = carriedPlan(banner!, 0, exportFormat('ffv1-mkv'))
    expect(notes.map((note) => english(note))).toEqual([
      'Sound track 1 (aac) is encrypted; it is left out.',
      'The file holds other pictures beside the film (mjpeg, 160 × 120); they are left out.',
      'Data track 1 (gpmd, eng) can not be taken over into FFV1 files; it is left out.',
      'Data track 2 (klv) can not be taken over into FFV1 files; it is left out.',
    ])
  })
})

describe('a broadcast of several programs', () => {
  const drawn = ['testsrc2=s=64x48:r=25:d=1', 'testsrc=s=96x64:r=25:d=2', 'sine=d=1', 'sine=300:d=2'].flatMap(
    (source) => ['-f', 'lavfi', '-i', source],
  )
  const program = (number: number, ...streams: number[]): string[] => [
    '-program',
    [`program_num=${number}`, ...streams.map((n) => `st=${n}`)].join(':'),
  ]

  it('gives the film the sound of its own program, and names the others’', async () => {
    const source = join(folder, 'programs.ts')
    const maps = ['-map', '0', '-map', '2', '-map', '1', '-map', '3']
    await ffmpeg([
      ...drawn,
      ...maps,
      '-c:v',
      'mpeg2video',
      '-c:a',
      'mp2',
      ...program(1, 0, 1),
      ...program(2, 2, 3),
      source,
    ])
    const { said, path } = await exported(source, 'ffv1-mkv')
    expect(said).toContain('Sound track 1 (mp2) belongs to another program of the file; it is left out.')
    const [own] = (await ffmpeg(['-i', source, '-map', '0:3', '-c', 'copy', '-f', 'md5', '-'])).split('\n')
    expect(await ffmpeg(['-i', path, '-map', '0:a', '-c', 'copy', '-f', 'md5', '-'])).toContain(own)
  })

  it('carries once what they share', async () => {
    const source = join(folder, 'shared.ts')
    await ffmpeg([
      ...drawn,
      '-map',
      '0',
      '-map',
      '3',
      '-map',
      '1',
      '-c:v',
      'mpeg2video',
      '-c:a',
      'mp2',
      ...program(1, 0, 1),
      ...program(2, 2, 1),
      source,
    ])
    const { path } = await exported(source, 'ffv1-mkv')
    expect((await describeFile(path)).match(/: Audio: /g)).toHaveLength(1)
  })
})

describe('the timecode', () => {
  const timed = (name: string, rate: string, timecode: string): Promise<string> =>
    drawFilm(folder, name, {
      rate,
      frames: 60,
      codec: ['-c:v', 'mjpeg'],
      pixelFormat: 'yuvj420p',
      output: ['-timecode', timecode],
    })

  it('of a part is that of its first frame', async () => {
    const film = await timed('timed.mov', '25', '01:00:00:00')
    const drop = await timed('drop.mov', '30000/1001', '00:00:59;00')
    for (const format of movies) {
      expect((await exported(film, format, { range: { from: 50, to: 55 } })).about).toMatch(/timecode\s+: 01:00:02:00/i)
      // Two numbers are left out at each minute but every tenth.
      expect((await exported(drop, format, { range: { from: 30, to: 35 } })).about).toMatch(/timecode\s+: 00:01:00;02/i)
    }
  })

  it('in drop-frame where the rate has none is said, and counts all frames', async () => {
    const film = join(folder, 'film-rate.mkv')
    await ffmpeg([
      '-i',
      await drawFilm(folder, 'rate.mkv', { rate: '24000/1001', frames: 24 }),
      '-c',
      'copy',
      '-metadata',
      'timecode=01:00:00;00',
      film,
    ])
    const { said, about } = await exported(film, 'prores-mov')
    expect(about).toMatch(/timecode\s+: 01:00:00:00/i)
    expect(said).toContain('counts as drop-frame')
  })
})
