/** That an export's sound stands where it stood against the pictures, and that nothing lies below zero. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { lumaHashes, soundPackets } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
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
  await ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=25:d=1.5', '-itsoffset', `${late}`, '-f', 'lavfi', '-i', sound, '-c:v', 'mpeg2video', '-bf', '0', '-c:a', 'mp2', path])
  return path
}

describe('sound that starts later than the pictures', () => {
  it.each([['ts', 0.5], ['mpg', 0.3], ['ts', 0]])('keeps its place, packet by packet: %s, %f s', async (container, late) => {
    const source = await lateSound(`late-${late}.${container}`, late)
    const expected = await soundAgainstPictures(source)
    expect(expected[0]).toBeGreaterThan(late - 0.15)
    const copied = await soundAgainstPictures((await recolor(source, join(folder, `late-${container}-${late}.mkv`))).path)
    expect(copied).toHaveLength(expected.length)
    copied.forEach((seconds, n) => expect(Math.abs(seconds - expected[n]!)).toBeLessThan(0.0025))
    const [converted] = await soundAgainstPictures((await recolor(source, join(folder, `late-${container}-${late}.mov`), 'prores-mov')).path)
    expect(Math.abs(converted! - expected[0]!)).toBeLessThan(0.0025)
  })
})

describe('pictures below zero', () => {
  it('are moved up to it, and the sound with them', async () => {
    const long = await drawFilm(folder, 'long.mp4', { frames: 60, rate: '25', codec: ['-c:v', 'libx264', '-g', '50', '-bf', '0'], sound: ['-c:a', 'aac'] })
    const source = join(folder, 'below.mkv')
    await ffmpeg(['-i', long, '-c', 'copy', '-output_ts_offset', '-0.4', '-avoid_negative_ts', 'disabled', source])
    const { path, footage } = await recolor(source, join(folder, 'below.out.mkv'))
    const frames = await lumaHashes(path)
    expect(frames).toHaveLength(footage.info.frameCount)
    expect(frames[0]?.seconds).toBe(0)
    const [before, after] = [await soundPackets(source), await soundPackets(path)]
    const shift = -((await lumaHashes(source))[0]?.seconds ?? NaN)
    expect(after[5]!.seconds - before[5]!.seconds).toBeCloseTo(shift, 2)
  })
})
