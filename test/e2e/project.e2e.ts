/** Projects: several films in one, saved, closed, opened again; a film that has moved is found or asked for. */
import { mkdtemp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { drawGrayFilm } from '../material/films.ts'
import { accessFaults } from './access.ts'
import { clipOf, dialogsAnswer, goTo, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

let folder: string
test.beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'colornn-project-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const films = (window: Page) => window.getByRole('combobox', { name: 'Films of the project' })
const ready = (window: Page) => shown(window, 0)

test('a project of three films is saved, moved with its films, and asks for those that are lost until none is', async ({
  launch,
}) => {
  const home = join(folder, 'home')
  await mkdir(home)
  const first = await drawGrayFilm(join(home, 'first.mkv'))
  const others = [
    await drawGrayFilm(join(home, 'second.mkv'), { scene: 'smptebars' }),
    await drawGrayFilm(join(home, 'third.mkv'), { scene: 'rgbtestsrc' }),
  ]
  const studio = await launch({ args: [first] })
  const { window } = studio
  await ready(window)
  const pinned = (page: Page) => page.getByRole('button', { name: 'Remove pin' })
  await window.keyboard.press('KeyP')
  await expect(pinned(window)).toBeVisible()
  for (const other of others) {
    await dialogsAnswer(studio.app, { open: other })
    await window.keyboard.press('Control+KeyO')
    await expect(films(window).locator('option:checked')).toHaveText(basename(other))
    await expect(pinned(window)).toHaveCount(0)
  }
  // Only the first film has a pin: it is in view when there is one.
  await films(window).selectOption({ label: 'first.mkv' })
  await expect(pinned(window)).toBeVisible()

  const file = join(home, 'regatta.colornn')
  await dialogsAnswer(studio.app, { save: file })
  await window.keyboard.press('Control+KeyS')
  await expect(window.getByText('The project is saved.')).toBeVisible()
  await expect(window).toHaveTitle(/^regatta/)
  const clips = ['first.mkv', 'second.mkv', 'third.mkv'].map((relativePath) => ({ footage: { relativePath } }))
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ format: 'colornn-project', clips })
  await studio.close()

  // Everything moves to another place; two films get lost on the way.
  const away = join(folder, 'away')
  await rename(home, away)
  await mkdir(join(folder, 'elsewhere'))
  const lost = join(folder, 'elsewhere', 'other name.mkv')
  await rename(join(away, 'second.mkv'), lost)
  await rename(join(away, 'third.mkv'), join(folder, 'elsewhere', 'third.mkv'))
  const again = await launch({ args: [join(away, 'regatta.colornn')] })
  await ready(again.window)
  await expect(pinned(again.window)).toBeVisible()
  await films(again.window).selectOption({ label: 'second.mkv' })
  const dialog = again.window.getByRole('dialog', { name: 'Where are the films?' })
  await expect(dialog.getByText('not found')).toHaveCount(2)
  await dialogsAnswer(again.app, { open: lost })
  const noticed = again.window.evaluate(
    () => new Promise<void>((resolve) => void self.studio.on('filmBack', () => resolve())),
  )
  await dialog.getByRole('button', { name: 'Choose…' }).first().click()
  await expect(dialog.getByText('not found')).toHaveCount(1)
  // The program notices that the film in view is there again: the other one is asked for all the same.
  await noticed
  await ready(again.window)
  await expect(dialog.getByText('not found')).toHaveCount(1)
  await rename(join(folder, 'elsewhere', 'third.mkv'), join(away, 'third.mkv'))
  // Nothing more is lost: it does not wait for a button.
  await expect(dialog).toHaveCount(0)
  await ready(again.window)
  await expect(films(again.window).locator('option:checked')).toHaveText('second.mkv')

  // A film that stays lost does not keep the others from being worked on, and without any the project is still there.
  await again.window.keyboard.press('Control+KeyS')
  await again.window.keyboard.press('Control+KeyW')
  await rename(join(away, 'first.mkv'), join(folder, 'elsewhere', 'first.mkv'))
  await dialogsAnswer(again.app, { open: join(away, 'regatta.colornn') })
  await again.window.keyboard.press('Control+KeyO')
  await expect(dialog.getByText('not found')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(films(again.window).locator('option:checked')).toHaveText('second.mkv')
  expect(again.pageErrors).toEqual([])
})

test('what was never saved is offered at the next start, and the history leads anywhere', async ({ launch }) => {
  const film = await drawGrayFilm(join(folder, 'loose.mkv'))
  const profile = join(folder, 'profile')
  const studio = await launch({ args: [film], profile })
  await ready(studio.window)
  await studio.window.keyboard.press('KeyI')
  // Undo is meant for the pin, though that is still being made.
  for (const key of ['KeyP', 'Control+KeyZ', 'KeyP']) await studio.window.keyboard.press(key)
  await expect(studio.window.getByRole('button', { name: 'Remove pin' })).toBeVisible()
  await studio.close()

  const again = await launch({ profile })
  const leads = await again.window.evaluateHandle(() => {
    const seen = new Set<string>()
    const look = (): void => void seen.add(document.querySelector('h1 + p')?.textContent ?? '')
    new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true })
    return seen
  })
  await again.window.getByRole('button', { name: 'Go on with “loose”' }).click()
  await ready(again.window)
  // Its film is on its way into view then, and there.
  expect(await leads.evaluate((seen) => [...seen])).not.toContain('None of the project’s films could be opened.')
  await expect(again.window.getByRole('button', { name: 'Remove pin' })).toBeVisible()
  await again.window.keyboard.press('Control+KeyH')
  const history = again.window.getByRole('dialog', { name: 'History' })
  await history.getByRole('button', { name: /Set marks/ }).click()
  await history.getByRole('button', { name: 'Close' }).click()
  await expect(again.window.getByRole('button', { name: 'Pin this frame' })).toBeVisible()
  await again.window.keyboard.press('Control+Shift+KeyZ')
  await expect(again.window.getByRole('button', { name: 'Remove pin' })).toBeVisible()

  // Undone to the very beginning the project has no film, and all that there was comes back.
  for (let step = 0; step < 5; step++) await again.window.keyboard.press('Control+KeyZ')
  await expect(again.window.getByText('The project has no film.')).toBeVisible()
  // A film whose adding is undone while it is still being opened is nothing that has gone wrong.
  for (let pause = 0; pause < 240; pause += 60) {
    await again.window.keyboard.press('Control+Shift+KeyZ')
    await again.window.waitForTimeout(pause)
    await again.window.keyboard.press('Control+KeyZ')
    await expect(again.window.getByText('The project has no film.')).toBeVisible()
  }
  await again.window.getByRole('button', { name: /^Redo: / }).click()
  await ready(again.window)
  for (let step = 0; step < 2; step++) await again.window.keyboard.press('Control+Shift+KeyZ')
  await expect(again.window.getByRole('button', { name: 'Remove pin' })).toBeVisible()
  expect(await again.window.getByRole('alert').allInnerTexts()).toEqual([])
  // The same for a film that is taken out of the project.
  await again.window.getByRole('button', { name: 'Add, rename or take out a film' }).click()
  await again.window.getByRole('menuitem', { name: 'Take this film out of the project' }).click()
  await expect(again.window.getByText('The project has no film.')).toBeVisible()
  await again.window.keyboard.press('Control+KeyZ')
  await expect(again.window.getByRole('button', { name: 'Remove pin' })).toBeVisible()
})

test('a project that is closed while a film is on its way into it is closed, and nothing went wrong', async ({
  launch,
}) => {
  const short = await drawGrayFilm(join(folder, 'short.mkv'))
  const long = await drawGrayFilm(join(folder, 'long.mkv'), { size: '320x240', seconds: 60 })
  const studio = await launch({ args: [short] })
  const { window, pageErrors } = studio
  for (const delay of [30, 80, 160]) {
    await ready(window)
    await dialogsAnswer(studio.app, { open: long })
    await window.keyboard.press('Control+KeyO')
    await window.waitForTimeout(delay)
    await window.keyboard.press('Control+KeyW')
    // The button says “Opening…” for as long as something is on its way.
    await expect(window.getByRole('button', { name: 'Open film…' })).toBeEnabled()
    await expect(window.getByRole('alert')).toHaveCount(0)
    await dialogsAnswer(studio.app, { open: short })
    await window.keyboard.press('Control+KeyO')
  }
  await ready(window)
  expect(pageErrors).toEqual([])
})

test('a film is renamed in its project, by the keyboard or by a double click on it, and its file is not', async ({
  launch,
}) => {
  const film = await drawGrayFilm(join(folder, 'scan.mkv'))
  const { app, window } = await launch({ args: [film] })
  await ready(window)
  const name = window.getByRole('textbox', { name: 'Name in the project' })
  const called = (words: string) => expect(films(window).locator('option:checked')).toHaveText(words)
  await window.keyboard.press('Control+KeyK')
  await window.keyboard.type('Rename this film')
  await window.keyboard.press('Enter')
  await expect(name).toHaveValue('scan.mkv')
  expect(await accessFaults(window)).toEqual([])
  // All of it is chosen: what is typed takes its place.
  await window.keyboard.type('  ')
  await expect(window.getByRole('button', { name: 'Rename', exact: true })).toBeDisabled()
  await window.keyboard.type('Reel one')
  await window.keyboard.press('Enter')
  await called('Reel one')

  await dialogsAnswer(app, { open: await drawGrayFilm(join(folder, 'other.mkv'), { scene: 'smptebars' }) })
  await window.keyboard.press('Control+KeyO')
  await called('other.mkv')
  await window.getByRole('button', { name: /^Reel one, film 1 of 2/ }).dblclick()
  await expect(name).toHaveValue('Reel one')
  await window.keyboard.type('Reel two')
  await window.keyboard.press('Enter')
  await called('Reel two')
  await window.keyboard.press('Control+KeyZ')
  await called('Reel one')
  expect(await stat(film)).toBeTruthy()
})

test('whoever has the answer to an edit sees the project as it is after it', async ({ launch }) => {
  const { window } = await launch({ args: [await drawGrayFilm(join(folder, 'answers.mkv'))] })
  await ready(window)
  const early = await window.evaluate(async () => {
    const { studio } = self
    let title = ''
    studio.on('projectChanged', ({ patches }) => {
      for (const { path, value } of patches) if (path[0] === 'title') title = String(value)
    })
    let early = 0
    for (let n = 0; n < 400; n += 4) {
      await Promise.all(
        [0, 1, 2, 3].map(async (one) => {
          await studio.editProject({ type: 'rename-project', title: `Reel ${n + one}` })
          if (Number(title.slice(5)) < n + one) early++
        }),
      )
    }
    return early
  })
  expect(early).toBe(0)
})

test('another film in the place of a lost one is asked about first, and where that is undone none of its pictures is left', async ({
  launch,
}) => {
  const home = join(folder, 'other film')
  await mkdir(home)
  const film = await drawGrayFilm(join(home, 'harbour.mkv'), { seconds: 1 })
  const other = await drawGrayFilm(join(home, 'other.mkv'), { scene: 'smptebars', seconds: 0.5, size: '320x180' })
  const { app, window } = await launch({ args: [film] })
  await ready(window)
  const { frameCount } = await clipOf(window)
  await goTo(window, frameCount - 1)
  await window.keyboard.press('KeyP')
  await expect(window.getByRole('button', { name: 'Remove pin' })).toBeVisible()
  await dialogsAnswer(app, { save: join(home, 'harbour.colornn') })
  await window.keyboard.press('Control+KeyS')
  await expect(window.getByText('The project is saved.')).toBeVisible()
  const before = await clipOf(window)
  await window.keyboard.press('Control+KeyW')
  await rename(film, join(folder, 'put away.mkv'))
  await dialogsAnswer(app, { open: join(home, 'harbour.colornn') })
  await window.keyboard.press('Control+KeyO')
  const dialog = window.getByRole('dialog', { name: 'Where are the films?' })
  await dialogsAnswer(app, { open: other })
  const choose = dialog.getByRole('button', { name: 'Choose…' })
  const question = dialog.getByRole('alert')
  await choose.click()
  await expect(question).toContainText('Use “other.mkv” for “harbour.mkv”?')
  await expect(question).toContainText('What lies behind its end is taken away: one pin. Undo brings it back.')
  expect(await accessFaults(window)).toEqual([])
  await window.keyboard.press('Enter')
  await expect(question).toHaveCount(0)
  expect((await clipOf(window)).frames).toEqual(before.frames)
  await choose.click()
  await question.getByRole('button', { name: 'Use this film' }).click()
  // The playhead stays where it was, as far as the film goes.
  await expect(window.locator('canvas[data-frame="11"]')).toBeVisible()
  expect(await clipOf(window)).toMatchObject({ frameCount: 12, frames: {} })

  await window.keyboard.press('Control+KeyZ')
  await expect(dialog).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect((await clipOf(window)).frames).toEqual(before.frames)
  await expect(window.locator('canvas[data-frame]')).toHaveCount(0)
  await window.keyboard.press('KeyB')
  await expect(window.getByText('320 × 180')).toHaveCount(0)
})
