/** Colors of a pin in another shot, by the dialog and for all shots at once; taken back in one step. */
import { cp, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Clip } from '../../electron/contract/projectDocument.ts'
import { root } from '../../build/setup/root.ts'
import { languages } from '../../electron/text/languages.ts'
import { drawScenes, SCENE, type Scenes } from '../material/scenes.ts'
import { accessFaults } from './access.ts'
import { clipOf, dialogsAnswer, goTo, projectOf, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

let folder: string
let scenes: Scenes

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-alike-'))
  scenes = await drawScenes(folder)
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const clipsOf = async (window: Page): Promise<Clip[]> => (await projectOf(window)).project.clips
const pinsOf = ({ frames }: Clip): number[] =>
  Object.entries(frames).flatMap(([frame, { pinned }]) => (pinned ? [Number(frame)] : []))
const pins = async (window: Page): Promise<number[]> => pinsOf(await clipOf(window))

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
  await expect(dialog).toContainText('No other frame of this project is pinned')
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
  // It is true when it is said.
  expect(await pins(window)).toHaveLength(3)
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

/** The project holds so many films, and their shots are known. */
async function reelsAreThere(window: Page, count: number): Promise<void> {
  await expect(window.locator('canvas[data-frame="0"]')).toBeVisible()
  await expect.poll(async () => (await clipsOf(window)).length, { timeout: 60_000 }).toBe(count)
}

async function lookAt(window: Page, reel: string): Promise<void> {
  const strip = window.getByRole('navigation', { name: 'Order of the films' })
  const film = strip.getByRole('button', { name: reel })
  await film.click()
  await expect(film).toHaveAttribute('aria-current', 'true')
  await expect(window.locator('canvas[data-frame="0"]')).toBeVisible()
}

test('frames are colored like pins of another film of the project, and shots that look like its shots are pinned', async ({
  launch,
}) => {
  const wide = await drawScenes(folder, { name: 'wide reel', filters: 'crop=384:216,scale=768:432' })
  const { window, app, pageErrors } = await launch({ args: [wide.path, scenes.path] })
  await reelsAreThere(window, 2)
  await lookAt(window, 'wide reel')
  await dialogsAnswer(app, { open: await wide.picture(10) })
  await goTo(window, 10)
  await window.keyboard.press('Control+KeyP')
  await expect.poll(() => pins(window), { timeout: 60_000 }).toEqual([10])
  await lookAt(window, 'scenes')
  const own = async (): Promise<number[]> => pinsOf((await clipsOf(window))[1]!)
  await expect
    .poll(async () => (await clipsOf(window))[1]!.shots.map(({ from }) => from), { timeout: 60_000 })
    .toEqual([0, SCENE, 2 * SCENE])

  await goTo(window, 4)
  await window.keyboard.press('Control+Shift+KeyP')
  const dialog = window.getByRole('dialog', { name: 'Color like another frame' })
  const choice = dialog.getByRole('listitem').getByRole('button')
  await expect(choice).toHaveAccessibleName(/^wide reel.mkv, 00:00:00:10, \d+ % found again$/, { timeout: 60_000 })
  expect(await accessFaults(window)).toEqual([])
  await choice.click()
  await expect.poll(own, { timeout: 60_000 }).toEqual([4])
  await window.keyboard.press('Control+KeyZ')
  await expect.poll(own).toEqual([])

  await window.getByRole('button', { name: 'Pin shots that look alike' }).click()
  await expect(window.getByText('2 of 3 (2 like one of another film)')).toBeVisible({ timeout: 60_000 })
  expect(await own()).toHaveLength(2)
  await window.keyboard.press('Control+KeyZ')
  await expect.poll(own).toEqual([])

  // One that was moved away is named, and nothing else fails.
  await rename(wide.path, `${wide.path}.away`)
  await window.keyboard.press('Control+Shift+KeyP')
  await expect(dialog).toContainText('not where they were are left out: wide reel.mkv', { timeout: 60_000 })
  await expect(dialog).toContainText('No other frame of this project is pinned')
  await window.keyboard.press('Escape')
  await window.keyboard.press('Alt+Shift+KeyP')
  await expect(window.getByText('not where they were are left out: wide reel.mkv')).toBeVisible({ timeout: 60_000 })
  expect(await own()).toEqual([])
  expect(pageErrors).toEqual([])
})

test('all pins that can be chosen are seen as soon as they are listed, however many there are', async ({ launch }) => {
  const reels = await Promise.all(['one', 'two'].map((name) => drawScenes(folder, { name, filters: 'scale=192:128' })))
  const { window } = await launch({ args: [scenes.path, ...reels.map(({ path }) => path)] })
  await reelsAreThere(window, 3)
  const clips = (await clipsOf(window)).map(({ id }) => id)
  await window.evaluate(async (ids) => {
    const { studio } = globalThis as unknown as { studio: { pinFrame(pin: unknown): Promise<unknown> } }
    for (const clip of ids)
      for (let frame = 1; frame < 60; frame += 2.5) await studio.pinFrame({ clip, frame: Math.floor(frame) })
  }, clips)
  await window.keyboard.press('Control+Shift+KeyP')
  const dialog = window.getByRole('dialog', { name: 'Color like another frame' })
  await expect(dialog.getByRole('listitem')).toHaveCount(72, { timeout: 120_000 })
  const dark = await dialog.locator('canvas').evaluateAll((all) =>
    all.filter((each) => {
      const { width, height } = each as HTMLCanvasElement
      const { data } = (each as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height)
      return !data.some((value, n) => n % 4 < 3 && value > 100)
    }),
  )
  expect(dark).toEqual([])
})

test('closing the dialog ends the comparison', async ({ launch }) => {
  const { window, app } = await launch({ args: [scenes.path] })
  await shown(window, 0)
  const [clip] = (await clipsOf(window)).map(({ id }) => id)
  await window.evaluate(async (id) => {
    for (let frame = 1; frame < 60; frame += 2) await self.studio.pinFrame({ clip: id!, frame })
  }, clip)
  // What main answers, though nobody in the window wants to know it any more.
  await app.evaluate(({ ipcMain }) => {
    interface Answer {
      readonly outcome: { readonly error?: { readonly code: string } }
    }
    // Older Electrons answer by a function of the event.
    type Handler = (event: { _reply?: (answer: Answer) => void }, ...given: unknown[]) => Promise<Answer | undefined>
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
    const handler = handlers.get('request:pinLikeness')!
    const told: string[] = ((globalThis as { told?: string[] }).told = [])
    const note = ({ outcome }: Answer): void => void told.push(outcome.error?.code ?? 'compared')
    handlers.set('request:pinLikeness', async (event, ...given) => {
      const reply = event._reply?.bind(event)
      if (reply)
        event._reply = (answer) => {
          note(answer)
          reply(answer)
        }
      const answer = await handler(event, ...given)
      if (answer) note(answer)
      return answer
    })
  })
  const told = (): Promise<string[]> => app.evaluate(() => (globalThis as unknown as { told: string[] }).told)
  await goTo(window, 2)
  await window.keyboard.press('Control+Shift+KeyP')
  const dialog = window.getByRole('dialog', { name: 'Color like another frame' })
  await expect(dialog).toContainText('Comparing')
  await window.keyboard.press('Escape')
  await expect.poll(told).toEqual(['cancelled'])
  await window.keyboard.press('Control+Shift+KeyP')
  await expect(dialog.getByRole('listitem')).toHaveCount(30, { timeout: 120_000 })
  expect(await told()).toEqual(['cancelled', 'compared'])
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
