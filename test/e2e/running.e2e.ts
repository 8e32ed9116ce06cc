/** What the artist does while the film runs is about the frame on which he began it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { drawGrayFilm } from '../material/films.ts'
import { ask, clipOf, projectOf, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

let folder: string
let film: string
const SECONDS = 4
const FRAMES = SECONDS * 24

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-running-'))
  film = await drawGrayFilm(join(folder, 'running.mkv'), { seconds: SECONDS })
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const timelineOf = (window: Page) => window.getByRole('slider', { name: 'Timeline' })
const frameOf = async (window: Page): Promise<number> => Number(await timelineOf(window).getAttribute('aria-valuenow'))
const standing = (window: Page) => window.getByRole('button', { name: 'Play', exact: true })

async function run(window: Page): Promise<void> {
  await window.keyboard.press('Space')
  const from = await frameOf(window)
  await expect.poll(() => frameOf(window)).not.toBe(from)
}

test('a setting that is dragged or typed is that of one frame, on which the film holds still', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  const graded = async (): Promise<[number, number][]> =>
    Object.entries((await clipOf(window)).frames).flatMap(([frame, { operations }]) =>
      operations.flatMap((each): [number, number][] =>
        each.type === 'grade' ? [[Number(frame), each.grade.saturation]] : [],
      ),
    )
  await window.keyboard.press('Shift+KeyL')
  const ofFrame = window.getByRole('group', { name: 'Frame', exact: true })
  const track = (await ofFrame.getByRole('slider', { name: 'Saturation' }).boundingBox())!
  await run(window)
  await window.mouse.move(track.x + track.width * 0.5, track.y + track.height / 2)
  await window.mouse.down()
  for (let n = 1; n <= 12; n++) {
    await window.mouse.move(track.x + track.width * (0.5 + n / 30), track.y + track.height / 2)
    await window.waitForTimeout(30)
  }
  await window.mouse.up()
  await expect(standing(window)).toBeVisible()
  const frame = await frameOf(window)
  await expect.poll(graded).toEqual([[frame, expect.any(Number)]])
  expect((await graded())[0]![1]).toBeGreaterThan(1.5)

  // Reached by a key.
  await window.locator('body').press('ArrowRight')
  await ofFrame.getByRole('textbox', { name: 'Tint' }).focus()
  await window.keyboard.press('Tab')
  await window.keyboard.press('Space')
  await expect(standing(window)).toBeHidden()
  const hue = ofFrame.getByRole('textbox', { name: 'Hue' })
  await hue.focus()
  await hue.selectText()
  await window.keyboard.type('120', { delay: 150 })
  await window.keyboard.press('Tab')
  await expect(standing(window)).toBeVisible()
  await expect(hue).toHaveValue('120')
  const typed = await frameOf(window)
  await expect
    .poll(async () => (await clipOf(window)).frames[typed]?.operations)
    .toMatchObject([{ type: 'grade', grade: { hue: 120 } }])
})

test('the look of a shot is not that of the next one, which comes into view', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  const { id: clip } = await clipOf(window)
  await expect.poll(async () => (await clipOf(window)).cuts, { timeout: 60_000 }).not.toBe('none')
  for (let at = 2; at < FRAMES; at += 2) await ask(window, 'editProject', { type: 'split-shot', clip, at })
  const looks = async (): Promise<number> =>
    (await clipOf(window)).shots.filter(({ look }) => look.saturation !== 1).length
  await window.keyboard.press('Shift+KeyL')
  const slider = window.getByRole('group', { name: 'Look of the shot' }).getByRole('slider', { name: 'Saturation' })
  await slider.scrollIntoViewIfNeeded()
  await slider.focus()
  await window.keyboard.press('Space')
  await expect(standing(window)).toBeHidden()
  for (let n = 0; n < 8; n++) await window.keyboard.press('ArrowRight', { delay: 100 })
  await expect(standing(window)).toBeVisible()
  await expect.poll(looks).toBe(1)
})

test('the menu of a frame is about that frame, however it was asked for', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  await window.keyboard.press('Shift+KeyL')
  await run(window)
  await timelineOf(window).click({ button: 'right', position: { x: 200, y: 60 } })
  await expect(window.getByRole('menu')).toBeVisible()
  await expect(standing(window)).toBeVisible()
  await window.keyboard.press('Escape')

  await timelineOf(window).focus()
  await run(window)
  await window.keyboard.press('Shift+F10')
  await expect(window.getByRole('menu')).toBeVisible()
  await expect(standing(window)).toBeVisible()
})

test('a place is typed as if the film stood', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  await window.keyboard.press('Shift+KeyL')
  for (const name of ['Timecode', 'Frame']) {
    await run(window)
    const field = window.getByRole('textbox', { name, exact: true })
    await field.focus()
    await field.selectText()
    await window.keyboard.type('17', { delay: 200 })
    await expect(field).toHaveValue('17')
    await window.keyboard.press('Enter')
    await shown(window, 17)
    await expect(standing(window)).toBeVisible()
    await expect(field).toHaveValue(name === 'Frame' ? '17' : /17$/)
  }
})

test('the shot that is exported is the one in view when the dialog was opened', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  const { id: clip } = await clipOf(window)
  await expect.poll(async () => (await clipOf(window)).cuts, { timeout: 60_000 }).not.toBe('none')
  await ask(window, 'editProject', { type: 'split-shot', clip, at: 48 })
  await expect.poll(async () => (await projectOf(window)).project.clips[0]!.shots.length).toBe(2)
  await window.keyboard.press('Space')
  await window.keyboard.press('Control+KeyE')
  const part = window.getByRole('dialog').getByRole('combobox', { name: 'Part', exact: true })
  await part.selectOption('shot')
  await shown(window, FRAMES - 1)
  await expect(part.locator('option[value="shot"]')).toHaveText('The shot in view (1)')
  await expect(part).toHaveValue('shot')
})
