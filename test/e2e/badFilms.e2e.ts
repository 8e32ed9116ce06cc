/**
 * Bad input as it meets an artist in the window: every time a sentence that says what to do, and the good film stays
 * open.
 */
import { execFile, spawn } from 'node:child_process'
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { sandboxSwitches } from '../../build/setup/display.ts'
import { electronAtHand } from '../../build/setup/electron.ts'
import { root } from '../../build/setup/root.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { clipOf, dialogsAnswer, orderExport, projectOf, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

let folder: string
let film: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-bad-'))
  film = await drawFilm(folder, 'good.mkv', { frames: 12 })
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** The words of the one notice on the screen; it is dismissed, and must be for people. */
async function readNotice(window: Page): Promise<string> {
  const notice = window.getByRole('alert').first()
  await expect(notice).toBeVisible({ timeout: 60_000 })
  const words = await notice.innerText()
  expect(words).not.toMatch(/\bat .*\.(ts|cjs|js):\d|Error:|ENOENT|EACCES|inside ColoRNN/)
  // What happened and what to do: two sentences at least.
  expect(words.match(/[.!]/g)?.length ?? 0).toBeGreaterThanOrEqual(2)
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  return words
}

test('every kind of bad film is told from the others, and none of them closes the good one', async ({ launch }) => {
  const path = (name: string): string => join(folder, name)
  await ffmpeg(['-f', 'lavfi', '-i', 'sine=duration=1', path('sound only.wav')])
  await writeFile(path('empty.mp4'), '')
  await writeFile(path('-letter “ü” 🎞.mp4'), 'Dear archive, this is no film.')
  await mkdir(path('a folder.mkv'))
  const cut = await drawFilm(folder, 'cut.mp4', { frames: 48, codec: ['-c:v', 'libx264'] })
  await truncate(cut, 900)
  const cases: [string, RegExp][] = [
    ['gone.mkv', /gone\.mkv/],
    ['sound only.wav', /picture|video/i],
    ['empty.mp4', /empty/i],
    ['-letter “ü” 🎞.mp4', /letter/],
    ['a folder.mkv', /folder/i],
    ['cut.mp4', /cut\.mp4/],
  ]
  const { app, window } = await launch({ args: [film] })
  await shown(window, 0)
  for (const [name, words] of cases) {
    await dialogsAnswer(app, { open: path(name) })
    await window.keyboard.press('Control+KeyO')
    expect(await readNotice(window), name).toMatch(words)
  }
  await window.keyboard.press('ArrowRight')
  await shown(window, 1)
})

test('a target whose folder is gone is refused before any work', async ({ launch }) => {
  const { app, window } = await launch({ args: [film] })
  await shown(window, 0)
  await dialogsAnswer(app, { save: join(folder, 'no such folder', 'film.mkv') })
  await orderExport(window)
  const notice = window.getByRole('alert').first()
  await expect(notice).toContainText(/folder/i)
})

test('damaged weights and a missing ffmpeg are said in the window', async ({ launch }) => {
  // A copy of the program whose weights are damaged; what it runs on is linked.
  const copy = join(folder, 'copy')
  await mkdir(join(copy, 'models'), { recursive: true })
  for (const part of ['package.json', 'out']) await cp(join(root, part), join(copy, part), { recursive: true })
  await cp(join(root, 'models', 'weights'), join(copy, 'models', 'weights'), { recursive: true })
  await promisify(execFile)('ln', ['-s', join(root, 'node_modules'), join(copy, 'node_modules')])
  const weights = join(copy, 'models', 'weights', 'color-model', 'saved_model.pb')
  const bytes = await readFile(weights)
  bytes[bytes.length >> 1]! ^= 255
  await chmod(weights, 0o644)
  await writeFile(weights, bytes)
  const damaged = await launch({ args: [], root: copy })
  expect(await readNotice(damaged.window)).toMatch(/weights|network/i)
  await damaged.close()

  const none = await launch({ args: [], env: { COLORNN_FFMPEG: join(folder, 'no ffmpeg here') } })
  expect(await readNotice(none.window)).toMatch(/ffmpeg/)
})

test('pausing holds the film where it is, and cancelling keeps what is done', async ({ launch }) => {
  const long = await drawFilm(folder, 'long.mkv', { frames: 240, size: '192x128' })
  const { window } = await launch({ args: [long] })
  await shown(window, 0)
  await window.keyboard.press('KeyC')
  const bar = window.locator('footer').getByRole('progressbar', { name: 'Colorizing' })
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 120_000 })
    .toBeGreaterThan(0)
  await window.getByRole('button', { name: 'Pause' }).first().click()
  await expect(window.getByText('paused')).toBeVisible()
  /** The engine reads and answers meanwhile, frame after frame. */
  const look = async (from: number, to: number): Promise<void> => {
    for (let frame = from; frame < to; frame++) {
      await window.keyboard.press('ArrowRight')
      await shown(window, frame + 1)
    }
  }
  // The frame that the networks have in hand is finished.
  await look(0, 24)
  const done = await bar.getAttribute('aria-valuenow')
  await look(24, 60)
  expect(await bar.getAttribute('aria-valuenow')).toBe(done)
  await window.getByRole('button', { name: 'Resume' }).click()
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 60_000 })
    .toBeGreaterThan(Number(done))
  await window.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  // Where the coloring began; it may not have come to the frame in view.
  await window.keyboard.press('Home')
  await shown(window, 0)
  await expect(window.locator('canvas[data-colored="true"]')).toBeVisible()
  expect((await readdir(folder)).filter((name) => name.includes('part'))).toEqual([])
})

test('films dropped on the window open, those of a folder as well', async ({ launch }) => {
  const { app, window } = await launch()
  await expect(window.getByRole('button', { name: 'Open film…' })).toBeVisible()
  const devtools = await window.context().newCDPSession(window)
  const drop = async (...files: string[]): Promise<void> => {
    const data = { items: [], files, dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await devtools.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data })
    }
  }
  await drop(film)
  await shown(window, 0)
  expect(await app.windows()[0]!.title()).toContain('good')

  // Why two of them could not be opened is said until something else is.
  const unread = window.getByRole('alert')
  await writeFile(join(folder, 'notes.txt'), 'x')
  await drop(join(folder, 'gone.mkv'), join(folder, 'notes.txt'))
  await expect(unread).toHaveCount(2)
  const reels = join(folder, 'reels')
  await mkdir(reels)
  for (const name of ['reel 10.mkv', 'reel 9.mkv', 'apart.mkv']) await copyFile(film, join(reels, name))
  await rename(join(reels, 'apart.mkv'), join(folder, 'apart.mkv'))
  await drop(reels, join(folder, 'apart.mkv'))
  const films = window.getByRole('combobox', { name: 'Films of the project' })
  await expect(films.locator('option:checked')).toHaveText('apart.mkv')
  await expect(films.locator('option')).toContainText(['good', 'reel 9.mkv', 'reel 10.mkv', 'apart.mkv'])
  await expect(unread).toHaveCount(0)
})

test('all films open that a start names, and all that another start hands over', async ({ launch }) => {
  const reels = join(folder, 'named')
  await mkdir(reels)
  const [one, two, three, four] = ['one.mkv', 'two.mkv', 'three.mkv', 'four.mkv'].map((name) => join(reels, name))
  for (const path of [one!, two!, three!, four!]) await copyFile(film, path)
  const profile = join(folder, 'named profile')
  const { window } = await launch({ args: [join(folder, 'gone.mkv'), one!, two!], profile })
  const films = window.getByRole('combobox', { name: 'Films of the project' })
  await expect(films.locator('option:checked')).toHaveText('two.mkv')
  await expect(window.getByRole('alert').filter({ hasText: '“gone.mkv” was not found.' })).toBeVisible()

  // A note that is being typed is that of the film which it was begun for.
  await shown(window, 0)
  await window.keyboard.press('KeyM')
  await expect(window.locator('[aria-valuetext*="Marker"]')).toHaveCount(1)
  await window.keyboard.press('KeyM')
  const markers = window.getByRole('dialog', { name: 'Markers' })
  await markers.getByRole('textbox', { name: /^Note/ }).click()
  await window.keyboard.type('The mast is red')

  const { executable } = await electronAtHand()
  const second = spawn(executable, [...sandboxSwitches(), root, three!, four!], {
    env: { ...process.env, COLORNN_USER_DATA: profile },
    stdio: 'ignore',
  })
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0)
  await expect(films.locator('option:checked')).toHaveText('four.mkv')
  await expect(films.locator('option')).toContainText(['one', 'two.mkv', 'three.mkv', 'four.mkv'])
  await expect(markers).toHaveCount(0)
  const { clips } = (await projectOf(window)).project
  expect(clips.map((clip) => clip.markers?.map(({ note }) => note) ?? [])).toEqual([[], ['The mast is red'], [], []])
  await expect(window.getByText('This marker is no longer in the project.')).toHaveCount(0)
})

test('a film that was replaced while it was open is shown as it is now when it is opened again', async ({ launch }) => {
  const path = await drawFilm(folder, 'replaced.mkv', { frames: 240 })
  const other = await drawFilm(folder, 'other.mkv', { frames: 60 })
  const { app, window } = await launch({ args: [path] })
  await shown(window, 0)
  // Its shots are looked for first: who reads it then would say the same, for good.
  await expect.poll(async () => (await clipOf(window)).cuts).toBe('automatic')
  await copyFile(other, path)
  await window.keyboard.press('End')
  const changed = window.getByRole('alert').filter({ hasText: '“replaced.mkv” was changed while it was open.' })
  await expect(changed).toBeVisible()
  await dialogsAnswer(app, { open: path })
  await window.keyboard.press('Control+KeyO')
  await expect(changed).toHaveCount(0)
  await expect(window.getByText('“replaced.mkv” is no longer the film it was.')).toBeVisible()
  await window.keyboard.press('End')
  await shown(window, 59)
})

test('what went wrong with work is not said any more once it is done again', async ({ launch }) => {
  const film = await drawFilm(folder, 'written to.mkv', { frames: 240, size: '192x128' })
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  await window.keyboard.press('KeyC')
  const bar = window.locator('footer').getByRole('progressbar', { name: 'Colorizing' })
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0)
  await truncate(film, Math.floor((await stat(film)).size / 2))
  const said = window.getByRole('alert').filter({ hasText: 'was changed while it was open' })
  await expect(said).toBeVisible()
  await expect(bar).toHaveCount(0)
  await expect(async () => {
    await window.keyboard.press('KeyC')
    await expect(said).toHaveCount(0, { timeout: 3000 })
  }).toPass()
})
