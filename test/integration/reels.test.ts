/** Shots without a pin get the colors of pins of the project's other films, whatever becomes of these. */
import { cpSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PinLikeness } from '../../electron/contract/alike.ts'
import { exportRecordSchema } from '../../electron/contract/exportRecord.ts'
import { inWords } from '../../electron/contract/sentence.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { colorize, prepareCommandLine } from '../material/commandLine.ts'
import type { Desk } from '../material/desk.ts'
import { farFromTruth, PINNED, pinPicture, pinsOf, scenes, type SceneDesk } from '../material/sceneDesk.ts'
import { drawScenes, SCENE, type Reel, type Scenes } from '../material/scenes.ts'

/** As reels come that were scanned at different times. */
const otherReels: Readonly<Record<string, Reel>> = {
  'wider, and larger': { filters: `crop=384:216,scale=1024:576` },
  'narrower, and stored on its side': { filters: 'crop=320:256:32:0', lying: true },
  small: { filters: 'scale=192:128' },
}

interface ReelDesk extends SceneDesk {
  /** The second film, clip 'd'. */
  readonly other: Scenes
}

/** Clip 'c', with no pin, and 'd', of which frames are pinned by pictures of them in color. */
async function twoReels(reel: Reel = {}, pinned: readonly number[] = [PINNED]): Promise<ReelDesk> {
  const desk = await scenes()
  const other = await addReel(desk, 'd', { name: 'second reel', ...reel }, pinned)
  return { ...desk, other }
}

async function addReel(desk: Desk, clip: string, reel: Reel, pinned: readonly number[]): Promise<Scenes> {
  const other = await drawScenes(desk.folder, reel)
  const footage = await linkFootage(other.path, desk.session.path)
  const name = reel.name ?? clip
  desk.session.apply({ type: 'add-clip', clip, name, footage, frameCount: 3 * SCENE, rate: { num: 24, den: 1 } })
  for (const frame of pinned) {
    const asset = await desk.session.assets.putFile(await other.picture(frame))
    desk.session.apply({ type: 'pin', clip, frame, base: { kind: 'picture', asset } })
  }
  return other
}

describe('pins of another film of the project', () => {
  for (const [kind, reel] of Object.entries(otherReels))
    it(`give their colors to shots that look like theirs: a film that is ${kind}`, async () => {
      const desk = await twoReels(reel)
      const before = desk.session.steps.length
      const guesses = await Promise.all(
        [PINNED, 2 * SCENE + PINNED].map((frame) => desk.engine.call('frozenColoring', 'c', frame)),
      )
      const ended = await desk.jobs.ended((await desk.alike.start('c'))!)
      expect(ended).toMatchObject({ state: 'done', progress: { done: 3 * SCENE } })
      const [first = 0, again = 0, ...more] = pinsOf(desk)
      expect([first < SCENE, again >= 2 * SCENE, more]).toEqual([true, true, []])
      expect(ended!.notes.map((note) => inWords(note))).toEqual([
        'Shots without a pin that look like pinned ones: 2 of 3 (2 like one of another film). A frame of each is pinned in their colors; colorize carries them on.',
      ])
      expect(desk.session.steps).toHaveLength(before + 1)
      await desk.clips.settled('c')
      for (const [n, frame] of [first, again].entries()) {
        const shown = await desk.engine.call('frozenColoring', 'c', frame)
        const guess = await farFromTruth(desk, [PINNED, 2 * SCENE + PINNED][n]!, guesses[n]!)
        expect(await farFromTruth(desk, frame, shown)).toBeLessThan(0.6 * guess)
      }
      desk.session.undo()
      expect(pinsOf(desk)).toEqual([])
      expect([desk.troubles, desk.notices]).toEqual([[], []])
    })

  it('are listed beside its own, the likest first, each with a small picture in its colors', async () => {
    const desk = await twoReels(otherReels['narrower, and stored on its side'], [PINNED, SCENE + PINNED])
    await pinPicture(desk, SCENE + 5)
    const { pins, leftOut } = await desk.alike.likeness('c', 5)
    expect(leftOut).toEqual([])
    expect(pins.map(({ clip, frame }) => [clip, frame])[0]).toEqual(['d', PINNED])
    expect(pins.map(({ clip, frame }) => `${clip} ${frame}`).sort()).toEqual([
      `c ${SCENE + 5}`,
      `d ${PINNED}`,
      `d ${SCENE + PINNED}`,
    ])
    const [{ share, picture }] = pins as [PinLikeness]
    expect(share).toBeGreaterThan(0.4)
    // Upright, and in color.
    expect(picture.width).toBeGreaterThan(picture.height)
    expect(picture.data).toHaveLength(4 * picture.width * picture.height)
    const strongest = Math.max(
      ...picture.data.map((value, i) => (i % 4 === 0 ? Math.abs(value - picture.data[i + 2]!) : 0)),
    )
    expect(strongest).toBeGreaterThan(100)

    const guess = await desk.engine.call('frozenColoring', 'c', 5)
    expect(await desk.alike.pinLikePin('c', 5, 'd', PINNED)).toBe(share)
    await desk.clips.settled('c')
    const shown = await desk.engine.call('frozenColoring', 'c', 5)
    expect(await farFromTruth(desk, 5, shown)).toBeLessThan(0.6 * (await farFromTruth(desk, 5, guess)))
  })

  it('are left out, and that is said, where their film is away, another one or can not be read', async () => {
    const desk = await twoReels({}, [PINNED])
    const replaced = await addReel(desk, 'e', { name: 'third reel', filters: 'hue=h=90' }, [PINNED])
    await addReel(desk, 'f', { name: 'fourth reel', filters: 'hue=h=180' }, [PINNED, SCENE + 1])
    await pinPicture(desk, 2 * SCENE + PINNED)
    renameSync(desk.other.path, `${desk.other.path}.away`)
    cpSync(desk.film, replaced.path)
    const pictures = Object.values(desk.session.project.clips[3]!.frames)
    const asset = pictures.flatMap(({ base }) => (base.kind === 'picture' ? [base.asset] : []))[0]!
    rmSync(desk.session.assets.pathOf(asset))

    const said = [
      'Pins of films that are not where they were are left out: second reel.',
      'Pins of films that were replaced by others are left out: third reel.',
      'Pins that can not be read are left out, of: fourth reel.',
    ]
    const { pins, leftOut } = await desk.alike.likeness('c', PINNED)
    expect(pins.map(({ clip, frame }) => [clip, frame])).toEqual([
      ['c', 2 * SCENE + PINNED],
      ['f', SCENE + 1],
    ])
    expect(leftOut.map((sentence) => inWords(sentence))).toEqual(said)
    for (const [of, code] of [
      ['d', 'footage-missing'],
      ['e', 'footage-changed'],
      ['f', 'not-found'],
    ] as const)
      await expect(desk.alike.pinLikePin('c', 5, of, PINNED)).rejects.toMatchObject({ code })

    const ended = await desk.jobs.ended((await desk.alike.start('c'))!)
    expect(ended).toMatchObject({ state: 'done', error: null })
    expect(ended!.notes.slice(1).map((note) => inWords(note))).toEqual(said)
    expect(pinsOf(desk).filter((frame) => frame < SCENE)).toHaveLength(1)
  })

  it('are all there is: what is left out is said where nothing can be compared with', async () => {
    const desk = await twoReels()
    rmSync(desk.other.path)
    const refused = desk.alike.start('c')
    await expect(refused).rejects.toMatchObject({ code: 'not-found' })
    await expect(refused).rejects.toThrow(/not where they were are left out: second reel/)
    expect(await desk.alike.likeness('c', 0)).toMatchObject({ pins: [], leftOut: [{ values: ['second reel'] }] })
  })

  it('go on being read where the engine is killed, and change nothing when their film is taken out later', async () => {
    const desk = await twoReels()
    const job = (await desk.alike.start('c'))!
    process.kill(desk.pid(), 'SIGKILL')
    expect(await desk.jobs.ended(job)).toMatchObject({ state: 'done' })
    expect(pinsOf(desk)).toHaveLength(2)
    const [frame = 0] = pinsOf(desk)
    await desk.clips.settled('c')
    const shown = await desk.engine.call('frozenColoring', 'c', frame)
    desk.session.apply({ type: 'remove-clip', clip: 'd' })
    await desk.clips.settled('c')
    expect(pinsOf(desk)).toHaveLength(2)
    expect(await desk.engine.call('frozenColoring', 'c', frame)).toEqual(shown)
  })

  it('are read whether or not their film is open, and are as they were when the search began', async () => {
    const desk = await twoReels()
    await desk.clips.open('d')
    const job = (await desk.alike.start('c'))!
    desk.session.apply({ type: 'unpin', clip: 'd', frame: PINNED, keepColoring: false })
    expect(await desk.jobs.ended(job)).toMatchObject({ state: 'done', notes: [] })
    expect(pinsOf(desk)).toEqual([])
    expect(desk.clips.openClips).toEqual(['c', 'd'])
  })
})

it('are pinned by the command line like shots of a project’s other reels', async () => {
  await prepareCommandLine()
  const desk = await twoReels({ filters: 'crop=384:216,scale=768:432' })
  await desk.session.saveAs(join(desk.folder, 'reels.colornn'))
  await desk.session.close('keep')
  const options = ['--reel', 'Film', '-o', 'out.mkv', '--pin-alike']
  const { code, stderr } = await colorize(['reels.colornn', ...options], { cwd: desk.folder })
  expect(stderr).toContain('Shots without a pin that look like pinned ones: 2 of 3 (2 like one of another film).')
  expect(code).toBe(0)
  const record: unknown = JSON.parse(readFileSync(join(desk.folder, 'out.mkv.colornn.json'), 'utf8'))
  expect(exportRecordSchema.parse(record).pins).toHaveLength(2)

  renameSync(desk.other.path, `${desk.other.path}.away`)
  const without = await colorize(['reels.colornn', ...options, '--overwrite'], { cwd: desk.folder })
  expect(without.stderr).toContain('Pins of films that are not where they were are left out: second reel.')
  expect(without.code).not.toBe(0)
})
