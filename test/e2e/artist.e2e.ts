/**
 * An artist's day: open, see the shots, color, correct a frame, pin it, carry it on, undo, crash, come back, compare.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ffmpeg } from '../material/films.ts'
import { root } from '../../build/setup/root.ts'
import { clipOf, colorizeAll, draw, projectOf, shown, toDo } from './driveWindow.ts'
import { expect, test, type LaunchOptions, type Studio } from './launch.ts'

/**
 * Real film, where it lies beside the checkout. It is no part of the project: without it, the tests on it do not exist.
 */
const footage = join(root, '..', 'shared', 'footage')

let folder: string
let film: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-artist-'))
  film = join(folder, 'reel.mkv')
  const shots = ['testsrc2=size=192x128:rate=24:duration=0.5', 'mandelbrot=size=192x128:rate=24,trim=duration=0.5']
  await ffmpeg([
    ...shots.flatMap((shot) => ['-f', 'lavfi', '-i', shot]),
    '-filter_complex',
    '[0]format=gray[a];[1]format=gray[b];[a][b]concat=n=2',
    '-pix_fmt',
    'yuv420p',
    '-c:v',
    'ffv1',
    film,
  ])
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const looks = (window: Page): Promise<string> =>
  window.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')!
    const small = document.createElement('canvas')
    small.width = small.height = 16
    const to = small.getContext('2d')!
    to.drawImage(canvas, 0, 0, 16, 16)
    return [...to.getImageData(0, 0, 16, 16).data].join()
  })

/**
 * Opens a reel of two shots, corrects and pins its first frame, propagates, and goes on after a crash.
 * @param shots first frame and end of both
 */
async function wholeLoop(
  launch: (options?: LaunchOptions) => Promise<Studio>,
  film: string,
  shots: [number, number][],
): Promise<void> {
  const profile = `${film} profile`
  const studio = await launch({ args: [film], profile })
  const { window } = studio
  await shown(window, 0)

  // Its shots are found by themselves, and no colors cross the cut.
  await expect
    .poll(async () => (await clipOf(window)).shots.map(({ from, to }) => [from, to]), { timeout: 60_000 })
    .toEqual(shots)
  await colorizeAll(window)
  const automatic = await looks(window)

  // A stroke shows, and is an object of the frame.
  await window.keyboard.press('KeyB')
  await draw(window, [
    [0.45, 0.45],
    [0.55, 0.55],
  ])
  await expect.poll(async () => (await clipOf(window)).frames[0]?.operations.length).toBe(1)
  await window.keyboard.press('KeyV')
  await expect.poll(() => looks(window)).not.toBe(automatic)
  // The stroke shows while it is drawn: what it looks like in the end is seen twice.
  let corrected = ''
  await expect
    .poll(
      async () => {
        const [before, now] = [corrected, await looks(window)]
        corrected = now
        return now === before
      },
      { intervals: [700] },
    )
    .toBe(true)

  // Before the edits it looks as it did, and after them again.
  await window.keyboard.press('KeyQ')
  await expect.poll(() => looks(window)).toBe(automatic)
  await window.keyboard.press('KeyQ')
  await expect.poll(() => looks(window)).toBe(corrected)
  // So it does beside the original, in the wipe and as a difference, each in its own way.
  const compared = new Set([corrected])
  for (const [n, key] of ['Digit2', 'Digit3', 'Digit4', 'Digit5'].entries()) {
    await window.keyboard.press(key)
    await expect.poll(async () => compared.add(await looks(window)).size).toBeGreaterThan(n + 1)
  }
  await window.keyboard.press('Digit1')
  await expect.poll(() => looks(window)).toBe(corrected)

  // Undo takes the stroke back as a whole, redo brings it again.
  await window.keyboard.press('Control+KeyZ')
  await expect.poll(() => looks(window)).toBe(automatic)
  await window.keyboard.press('Control+Shift+KeyZ')
  await expect.poll(() => looks(window)).toBe(corrected)

  // A pin makes stale what reads it, and nothing beyond the cut.
  await window.keyboard.press('KeyP')
  await expect(window.getByRole('button', { name: 'Remove pin' })).toBeVisible()
  await expect.poll(() => toDo(window)).toEqual([[1, shots[0]![1]]])
  await colorizeAll(window)
  // The pinned frame is as the artist left it.
  await expect.poll(() => looks(window)).toBe(corrected)
  await window.keyboard.press('ArrowRight')
  await shown(window, 1)
  const before = await clipOf(window)
  // Once an edit is on the disk, all that was before it is, too.
  for (const [key, undo] of [
    ['KeyI', 'set-in-out'],
    ['Control+KeyZ', 'pin'],
  ] as const) {
    await window.keyboard.press(key)
    await expect.poll(async () => (await projectOf(window)).undo?.kind).toBe(undo)
  }
  await expect.poll(async () => (await projectOf(window)).unwritten).toBe(0)

  // The program is killed; the next start has all of it.
  studio.app.process().kill('SIGKILL')
  const again = await launch({ args: [film], profile })
  await expect(again.window.locator('canvas[data-frame]')).toBeVisible()
  // Where the playhead stood may have been written or not.
  await again.window.keyboard.press('Home')
  await expect(again.window.locator('canvas[data-frame="0"][data-colored="true"]')).toBeVisible()
  expect(await clipOf(again.window)).toEqual(before)
  await expect.poll(() => looks(again.window)).toBe(corrected)
  expect(await toDo(again.window)).toEqual([])

  // And undo reaches back before the crash.
  for (let n = 0; n < 20 && (await projectOf(again.window)).undo; n++) await again.window.keyboard.press('Control+KeyZ')
  await expect.poll(async () => (await projectOf(again.window)).project.clips).toEqual([])
  expect(again.pageErrors).toEqual([])
}

test('the whole loop, through a crash', async ({ launch }) => {
  test.setTimeout(300_000)
  await wholeLoop(launch, film, [
    [0, 12],
    [12, 24],
  ])
})

if (existsSync(footage)) {
  test('the same on real film from beside the checkout (extra)', async ({ launch }) => {
    test.setTimeout(300_000)
    const reel = join(folder, 'real.mkv')
    const sources = ['archive-320p-29fps.mp4', 'street-696p-24fps.mp4']
    const trimmed = sources.map(
      (_, n) => `[${n}:v]trim=end_frame=20,setpts=N/24/TB,scale=480:360,setsar=1,fps=24,format=gray[${'ab'[n]}]`,
    )
    await ffmpeg([
      ...sources.flatMap((source) => ['-i', join(footage, source)]),
      '-filter_complex',
      `${trimmed.join(';')};[a][b]concat=n=2`,
      '-pix_fmt',
      'yuv420p',
      '-c:v',
      'ffv1',
      '-an',
      reel,
    ])
    await wholeLoop(launch, reel, [
      [0, 20],
      [20, 40],
    ])
  })
}

test('cuts are split, joined and kept as they were edited', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  const cuts = async (): Promise<number[]> => (await clipOf(window)).shots.map(({ from }) => from)
  await expect.poll(cuts, { timeout: 60_000 }).toEqual([0, 12])
  for (let n = 0; n < 5; n++) await window.keyboard.press('ArrowRight')
  await window.keyboard.press('KeyS')
  await expect.poll(cuts).toEqual([0, 5, 12])
  await window.keyboard.press('ArrowDown')
  await shown(window, 12)
  await window.keyboard.press('Shift+KeyS')
  await expect.poll(cuts).toEqual([0, 5])
  await window.keyboard.press('Control+KeyZ')
  await expect.poll(cuts).toEqual([0, 5, 12])
})
