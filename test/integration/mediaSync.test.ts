/** That an export's sound stands where it stood against the pictures. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { english } from '../material/english.ts'
import { ffmpeg } from '../material/films.ts'
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

describe('an export that is as it should be', () => {
  it('is not called early at its end, nor its sound off, for what movie files and encoders of sound add', async () => {
    // Pictures that begin a moment after the sound; and AAC whose first packet, of no sound yet, takes an eighth of a second.
    const source = join(folder, 'slow.mkv')
    const sound = ['-f', 'lavfi', '-i', 'sine=sample_rate=8000:duration=0.8']
    await ffmpeg(['-itsoffset', '0.025', '-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=25:d=0.8', ...sound, '-c:v', 'mjpeg', '-c:a', 'pcm_u8', source])
    for (const [format, ending] of [['prores-mov', 'mov'], ['h264-mp4', 'mp4']] as const) {
      const { warnings } = await recolor(source, join(folder, `slow.${ending}`), format)
      expect(english(...warnings)).not.toMatch(/The export ends at|off the pictures/)
    }
  })
})
