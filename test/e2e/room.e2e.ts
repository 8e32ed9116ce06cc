/** Words have room in every language, also where little of it is left. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { languages } from '../../electron/text/languages.ts'
import { drawFilm } from '../material/films.ts'
import { accessFaults } from './access.ts'
import { dialogsAnswer, draw, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'
import { cutOff } from './room.ts'

const LONG = 'Die große Überfahrt von Hamburg nach New York, vierte Rolle, zweite Abtastung'

let folder: string
let films: string[]
let notFilm: string
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-room-'))
  const inner = join(folder, 'A folder whose name is long as well, as those of archives are')
  await mkdir(inner)
  films = await Promise.all(
    [`${LONG}.mkv`, 'b.mkv'].map((name) => drawFilm(inner, name, { size: '192x128', frames: 12, filters: 'hue=s=0' })),
  )
})
test.beforeAll(() => writeFile((notFilm = join(folder, `${LONG}.mkv`)), 'These are words alone.'))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

for (const [width, height] of [
  [1280, 720],
  [1024, 640],
] as const)
  test(`three notices at once leave the picture in sight in a window of ${width} × ${height}`, async ({ launch }) => {
    const { app, window } = await launch({ args: [films[1]!] })
    await expect(window.locator('canvas[data-frame="0"]')).toBeVisible()
    await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(...size), [
      width,
      height,
    ] as [number, number])
    await expect.poll(() => window.evaluate(() => innerHeight)).toBe(height)
    // As main tells of films that were found to be others than the project knows.
    for (const n of [1, 2, 3]) {
      const notice = {
        message: { pattern: '“{0}” has {1} pictures now; this project knows {2}.', values: [`${n} ${LONG}`, 240, 264] },
        advice: { pattern: 'See “Where the films lie” to use it as it is now.', values: [] },
      }
      await app.evaluate(
        ({ BrowserWindow }, told) => BrowserWindow.getAllWindows()[0]!.webContents.send('event:projectNotice', told),
        notice,
      )
      await expect(window.getByText(`“${n} ${LONG}`)).toBeAttached()
    }
    const more = window.getByRole('button', { name: '2 more notices' })
    await expect(more).toBeVisible()
    // Of the others nothing takes a key or a place.
    await expect(window.getByRole('button', { name: 'Dismiss' })).toHaveCount(1)
    const [top, picture] = [(await more.boundingBox())!, (await window.locator('canvas[data-frame]').boundingBox())!]
    expect(top.y).toBeGreaterThan(picture.y + 0.4 * picture.height)
    expect(await accessFaults(window)).toEqual([])
    await more.press('Enter')
    await expect(window.getByRole('button', { name: 'Dismiss' })).toHaveCount(3)
    for (const left of [2, 1, 0]) {
      await window.getByRole('button', { name: 'Dismiss' }).first().click()
      await expect(window.getByRole('button', { name: 'Dismiss' })).toHaveCount(left)
    }
  })

for (const { code, name, words } of languages)
  test(`words are nowhere cut off in the smallest window: ${name}`, async ({ launch }) => {
    const { app, window, pageErrors } = await launch({ args: [`--lang=${code}`, films[0]!] })
    await app.evaluate(({ BrowserWindow }) => {
      const [only] = BrowserWindow.getAllWindows()
      const [width, height] = only!.getMinimumSize()
      only!.setSize(width!, height!)
    })
    await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThanOrEqual(720)
    const whole = async (state: string): Promise<void> => expect.soft(await cutOff(window), state).toEqual([])
    await shown(window, 0)

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
    for (const keys of ['Control+KeyH', 'Control+KeyK']) {
      await window.keyboard.press(keys)
      await expect(window.getByRole('dialog')).toBeVisible()
      await whole(`the steps, the commands: ${keys}`)
      await window.keyboard.press('Escape')
    }
    await draw(window, [
      [0.45, 0.4],
      [0.55, 0.4],
      [0.5, 0.6],
    ])
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
    // Most of its buttons are there while one is under way: the one that orders more stays where it was pressed.
    const order = dialog.locator('button.primary')
    const before = (await order.boundingBox())!
    await dialogsAnswer(app, { save: join(folder, `${code}.mp4`) })
    await order.click()
    const cancel = dialog.getByRole('button', { name: words.export.cancel })
    await expect(cancel).toBeVisible()
    const [after, beside] = [(await order.boundingBox())!, (await cancel.boundingBox())!]
    // Ended before anything is held against it: with exports under way the program asks, and stays.
    await cancel.click()
    await expect(cancel).toHaveCount(0)
    expect([after.y, beside.y]).toEqual([before.y, before.y])
    await window.keyboard.press('Escape')
    await window.keyboard.press('Shift+KeyM')
    await whole('the list of markers')
    await window.keyboard.press('Escape')

    for (const action of [words.actions.licences, words.actions.reports, words.actions.relink]) {
      await window.keyboard.press('Control+KeyK')
      await window.keyboard.type(action)
      await window.keyboard.press('Enter')
      const close = dialog.getByRole('button', { name: words.comfort.close, exact: true })
      await expect(close, action).toBeInViewport({ ratio: 1 })
      // Its list scrolls, and not all of it, with the title and the buttons.
      expect
        .soft(await dialog.evaluate((element) => element.scrollHeight <= element.clientHeight + 1), action)
        .toBe(true)
      await whole(action)
      await window.keyboard.press('Escape')
    }

    // What is said while the list of work is open stands within it, and leaves the list its place.
    await window.keyboard.press('Control+KeyJ')
    const list = window.getByRole('region', { name: words.job.list })
    await dialogsAnswer(app, { open: notFilm })
    await window.keyboard.press('Control+KeyO')
    const said = list.getByRole('alert')
    const dismiss = said.getByRole('button', { name: words.notice.dismiss })
    await expect(said).toBeVisible()
    const sticksOut = await list.evaluate((element) => {
      const { left, bottom, width } = element.getBoundingClientRect()
      return element.contains(document.elementFromPoint(left + width / 2, bottom + 4))
    })
    expect(sticksOut).toBe(false)
    for (const part of [list.getByRole('heading', { name: words.job.films }), dismiss]) {
      await part.scrollIntoViewIfNeeded()
      expect(
        await part.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect()
          const around = element.closest('section')!.getBoundingClientRect()
          const hit = document.elementFromPoint(left + width / 2, top + height / 2)
          return hit !== null && element.contains(hit) && top >= around.top && top + height <= around.bottom
        }),
      ).toBe(true)
    }
    await window.keyboard.press('Control+KeyJ')

    // Beside scopes and inspector little is left of the picture: words still have lines, and hide no hint over them.
    await window.keyboard.press('F3')
    const notice = window.getByRole('alert')
    await expect(notice).toBeInViewport({ ratio: 0.5 })
    expect((await notice.boundingBox())!.width).toBeGreaterThanOrEqual(280)
    await window.evaluate(() => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([''], 'film.mkv'))
      dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true }))
    })
    const hint = window.getByText(words.view.dropHint)
    await expect(hint).toBeVisible()
    const layerOf = (part: Locator, within: string): Promise<number> =>
      part.evaluate((element, selector) => Number(getComputedStyle(element.closest(selector)!).zIndex), within)
    expect(await layerOf(hint, '.drop')).toBeGreaterThan(await layerOf(notice, '.stack'))
    await window.evaluate(() => dispatchEvent(new DragEvent('dragleave', { relatedTarget: null })))
    await window.keyboard.press('F3')
    await notice.getByRole('button', { name: words.notice.dismiss }).click()
    await dialogsAnswer(app, { open: films[1]! })

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
  await shown(window, 0)
  const strip = window.getByRole('navigation', { name: 'Order of the films' }).getByRole('button')
  for (let reel = 1; reel <= 7; reel++) {
    const film = await drawFilm(folder, `Reel ${reel} of the great crossing.mkv`, { frames: 2 })
    await dialogsAnswer(app, { open: film })
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
  // What was scrolled stays there while the film in view is worked on.
  await window.keyboard.press('KeyM')
  await expect(window.getByRole('slider', { name: 'Timeline' })).toHaveAttribute('aria-valuetext', /Marker/)
  await expect(strip.first()).toBeInViewport({ ratio: 0.99 })
})
