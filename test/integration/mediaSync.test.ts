/** That an export's sound stands where it stood against the pictures. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
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
