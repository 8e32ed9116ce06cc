/** Where the keyboard is when a list changes under it: with what was moved, or with what has come into its place. */
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import { drawGrayFilm } from '../material/films.ts'
import { clipOf, dialogsAnswer, projectOf, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

let folder: string

test.beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'colornn-keyboard-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** As another place of the program would: with no key and no button. */
const edit = (window: Page, ...commands: ProjectCommand[]): Promise<void> =>
  window.evaluate(async (all) => {
    for (const command of all) await self.studio.editProject(command)
  }, commands)

test('the keyboard stays with a film in the strip, however that is moved, and near one that is taken out', async ({
  launch,
}) => {
  const names = ['one', 'two', 'three']
  const args = await Promise.all(names.map((name) => drawGrayFilm(join(folder, `${name}.mkv`), { seconds: 1 })))
  const { window } = await launch({ args })
  await shown(window, 0)
  await expect.poll(async () => (await projectOf(window)).project.clips.length, { timeout: 60_000 }).toBe(3)
  const order = async (): Promise<string> =>
    (await projectOf(window)).project.clips.map(({ name }) => name.replace('.mkv', '')).join(' ')
  const film = (name: string) =>
    window.getByRole('navigation', { name: 'Order of the films' }).getByRole('button', { name: `${name}.mkv` })

  await film('one').focus()
  await Promise.all([1, 2].map(() => window.keyboard.press('Alt+ArrowRight')))
  await expect.poll(order).toBe('two three one')
  await expect(film('one')).toBeFocused()
  await window.keyboard.press('Control+KeyZ')
  await expect.poll(order).toBe('two one three')
  await expect(film('one')).toBeFocused()
  const { clips } = (await projectOf(window)).project
  await edit(window, { type: 'move-clip', clip: clips[1]!.id, index: 0 })
  await expect.poll(order).toBe('one two three')
  await expect(film('one')).toBeFocused()
  // Nothing is taken out under the keyboard: the film that has come there has it.
  await edit(window, { type: 'remove-clip', clip: clips[1]!.id })
  await expect.poll(order).toBe('two three')
  await expect(film('two')).toBeFocused()

  // Who chooses from the list of films with the mouse steps on in the film with the arrows; the list has films alone.
  const list = window.getByRole('combobox', { name: 'Films of the project' })
  await expect(list.getByRole('option')).toHaveText(['two.mkv', 'three.mkv'])
  await list.selectOption({ label: 'two.mkv' })
  await expect(film('two')).toHaveAttribute('aria-current', 'true')
  await list.click()
  await window.keyboard.press('ArrowDown')
  await window.keyboard.press('Enter')
  await expect(film('three')).toHaveAttribute('aria-current', 'true')
  await shown(window, 0)
  await window.keyboard.press('ArrowRight')
  await shown(window, 1)
  await window.keyboard.press('End')
  await shown(window, 23)
  await expect(film('three')).toHaveAttribute('aria-current', 'true')
  await expect.poll(order).toBe('two three')
  // The same where nothing else was chosen from it.
  for (const key of ['Escape', 'Enter']) {
    await list.click()
    await expect(list).toBeFocused()
    await window.keyboard.press(key)
    await window.keyboard.press('Home')
    await shown(window, 0)
    await window.keyboard.press('ArrowRight')
    await shown(window, 1)
    await expect(film('three')).toHaveAttribute('aria-current', 'true')
  }
})

test('the keyboard is where it was when a film was not taken for the one that is missing', async ({ launch }) => {
  const [reel, other] = await Promise.all(
    ['reel', 'other'].map((name, n) => drawGrayFilm(join(folder, `${name}.mkv`), { seconds: 1 + n })),
  )
  const { window, app: program } = await launch({ args: [reel!] })
  await shown(window, 0)
  await rename(reel!, `${reel}.away`)
  await window.keyboard.press('Control+KeyK')
  await window.keyboard.type('Where the films lie')
  await window.keyboard.press('Enter')
  const dialog = window.getByRole('dialog')
  const choose = dialog.getByRole('button', { name: 'Choose' })
  await dialogsAnswer(program, { open: other! })
  await choose.press('Enter')
  await dialog.getByRole('button', { name: 'Leave it as it is' }).press('Enter')
  await expect(choose).toBeFocused()
  await choose.press('Enter')
  await dialog.getByRole('button', { name: 'Leave it as it is' }).click()
  await expect(choose).toBeFocused()
})

test('the keyboard stays in lists of objects, colors and markers while they are moved and removed by it', async ({
  launch,
}) => {
  const { window } = await launch({ args: [await drawGrayFilm(join(folder, 'lists.mkv'), { seconds: 1 })] })
  await shown(window, 0)
  const { id: clip } = await clipOf(window)
  const stroke = (id: string, kind: 'color' | 'neutral' | 'erase'): ProjectCommand => {
    const points: [number, number][] = [[0.2, 0.2]]
    const operation = {
      id,
      enabled: true,
      type: 'hint',
      kind,
      color: { u: 0.1, v: 0.1 },
      radius: 0.02,
      points,
    } as const
    return { type: 'add-operation', clip, frame: 0, operation }
  }
  await edit(
    window,
    ...[stroke('a', 'color'), stroke('b', 'neutral'), stroke('c', 'erase')],
    ...['Coat', 'Hat', 'Shoe'].map((name) => ({
      ...({ type: 'add-named-color' } as const),
      color: { id: name, name, u: 0.1, v: 0.1 },
    })),
    ...[3, 6, 9].map((frame) => ({
      ...({ type: 'add-marker', clip } as const),
      marker: { id: `m${frame}`, frame, name: '', color: 'red' as const },
    })),
  )
  const objects = window.getByRole('list', { name: 'On this frame' }).getByRole('listitem')
  await expect(objects).toHaveCount(3)
  // At the top it can not go up any more.
  await objects.nth(1).getByRole('button').nth(1).focus()
  await window.keyboard.press('Enter')
  await expect(objects.nth(0)).toContainText('Stroke of gray')
  await expect(objects.nth(0).getByRole('button').nth(2)).toBeFocused()
  await objects.nth(1).getByRole('button').last().focus()
  await window.keyboard.press('Enter')
  await expect(objects).toHaveCount(2)
  await expect(objects.nth(1).getByRole('button').last()).toBeFocused()

  const colors = window.getByRole('list', { name: 'Named colors' }).getByRole('listitem')
  for (const left of [2, 1]) {
    await colors.last().getByRole('button').last().focus()
    await window.keyboard.press('Enter')
    await expect(colors).toHaveCount(left)
    await expect(colors.last().getByRole('button').last()).toBeFocused()
  }
  await window.keyboard.press('Shift+KeyM')
  const dialog = window.getByRole('dialog')
  const markers = dialog.getByRole('listitem')
  await markers.nth(1).getByRole('button').last().focus()
  await window.keyboard.press('Enter')
  await expect(markers).toHaveCount(2)
  await expect(markers.nth(1).getByRole('button').last()).toBeFocused()
})

/** A film with two colors of its own, and a stroke that is selected. */
async function colored(window: Page): Promise<() => Promise<unknown>> {
  await shown(window, 0)
  const { id: clip } = await clipOf(window)
  const color = { u: -0.2, v: 0.2 }
  const points: [number, number][] = [[0.2, 0.2]]
  const operation = { id: 'a', enabled: true, type: 'hint', kind: 'color', color, radius: 0.02, points } as const
  await edit(
    window,
    { type: 'add-operation', clip, frame: 0, operation },
    ...['Coat', 'Hat'].map((name) => ({
      ...({ type: 'add-named-color' } as const),
      color: { id: name, name, u: 0.1, v: 0.1 },
    })),
  )
  const objects = window.getByRole('list', { name: 'On this frame' })
  await objects.getByRole('button', { name: 'Stroke of color', exact: true }).click()
  return async () => (await clipOf(window)).frames[0]?.operations ?? []
}

const namesOf = async (window: Page): Promise<string[]> =>
  (await projectOf(window)).project.namedColors.map(({ name }) => name)

test('Enter ends the name of a color and does nothing else', async ({ launch }) => {
  const { window } = await launch({ args: [await drawGrayFilm(join(folder, 'names.mkv'), { seconds: 1 })] })
  const operations = await colored(window)
  const before = await operations()
  expect(before).toHaveLength(1)
  const field = window.getByRole('textbox', { name: 'Name of the color' })
  await window.getByRole('button', { name: 'Rename: Coat' }).press('Enter')
  await expect(field).toBeFocused()
  await window.keyboard.type(' of wool')
  await window.keyboard.press('Enter')
  await expect.poll(() => namesOf(window)).toEqual(['Coat of wool', 'Hat'])
  const coat = window.getByRole('button', { name: 'Coat of wool', exact: true })
  await expect(coat).toBeFocused()
  await expect(coat).toHaveAttribute('aria-pressed', 'false')
  expect(await operations()).toEqual(before)

  await window.getByRole('button', { name: 'Keep this color…' }).press('Enter')
  await expect(field).toBeFocused()
  await window.keyboard.type('Shoe')
  await window.keyboard.press('Enter')
  await expect.poll(() => namesOf(window)).toEqual(['Coat of wool', 'Hat', 'Shoe'])
  await expect(window.getByRole('button', { name: 'Shoe', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await expect(field).toHaveCount(0)
  // What kept it can not be pressed now: Tab goes on from its place all the same.
  await expect(window.locator(':focus')).toHaveCount(1)
})

test('whoever leaves a field, a slider or a box by the mouse or by a key gets to where he goes', async ({ launch }) => {
  const { app, window } = await launch({ args: [await drawGrayFilm(join(folder, 'leaves.mkv'), { seconds: 2 })] })
  const operations = await colored(window)
  const field = window.getByRole('textbox', { name: 'Name of the color' })
  const timecode = window.getByRole('textbox', { name: 'Timecode' })
  const renameTo = async (from: string, to: string): Promise<void> => {
    await window.getByRole('button', { name: `Rename: ${from}`, exact: true }).press('Enter')
    await expect(field).toBeFocused()
    await window.keyboard.press('Control+KeyA')
    await window.keyboard.type(to)
  }
  await renameTo('Coat', 'Cap')
  await timecode.click()
  await expect(field).toHaveCount(0)
  await expect(timecode).toBeFocused()

  await renameTo('Cap', 'Cape')
  await window.keyboard.press('Tab')
  await expect(window.getByRole('button', { name: 'Rename: Cape', exact: true })).toBeFocused()
  await renameTo('Cape', 'Cup')
  await window.keyboard.press('Shift+Tab')
  await expect(field).toHaveCount(0)
  expect(await window.evaluate(() => document.activeElement?.closest('ul'))).toBeNull()

  await window.getByRole('button', { name: 'Keep this color…' }).press('Enter')
  await expect(field).toBeFocused()
  await window.keyboard.press('Tab')
  await expect(window.getByRole('button', { name: 'Keep this color…' })).not.toBeFocused()
  await expect(window.locator('button:focus, input:focus')).toHaveCount(1)

  // Space plays after a click on a button; a swatch under it would take it.
  await renameTo('Cup', 'Coat')
  await window.getByRole('button', { name: 'Lasso', exact: true }).click()
  await expect.poll(() => namesOf(window)).toEqual(['Coat', 'Hat'])
  await window.keyboard.press('Space')
  await expect(window.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()

  // What was dragged with the mouse has given the keyboard back; what was reached by Tab has its keys.
  await window.keyboard.press('KeyK')
  await window.keyboard.press('Home')
  await shown(window, 0)
  const ofFrame = window.getByRole('group', { name: 'Frame', exact: true })
  const saturation = ofFrame.getByRole('slider', { name: 'Saturation' })
  const number = ofFrame.getByRole('textbox', { name: 'Saturation' })
  const drag = async (of: Locator, to: number): Promise<void> => {
    const { x, y, width, height } = (await of.boundingBox())!
    await window.mouse.move(x + width / 2, y + height / 2)
    await window.mouse.down()
    await window.mouse.move(x + width / 2 + to, y + height / 2, { steps: 3 })
    await window.mouse.up()
  }
  const steps = async (): Promise<void> => {
    for (const frame of [1, 2]) {
      await window.keyboard.press('ArrowRight')
      await shown(window, frame)
    }
    await window.keyboard.press('Home')
    await shown(window, 0)
  }
  await drag(saturation, 20)
  await expect(number).not.toHaveValue('100')
  const dragged = await number.inputValue()
  await steps()
  await expect(number).toHaveValue(dragged)
  for (const key of ['KeyV', 'Digit2']) await window.keyboard.press(key)
  const wipe = window.getByRole('slider', { name: 'Wipe position' })
  await drag(wipe, 60)
  const moved = await wipe.getAttribute('aria-valuenow')
  expect(moved).not.toBe('50')
  await steps()
  await expect(wipe).toHaveAttribute('aria-valuenow', moved!)
  await number.focus()
  await window.keyboard.press('Shift+Tab')
  await expect(saturation).toBeFocused()
  await window.keyboard.press('ArrowRight')
  await expect(number).not.toHaveValue(dragged)
  await shown(window, 0)

  // What is typed is saved by the key that saves; Enter and Escape lead back to the picture.
  await dialogsAnswer(app, { save: join(folder, 'leaves.colornn') })
  await number.click()
  await number.selectText()
  await window.keyboard.type('150')
  await window.keyboard.press('Control+KeyS')
  await expect(window.getByText('The project is saved.')).toBeVisible()
  expect(await operations()).toContainEqual(
    expect.objectContaining({ grade: expect.objectContaining({ saturation: 1.5 }) }),
  )
  await steps()
  for (const [key, value] of [
    ['Enter', '120'],
    ['Escape', '120'],
  ] as const) {
    await number.click()
    await number.selectText()
    await window.keyboard.type(key === 'Enter' ? value : '90')
    await window.keyboard.press(key)
    await expect(number).toHaveValue(value)
    await steps()
  }

  // Space switches the box that has the keyboard, and one that was clicked has it not.
  const box = window.getByRole('checkbox', { name: /Stroke of color/ })
  const play = window.getByRole('button', { name: 'Play', exact: true })
  await box.focus()
  await window.keyboard.press('Space')
  await expect(box).not.toBeChecked()
  await expect(play).toBeVisible()
  await box.click()
  await expect(box).toBeChecked()
  // The film runs, off the frame whose box it is.
  await window.keyboard.press('Space')
  await expect(window.locator('canvas[data-frame="0"]')).toHaveCount(0)
  await window.keyboard.press('KeyK')
  await window.keyboard.press('Home')
  await shown(window, 0)
  await expect(box).toBeChecked()
})

test('the keyboard has a place where the last object or color was taken away', async ({ launch }) => {
  const { window } = await launch({ args: [await drawGrayFilm(join(folder, 'last.mkv'), { seconds: 1 })] })
  const operations = await colored(window)
  await window.getByRole('list', { name: 'On this frame' }).getByRole('button').last().press('Enter')
  await expect.poll(operations).toEqual([])
  const focused = window.locator(':focus')
  await expect(window.getByRole('group', { name: 'On this frame' }).locator(focused)).toHaveCount(1)

  const colors = window.getByRole('list', { name: 'Named colors' })
  await colors.getByRole('button').last().press('Enter')
  await expect(colors.getByRole('listitem')).toHaveCount(1)
  await window.keyboard.press('Enter')
  await expect(colors.getByRole('listitem')).toHaveCount(0)
  await expect(colors).toBeFocused()
})

test('Enter that is held or pressed twice discards one project, and cancels one export', async ({ launch }) => {
  const films = await Promise.all(
    ['a', 'b', 'c'].map((name) => drawGrayFilm(join(folder, `${name}.mkv`), { seconds: name === 'c' ? 12 : 1 })),
  )
  const targets = ['x.mkv', 'y.mp4', 'z.mkv'].map((name) => join(folder, name))
  const { app, window, pageErrors } = await launch()
  await app.evaluate(
    ({ dialog }, { opens, saves }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [opens.shift()!] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: saves.shift()! })
    },
    { opens: [...films, films[2]!], saves: targets },
  )
  await window.getByRole('heading', { name: 'ColoRNN Studio' }).waitFor()
  for (const _film of films) {
    await window.keyboard.press('Control+KeyO')
    await shown(window, 0)
    await edit(window, { type: 'add-named-color', color: { id: 'a', name: 'Coat', u: 0, v: 0 } })
    await window.keyboard.press('Control+KeyW')
    await expect(window.getByRole('heading', { name: 'ColoRNN Studio' })).toBeVisible()
  }
  const kept = window.getByRole('button', { name: /^Go on with/ })
  await expect(kept).toHaveCount(3)
  const held = async (): Promise<void> => {
    for (let n = 0; n < 20; n++) await window.keyboard.down('Enter')
    await window.keyboard.up('Enter')
  }
  const discards = window.getByRole('button', { name: /^Discard/ })
  await discards.first().focus()
  await held()
  await expect(window.getByRole('button', { name: 'Discard for good?' })).toBeFocused()
  await expect(kept).toHaveCount(3)
  await window.keyboard.press('Enter')
  await expect(kept).toHaveCount(2)
  for (let n = 0; n < 3; n++) await window.keyboard.press('Enter')
  await held()
  await expect(window.getByRole('button', { name: 'Discard for good?' })).toHaveCount(0)
  await expect(kept).toHaveCount(2)
  // In the row that has come there: Tab goes on.
  await window.keyboard.press('Tab')
  await expect(kept.first()).toBeFocused()
  await window.keyboard.press('Tab')
  await expect(discards.first()).toBeFocused()

  await window.keyboard.press('Control+KeyO')
  await shown(window, 0)
  const dialog = window.getByRole('dialog')
  const work = window.getByRole('region', { name: 'Work' })
  await window.keyboard.press('Control+KeyE')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  for (const format of ['Viewing copy', 'Archive master']) {
    await dialog.getByText(format).click()
    await dialog.getByRole('button', { name: 'Add to queue' }).click()
  }
  await dialog.getByRole('button', { name: 'Show the queue' }).click()
  const cancels = work.getByRole('button', { name: /^Cancel: Export/ })
  await expect(cancels).toHaveCount(3)
  await work.getByRole('button', { name: 'Pause all' }).click()
  await cancels.first().focus()
  await held()
  await expect(cancels).toHaveCount(2)
  for (let n = 0; n < 3; n++) await window.keyboard.press('Enter')
  await held()
  await expect(work.getByText('paused', { exact: true })).toHaveCount(2)
  await expect(cancels).toHaveCount(2)
  await expect(work.locator('li:focus')).toHaveCount(1)
  await work.getByRole('button', { name: 'Resume all' }).press('Enter')
  await expect(work.getByRole('button', { name: 'Pause all' })).toBeVisible()
  await expect(work).toBeFocused()
  // The program would ask before it ends.
  for (const left of [1, 0]) {
    await cancels.first().click()
    await expect(cancels).toHaveCount(left)
  }
  expect(pageErrors).toEqual([])
})

test('the command that Enter would carry out is in sight, however far the arrows have gone', async ({ launch }) => {
  const { window } = await launch({ args: [await drawGrayFilm(join(folder, 'palette.mkv'), { seconds: 1 })] })
  await shown(window, 0)
  await window.keyboard.press('Control+KeyK')
  const chosen = window.getByRole('listbox', { name: 'Commands' }).getByRole('option', { selected: true })
  // Where the pointer rests nothing is chosen by it while the list moves under it.
  await window.mouse.move(640, 400)
  for (const key of ['ArrowDown', 'ArrowUp']) {
    for (let n = 0; n < 40; n++) {
      await window.keyboard.press(key)
      if (n % 10 === 9) await expect(chosen).toBeInViewport({ ratio: 0.99 })
    }
  }
  // From the first to the last.
  await window.keyboard.press('ArrowUp')
  await expect(chosen).toBeInViewport({ ratio: 0.99 })
})
