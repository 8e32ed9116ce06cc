/** That the editor hears a film's sound where it stands against the pictures, whatever way it is stored. */
import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { BLOCK_SAMPLES, SOUND_CHANNELS, SOUND_RATE } from '../../electron/contract/sound.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { FilmSound } from '../../electron/engine/sound/filmSound.ts'
import { drawClaps } from '../material/claps.ts'
import { ffmpeg } from '../material/films.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SECONDS = 3
const PER_SECOND = SOUND_RATE / BLOCK_SAMPLES
/** Encoders of sound and containers' clocks round; a picture takes 40 ms. */
const CLOSE = 0.012

async function soundOf(path: string): Promise<FilmSound> {
  const tools = await locateFfmpeg()
  const footage = await openFootage(tools, path)
  const sound = new FilmSound({ tools, footage, folder: join(folder, 'peaks'), film: path })
  onTestFinished(() => sound.close())
  return sound
}

/** When samples first swing wide after a while of rest, in seconds. */
function clicksIn(samples: Int16Array, from: number): number[] {
  const found: number[] = []
  let last = -Infinity
  for (let n = 0; n < samples.length / SOUND_CHANNELS; n++) {
    if (Math.abs(samples[n * SOUND_CHANNELS]!) < 8000) continue
    if (n - last > SOUND_RATE / 10) found.push((from + n) / SOUND_RATE)
    last = n
  }
  return found
}

/** The clicks of each second, asked for in this order. */
async function clicksOf(sound: FilmSound, order: readonly number[]): Promise<number[]> {
  const found: number[] = []
  for (const second of order) {
    const samples = new Int16Array(SOUND_RATE * SOUND_CHANNELS)
    for (let n = 0; n < PER_SECOND; n++) {
      const block = await sound.block(second * PER_SECOND + n)
      if (block) samples.set(block, n * BLOCK_SAMPLES * SOUND_CHANNELS)
    }
    found.push(...clicksIn(samples, second * SOUND_RATE))
  }
  return found.sort((a, b) => a - b)
}

function expectClicks(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  expected.forEach((time, n) => expect(Math.abs(found[n]! - time), `${found.join(' ')}`).toBeLessThan(CLOSE))
}

const mpeg2 = ['-c:v', 'mpeg2video', '-g', '12', '-bf', '2', '-c:a', 'mp2'] as const
const h264 = ['-c:v', 'libx264', '-g', '250', '-bf', '3', '-c:a', 'aac'] as const
const claps = (name: string, output: readonly string[]): Promise<string> =>
  drawClaps(join(folder, name), { seconds: SECONDS, output })

/** Second by second from the head, and jumping about. */
const onward = [0, 1, 2]
const about = [2, 0, 1]

describe('the sound of a film', () => {
  it.each([
    ['movie file whose sound primes its decoder', 'primed.mp4', h264],
    ['Opus in Matroska', 'opus.mkv', ['-c:v', 'mpeg4', '-c:a', 'libopus']],
    ['broadcast, whose clock begins anywhere', 'film.ts', [...mpeg2, '-output_ts_offset', '5000']],
    ['program stream', 'film.mpg', mpeg2],
    ['AVI', 'film.avi', ['-c:v', 'mpeg4', '-c:a', 'pcm_s16le', '-ar', '44100']],
    ['MXF', 'film.mxf', ['-c:v', 'mpeg2video', '-c:a', 'pcm_s16le', '-ar', '48000']],
    ['one channel at another rate', 'mono.mov', ['-c:v', 'mjpeg', '-c:a', 'pcm_s24le', '-ac', '1', '-ar', '32000']],
  ])('clicks with the flashes, read on and after jumps: %s', async (_, name, output) => {
    const path = await claps(name, output)
    const sound = await soundOf(path)
    expectClicks(await clicksOf(sound, about), [0.2, 1.2, 2.2])
    expectClicks(await clicksOf(sound, onward), [0.2, 1.2, 2.2])
  })

  it.each([
    ['later', 0.3],
    ['earlier', -0.3],
  ])('keeps its distance where it begins %s than the pictures', async (_, offset) => {
    const source = await claps('offset-source.mkv', ['-c:v', 'mjpeg', '-c:a', 'pcm_s16le'])
    for (const name of ['offset.mkv', 'offset.mov', 'offset.ts']) {
      const path = join(folder, `${offset}${name}`)
      const apart = ['-i', source, '-itsoffset', `${offset}`, '-i', source, '-map', '0:v', '-map', '1:a']
      await ffmpeg([...apart, ...(name.endsWith('ts') ? mpeg2 : ['-c', 'copy']), path])
      const expected = [0.2, 1.2, 2.2].map((time) => time + offset).filter((time) => time > 0 && time < SECONDS)
      expectClicks(await clicksOf(await soundOf(path), about), expected)
    }
  })

  it('follows the pictures where recordings with clocks of their own were joined', async () => {
    const path = join(folder, 'joined.ts')
    copyFileSync(await claps('a.ts', mpeg2), path)
    appendFileSync(path, readFileSync(await claps('b.ts', [...mpeg2, '-output_ts_offset', '3600'])))
    const clicks = await clicksOf(await soundOf(path), [4, 0, 1, 2, 3, 5])
    expectClicks(clicks, [0.2, 1.2, 2.2, 3.2, 4.2, 5.2])
  })

  it('is the first that can be heard, of several', async () => {
    const path = join(folder, 'several.mkv')
    const source = await claps('several-source.mkv', ['-c:v', 'mjpeg', '-c:a', 'pcm_s16le'])
    const silent = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=mono:d=3']
    await ffmpeg(['-i', source, ...silent, '-map', '0:v', '-map', '0:a', '-map', '1:a', '-c:v', 'copy', path])
    const sound = await soundOf(path)
    expect((await sound.track()).stream.index).toBe(1)
    expectClicks(await clicksOf(sound, [1]), [1.2])
  })

  it('with channels of no known place is heard on both sides', async () => {
    const path = join(folder, 'channels.mov')
    const source = await claps('channels-source.mkv', ['-c:v', 'mjpeg', '-c:a', 'pcm_s16le'])
    const parts = Array.from({ length: 10 }, (_, n) => `[a${n}]`).join('')
    const ten = `[0:a]asplit=10${parts};${parts}amerge=inputs=10[all]`
    const mapped = ['-filter_complex', ten, '-map', '0:v', '-map', '[all]', '-c:v', 'copy', '-c:a', 'pcm_s16le']
    await ffmpeg(['-i', source, ...mapped, path])
    expectClicks(await clicksOf(await soundOf(path), [0, 1]), [0.2, 1.2])
  })

  it('is silent where the film has none any more, and in gaps', async () => {
    const path = join(folder, 'short.mkv')
    const source = await claps('short-source.mkv', ['-c:v', 'mjpeg', '-c:a', 'pcm_s16le'])
    const half = ['-map', '0:v', '-map', '0:a', '-af', "aselect='not(between(t,1,1.5))',atrim=end=2"]
    await ffmpeg(['-i', source, ...half, '-c:v', 'copy', '-c:a', 'pcm_s16le', path])
    const sound = await soundOf(path)
    expectClicks(await clicksOf(sound, onward), [0.2])
    expect(await sound.block(1000)).toBeNull()
  })

  it('that can not be decoded is said to be so', async () => {
    const path = join(folder, 'undecodable.mov')
    const bytes = readFileSync(await claps('undecodable-source.mov', ['-c:v', 'mjpeg', '-c:a', 'pcm_s16le']))
    bytes.write('zzzz', bytes.indexOf('sowt', bytes.indexOf('stsd', bytes.indexOf('soun'))))
    writeFileSync(path, bytes)
    const sound = await soundOf(path)
    await expect(sound.block(0)).rejects.toMatchObject({ code: 'sound-unreadable' })
    await expect(sound.peaks()).rejects.toMatchObject({ code: 'sound-unreadable' })
  })
})

describe('the peaks of a film', () => {
  it('rise where it clicks, at every zoom, and are there at once when the film is opened again', async () => {
    const path = await claps('peaks.mkv', ['-c:v', 'ffv1', '-c:a', 'pcm_s16le'])
    const sound = await soundOf(path)
    const peaks = await sound.peaks()
    await expect.poll(() => peaks.known, { timeout: 20_000 }).toBe(Infinity)
    // A column for each tenth of a second: the click of 20 ms lies in the third.
    const tenths = peaks.columns(0, SECONDS, 10 * SECONDS)
    expect([...tenths].flatMap((value, n) => (value > 128 ? [n] : []))).toEqual([2, 12, 22])
    // 0.9 of full scale.
    expect(Math.max(...tenths)).toBeGreaterThan(220)
    expect(peaks.columns(0, SECONDS, 1)[0]).toBe(Math.max(...tenths))
    const near = peaks.columns(1.19, 1.24, 25)
    expect([near[3], near[12], near[22]].map((value) => value! > 128)).toEqual([false, true, false])
    await sound.close()
    const again = await (await soundOf(path)).peaks()
    expect(again.known).toBe(Infinity)
    expect(again.columns(0, SECONDS, 10 * SECONDS)).toEqual(tenths)
  })
})
