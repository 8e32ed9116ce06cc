/** Colors of a pin in another shot, by the dialog and for all shots at once; taken back in one step. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../../build/setup/root.ts'
import { languages } from '../../electron/text/languages.ts'
import { drawScenes, SCENE, type Scenes } from '../material/scenes.ts'
import { accessFaults } from './access.ts'
import { clipOf, dialogsAnswer, goTo, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

let folder: string
let scenes: Scenes

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-alike-'))
  scenes = await drawScenes(folder)
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const pins = async (window: Page): Promise<number[]> =>
  Object.entries((await clipOf(window)).frames).flatMap(([frame, { pinned }]) => (pinned ? [Number(frame)] : []))

test('a frame is colored like a pin of another shot, or like a picture; shots that look alike are pinned at once', async ({
  launch,
}) => {
  const { window, app, pageErrors } = await launch({ args: [scenes.path] })
  await shown(window, 0)
  await expect
    .poll(async () => (await clipOf(window)).shots.map(({ from }) => from), { timeout: 60_000 })
    .toEqual([0, SCENE, 2 * SCENE])

  // Nothing is pinned yet: there is a picture to choose, and nothing else.
  await goTo(window, 2 * SCENE + 4)
  await window.keyboard.press('Control+Shift+KeyP')
  const dialog = window.getByRole('dialog', { name: 'Color like another frame' })
  await expect(dialog).toContainText('No other frame of this film is pinned')
  await dialogsAnswer(app, { open: await scenes.picture(10) })
  await dialog.getByRole('button', { name: 'A picture…' }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => pins(window), { timeout: 60_000 }).toEqual([2 * SCENE + 4])
  await window.keyboard.press('Control+KeyZ')
  await expect.poll(() => pins(window)).toEqual([])

  // The pins of other shots, the likest first, each with its colors.
  for (const frame of [SCENE + 10, 10]) {
    await goTo(window, frame)
    await dialogsAnswer(app, { open: await scenes.picture(frame) })
    await window.keyboard.press('Control+KeyP')
    await expect.poll(() => pins(window), { timeout: 60_000 }).toContain(frame)
  }
  await goTo(window, 2 * SCENE + 4)
  await window.keyboard.press('Control+Shift+KeyP')
  const choices = dialog.getByRole('listitem').getByRole('button')
  await expect(choices).toHaveCount(2, { timeout: 60_000 })
  const shares = (await choices.allInnerTexts()).map((text) => Number(/(\d+) %/.exec(text)![1]))
  expect(shares[0]).toBeGreaterThan(2 * shares[1]!)
  expect(await accessFaults(window)).toEqual([])
  await choices.first().click()
  await expect.poll(() => pins(window), { timeout: 60_000 }).toEqual([10, SCENE + 10, 2 * SCENE + 4])
  await window.keyboard.press('Control+KeyZ')
  await expect.poll(() => pins(window)).toEqual([10, SCENE + 10])

  // All of them at once; what was found is said, and is one step.
  await window.getByRole('button', { name: 'Pin shots that look alike' }).click()
  await expect(window.getByText('Shots without a pin that look like pinned ones: 1 of 1.')).toBeVisible({
    timeout: 60_000,
  })
  await expect.poll(async () => (await pins(window)).length).toBe(3)
  expect((await pins(window))[2]).toBeGreaterThanOrEqual(2 * SCENE)
  await window.keyboard.press('Alt+Shift+KeyP')
  await expect(window.getByText('Every shot here has a pin, is locked or keeps its own colors.')).toBeVisible()
  await window.keyboard.press('Control+KeyZ')
  await expect.poll(() => pins(window)).toEqual([10, SCENE + 10])
  expect(pageErrors).toEqual([])
})

test('the frame that was compared is the one that is pinned, though the film runs on behind the dialog', async ({
  launch,
}) => {
  const { window } = await launch({ args: [scenes.path] })
  await shown(window, 0)
  await goTo(window, 3 * SCENE - 1)
  await window.keyboard.press('KeyP')
  const last = 3 * SCENE - 1
  await expect.poll(() => pins(window), { timeout: 60_000 }).toEqual([last])
  await goTo(window, 0)
  await window.keyboard.press('Space')
  await window.keyboard.press('Control+Shift+KeyP')
  const dialog = window.getByRole('dialog', { name: 'Color like another frame' })
  await shown(window, last, { timeout: 60_000 })
  await dialog.getByRole('listitem').getByRole('button').click({ timeout: 60_000 })
  await expect.poll(async () => (await pins(window)).length, { timeout: 60_000 }).toBe(2)
})

test('what can not be compared is told, and not as something that is still going on', async ({ launch }) => {
  const weights = join(folder, 'without a pass')
  await cp(join(root, 'models', 'weights', 'color-model'), join(weights, 'color-model'), { recursive: true })
  const { window } = await launch({ args: [scenes.path], env: { COLORNN_WEIGHTS: weights } })
  await shown(window, 0)
  await window.keyboard.press('KeyP')
  await expect.poll(() => pins(window), { timeout: 60_000 }).toEqual([0])
  await goTo(window, 30)
  await window.keyboard.press('Control+Shift+KeyP')
  const dialog = window.getByRole('dialog', { name: 'Color like another frame' })
  await expect(dialog).toContainText('no network that carries colors', { timeout: 60_000 })
  await expect(dialog).not.toContainText('Comparing')
  await expect(dialog.getByRole('listitem')).toHaveCount(0)
})

for (const { code, name, words } of languages)
  test(`how much is found again has room below its picture: ${name}`, async ({ launch }) => {
    const { window } = await launch({ args: [`--lang=${code}`, scenes.path] })
    await shown(window, 0)
    await window.keyboard.press('KeyP')
    await expect.poll(() => pins(window), { timeout: 60_000 }).toEqual([0])
    await goTo(window, 30)
    await window.keyboard.press('Control+Shift+KeyP')
    const words100 = window.getByRole('listitem').getByText(/%/)
    await expect(words100).toBeVisible({ timeout: 60_000 })
    await words100.evaluate((element, whole) => (element.textContent = whole), words.likePin.share(100))
    const [inner, outer] = [
      await words100.boundingBox(),
      await window.getByRole('listitem').locator('canvas').boundingBox(),
    ]
    expect(inner!.x + inner!.width).toBeLessThanOrEqual(outer!.x + outer!.width)
  })
