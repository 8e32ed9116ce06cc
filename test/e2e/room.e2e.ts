/** Words have room in every language, also where little of it is left. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { languages } from '../../electron/text/languages.ts'
import { drawFilm } from '../material/films.ts'
import { expect, test } from './launch.ts'
import { cutOff } from './room.ts'

const LONG = 'Die große Überfahrt von Hamburg nach New York, vierte Rolle, zweite Abtastung'

let folder: string
let films: string[]
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-room-'))
  const inner = join(folder, 'A folder whose name is long as well, as those of archives are')
  await mkdir(inner)
  films = await Promise.all(
    [`${LONG}.mkv`, 'b.mkv'].map((name) => drawFilm(inner, name, { size: '192x128', frames: 12, filters: 'hue=s=0' })),
  )
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** A stroke or a lasso over the middle of the picture. */
async function draw(window: Page): Promise<void> {
  const { x, y, width, height } = (await window.locator('canvas[data-frame]').boundingBox())!
  const at = (across: number, down: number) => [x + width * across, y + height * down] as const
  await window.mouse.move(...at(0.45, 0.4))
  await window.mouse.down()
  await window.mouse.move(...at(0.55, 0.4), { steps: 4 })
  await window.mouse.move(...at(0.5, 0.6), { steps: 4 })
  await window.mouse.up()
}

for (const { code, name, words } of languages)
  test(`words are nowhere cut off in the smallest window: ${name}`, async ({ launch }) => {
    const { app, window, pageErrors } = await launch({ args: [`--lang=${code}`, films[0]!] })
    await app.evaluate(({ BrowserWindow, dialog }, open) => {
      const [only] = BrowserWindow.getAllWindows()
      const [width, height] = only!.getMinimumSize()
      only!.setSize(width!, height!)
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] })
    }, films[1]!)
    await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThanOrEqual(720)
    const whole = async (state: string): Promise<void> => expect.soft(await cutOff(window), state).toEqual([])
    await expect(window.locator('canvas[data-frame="0"]')).toBeVisible()

    for (const key of ['KeyB', 'KeyW', 'KeyA']) {
      await window.keyboard.press(key)
      await whole(`the tool of ${key}`)
    }
    await window.getByRole('button', { name: words.tools.nameColor }).click()
    await whole('naming a color')
    await window.keyboard.type(`${LONG}, the captain’s coat`)
    await window.keyboard.press('Enter')
    await expect(window.getByRole('button', { name: LONG, pressed: true })).toBeVisible()
    await whole('a named color')
    await window.keyboard.press('KeyA')
    await draw(window)
    await expect(window.getByRole('combobox', { name: words.tools.adjustment })).toBeAttached()
    await whole('a region')
    await window.keyboard.press('Digit6')
    await whole('the onion skin')

    await window.keyboard.press('Control+KeyE')
    const dialog = window.getByRole('dialog')
    await dialog.locator('summary').first().click()
    for (const { name: purpose } of Object.values(words.export.purposes)) {
      await dialog.getByText(purpose, { exact: true }).click()
      await whole(purpose)
      const lefts = await dialog
        .getByRole('group', { name: words.delivery.crop })
        .locator('> *, label')
        .evaluateAll((parts) => parts.map((part) => Math.round(part.getBoundingClientRect().left)))
      expect(Math.min(...lefts.slice(1)), 'the sides of the crop stand behind its name').toBeGreaterThan(
        lefts[0]! + 100,
      )
    }
    await window.keyboard.press('Escape')
    await window.keyboard.press('Shift+KeyM')
    await whole('the list of markers')
    await window.keyboard.press('Escape')

    await window.keyboard.press('Control+KeyO')
    await expect(window.getByRole('navigation', { name: words.clips.order })).toBeVisible()
    await whole('two films')
    await window.keyboard.press('Control+KeyW')
    await expect(window.getByText(words.start.recent)).toBeVisible()
    await expect(window.getByText(`${LONG}.mkv`).first()).toBeVisible()
    await whole('the start')
    expect(pageErrors).toEqual([])
  })

test('of many films each is known by its name above the timeline, and the one in view is seen there', async ({
  launch,
}) => {
  const { app, window } = await launch({ args: [films[1]!] })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setSize(720, 480))
  await expect(window.locator('canvas[data-frame="0"]')).toBeVisible()
  const strip = window.getByRole('navigation', { name: 'Order of the films' }).getByRole('button')
  for (let reel = 1; reel <= 7; reel++) {
    const film = await drawFilm(folder, `Reel ${reel} of the great crossing.mkv`, { frames: 2 })
    await app.evaluate(({ dialog }, open) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] })
    }, film)
    await window.keyboard.press('Control+KeyO')
    await expect(strip).toHaveCount(reel + 1)
    const last = strip.nth(reel)
    await expect(last).toHaveAttribute('aria-current', 'true')
    await expect(last).toBeInViewport({ ratio: 0.99 })
    await expect(last).toHaveAttribute('title', new RegExp(`^Reel ${reel} of the great crossing`))
  }
  // Where there are too many of them side by side, they are scrolled, not squeezed until they look alike.
  for (const { room, words } of await strip.evaluateAll((buttons) =>
    buttons.map(({ clientWidth, scrollWidth }) => ({ room: clientWidth, words: scrollWidth })),
  ))
    expect(room).toBeGreaterThanOrEqual(Math.min(words, 140))
  await strip.nth(6).hover()
  await window.mouse.wheel(0, -2000)
  await expect(strip.first()).toBeInViewport({ ratio: 0.99 })
})
