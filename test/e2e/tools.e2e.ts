/**
 * The artist's tools in the real window: what is drawn, selected, picked and carried on, each as one step of the
 * history.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import type { Operation } from '../../electron/contract/operations.ts'
import { drawGrayFilm, ffmpeg } from '../material/films.ts'
import { clipOf, draw, projectOf, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

let folder: string
test.beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'colornn-tools-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const operations = async (window: Page, frame: number): Promise<Operation[]> =>
  (await clipOf(window)).frames[frame]?.operations ?? []

/** Without hard edges, so that regions have borders to be found. */
const soft = { size: '320x192', filters: 'gblur=1,hue=s=0,format=yuv420p' }

test('regions, named and picked colors, and their ways to other frames', async ({ launch }) => {
  const film = await drawGrayFilm(join(folder, 'film.mkv'), soft)
  const picture = join(folder, 'coat.png')
  await ffmpeg(['-f', 'lavfi', '-i', 'color=0x3060c0:size=64x48', '-frames:v', '1', picture])
  const { window, pageErrors } = await launch({ args: [film] })
  await shown(window, 0)

  // A lasso becomes a region, and its settings are at hand; a slider's way is one step.
  await window.keyboard.press('KeyA')
  await draw(window, [
    [0.35, 0.3],
    [0.65, 0.3],
    [0.65, 0.7],
    [0.35, 0.7],
  ])
  await expect.poll(async () => (await operations(window, 0)).map(({ type }) => type)).toEqual(['region'])
  const drawn = (await projectOf(window)).position
  const strength = window.getByRole('slider', { name: 'Strength' })
  const track = (await strength.boundingBox())!
  await window.mouse.move(track.x + track.width * 0.9, track.y + track.height / 2)
  await window.mouse.down()
  await window.mouse.move(track.x + track.width * 0.3, track.y + track.height / 2, { steps: 12 })
  await window.mouse.up()
  await expect
    .poll(async () => (await operations(window, 0))[0])
    .toMatchObject({ adjustment: { kind: 'recolor', strength: expect.closeTo(0.3, 1) } })
  await expect.poll(async () => (await projectOf(window)).position).toBe(drawn + 1)

  // A color taken from a picture goes to what is selected.
  await window.locator('input[type="file"]').setInputFiles(picture)
  await window.getByLabel('Picture to pick colors from: arrow keys choose').click()
  // 0x3060c0 in BT.601.
  await expect
    .poll(async () => (await operations(window, 0))[0])
    .toMatchObject({ adjustment: { color: { u: expect.closeTo(0.22, 2), v: expect.closeTo(-0.125, 2) } } })

  // Kept under a name, used, and changed: what was colored with it follows.
  await window.getByRole('button', { name: 'Keep this color…' }).click()
  await window.keyboard.type('uniform')
  await window.keyboard.press('Enter')
  await window.getByRole('button', { name: 'uniform', exact: true }).click()
  await expect
    .poll(async () => (await operations(window, 0))[0])
    .toMatchObject({ adjustment: { color: { named: expect.any(String) } } })
  await window.getByRole('button', { name: 'Rename: uniform' }).click()
  await window.keyboard.type(', field gray')
  await window.keyboard.press('Enter')
  await expect
    .poll(async () => (await projectOf(window)).project.namedColors.map(({ name }) => name))
    .toEqual(['uniform, field gray'])

  // The border of what a click would take shows before the click; the click takes it.
  await window.keyboard.press('KeyW')
  const box = (await window.locator('canvas[data-frame]').boundingBox())!
  await window.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5)
  await expect(window.locator('path.region.border')).toHaveCount(1)
  await window.mouse.down()
  await window.mouse.up()
  await expect.poll(async () => (await operations(window, 0)).length).toBe(2)

  // Moved by hand with Ctrl, as one step.
  const before = (await operations(window, 0))[1]!
  const position = (await projectOf(window)).position
  await window.keyboard.down('Control')
  await draw(window, [
    [0.5, 0.5],
    [0.55, 0.6],
  ])
  await window.keyboard.up('Control')
  await expect.poll(async () => (await operations(window, 0))[1]).not.toEqual(before)
  await expect.poll(async () => (await projectOf(window)).position).toBe(position + 1)

  // Carried to the next frame, and taken back there.
  await window.getByRole('button', { name: 'Copy', exact: true }).click()
  await window.keyboard.press('ArrowRight')
  await window.getByRole('button', { name: 'Paste what is on frame 0' }).click()
  await expect.poll(async () => (await operations(window, 1)).length).toBe(2)
  await window.keyboard.press('Control+KeyZ')
  await expect.poll(async () => (await operations(window, 1)).length).toBe(0)

  // Undone while it is being drawn, a stroke is given up, and nothing else is undone.
  await window.keyboard.press('KeyB')
  const { position: steps } = await projectOf(window)
  const viewer = (await window.locator('canvas[data-frame]').boundingBox())!
  const to = (x: number): Promise<void> => window.mouse.move(viewer.x + x * viewer.width, viewer.y + viewer.height / 2)
  await to(0.3)
  await window.mouse.down()
  await to(0.4)
  await window.keyboard.press('Control+KeyZ')
  await to(0.5)
  await window.mouse.up()
  await expect.poll(async () => (await operations(window, 1)).length).toBe(0)
  expect((await projectOf(window)).position).toBe(steps)

  // With Alt the brush takes a color and draws nothing; with Shift it draws a line from where it was last.
  const click = async (x: number, key?: string): Promise<void> => {
    if (key) await window.keyboard.down(key)
    await draw(window, [[x, 0.5]])
    if (key) await window.keyboard.up(key)
  }
  await click(0.4, 'Alt')
  await expect(window.getByText('Nothing is colored here, so there is no color to take.')).toBeVisible()
  expect(await operations(window, 1)).toEqual([])
  await click(0.4)
  await click(0.6, 'Shift')
  const lengths = async () => (await operations(window, 1)).map((each) => each.type === 'hint' && each.points.length)
  await expect.poll(lengths).toEqual([1, 2])
  await expect(window.getByRole('alert')).toHaveCount(0)
  expect(pageErrors).toEqual([])
})

test('a stroke, a region and a lasso are drawn by keys alone', async ({ launch }) => {
  const film = await drawGrayFilm(join(folder, 'keys.mkv'), soft)
  const { window, pageErrors } = await launch({ args: [film] })
  await shown(window, 0)
  const keys = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) await window.keyboard.press(key)
  }
  const times = (count: number, key: string): string[] => Array.from({ length: count }, () => key)

  // Without a tool in the hand it is the brush, in the middle of the picture; the film stays where it is.
  await keys('Shift+KeyB', ...times(4, 'ArrowLeft'), 'Space', ...times(8, 'ArrowRight'), 'Shift+ArrowDown', 'Space')
  await expect
    .poll(async () => (await operations(window, 0)).map((each) => each.type === 'hint' && each.kind))
    .toEqual(['color'])
  const [stroke] = await operations(window, 0)
  if (stroke?.type !== 'hint') throw new Error('no stroke')
  const [first, last] = [stroke.points[0]!, stroke.points.at(-1)!]
  expect([first[0] + last[0], first[1]]).toEqual([expect.closeTo(1, 1), expect.closeTo(0.5, 1)])
  expect(last[0]).toBeGreaterThan(first[0] + 0.05)
  expect(await window.locator('canvas[data-frame]').getAttribute('data-frame')).toBe('0')

  // Strokes of different kinds are told apart in the list.
  const listed = window.getByRole('list', { name: 'On this frame' }).getByRole('listitem')
  await expect(listed).toContainText(['Stroke of color'])
  await keys('KeyE', 'Space', 'ArrowRight', 'ArrowRight', 'Space')
  await expect(listed).toContainText(['Stroke of color', 'Keeping stroke'])
  await keys('Control+KeyZ')
  await expect(listed).toHaveCount(1)

  // Undo means what was drawn last, also where the program has not come to know of it yet.
  await keys('Space', 'ArrowRight', 'ArrowRight', 'Space')
  await expect(listed).toHaveCount(2)
  await window.evaluate(() => {
    const press = (code: string, key: string, ctrlKey = false): void =>
      void document.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { code, key, ctrlKey, bubbles: true, cancelable: true }),
      )
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space']) press(key, key === 'Space' ? ' ' : key)
    press('KeyZ', 'z', true)
  })
  const kept = async (): Promise<unknown> => {
    const { position, steps } = await projectOf(window)
    return [(await operations(window, 0)).length, position, steps]
  }
  // The film itself was the first step; of the four the last is undone.
  await expect.poll(kept).toEqual([2, 3, 4])
  // In the middle of a stroke it lifts the pen: the next Space begins another one.
  await keys('Space', 'ArrowRight', 'Control+KeyZ', 'Space', 'ArrowRight', 'ArrowRight', 'Space')
  const drawn = async (): Promise<unknown> =>
    (await operations(window, 0)).map((each) => each.type === 'hint' && each.points.length > 1)
  await expect.poll(drawn).toEqual([true, true, true])
  await keys('Control+KeyZ')
  await expect.poll(kept).toEqual([2, 3, 4])

  // Another tool goes on where the last one was; Escape takes back what is begun, then gives the keys back.
  await keys('KeyW', ...times(3, 'ArrowUp'), 'Space')
  await expect
    .poll(async () => (await operations(window, 0)).map(({ type }) => type))
    .toEqual(['hint', 'hint', 'region'])
  await keys('KeyA', 'Space', ...times(4, 'ArrowRight'), ...times(4, 'ArrowDown'), 'Escape')
  await keys('Space', ...times(5, 'ArrowRight'), ...times(5, 'ArrowDown'), ...times(5, 'ArrowLeft'))
  await keys('Space')
  await expect
    .poll(async () => (await operations(window, 0)).map((each) => each.type === 'region' && each.shape.kind))
    .toEqual([false, false, 'edge-select', 'lasso'])
  await keys('Escape', 'ArrowRight')
  await shown(window, 1)
  expect(pageErrors).toEqual([])
})

test('keys move the object that they took, and go on drawing once it is given up', async ({ launch }) => {
  const film = await drawGrayFilm(join(folder, 'taken.mkv'), soft)
  const { window, pageErrors } = await launch({ args: [film] })
  await shown(window, 0)
  const keys = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) await window.keyboard.press(key)
  }
  const strokes = async (): Promise<(readonly (readonly [number, number, ...unknown[]])[])[]> =>
    (await operations(window, 0)).map((each) => (each.type === 'hint' ? each.points : []))
  await keys('Shift+KeyB', 'Space', 'ArrowRight', 'ArrowRight', 'Space')
  await expect.poll(async () => (await strokes()).map(({ length }) => length)).toEqual([2])
  const [before] = await strokes()

  // All at once: main has not answered to the second stroke when the first one is taken.
  await window.evaluate(() => {
    const press = (code: string, key = code, ctrlKey = false): void =>
      void document.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { code, key, ctrlKey, bubbles: true, cancelable: true }),
      )
    press('Space', ' ')
    for (let n = 0; n < 8; n++) press('ArrowRight')
    press('Space', ' ')
    for (let n = 0; n < 8; n++) press('ArrowLeft')
    press('Space', ' ', true)
  })
  await expect.poll(async () => (await projectOf(window)).position).toBe(3)
  await keys('ArrowDown', 'ArrowDown', 'Space')
  await expect.poll(async () => (await strokes())[0]![0]![1]).toBeGreaterThan(before![0]![1] + 0.01)
  expect(await strokes()).toHaveLength(2)

  // Undo while it is moved puts it back and takes it out of the hand: Space begins a stroke.
  const moved = await strokes()
  await keys('Control+Space', 'ArrowDown', 'Control+KeyZ', 'Space', 'ArrowLeft', 'ArrowLeft', 'Space')
  await expect.poll(async () => (await strokes()).map(({ length }) => length > 1)).toEqual([true, true, true])
  expect((await strokes()).slice(0, 2)).toEqual(moved)
  expect(pageErrors).toEqual([])
})

test('a number that is typed is that of the frame it was typed on, whatever the pointer goes on with', async ({
  launch,
}) => {
  const film = await drawGrayFilm(join(folder, 'typed.mkv'), { ...soft, seconds: 2 })
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  const saturation = window
    .getByRole('group', { name: 'Frame', exact: true })
    .getByRole('textbox', { name: 'Saturation' })
  const timeline = window.getByRole('slider', { name: 'Timeline' })
  const { width } = (await timeline.boundingBox())!
  const type = async (value: string): Promise<void> => {
    await saturation.click()
    await saturation.selectText()
    await window.keyboard.type(value)
  }
  const graded = async (): Promise<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries((await clipOf(window)).frames).map(([frame, edit]) => [
        frame,
        edit.operations.map((each) => (each.type === 'grade' ? Math.round(each.grade.saturation * 100) : each.type)),
      ]),
    )
  const goTo = (frame: number): Promise<void> =>
    timeline.click({ position: { x: ((frame + 0.5) * width) / 48, y: 70 } })
  await type('80')
  await goTo(20)
  await shown(window, 20)
  await expect.poll(graded).toEqual({ 0: [80] })
  // Back on a frame that has a value of its own, which the field would show.
  await type('60')
  await goTo(0)
  await shown(window, 0)
  await expect.poll(graded).toEqual({ 0: [80], 20: [60] })

  // The stroke that follows is a step of its own.
  await window.keyboard.press('KeyB')
  await type('40')
  await draw(window, [
    [0.3, 0.5],
    [0.5, 0.5],
    [0.6, 0.6],
  ])
  await expect.poll(graded).toEqual({ 0: [40, 'hint'], 20: [60] })
  await window.keyboard.press('Control+KeyZ')
  await expect.poll(graded).toEqual({ 0: [40], 20: [60] })
})

test('the brush is shown as wide as it paints on film whose pixels are not square', async ({ launch }) => {
  const filters = `${soft.filters},setsar=64/45`
  const film = await drawGrayFilm(join(folder, 'anamorphic.mkv'), { size: '360x288', filters })
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  await window.keyboard.press('KeyB')
  for (let n = 0; n < 8; n++) await window.keyboard.press('BracketRight')
  await draw(window, [[0.5, 0.5]])
  await expect.poll(async () => (await operations(window, 0)).length).toBe(1)
  const shapeOf = async (ring: Locator): Promise<number> => {
    const { width, height } = (await ring.boundingBox())!
    return width / height
  }
  expect(await shapeOf(window.locator('svg .cursor').last())).toBeCloseTo(64 / 45, 1)
  await window.getByRole('list', { name: 'On this frame' }).getByRole('button', { pressed: false }).first().click()
  expect(await shapeOf(window.locator('svg .dab'))).toBeCloseTo(64 / 45, 1)
})
