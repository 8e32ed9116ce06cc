/** On a small screen, or a large one that is scaled up, every control is still there to be used. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { languages } from '../../electron/text/languages.ts'
import { dialogsAnswer, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

/**
 * Controls that reach out of the window, or out of a part of it that can not be scrolled, that lie on each other, or
 * have less room than their words.
 */
const unusable = (window: Page): Promise<string[]> =>
  window.evaluate(() => {
    const found: string[] = []
    const controls = [...document.querySelectorAll<HTMLElement>('button, input, select')].filter((element) =>
      element.checkVisibility(),
    )
    for (const element of controls) {
      const name = element.getAttribute('aria-label') ?? element.textContent
      if (element.matches('button') && element.scrollWidth > element.clientWidth + 1)
        found.push(`“${name}” is wider than its button`)
      const { left, top, right, bottom } = element.getBoundingClientRect()
      const room = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
      let scrolls = false
      for (let part = element.parentElement; part && !scrolls; part = part.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(part)
        const edges = part.getBoundingClientRect()
        scrolls = /auto|scroll/.test(overflowX + overflowY)
        if (scrolls && right > edges.left + part.clientLeft + part.clientWidth + 1 && part.matches('aside *'))
          found.push(`“${name}” reaches out of its panel`)
        if (!scrolls && /hidden|clip/.test(overflowX)) {
          room.left = Math.max(room.left, edges.left)
          room.right = Math.min(room.right, edges.right)
        }
      }
      if (scrolls) continue
      if (left < room.left - 1 || right > room.right + 1 || top < -1 || bottom > room.bottom + 1)
        found.push(`“${name}” is cut off`)
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      if (!hit || !(element.contains(hit) || hit.contains(element))) found.push(`“${name}” is covered`)
    }
    return found
  })

let folder: string
test.beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'colornn-names-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** English has the shortest words; which of the others is longest differs from button to button. */
for (const { code, name, words } of languages.filter((each) => each.code !== 'en')) {
  test(`nothing is cut off in the smallest window at 250 %: ${name}`, async ({ launch }) => {
    const { app, window } = await launch({
      args: ['--force-device-scale-factor=2.5', `--lang=${code}`],
    })
    await app.evaluate(({ BrowserWindow }) => {
      const [only] = BrowserWindow.getAllWindows()
      const [width, height] = only!.getMinimumSize()
      only!.setSize(width!, height!)
    })
    await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThan(760)
    const sample = window.getByRole('button', { name: words.comfort.sample })
    await expect(sample).toBeVisible()
    expect(await unusable(window)).toEqual([])
    await sample.click()
    await shown(window, 0, { timeout: 90_000 })
    await expect(window.getByRole('button', { name: words.top.colorize, exact: true })).toBeVisible()
    expect(await unusable(window)).toEqual([])
    const standing = window.getByText(words.view.notColored)
    expect(await standing.evaluate((element) => element.scrollWidth <= element.clientWidth + 1)).toBe(true)
    for (const keys of ['F3', 'F2']) {
      await window.keyboard.press(keys)
      await expect.poll(() => unusable(window)).toEqual([])
    }
    for (const keys of ['Control+Comma', 'Control+KeyE', 'Control+KeyH', 'F1']) {
      await window.keyboard.press(keys)
      const dialog = window.getByRole('dialog')
      await expect(dialog, keys).toBeVisible({ timeout: 8000 })
      expect(
        await dialog.evaluate(
          (element) =>
            element.getBoundingClientRect().bottom <= innerHeight && element.scrollWidth <= element.clientWidth + 1,
        ),
      ).toBe(true)
      await window.keyboard.press('Escape')
      await expect(window.locator('dialog')).toHaveCount(0)
    }
    // The list of work lies over the picture, and so covers nothing that plays and steps.
    await window.keyboard.press('Control+KeyJ')
    const list = await window.getByRole('region', { name: words.job.list }).boundingBox()
    const position = await window.getByLabel(words.transport.timecode).boundingBox()
    expect(list!.y + list!.height).toBeLessThanOrEqual(position!.y)
  })
}

test('a project with the longest of names leaves the top bar to the others, and shows whether it is saved', async ({
  launch,
}) => {
  const { app, window } = await launch()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setSize(1200, 760))
  await dialogsAnswer(app, { save: join(folder, `${'Die große Überfahrt '.repeat(9)}.colornn`) })
  await window.getByRole('button', { name: 'Try it on the sample film' }).click()
  await shown(window, 0, { timeout: 90_000 })
  const films = window.getByRole('combobox', { name: 'Films of the project' })
  const roomy = await films.boundingBox()
  await window.keyboard.press('Control+Shift+KeyS')
  const name = window.getByRole('heading', { level: 1 })
  await expect(name).toContainText('Die große Überfahrt')
  expect((await films.boundingBox())?.width).toBeCloseTo(roomy!.width, 0)
  expect(await unusable(window)).toEqual([])
  await window.keyboard.press('KeyM')
  await window.keyboard.press('Enter')
  const unsaved = name.getByRole('img')
  await expect(unsaved).toBeInViewport({ ratio: 1 })
  const [dot, select] = [await unsaved.boundingBox(), await films.boundingBox()]
  expect(dot!.x + dot!.width).toBeLessThan(select!.x)
})
