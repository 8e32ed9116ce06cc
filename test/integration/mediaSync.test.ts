/** That an export's sound stands where it stood against the pictures. */
import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg, ffv1 } from '../material/films.ts'
import { listed, lumaHashes, soundPackets } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { eachArgument, scriptedFfmpeg } from '../material/scriptedFfmpeg.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** From the first picture to each packet of sound, in seconds. */
async function soundAgainstPictures(path: string): Promise<number[]> {
  const first = (await lumaHashes(path))[0]?.seconds ?? NaN
  return (await soundPackets(path)).map(({ seconds }) => seconds - first)
}

/** A recording whose sound sets in `late` seconds after the pictures. */
async function lateSound(name: string, late: number): Promise<string> {
  const path = join(folder, name)
  const sound = 'aevalsrc=sin(2*PI*t*(200+300*t)):d=1'
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=96x64:r=25:d=1.5',
    '-itsoffset',
    `${late}`,
    '-f',
    'lavfi',
    '-i',
    sound,
    '-c:v',
    'mpeg2video',
    '-bf',
    '0',
    '-c:a',
    'mp2',
    path,
  ])
  return path
}

describe('the sound of a part', () => {
  it('is not missed at the head of a Flash film, where seeking lands behind it', async () => {
    const source = join(folder, 'head.flv')
    const drawn = ['-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=25:d=4', '-f', 'lavfi', '-i', 'sine=sample_rate=44100:d=4']
    const coders = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '100', '-bf', '2', '-c:a', 'aac']
    await ffmpeg([...drawn, ...coders, source])
    const range = { from: 20, to: 32 }
    const { warnings } = await recolor(source, join(folder, 'head.mkv'), 'ffv1-mkv', { range })
    expect(english(...warnings)).not.toMatch(/ off the pictures|could not be/)
  })

  it.each([
    ['mkv', 'late', '0', '-1.1'],
    ['mkv', 'early', '1.5', '-1.3'],
    ['mov', 'late', '0', '-1.1'],
    ['mov', 'early', '1.5', '-1.3'],
  ] as const)('is noticed where it begins elsewhere than in the film: %s, %s', async (ending, way, begins, moved) => {
    const source = join(folder, `part.${way}.${ending}`)
    const drawn = ['-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=25:d=3', '-itsoffset', begins, '-f', 'lavfi']
    await ffmpeg([...drawn, '-i', 'sine=sample_rate=48000:d=3', '-c:v', 'mjpeg', '-c:a', 'aac', source])
    const range = { from: 30, to: 60 }
    const format = ending === 'mkv' ? 'ffv1-mkv' : 'prores-mov'
    const { warnings } = await recolor(source, join(folder, `part.${way}.out.${ending}`), format, { range })
    expect(english(...warnings)).toBe('')
    // Of a part from 1.2 s on.
    const moving = eachArgument(`[ "$a" = -1.200000 ] && a=${moved}`)
    const tools = await scriptedFfmpeg(folder, `case " $* " in *" -i pipe:0 "*) ${moving};; esac`)
    const wrong = recolor(source, join(folder, `part.${way}.off.${ending}`), format, { range, tools })
    const off = way === 'late' ? /stands 0\.\d+ s off the pictures/ : /stands -0\.\d+ s off the pictures/
    await expect(wrong).rejects.toMatchObject({ message: expect.stringMatching(off) as string })
  })
})

describe('sound that starts later than the pictures', () => {
  it.each([
    ['ts', 0.5],
    ['mpg', 0.3],
    ['ts', 0],
  ])('keeps its place, packet by packet: %s, %f s', async (container, late) => {
    const source = await lateSound(`late-${late}.${container}`, late)
    const expected = await soundAgainstPictures(source)
    expect(expected[0]).toBeGreaterThan(late - 0.15)
    const copied = await soundAgainstPictures(
      (await recolor(source, join(folder, `late-${container}-${late}.mkv`))).path,
    )
    expect(copied).toHaveLength(expected.length)
    copied.forEach((seconds, n) => expect(Math.abs(seconds - expected[n]!)).toBeLessThan(0.0025))
    const [converted] = await soundAgainstPictures(
      (await recolor(source, join(folder, `late-${container}-${late}.mov`), 'prores-mov')).path,
    )
    expect(Math.abs(converted! - expected[0]!)).toBeLessThan(0.0025)
  })
})

describe('sound of AVI and Windows Media', () => {
  const drawn = [
    ...['-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=25:d=1'],
    ...['-f', 'lavfi', '-i', 'sine=sample_rate=44100:d=1', '-ac', '2'],
  ]

  it.each([
    ['ac3', 'mp4'],
    ['mp2', 'mp4'],
    ['ac3', 'mov'],
  ] as const)(
    '%s from zero on goes into %s whole, where pictures stored out of order begin late',
    async (codec, ending) => {
      const source = join(folder, `reordered-${codec}.avi`)
      await ffmpeg([...drawn, '-c:v', 'mpeg4', '-bf', '2', '-q:v', '3', '-c:a', codec, source])
      const expected = await soundAgainstPictures(source)
      expect(expected[0]!).toBeCloseTo(-0.04, 3)
      const { path, warnings, found } = await recolor(
        source,
        join(folder, `reordered-${codec}.${ending}`),
        ending === 'mp4' ? 'h264-mp4' : 'prores-mov',
      )
      expect(english(found!)).toMatch(/sound as ordered/)
      expect(english(...warnings)).toBe('')
      const copied = await soundAgainstPictures(path)
      expect(copied.length).toBe(expected.length)
      copied.forEach((seconds, n) => expect(Math.abs(seconds - expected[n]!)).toBeLessThan(0.0025))
    },
  )

  it('that the decoder begins with its third block of is no fault of an export that decodes it', async () => {
    const source = join(folder, 'blocks.wmv')
    await ffmpeg([...drawn, '-c:v', 'wmv2', '-q:v', '3', '-c:a', 'wmav2', source])
    const { path, found } = await recolor(source, join(folder, 'blocks.mov'), 'prores-mov')
    expect(english(found!)).toMatch(/sound as ordered/)
    expect((await soundAgainstPictures(path)).length).toBeGreaterThan(0)
  })
})

describe('sound below zero', () => {
  /** Times of the first and of the last packet of sound, of the file's own clock, however far below zero they are. */
  async function stored(path: string): Promise<[number, number]> {
    const list = await ffmpeg([
      '-copyts',
      '-i',
      path,
      '-map',
      '0:a:0',
      '-c',
      'copy',
      '-copypriorss',
      '1',
      '-f',
      'framecrc',
      '-',
    ])
    const times = listed(list).map(({ seconds }) => seconds)
    return [times[0]!, times.at(-1)!]
  }

  it('that an edit list hides, as in a film that was cut without encoding it anew, is not heard before the first picture', async () => {
    const [whole, cut] = [join(folder, 'whole.mp4'), join(folder, 'cut.mp4')]
    const drawn = ['-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=25:d=2', '-f', 'lavfi', '-i', 'sine=sample_rate=48000:d=2']
    await ffmpeg([...drawn, '-c:v', 'libx264', '-g', '25', '-c:a', 'aac', whole])
    await ffmpeg(['-ss', '1.4', '-i', whole, '-c', 'copy', cut])
    const [hidden, end] = await stored(cut)
    expect(hidden).toBeLessThan(-0.3)
    for (const [format, ending] of [
      ['ffv1-mkv', 'mkv'],
      ['h264-mp4', 'mp4'],
    ] as const) {
      const { path, warnings } = await recolor(cut, join(folder, `cut.out.${ending}`), format)
      const [first, last] = await stored(path)
      // Matroska can hide nothing: what primes the decoder of the first sound is all that is left. Movie files hide it
      // as before.
      expect(first).toBeGreaterThanOrEqual(ending === 'mkv' ? -0.05 : hidden - 0.001)
      expect(Math.abs(last - end)).toBeLessThan(0.0025)
      expect((await lumaHashes(path))[0]!.seconds).toBe(0)
      expect(english(...warnings)).toBe('')
    }
  })

  it('that primes its decoder, and that Matroska has from zero on, lets pictures of movie files begin at zero', async () => {
    const [source, sound] = [join(folder, 'primed.mkv'), join(folder, 'primed.aac')]
    await ffmpeg(['-f', 'lavfi', '-i', 'sine=sample_rate=48000:d=1', '-c:a', 'aac', sound])
    const pictures = ['-itsoffset', '0.0213', '-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=25:d=1', '-i', sound]
    await ffmpeg([...pictures, '-c:v', 'mjpeg', '-c:a', 'copy', source])
    const expected = await soundAgainstPictures(source)
    expect((await lumaHashes(source))[0]!.seconds).toBeGreaterThan(0.02)
    for (const [format, ending, wish] of [
      ['h264-mp4', 'mp4', 'carried'],
      ['prores-mov', 'mov', 'carried'],
      ['prores-mov', 'pcm.mov', 'pcm'],
    ] as const) {
      const { path, warnings, found } = await recolor(source, join(folder, `primed.${ending}`), format, {
        delivery: { sound: wish },
      })
      expect(english(...warnings)).toBe('')
      expect(english(found!)).toMatch(/25 pictures at 25/)
      expect((await lumaHashes(path))[0]!.seconds, ending).toBe(0)
      const [first, last] = await stored(path)
      // What primes the decoder of AAC says nothing.
      if (wish === 'carried') expect(Math.abs(first - expected[0]!)).toBeLessThan(0.0025)
      else expect(first).toBeLessThanOrEqual(0)
      expect(Math.abs(last - expected.at(-1)!)).toBeLessThan(0.03)
    }
  })

  it('that is heard before the first picture goes up with it, so that nothing lies below zero', async () => {
    const source = join(folder, 'before.mkv')
    const [pictures, sound] = [
      ['-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=25:d=1'],
      ['-itsoffset', '-0.4', '-f', 'lavfi', '-i', 'sine=d=1'],
    ]
    await ffmpeg([
      ...pictures,
      ...sound,
      '-c:v',
      'mpeg2video',
      '-bf',
      '0',
      '-c:a',
      'flac',
      '-avoid_negative_ts',
      'disabled',
      source,
    ])
    const expected = await stored(source)
    expect(expected[0]).toBeLessThan(-0.35)
    for (const [format, ending] of [
      ['ffv1-mkv', 'mkv'],
      ['prores-mov', 'mov'],
    ] as const) {
      const { path } = await recolor(source, join(folder, `before.out.${ending}`), format)
      const picture = (await lumaHashes(path))[0]!.seconds
      const [first] = await stored(path)
      expect(first).toBeGreaterThanOrEqual(0)
      expect(Math.abs(first - picture - expected[0])).toBeLessThan(0.0025)
    }
  })
})

describe('the sound of a part', () => {
  /** Samples of the only sound, 16 bits each. */
  async function samplesOf(path: string): Promise<Buffer> {
    await ffmpeg(['-i', path, '-map', '0:a:0', '-f', 's16le', `${path}.raw`])
    return readFile(`${path}.raw`)
  }

  // Of pictures that can all be sought, the packets of sound that reach into the part begin before what is sought.
  it.each([
    ['flac.mkv', ffv1, ['-c:a', 'flac', '-sample_fmt', 's16', '-frame_size', '4608']],
    ['long packets.mkv', ffv1, ['-af', 'asetnsamples=96000', '-c:a', 'pcm_s16le']],
    ['packets.mkv', ffv1, ['-af', 'asetnsamples=1920', '-c:a', 'pcm_s16le']],
    ['plain.avi', ffv1, ['-af', 'asetnsamples=48000', '-c:a', 'pcm_s16le']],
    ['plain.mov', ['-c:v', 'mjpeg'], ['-c:a', 'pcm_s16le']],
    ['plain.mxf', ['-c:v', 'mpeg2video', '-g', '1'], ['-c:a', 'pcm_s16le']],
    ['plain.nut', ffv1, ['-af', 'asetnsamples=9600', '-c:a', 'pcm_s16le']],
    ['aac.mp4', ['-c:v', 'mjpeg'], ['-c:a', 'aac']],
  ])('that is decoded is there from its first picture to its last, to the sample: %s', async (name, codec, sound) => {
    const rate = 25
    const pictures = await drawFilm(folder, `pictures of ${name}.mkv`, {
      size: '256x128',
      rate: `${rate}`,
      frames: 14 * rate,
      codec,
    })
    const source = join(folder, name)
    const noise = ['-f', 'lavfi', '-i', 'anoisesrc=sample_rate=48000:seed=7:d=14']
    const encoded = codec === ffv1 || codec[1] === 'mjpeg' ? ['-c:v', 'copy'] : codec
    await ffmpeg(['-i', pictures, ...noise, ...encoded, ...sound, source])
    const own = await samplesOf(source)
    const range = { from: 11 * rate + 8, to: 13 * rate + 1 }
    for (const [format, ending] of [
      ['prores-mov', 'mov'],
      ['ffv1-mkv', 'mkv'],
      ['dnxhr-mxf', 'mxf'],
    ] as const) {
      // Matroska has PCM copied, and MXF needs pictures of some size.
      if (ending === 'mkv' ? sound.includes('pcm_s16le') : ending === 'mxf' && name !== 'flac.mkv') continue
      const { path } = await recolor(source, join(folder, `part of ${name}.${ending}`), format, {
        range,
        delivery: ending === 'mxf' ? {} : { sound: 'pcm' },
      })
      const written = await samplesOf(path)
      const [from, to] = [range.from, range.to].map((frame) => (frame * 48000 * 2) / rate)
      expect(written.length, ending).toBe(to! - from!)
      expect(own.indexOf(written), ending).toBe(from)
    }
  })
})

describe('the last packet of a sound', () => {
  it('is heard in movie files as well where nobody says how long it takes', async () => {
    const source = join(folder, 'lasting.mkv')
    const drawn = [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=96x64:r=25:d=1.6',
      '-f',
      'lavfi',
      '-i',
      'sine=sample_rate=48000:d=1.6',
    ]
    await ffmpeg([...drawn, '-c:v', 'mjpeg', '-c:a', 'alac', source])
    const expected = await soundPackets(source)
    for (const [format, ending] of [
      ['h264-mp4', 'mp4'],
      ['prores-mov', 'mov'],
    ] as const) {
      const { path, warnings } = await recolor(source, join(folder, `lasting.${ending}`), format)
      expect((await soundPackets(path)).map(({ md5 }) => md5)).toEqual(expected.map(({ md5 }) => md5))
      expect(english(...warnings)).toBe('')
    }
  })
})

describe('an export that is as it should be', () => {
  it('is not called early at its end, nor its sound off, for what movie files and encoders of sound add', async () => {
    // Pictures that begin a moment after the sound; and AAC whose first packet, of no sound yet, takes an eighth of a
    // second.
    const source = join(folder, 'slow.mkv')
    const sound = ['-f', 'lavfi', '-i', 'sine=sample_rate=8000:duration=0.8']
    await ffmpeg([
      '-itsoffset',
      '0.025',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=96x64:r=25:d=0.8',
      ...sound,
      '-c:v',
      'mjpeg',
      '-c:a',
      'pcm_u8',
      source,
    ])
    for (const [format, ending] of [
      ['prores-mov', 'mov'],
      ['h264-mp4', 'mp4'],
    ] as const) {
      const { warnings } = await recolor(source, join(folder, `slow.${ending}`), format)
      expect(english(...warnings)).not.toMatch(/The export ends at|off the pictures/)
    }
  })
})
