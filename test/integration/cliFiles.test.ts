/** Which files the command line writes, and which it leaves: shots and parts as files of their own, folders of films. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { colorize, prepareCommandLine } from '../material/commandLine.ts'
import { ffmpeg, ffv1 } from '../material/films.ts'
import { pictureHashes } from '../material/inspect.ts'
import { workFolder } from '../material/workFolder.ts'

beforeAll(prepareCommandLine)

/** The films in a folder, without what lies beside them. */
const filmsOf = (folder: string): string[] => readdirSync(folder).filter((name) => /^[^.].*\.(mkv|mp4)$/.test(name))

/** A film with a cut every `length` frames. */
async function drawShots(path: string, count: number, length: number): Promise<void> {
  const shots = Array.from({ length: count }, (_, n) =>
    n % 2 === 0
      ? `testsrc2=s=96x64:r=24,trim=start_frame=${n * 20}:end_frame=${n * 20 + length},setpts=PTS-STARTPTS`
      : `mandelbrot=s=96x64:rate=24:start_scale=${1 / n},trim=end_frame=${length}`,
  )
  const inputs = shots.flatMap((shot) => ['-f', 'lavfi', '-i', `${shot},format=gray`])
  await ffmpeg([...inputs, '-filter_complex', `concat=n=${count}`, ...ffv1, path])
}

describe('shots as files of their own', () => {
  it('have the numbers that they have in the whole film, whatever part was asked for first', async () => {
    const folder = workFolder()
    await drawShots(join(folder, 'film.mkv'), 6, 180)
    const shots = async (range: string): Promise<[number | null, string[]]> => {
      const { code } = await colorize(['film.mkv', '-o', 'f.mkv', '--each-shot', '--range', range], { cwd: folder })
      return [code, filmsOf(folder).filter((name) => name.startsWith('f '))]
    }
    expect(await shots('730:740')).toEqual([0, ['f shot 5.mkv']])
    expect(await shots('200:210')).toEqual([0, ['f shot 2.mkv', 'f shot 5.mkv']])
    expect(await pictureHashes(join(folder, 'f shot 2.mkv'))).toHaveLength(10)
    expect(existsSync(join(folder, 'f.mkv'))).toBe(false)
  })
})
