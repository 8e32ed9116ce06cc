/** The timeline's marks and cuts: dragged, given up in the middle, and done with keys alone. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import { drawGrayFilm } from '../material/films.ts'
import { accessFaults } from './access.ts'
import { ask, clipOf, projectOf, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

let folder: string
let film: string
const SECONDS = 4

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-timeline-'))
  film = await drawGrayFilm(join(folder, 'timeline.mkv'), { seconds: SECONDS })
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const timelineOf = (window: Page) => window.getByRole('slider', { name: 'Timeline' })

/** The shots of the film are known, and this was done. */
async function prepared(window: Page, commands: readonly ((clip: string) => ProjectCommand)[]): Promise<void> {
  await shown(window, 0)
  await expect.poll(async () => (await clipOf(window)).cuts, { timeout: 60_000 }).not.toBe('none')
  const { id } = await clipOf(window)
  for (const command of commands) await ask(window, 'editProject', command(id))
}

const marker = (frame: number) => (clip: string) =>
  ({ type: 'add-marker', clip, marker: { id: `m${frame}`, frame, name: '', color: 'red' } }) as const

test('undo in the middle of a drag gives the drag up, and takes back nothing else', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await prepared(window, [
    (clip) => ({ type: 'split-shot', clip, at: 48 }),
    marker(24),
    (clip) => ({ type: 'rename-clip', clip, name: 'Harbour' }),
  ])
  await ask(window, 'undoEdit')
  const before = await projectOf(window)
  expect(before.redo).not.toBeNull()
  const at = async (frame: number, y: number): Promise<[number, number]> => {
    const box = (await timelineOf(window).boundingBox())!
    return [box.x + (frame * box.width) / (SECONDS * 24), box.y + y]
  }
  // With a lane of markers the one of shots begins at 35.
  for (const [frame, y] of [
    [48, 42],
    [24.5, 27],
  ] as const)
    for (const key of ['Control+KeyZ', 'Control+Shift+KeyZ', 'Escape']) {
      await window.mouse.move(...(await at(frame, y)))
      await window.mouse.down()
      await window.mouse.move(...(await at(frame + 12, y)), { steps: 4 })
      await window.keyboard.press(key)
      // What is redone waits for the end of the drag, which is given up here as well.
      if (key === 'Control+Shift+KeyZ') await window.keyboard.press('Escape')
      await window.mouse.move(...(await at(frame + 20, y)), { steps: 4 })
      await window.mouse.up()
      const { project, redo, undo, position } = await projectOf(window)
      expect([project, redo, undo, position]).toEqual([before.project, before.redo, before.undo, before.position])
    }
})

test('what a frame has none of is not offered in its menu', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await prepared(window, [marker(24), (clip) => ({ type: 'split-shot', clip, at: 24 })])
  const timeline = timelineOf(window)
  const items = window.getByRole('menu').getByRole('menuitem')
  const ofWhatIsThere = ['Remove the pin', 'Join the shot', 'Clear marks', 'Delete the marker']
  const offered = async (): Promise<string[]> => {
    await timeline.focus()
    await window.keyboard.press('Shift+F10')
    await expect(items.first()).toBeFocused()
    const all = await items.allTextContents()
    await window.keyboard.press('Escape')
    return ofWhatIsThere.filter((words) => all.some((one) => one.startsWith(words)))
  }
  expect(await offered()).toEqual([])
  await window.keyboard.press('PageDown')
  await window.keyboard.press('KeyI')
  expect(await offered()).toEqual(['Join the shot', 'Clear marks', 'Delete the marker'])
})

test('a marker is moved by typing where it is to be, and by keys', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await prepared(window, [marker(24), marker(40)])
  const frames = async (): Promise<number[]> => (await clipOf(window)).markers!.map(({ frame }) => frame)
  await window.keyboard.press('Shift+KeyM')
  const dialog = window.getByRole('dialog', { name: 'Markers' })
  const first = dialog.getByRole('textbox', { name: /^Timecode/ }).first()
  await first.fill('30')
  await first.press('Enter')
  await expect.poll(frames).toEqual([30, 40])
  await expect(first).toHaveValue('00:00:01:06')
  // Where another one is, and what is no place at all.
  for (const typed of ['40', 'soon', '']) {
    await first.fill(typed)
    await first.press('Tab')
    await expect(first).toHaveValue('00:00:01:06')
  }
  expect(await frames()).toEqual([30, 40])
  // Behind the other one, and behind the end of the film; the keyboard stays with it.
  await first.fill('9999')
  await first.press('Enter')
  await expect.poll(frames).toEqual([40, SECONDS * 24 - 1])
  await expect(dialog.getByRole('textbox', { name: 'Timecode: 00:00:03:23' })).toBeFocused()
  expect(await accessFaults(window)).toEqual([])
  await window.keyboard.press('Escape')
  await window.keyboard.press('PageDown')
  await shown(window, 40)
  for (let n = 0; n < 3; n++) await window.keyboard.press('Control+Shift+ArrowLeft')
  await shown(window, 37)
  expect(await frames()).toEqual([37, SECONDS * 24 - 1])
})

test('undo in the middle of dragging a film to another place gives that up, and takes back nothing else', async ({
  launch,
}) => {
  const other = await drawGrayFilm(join(folder, 'other.mkv'), { seconds: 1 })
  const { window } = await launch({ args: [film, other] })
  await shown(window, 0)
  await expect.poll(async () => (await projectOf(window)).project.clips.length, { timeout: 60_000 }).toBe(2)
  const strip = window.getByRole('navigation', { name: 'Order of the films' }).getByRole('button')
  await expect(strip).toHaveCount(2)
  const { project, position } = await projectOf(window)
  const middleOf = async (n: number): Promise<[number, number]> => {
    const { x, y, width, height } = (await strip.nth(n).boundingBox())!
    return [x + width / 2, y + height / 2]
  }
  const [x, y] = await middleOf(1)
  await window.mouse.move(...(await middleOf(0)))
  await window.mouse.down()
  await window.mouse.move(x + 40, y, { steps: 4 })
  await window.keyboard.press('Control+KeyZ')
  await window.mouse.move(x + 60, y)
  await window.mouse.up()
  const after = await projectOf(window)
  expect([after.project.clips.map(({ name }) => name), after.position]).toEqual([
    project.clips.map(({ name }) => name),
    position,
  ])
})
