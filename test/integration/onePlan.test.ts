/**
 * Window and command line color a film alike, and the command line colors it alike whatever it was asked for before.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { outFolder } from '../../build/bundle.ts'
import { forkedEngine } from '../../electron/host/forkedEngine.ts'
import { pinPicture } from '../../electron/main/pinPicture.ts'
import { en } from '../../electron/text/en/en.ts'
import { joinStudio } from '../../electron/main/studio.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { colorize, prepareCommandLine } from '../material/commandLine.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { pictureHashes } from '../material/inspect.ts'
import { settingsFor } from '../material/testEngine.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'

const CUT = 40
const FRAMES = 80
const PINNED = 30
const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

let film: string
let picture: string
/** Of every frame of the whole film, with all its planes. */
let whole: string[]

const hashes = async (path: string): Promise<string[]> => (await pictureHashes(path)).map(({ md5 }) => md5)

async function byCommandLine(folder: string, name: string, ...more: readonly string[]): Promise<string[]> {
  expect(
    await colorize([film, '-o', name, '--keyframe', `${PINNED}=${picture}`, ...more], { cwd: folder }),
  ).toMatchObject({ code: 0 })
  return hashes(join(folder, name))
}

beforeAll(async () => {
  await prepareCommandLine()
  film = join(shared, 'film.mkv')
  picture = join(shared, 'pin.png')
  const shots = [
    await drawFilm(shared, 'a.mkv', { frames: CUT }),
    await drawFilm(shared, 'b.mkv', { frames: FRAMES - CUT, filters: 'negate,hflip' }),
  ]
  await ffmpeg([...shots.flatMap((shot) => ['-i', shot]), '-filter_complex', 'concat=n=2', '-c:v', 'ffv1', film])
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    'testsrc=size=96x64:rate=1',
    '-frames:v',
    '1',
    '-pix_fmt',
    'rgb24',
    `file:${picture}`,
  ])
  whole = await byCommandLine(shared, 'whole.mkv')
})

describe('a film with a pin and a cut', () => {
  it('comes out of the window as it comes out of the command line, though other parts were colored there first', async () => {
    const folder = workFolder()
    const studio = joinStudio({
      launchEngine: forkedEngine(join(outFolder, 'engine.cjs'), settingsFor(folder)),
      untitledFolder: join(folder, 'untitled'),
      tellWindow: () => undefined,
      exportsFolder: join(folder, 'exports'),
      language: () => en,
      unwritten: { ask: async () => 'stay', choosePlace: async () => null },
    })
    const { engine, session, clips, coloring, shots, exports, ordering, jobs } = studio
    engine.start()
    onTestFinished(() => studio.shutDown())
    const { frameCount, rate } = await engine.call('probe', film)
    await session.new('Test')
    session.apply({
      type: 'add-clip',
      clip: 'c',
      name: 'Film',
      footage: await linkFootage(film, session.path),
      frameCount,
      rate,
    })
    await clips.open('c')
    await shots.ensure('c')
    expect(session.project.clips[0]!.shots.map(({ from }) => from)).toEqual([0, CUT])
    await pinPicture({ engine, session, clips }, { clip: 'c', frame: PINNED, path: picture })
    for (const range of [
      { from: 60, to: 65 },
      { from: 5, to: 8 },
    ]) {
      const jobId = await coloring.colorize({ clip: 'c', mode: 'between', range })
      await jobs.ended(jobId!)
    }
    const target = join(folder, 'window.mkv')
    await ordering.order({ clip: 'c', target, format: 'ffv1-mkv', overwrite: false })
    await vi.waitFor(() => expect(exports.entries).toMatchObject([{ state: 'done' }]), 120_000)
    expect(await hashes(target)).toEqual(whole)
  })

  it('comes out the same when parts of it were written before, in whatever order, and so do the parts', async () => {
    const folder = workFolder()
    expect(await byCommandLine(folder, 'late.mkv', '--range', '55:60')).toEqual(whole.slice(55, 60))
    expect(await byCommandLine(folder, 'early.mkv', '--range', '0:2')).toEqual(whole.slice(0, 2))
    expect(await byCommandLine(folder, 'whole.mkv')).toEqual(whole)
  })
})
