/** Which pictures are the film, how fast they go, and what is said of those that can't be read. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { uprightSize } from '../../electron/contract/orientation.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { ReferencePictures } from '../../electron/engine/film/referencePictures.ts'
import { readPinnedPicture } from '../../electron/engine/film/pinnedPicture.ts'
import { decodePicture } from '../../electron/engine/reading/pictures/decodePicture.ts'
import { decodeFrames } from '../../electron/engine/reading/decoding/decode.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg, longGopH264, withDisplayMatrix } from '../material/films.ts'
import { describe as describeFile, ffmpegLog, lumaHashes, pictureHashes } from '../material/inspect.ts'
import {
  bigTiff,
  grayTiff,
  iccProfile,
  orientationTiff,
  pngChunk,
  stampDpx,
  withChunks,
  withExif,
  withProfile,
  withTiffOrientation,
} from '../material/pictures.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a film in a matrix that ffmpeg can not convert from', () => {
  it.each(['bt2020c', 'ictcp', 'ycgco'])('is read and exported as any other: %s', async (matrix) => {
    const path = join(folder, `${matrix}.mkv`)
    const marks = ['-vf', `format=yuv444p,setparams=colorspace=${matrix}`, '-c:v', 'ffv1', '-colorspace', matrix]
    await ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=64x48:d=0.4', ...marks, path])
    expect(await ffmpegLog(['-i', path])).toContain(`${matrix}/`)
    const target = join(folder, `${matrix}-out.mkv`)
    expect((await recolor(path, target)).damaged).toEqual([])
    expect(await lumaHashes(target)).toEqual(await lumaHashes(path))
  })
})

/** How alike the luma of two pictures is, in dB. */
async function psnr(a: string, b: string): Promise<number> {
  const said = await ffmpegLog([
    '-i',
    a,
    '-i',
    b,
    '-lavfi',
    '[0]format=gray[a];[1]format=gray[b];[a][b]psnr',
    '-f',
    'null',
    '-',
  ])
  const found = /average:(\S+)/.exec(said)?.[1]
  return found === 'inf' ? Infinity : Number(found)
}

describe('pictures that are more than one', () => {
  it('are a film where they move, whatever their ending, and of pages it is said that one is opened', async () => {
    const tools = await locateFfmpeg()
    const moving = join(folder, 'moving.png')
    await ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=10:d=0.6', '-f', 'apng', moving])
    const film = await openFootage(tools, moving)
    expect([film.info.frameCount, film.info.rate, film.info.warnings.length]).toEqual([6, { num: 10, den: 1 }, 1])
    const still = join(folder, 'still.png')
    await ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=64x48:d=1', '-frames:v', '1', '-f', 'apng', still])
    expect((await openFootage(tools, still)).info.frameCount).toBe(1)

    // Two directories: the second one's place is written into the first one's end.
    const page = grayTiff(64, 48, { bits: 8, sampleFormat: 1 })
    const directory = page.readUInt32LE(4)
    const entries = page.readUInt16LE(directory)
    const pages = Buffer.concat([page, page.subarray(directory)])
    pages.writeUInt32LE(page.length, directory + 2 + 12 * entries)
    const tiff = join(folder, 'pages.tif')
    writeFileSync(tiff, pages)
    const { info } = await openFootage(tools, tiff)
    expect(info.frameCount).toBe(1)
    expect(info.warnings.map((warning) => english(warning))).toContainEqual(
      expect.stringMatching(/^“pages.tif” holds 2 pictures/),
    )
  })
})

describe('a RoQ film', () => {
  it('opens to its last picture, though ffmpeg calls its end an input/output error', async () => {
    const path = join(folder, 'cutscene.roq')
    await ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=30:d=1', '-c:v', 'roqvideo', path])
    const tools = await locateFfmpeg()
    const footage = await openFootage(tools, path)
    expect(footage.info.frameCount).toBe(30)
    let frames = 0
    for await (const _ of decodeFrames(tools, footage, { from: 0, to: 30 })) frames++
    expect(frames).toBe(30)
  })
})

describe('the film among the pictures of a file', () => {
  it('is the stream that lasts, wherever it stands, and the others are named', async () => {
    const film = await drawFilm(folder, 'film.mkv', { frames: 24, size: '128x96', codec: longGopH264 })
    const thumbnail = await drawFilm(folder, 'thumbnail.mkv', {
      frames: 1,
      size: '64x48',
      codec: ['-c:v', 'mjpeg'],
      pixelFormat: 'yuvj420p',
    })
    const proxy = await drawFilm(folder, 'proxy.mkv', { frames: 24, size: '64x48', codec: longGopH264 })
    const source = join(folder, 'several.mkv')
    await ffmpeg([
      '-i',
      thumbnail,
      '-i',
      proxy,
      '-i',
      film,
      '-map',
      '0',
      '-map',
      '1',
      '-map',
      '2',
      '-c',
      'copy',
      source,
    ])
    const { path, footage } = await recolor(source, join(folder, 'several.out.mkv'))
    expect(footage.info).toMatchObject({ width: 128, height: 96, frameCount: 24, codec: 'h264' })
    const said = english(...footage.info.warnings)
    expect(said).toMatch(
      /stream 0 \(64 × 48, one picture, mjpeg\) and stream 1 \(64 × 48, 24 pictures, h264\)\. The film that is opened is stream 2/,
    )
    expect((await pictureHashes(path)).length).toBe(24)
  })
})

describe('a sequence of pictures', () => {
  async function scans(name: string, rename: (number: string) => string, numbers: readonly number[]): Promise<string> {
    const run = join(folder, name)
    mkdirSync(run)
    const one = await drawFilm(run, 'one.dpx', { frames: 1, pixelFormat: 'gbrp10be', codec: ['-c:v', 'dpx'] })
    const dpx = readFileSync(one)
    rmSync(one)
    numbers.forEach((number, n) =>
      writeFileSync(
        join(run, rename(String(number).padStart(7, '0'))),
        stampDpx(dpx, 16, `01:00:00:${String(n).padStart(2, '0')}`),
      ),
    )
    return run
  }

  it('runs at the rate of its header, keeps its timecode, and its numbers in the names of exported pictures', async () => {
    const run = await scans('reel', (number) => `${number}_scan.dpx`, [86400, 86401, 86402, 86403])
    const movie = await recolor(join(run, '0086401_scan.dpx'), join(folder, 'reel.mov'), 'prores-mov')
    expect(movie.footage.info).toMatchObject({ frameCount: 4, rate: { num: 16, den: 1 }, durationSeconds: 0.25 })
    expect(english(...movie.footage.info.warnings)).not.toMatch(/frames per second/)
    expect(await describeFile(movie.path)).toContain('01:00:00:00')
    const pictures = await recolor(join(run, '0086401_scan.dpx'), join(folder, 'reel pictures'), 'png-sequence', {
      range: { from: 1, to: 3 },
    })
    expect(readdirSync(pictures.path).sort()).toEqual(['frame_0086401.png', 'frame_0086402.png'])
    const wanted = await openFootage(await locateFfmpeg(), join(run, '0086400_scan.dpx'), {
      rate: { num: 24000, den: 1001 },
    })
    expect(wanted.info.rate).toEqual({ num: 24000, den: 1001 })
  })

  it('is told apart from its brothers beyond a gap, even where one picture is left', async () => {
    const run = await scans('gap', (number) => `f${number}.dpx`, [1, 3, 4])
    const { info } = await openFootage(await locateFfmpeg(), join(run, 'f0000001.dpx'))
    expect(info.frameCount).toBe(1)
    expect(english(...info.warnings)).toContain(
      '“f0000002.dpx” is missing, so only the picture “f0000001.dpx” is opened.',
    )
    const plain = await scans('plain', (number) => `${Number(number)}_scan.dpx`, [7, 9, 10, 11, 13])
    for (const chosen of [9, 10, 11]) {
      const run = await openFootage(await locateFfmpeg(), join(plain, `${chosen}_scan.dpx`))
      expect(run.info.name).toBe('9_scan.dpx … 11_scan.dpx')
      expect(english(...run.info.warnings)).toMatch(
        /“8_scan.dpx” and “12_scan.dpx” are missing, so only the 3 pictures from “9_scan.dpx” on are opened/,
      )
      const numbers: number[] = []
      for await (const { number } of decodeFrames(await locateFfmpeg(), run, { from: 0, to: 3 })) numbers.push(number)
      expect([numbers, run.source.damage.missing.size]).toEqual([[0, 1, 2], 0])
    }
  })
})

describe('a film that lies on its side', () => {
  it.each(['turned', 'mirrored', 'turned and mirrored'] as const)(
    'gives upright pictures and takes upright stills: %s',
    async (way) => {
      const tools = await locateFfmpeg()
      const name = way.replaceAll(' ', '-')
      const lying = await drawFilm(folder, `${name}.lying.mp4`, { frames: 3, size: '96x64', codec: longGopH264 })
      const source = await withDisplayMatrix(lying, way, join(folder, `${name}.mp4`))
      const { path, footage } = await recolor(source, join(folder, `${name}.pictures`), 'png-sequence')
      expect(uprightSize(footage.info)).toEqual(way === 'mirrored' ? [96, 64] : [64, 96])
      expect(footage.info.mirrored ?? false).toBe(way !== 'turned')
      const still = join(path, 'frame_000000.png')
      expect(await describeFile(still)).toMatch(way === 'mirrored' ? /96x64/ : /64x96/)
      const shown = join(folder, `${name}.shown.png`)
      await ffmpeg(['-i', source, '-frames:v', '1', '-vf', 'format=gray', shown])
      expect(await psnr(still, shown)).toBeGreaterThan(35)
      const pinned = await readPinnedPicture(tools, footage, still, 32, 32)
      expect(pinned.u.length).toBe(48 * 32)
      // Laid over a frame it lies as the frame is stored.
      const references = new ReferencePictures(tools, footage)
      const { width, height, luma } = await references.load(still)
      expect([width, height]).toEqual([96, 64])
      const stored = join(folder, `${name}.stored`)
      await ffmpeg(['-i', lying, '-frames:v', '1', '-vf', 'format=gray', '-f', 'rawvideo', stored])
      const far = readFileSync(stored).map((gray, i) => Math.abs(gray - 255 * luma[i]!))
      expect(far.reduce((sum, each) => sum + each, 0) / far.length).toBeLessThan(12)
      await references.checkShape(still)
      const wide = await drawFilm(folder, 'wide.png', { frames: 1, size: '96x24', codec: ['-c:v', 'png'] })
      await expect(references.checkShape(wide)).rejects.toMatchObject({ code: 'bad-picture' })
    },
  )
})

describe('a painted still', () => {
  it('is turned as it says, whatever kind of file says it', async () => {
    const tools = await locateFfmpeg()
    const upright = await drawFilm(folder, 'upright.png', {
      frames: 1,
      size: '48x32',
      pixelFormat: 'rgb24',
      filters: 'crop=46:30',
      codec: ['-c:v', 'png'],
    })
    const whole = await decodePicture(tools, upright, [], 'rgb48le')
    let lost = 25
    // How the picture lies in the file, by the value of the tag.
    const lying = [
      '',
      'null',
      'hflip',
      'hflip,vflip',
      'vflip',
      'transpose=0',
      'transpose=2',
      'transpose=3',
      'transpose=1',
    ]
    for (const value of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const stored = async (name: string, ...args: string[]): Promise<string> => {
        const path = join(folder, `stored ${value}${name}`)
        await ffmpeg(['-i', upright, '-vf', lying[value]!, ...args, path])
        return path
      }
      const [png, tif, jpg] = [
        await stored('.png'),
        await stored('.tif'),
        await stored('.jpg', '-pix_fmt', 'yuvj422p', '-q:v', '1'),
      ]
      writeFileSync(png, withChunks(readFileSync(png), pngChunk('eXIf', orientationTiff(value, value % 2 === 0))))
      writeFileSync(tif, withTiffOrientation(readFileSync(tif), value))
      writeFileSync(jpg, withExif(readFileSync(jpg), orientationTiff(value, true)))
      for (const path of [png, tif]) expect(await decodePicture(tools, path, [], 'rgb48le'), path).toEqual(whole)
      const { width, height, samples } = await decodePicture(tools, jpg, [], 'rgb48le')
      expect([width, height]).toEqual([46, 30])
      const away =
        samples.reduce((sum, sample, n) => sum + Math.abs(sample - whole.samples[n]!), 0) / samples.length / 257
      // Noise and halved chroma lose as much whichever way they lie.
      lost = Math.min(lost, away)
      expect(away, jpg).toBeLessThan(lost + 4)
    }
  })

  it('has the colors of its profile', async () => {
    const tools = await locateFfmpeg()
    const footage = await openFootage(tools, await drawFilm(folder, 'gray.mkv', { frames: 1, pixelFormat: 'yuv444p' }))
    const plain = join(folder, 'green.png')
    await ffmpeg(['-f', 'lavfi', '-i', 'color=0x00b400:s=96x64', '-frames:v', '1', '-pix_fmt', 'rgb24', plain])
    const profiled = join(folder, 'red by its profile.png')
    const [r, g, b] = [
      [0.436, 0.2225, 0.0139],
      [0.3851, 0.7169, 0.0971],
      [0.1431, 0.0606, 0.7141],
    ] as const
    writeFileSync(profiled, withProfile(readFileSync(plain), iccProfile([g, r, b], 2.2)))
    const v = async (path: string): Promise<number> => (await readPinnedPicture(tools, footage, path, 32, 32)).v[0]!
    expect(await v(plain)).toBeLessThan(100)
    expect(await v(profiled)).toBeGreaterThan(150)
  })

  it('of scene-linear light, and a film of it, are on the curve of a screen', async () => {
    const display = await drawFilm(folder, 'display.png', { frames: 1, pixelFormat: 'rgb24', codec: ['-c:v', 'png'] })
    const linear = join(folder, 'light.exr')
    const power = 'maxval*pow(val/maxval\\,2.2)'
    await ffmpeg([
      '-i',
      display,
      '-vf',
      `format=rgb48le,lutrgb=r=${power}:g=${power}:b=${power},format=gbrpf32le`,
      linear,
    ])
    const mean = async (path: string): Promise<number> => {
      const footage = await openFootage(await locateFfmpeg(), path)
      for await (const { y } of decodeFrames(await locateFfmpeg(), footage, { from: 0, to: 1 }))
        return Array.from(y).reduce((sum, value) => sum + value, 0) / y.length / 2 ** footage.layout.bitDepth
      return NaN
    }
    expect(Math.abs((await mean(linear)) - (await mean(display))) * 255).toBeLessThan(3)
  })

  it('of gray scene-linear light keeps black, white and every step between them', async () => {
    const tools = await locateFfmpeg()
    const width = 64
    const light = Float32Array.from({ length: width * 16 }, (_, n) => (n % width) / (width - 1))
    const raw = join(folder, 'gray light.raw')
    writeFileSync(raw, Buffer.from(light.buffer))
    const path = join(folder, 'gray light.exr')
    await ffmpeg(['-f', 'rawvideo', '-pix_fmt', 'grayf32le', '-s', `${width}x16`, '-i', raw, path])
    const footage = await openFootage(tools, path)
    expect(footage.layout).toMatchObject({ sampling: 'gray', bitDepth: 16 })
    const luma: number[] = []
    for await (const { y } of decodeFrames(tools, footage, { from: 0, to: 1 })) luma.push(...y)
    const wanted = light
      .slice(0, width)
      .map((v) => 65535 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055))
    const off = Math.max(...Array.from(wanted, (value, n) => Math.abs(luma[n]! - value)))
    expect(off / 257).toBeLessThan(1.2)
  })
})

describe('what can not be read though it is whole', () => {
  it.each([
    [
      'a photograph of a telephone',
      'photo.heic',
      /HEIC/,
      () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x10meta\0\0\0\0\0\0\0\0', 'latin1'),
    ],
    [
      'a TIFF of an odd depth',
      'odd.tif',
      /in a form that this ffmpeg can not decode/,
      () => grayTiff(32, 32, { bits: 14, sampleFormat: 1 }),
    ],
    ['a BigTIFF', 'big.tif', /is a BigTIFF/, bigTiff],
    ['a TIFF of half floats', 'half.tif', /half-float/, () => grayTiff(32, 32, { bits: 16, sampleFormat: 3 })],
  ])('is called by what it is, not damaged: %s', async (_title, name, said, bytes) => {
    const path = join(folder, name)
    writeFileSync(path, bytes())
    const error = await openFootage(await locateFfmpeg(), path).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'unsupported-picture' })
    expect(String(error)).toMatch(said)
  })

  it('is called encrypted where it is, also when its scrambled bytes pass for a picture', async () => {
    const plain = await drawFilm(folder, 'plain.mp4', { frames: 12, codec: ['-c:v', 'mpeg4'] })
    const locked = join(folder, 'locked.mp4')
    await ffmpeg([
      '-i',
      plain,
      '-c',
      'copy',
      '-encryption_scheme',
      'cenc-aes-ctr',
      '-encryption_key',
      '00112233445566778899aabbccddeeff',
      '-encryption_kid',
      '00112233445566778899aabbccddeeff',
      locked,
    ])
    const error = await openFootage(await locateFfmpeg(), locked).catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('is encrypted')
  })
})
