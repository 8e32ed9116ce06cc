/** What comes back by itself in the window: a page that has died, a graphics process that was killed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { drawGrayFilm } from '../material/films.ts'
import { ask, clipOf, dialogsAnswer, projectOf, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

let folder: string
let film: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-recovery-'))
  film = await drawGrayFilm(join(folder, 'reel.mkv'), { seconds: 0.5 })
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** Mean of red, green and blue over what the viewer shows. */
function mean(window: Page): Promise<number> {
  return window.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')!
    const small = document.createElement('canvas')
    small.width = small.height = 16
    const to = small.getContext('2d', { willReadFrequently: true })!
    to.drawImage(canvas, 0, 0, 16, 16)
    const values = [...to.getImageData(0, 0, 16, 16).data].filter((_, index) => index % 4 !== 3)
    return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length)
  })
}

test('the picture is there again, without any key, after the graphics process was killed', async ({ launch }) => {
  const { app, window } = await launch({ args: [film] })
  await shown(window, 0)
  await expect.poll(() => mean(window)).toBeGreaterThan(10)
  const before = await mean(window)
  const lost = window.evaluate(
    () =>
      new Promise<void>((resolve) =>
        document
          .querySelector('canvas[data-frame]')!
          .addEventListener('webglcontextlost', () => resolve(), { once: true }),
      ),
  )
  // Only this editor's own: found among the processes that it has started.
  const killed = await app.evaluate(({ app }) => {
    const graphics = app.getAppMetrics().find(({ type }) => type === 'GPU')
    if (graphics) process.kill(graphics.pid, 'SIGKILL')
    return graphics?.pid ?? 0
  })
  expect(killed).toBeGreaterThan(0)
  await lost
  await expect.poll(() => mean(window)).toBe(before)
})

/** More often than Chromium lets a program live, if nobody tells it otherwise. */
const DEATHS = 7

test('the program outlives a graphics process that dies again and again, and can draw afterwards', async ({
  launch,
}) => {
  const { app, window } = await launch()
  const graphics = (): Promise<number> =>
    app.evaluate(({ app }) => app.getAppMetrics().find(({ type }) => type === 'GPU')?.pid ?? 0)
  const canDraw = (): Promise<boolean> =>
    window.evaluate(() => document.createElement('canvas').getContext('webgl2') !== null)
  for (let death = 0; death < DEATHS; death++) {
    await expect.poll(canDraw).toBe(true)
    const pid = await graphics()
    expect(pid).toBeGreaterThan(0)
    await app.evaluate((_electron, id) => void process.kill(id, 'SIGKILL'), pid)
    await expect.poll(async () => [0, pid].includes(await graphics())).toBe(false)
  }
  await expect.poll(canDraw).toBe(true)
})

const lastStep = async (window: Page): Promise<string | undefined> => (await projectOf(window)).undo?.kind

test('a page that has died comes back with the project, the clip and the frame that were in view', async ({
  launch,
}) => {
  const { app, window } = await launch({ args: [film] })
  await shown(window, 0)
  await window.keyboard.press('ArrowRight')
  await window.keyboard.press('ArrowRight')
  await shown(window, 2)
  await window.keyboard.press('KeyI')
  await expect.poll(() => lastStep(window)).toBe('set-in-out')
  const killed = await app.evaluate(({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]!.webContents
    const pid = page.getOSProcessId()
    process.kill(pid, 'SIGKILL')
    return pid
  })
  expect(killed).toBeGreaterThan(0)
  // The test's own line to the page is gone with it: main asks the new one, which does not answer before it is there.
  const evaluate = (expression: string): Promise<unknown> =>
    app.evaluate(
      ({ BrowserWindow }, script) =>
        Promise.race([
          BrowserWindow.getAllWindows()[0]!
            .webContents.executeJavaScript(script)
            .catch(() => null),
          new Promise((resolve) => setTimeout(() => resolve('no answer'), 2000)),
        ]),
      expression,
    )
  const frameInView = (): Promise<unknown> =>
    evaluate(`document.querySelector('canvas[data-frame]')?.dataset.frame ?? null`)
  await expect.poll(frameInView, { timeout: 60_000 }).toBe('2')
  expect(await evaluate(`window.studio.projectState().then(({ value }) => value.undo.kind)`)).toBe('set-in-out')
})

test('a page that is loaded anew in the middle of a drag leaves nothing open, and what the drag had done is a step', async ({
  launch,
}) => {
  const { window } = await launch({ args: [film] })
  await shown(window, 0)
  const clip = (await clipOf(window)).id
  await ask(window, 'beginEdit', null, 'drag')
  await ask(window, 'editProject', { type: 'set-in-out', clip, range: { from: 2, to: 6 } }, 'drag')
  expect(await lastStep(window)).toBe('add-clip')
  await window.reload()
  await shown(window, 0)
  await expect.poll(() => lastStep(window)).toBe('set-in-out')
  // Its name stands for nothing any more: what still uses it is a step of its own.
  await ask(window, 'editProject', { type: 'set-in-out', clip, range: { from: 1, to: 3 } }, 'drag')
  await ask(window, 'undoEdit')
  expect((await clipOf(window)).inOut).toEqual({ from: 2, to: 6 })
})

test('what has died or met an error is listed for the artist, with ffmpeg’s log, and goes into a text without folders', async ({
  launch,
}) => {
  const { app, window } = await launch({ args: [film] })
  await shown(window, 0)
  await window.evaluate(() => void setTimeout(() => void Promise.reject(new Error('the page tripped'))))
  await app.evaluate(() => void setTimeout(() => void Promise.reject(new Error('main tripped'))))
  await app.evaluate(({ app }) => {
    for (const { pid, type, name } of app.getAppMetrics())
      if (type === 'GPU' || name === 'ColoRNN engine') process.kill(pid, 'SIGKILL')
  })
  const parts = async (): Promise<string[]> => (await ask(window, 'crashReports')).map(({ part }) => part).sort()
  await expect.poll(parts).toEqual(['engine', 'graphics', 'page', 'program'])

  await window.keyboard.press('Control+Comma')
  await window.getByRole('button', { name: 'Crash reports: Show…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Crash reports' })
  await expect(dialog.getByRole('list', { name: 'Crash reports' }).getByRole('listitem')).toHaveCount(4)
  await expect(dialog).toContainText('The part that computes colors died')
  const log = dialog.getByLabel('ffmpeg’s log')
  await expect(log).toContainText(/ffmpeg .*reel\.mkv/)
  await expect(log).toContainText(/exit code 0/)

  const target = join(folder, 'report.txt')
  await dialogsAnswer(app, { save: target })
  await dialog.getByRole('button', { name: 'Save as text…' }).click()
  await expect(dialog).toContainText('The reports were written to')
  const text = await readFile(target, 'utf8')
  for (const words of ['main tripped', 'the page tripped', 'Electron', 'TensorFlow', '…/reel.mkv'])
    expect(text).toContain(words)
  expect(text).not.toContain(folder)

  await dialog.getByRole('button', { name: 'Clear' }).click()
  await expect(dialog).toContainText('Nothing has crashed.')
  await window.keyboard.press('Escape')
  await window.keyboard.press('Control+Comma')
  await window.getByRole('button', { name: 'Licences: Show…' }).click()
  const licences = window.getByRole('dialog', { name: 'Licences' })
  await licences.getByText('ffmpeg', { exact: true }).click()
  await expect(licences.getByText(/WRITTEN OFFER\./)).toBeVisible()
  await expect(licences.getByText('GPL-3.0-or-later').first()).toBeVisible()
})
