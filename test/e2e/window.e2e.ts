/** The editor as an artist meets it: a film is opened, looked at, colored, compared, pinned and exported. */
import { existsSync, statSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { isOver } from '../../electron/contract/jobs.ts'
import { drawGrayFilm, ffmpeg } from '../material/films.ts'
import { describe as describeFile, lumaHashes } from '../material/inspect.ts'
import { commandOf, descendantsOf } from '../material/processes.ts'
import { accessFaults } from './access.ts'
import { ask, colorizeAll, dialogsAnswer, shown } from './driveWindow.ts'
import { expect, test, type Studio } from './launch.ts'

/** Frame n is a flat picture of luma 32 + 12 n (limited range), so that a pixel tells which frame is shown. */
const FRAMES = 16
const levelOf = (frame: number): number => Math.round(((32 + 12 * frame - 16) / 219) * 255)

// The longest of the files, and one of the last: whichever worker has nothing to do takes a test of it.
test.describe.configure({ mode: 'parallel' })

let folder: string
let film: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-window-'))
  film = join(folder, 'steps.mkv')
  const source = `color=black:size=96x64:rate=24:duration=${FRAMES / 24},format=yuv420p,geq=lum='32+12*N':cb=128:cr=128`
  await ffmpeg(['-f', 'lavfi', '-i', source, '-frames:v', String(FRAMES), '-c:v', 'ffv1', film])
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** Red, green and blue in the middle of the viewer, or at a place of the picture's width. */
function pixel(window: Page, across = 0.5): Promise<number[]> {
  return window.evaluate((x) => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')!
    const copy = document.createElement('canvas')
    copy.width = canvas.width
    copy.height = canvas.height
    const to = copy.getContext('2d')!
    to.drawImage(canvas, 0, 0)
    return [...to.getImageData(Math.floor(canvas.width * x), canvas.height >> 1, 1, 1).data.slice(0, 3)]
  }, across)
}

/** The processes of a studio that read a film's pictures. */
function decodersOf({ app }: Studio, path: string): number[] {
  return descendantsOf(app.process().pid!).filter((pid) => {
    const command = commandOf(pid)
    return command.includes(`file:${path}`) && command.includes('rawvideo') && command.at(-1) === '-'
  })
}

test('a film named on the command line opens, and every step shows exactly its frame', async ({ launch }) => {
  const { window, pageErrors } = await launch({ args: [film] })
  await shown(window, 0)
  for (let frame = 0; frame < FRAMES; frame++) {
    await shown(window, frame)
    expect((await pixel(window))[1]! - levelOf(frame)).toBeCloseTo(0, -0.5)
    await window.keyboard.press('ArrowRight')
  }
  await window.keyboard.press('ArrowLeft')
  await shown(window, FRAMES - 2)
  await window.keyboard.press('Home')
  await shown(window, 0)
  await window.keyboard.press('KeyG')
  await window.keyboard.type('7')
  await window.keyboard.press('Enter')
  await shown(window, 7)
  expect((await pixel(window))[1]! - levelOf(7)).toBeCloseTo(0, -0.5)
  // A sign before it goes on and back from there.
  for (const [typed, frame] of [
    ['-3', 4],
    ['+3', 7],
  ] as const) {
    await window.keyboard.press('KeyG')
    await window.keyboard.type(typed)
    await window.keyboard.press('Enter')
    await shown(window, frame)
  }

  // Without a mouse the menu of a frame is about where the playhead stands, and has all keys while it is open.
  const timeline = window.getByRole('slider', { name: 'Timeline' })
  await expect(timeline).toHaveAttribute('aria-valuetext', /^Frame 7, .*, Shot 1/)
  await timeline.focus()
  await window.keyboard.press('Shift+F10')
  const items = window.getByRole('menu').getByRole('menuitem')
  await expect(items.first()).toBeFocused()
  await shown(window, 7)
  await window.keyboard.press('End')
  await expect(items.last()).toBeFocused()
  await window.keyboard.press('Home')
  await expect(items.first()).toBeFocused()
  // One item is chosen, whether by the pointer or by keys.
  const grounds = (): Promise<string[]> =>
    items.evaluateAll((all) => [...new Set(all.map((item) => getComputedStyle(item).backgroundColor))])
  const chosen = (at: number): Promise<boolean> =>
    items.evaluateAll((all, n) => {
      const [own, ...others] = [all[n]!, ...all.filter((_, i) => i !== n)].map(
        (item) => getComputedStyle(item).backgroundColor,
      )
      return others.every((other) => other !== own)
    }, at)
  await items.nth(3).hover()
  await expect(items.nth(3)).toBeFocused()
  expect([await chosen(3), (await grounds()).length]).toEqual([true, 2])
  await window.keyboard.press('ArrowDown')
  await expect(items.nth(4)).toBeFocused()
  expect([await chosen(4), (await grounds()).length]).toEqual([true, 2])
  await window.keyboard.press('Escape')
  await expect(timeline).toBeFocused()
  await shown(window, 7)
  const ofFrame = window.getByRole('group', { name: 'Frame', exact: true })
  await expect(ofFrame.getByRole('slider', { name: 'Saturation' })).toHaveAttribute('aria-valuetext', '100')
  expect(pageErrors).toEqual([])
})

test('it plays to the end, and stops there', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  await window.keyboard.press('Space')
  await shown(window, FRAMES - 1)
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  // A key that is held down switches once.
  const loop = window.getByRole('button', { name: 'Loop', exact: true })
  await expect(loop).toHaveAttribute('aria-pressed', 'false')
  await window.keyboard.down('Shift')
  for (let press = 0; press < 2; press++) await window.keyboard.down('KeyL')
  await window.keyboard.up('KeyL')
  await window.keyboard.up('Shift')
  await expect(loop).toHaveAttribute('aria-pressed', 'true')
})

test('colorizing fills the timeline, the wipe compares, and the lossless export keeps luma bit for bit', async ({
  launch,
}) => {
  const scene = join(folder, 'scene.mkv')
  await ffmpeg([
    ...['-f', 'lavfi', '-i', 'testsrc2=size=192x128:rate=24:duration=0.5', '-f', 'lavfi', '-i', 'sine=duration=0.5'],
    ...['-vf', `hue=s=0,lutyuv=y=val+60:enable='eq(n,7)'`, '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'ffv1', '-c:a', 'pcm_s16le', scene],
  ])
  const studio = await launch({ args: [scene] })
  const { window } = studio
  await shown(window, 0)
  expect(new Set(await pixel(window)).size).toBe(1)
  await colorizeAll(window)
  await window.keyboard.press('Digit2')
  const handle = window.getByRole('slider', { name: 'Wipe position' })
  await handle.focus()
  for (let i = 0; i < 60; i++) await window.keyboard.press('ArrowLeft')
  // The edge is at the left border now: what lies right of it is the gray original.
  await expect.poll(async () => new Set(await pixel(window)).size).toBe(1)
  await window.keyboard.press('Digit1')

  const target = join(folder, 'scene (color).mkv')
  await dialogsAnswer(studio.app, { save: target })
  await window.keyboard.press('Control+KeyE')
  const dialog = window.getByRole('dialog')
  await expect(dialog.getByLabel('Look it through for faults when it is finished')).toBeChecked()
  await dialog.getByLabel('Lay a report with pictures beside it (HTML)').check()
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(window.getByText('The film is finished.')).toBeVisible({ timeout: 120_000 })
  await expect(window.getByRole('button', { name: 'Show file' })).toBeVisible()
  expect(await lumaHashes(target)).toEqual(await lumaHashes(scene))
  expect((await readdir(folder)).filter((name) => name.includes('part'))).toEqual([])

  // What stands out of the finished film is said with it, a click away from its frame; it can be kept as a report, too.
  await dialog.getByRole('button', { name: /^Looked through for faults: .* to look at\.$/ }).click({ timeout: 60_000 })
  const flash = window.getByRole('button', { name: /^Go to frame 7: Brightness jumps by \d+ % for a moment\.$/ })
  await flash.click({ timeout: 60_000 })
  await shown(window, 7)
  await dialogsAnswer(studio.app, { save: join(folder, 'report.html') })
  await window.getByRole('button', { name: 'Save report…' }).click()
  await expect(window.getByText(/The report was written to/)).toBeVisible({ timeout: 60_000 })
  for (const report of [join(folder, 'report.html'), `${target}.html`])
    expect(await readFile(report, 'utf8')).toMatch(/<h2>Flashes<\/h2>[^]*data:image\/jpeg/)

  // Beside the original it is another film, of twice the width; with finer colors and smaller sound, as asked for.
  const beside = join(folder, 'beside.mkv')
  await dialogsAnswer(studio.app, { save: beside })
  await window.keyboard.press('Control+KeyE')
  await dialog.getByLabel('Comparison').selectOption('Side by side')
  await expect(dialog.getByText('Comparisons are not looked through for faults')).toBeVisible()
  await dialog.getByText('More settings').click()
  await dialog.getByRole('button', { name: 'Find black bars' }).click()
  await expect(dialog.getByText('There is no black beside the pictures.')).toBeVisible({ timeout: 60_000 })
  await dialog.getByLabel('Sound').selectOption('FLAC, lossless')
  await dialog.getByLabel('Bits a sample').selectOption('10')
  await expect(dialog.getByText('More settings (2 changed)')).toBeVisible()
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(dialog.getByText(/a comparison of 12 pictures of 384 × 128 pixels/)).toBeVisible({ timeout: 120_000 })
  expect(await describeFile(beside)).toMatch(/ffv1.*yuv420p10le[^]*Audio: flac/)
})

test('a pinned picture is shown as it is on its frame, and unpinning takes it back', async ({ launch }) => {
  const picture = join(folder, 'red.png')
  await ffmpeg(['-f', 'lavfi', '-i', 'color=0xa05040:size=96x64', '-frames:v', '1', picture])
  const studio = await launch({ args: [film] })
  const { window } = studio
  await shown(window, 0)
  for (let i = 0; i < 6; i++) await window.keyboard.press('ArrowRight')
  await shown(window, 6)
  await dialogsAnswer(studio.app, { open: picture })
  await window.keyboard.press('Control+KeyP')
  await expect(window.getByRole('button', { name: 'Remove pin' })).toBeVisible()
  await expect(window.locator('canvas[data-colored="true"]')).toBeVisible()
  const [red, green, blue] = (await pixel(window)) as [number, number, number]
  // Hue of the pin, luma of the film.
  expect(red - green).toBeGreaterThan(40)
  expect(green - blue).toBeGreaterThan(5)
  expect(Math.abs(0.299 * red + 0.587 * green + 0.114 * blue - levelOf(6))).toBeLessThan(4)
  await window.keyboard.press('Shift+KeyP')
  await expect(window.getByRole('button', { name: 'Pin this frame' })).toBeVisible()
  await expect(window.locator('canvas[data-colored="false"]')).toBeVisible()
})

test('a second film shows its own colors, not those of the film before it', async ({ launch }) => {
  const draw = (name: string, scene: string): Promise<string> =>
    drawGrayFilm(join(folder, name), { scene, filters: 'hue=s=0,format=yuv420p' })
  const first = await draw('first.mkv', 'testsrc2')
  const second = await draw('second.mkv', 'smptebars')
  const profile = await mkdtemp(join(folder, 'profile-'))
  const studio = await launch({ args: [first], profile })
  await shown(studio.window, 0)
  await colorizeAll(studio.window)
  await dialogsAnswer(studio.app, { open: second })
  await studio.window.keyboard.press('Control+KeyO')
  await expect(studio.window.getByRole('combobox', { name: 'Films of the project' })).toContainText('second.mkv')
  await expect(studio.window.locator('canvas[data-frame]')).toBeVisible()
  await expect(studio.window.locator('canvas[data-colored="false"]')).toBeVisible()
  await colorizeAll(studio.window)
  const row = (window: Page): Promise<number[][]> =>
    Promise.all([0.3, 0.4, 0.5, 0.6, 0.7].map((across) => pixel(window, across)))
  const after = await row(studio.window)
  await studio.close()
  // The same film by itself.
  const alone = await launch({ args: [second], profile })
  await shown(alone.window, 0)
  await colorizeAll(alone.window)
  // Beside another film there is a little less room for the picture, which is scaled otherwise by as much.
  const off = (await row(alone.window)).map((color, n) =>
    color.map((value, part) => Math.abs(value - after[n]![part]!)),
  )
  expect(Math.max(...off.flat())).toBeLessThan(16)
})

test('a bad film leaves the good one open and says what to do', async ({ launch }) => {
  const bad = join(folder, 'Bänder „7“.mp4')
  await writeFile(bad, 'this is a letter, not a film')
  const studio = await launch({ args: [film] })
  const { window } = studio
  await shown(window, 0)
  await dialogsAnswer(studio.app, { open: bad })
  await window.keyboard.press('Control+KeyO')
  const notice = window.getByRole('alert')
  await expect(notice).toBeVisible()
  const words = await notice.innerText()
  expect(words).toContain(basename(bad))
  expect(words).not.toMatch(/\bat .*\.(ts|cjs|js):\d|Error:/)
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await window.keyboard.press('ArrowRight')
  await shown(window, 1)
})

test('recent films are listed on the next start', async ({ launch }) => {
  const profile = await mkdtemp(join(folder, 'profile-'))
  const first = await launch({ args: [film], profile })
  await shown(first.window, 0)
  await first.close()
  const second = await launch({ profile })
  await second.window.getByRole('button', { name: basename(film) }).click()
  await shown(second.window, 0)
})

test('when the engine dies the window says so, and work goes on by itself', async ({ launch }) => {
  const long = await drawGrayFilm(join(folder, 'long.mkv'), { seconds: 4, filters: 'hue=s=0,format=yuv420p' })
  const { app, window } = await launch({ args: [long] })
  await shown(window, 0)
  await window.keyboard.press('KeyC')
  await expect(window.locator('canvas[data-colored="true"]')).toBeVisible({ timeout: 120_000 })
  // Only this editor's engine: found among the children of its main process.
  const killed = await app.evaluate(({ app }) => {
    const engine = app
      .getAppMetrics()
      .find((metric) => metric.type === 'Utility' && /engine/i.test(metric.serviceName + (metric.name ?? '')))
    if (!engine) return 0
    process.kill(engine.pid, 'SIGKILL')
    return engine.pid
  })
  expect(killed).toBeGreaterThan(0)
  await expect(window.getByText('The engine is running again; nothing was lost.')).toBeVisible({ timeout: 120_000 })
  await expect(window.getByRole('button', { name: 'Colorize' })).toBeVisible({ timeout: 180_000 })
  await window.keyboard.press('End')
  await shown(window, 95)
  await expect(window.locator('canvas[data-colored="true"]')).toBeVisible()

  // One that dies again and again is given up, and started by the next thing that is done: looking at another frame.
  const givenUp = window.getByRole('strong').getByText('has stopped 5 times within a minute')
  const dead = new Set([killed])
  await expect
    .poll(
      async () => {
        const next = await app.evaluate(
          ({ app }) =>
            app.getAppMetrics().find(({ type, name }) => type === 'Utility' && /engine/i.test(name ?? ''))?.pid,
        )
        if (next && !dead.has(next)) {
          process.kill(next, 'SIGKILL')
          dead.add(next)
        }
        return givenUp.isVisible()
      },
      { timeout: 60_000, intervals: [100] },
    )
    .toBe(true)
  // Earlier it may be the program itself that asks.
  await window.waitForTimeout(2000)
  await window.keyboard.press('ArrowLeft')
  await shown(window, 94, { timeout: 60_000 })
  await expect(window.getByRole('alert')).toHaveCount(0)
})

test('an export that is cancelled, or whose decoder is killed, leaves no file and says so; exporting onto the source is refused', async ({
  launch,
}) => {
  const long = await drawGrayFilm(join(folder, 'cancel.mkv'), { seconds: 20, filters: 'hue=s=0,format=yuv420p' })
  const before = statSync(long)
  const bytes = await readFile(long)
  const target = join(folder, 'never.mkv')
  const studio = await launch({ args: [long] })
  const { window } = studio
  await shown(window, 0)
  await dialogsAnswer(studio.app, { save: target })
  await window.keyboard.press('Control+KeyE')
  const dialog = window.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await dialog.getByRole('button', { name: 'Cancel export' }).click()
  await expect(window.getByText('The export was cancelled; no file was left.')).toBeVisible()
  expect(existsSync(target)).toBe(false)
  expect((await readdir(folder)).filter((name) => name.includes('never'))).toEqual([])

  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await dialog.getByRole('button', { name: 'Cancel export' }).waitFor()
  // The search for shots reads the film as well, and would say the same.
  const searching = async (): Promise<boolean> => {
    const jobs = await ask(window, 'jobs')
    return jobs.some(({ kind, state }) => kind === 'shots' && !isOver({ state }))
  }
  await expect.poll(searching, { timeout: 120_000 }).toBe(false)
  const said = window.getByText('“cancel.mkv” could not be read to its end: the decoder was ended from outside.')
  await expect(async () => {
    for (const pid of decodersOf(studio, long)) process.kill(pid, 'SIGKILL')
    await expect(said).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 120_000 })
  await expect(said).toHaveCount(1)
  await expect(dialog.getByRole('button', { name: 'Export', exact: true })).toBeEnabled()
  expect((await readdir(folder)).filter((name) => name.includes('never'))).toEqual([])

  await dialogsAnswer(studio.app, { save: long })
  await dialog.getByRole('button', { name: 'Choose…' }).click()
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(
    window.getByText('“cancel.mkv” belongs to the films and pictures that the project is made of.'),
  ).toBeVisible()
  expect(statSync(long).mtimeMs).toBe(before.mtimeMs)
  expect(await readFile(long)).toEqual(bytes)
})

test('every command is in the palette, and keys are on the sheet', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  await window.keyboard.press('Control+KeyK')
  await expect(window.getByRole('dialog')).toBeVisible()
  expect(await accessFaults(window)).toEqual([])
  await window.keyboard.type('side')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('button', { name: 'Side by side' })).toHaveAttribute('aria-pressed', 'true')
  await window.keyboard.press('F1')
  await expect(window.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('One frame forward')
  expect(await accessFaults(window)).toEqual([])
  await window.keyboard.press('Escape')
  await expect(window.getByRole('dialog')).toHaveCount(0)
})

test('an export that can not be ordered as it stands says why beside its button, wherever the field is', async ({
  launch,
}) => {
  const { window, pageErrors } = await launch({ args: [film] })
  await shown(window, 0)
  await window.keyboard.press('KeyI')
  await window.keyboard.press('Control+KeyE')
  const dialog = window.getByRole('dialog')
  const order = dialog.getByRole('button', { name: 'Export', exact: true })
  const said = (words: RegExp) => expect(order).toHaveAccessibleDescription(words)
  await expect(order).toBeEnabled()
  await said(/^$/)
  const more = dialog.locator('summary')
  await more.click()

  // Nothing is typed yet, and the settings may be folded away.
  await dialog.getByRole('combobox', { name: 'Size' }).selectOption('own')
  await expect(order).toBeDisabled()
  await said(/^Size: Write whole numbers from 16 to 16384\.$/)
  await more.click()
  await said(/^Size: /)
  await expect(dialog.getByText(/^Size: Write/)).toBeInViewport({ ratio: 1 })
  await more.click()
  await dialog.getByRole('combobox', { name: 'Size' }).selectOption('film')
  await expect(order).toBeEnabled()

  // Nothing is left: the order would fail.
  await dialog.getByLabel('Left', { exact: true }).fill('96')
  await said(/^Crop: Nothing is left of the picture\.$/)
  await expect(order).toBeDisabled()
  await dialog.getByLabel('Left', { exact: true }).fill('')

  // Handles hinder only what has some.
  await dialog.getByRole('combobox', { name: 'Part' }).selectOption('range')
  await dialog.getByLabel('Handles').fill('many')
  await said(/^Handles: /)
  await dialog.getByRole('combobox', { name: 'Part' }).selectOption('film')
  await expect(order).toBeEnabled()
  await dialog.getByLabel('Start timecode').fill('99:00:00:00')
  await said(/does not exist/)
  expect(await accessFaults(window)).toEqual([])
  expect(pageErrors).toEqual([])
})
