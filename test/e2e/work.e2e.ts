/**
 * All work in one list: seen, paused, ended and told of from whatever reel is in view; what would end an export asks.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ffmpeg } from '../material/films.ts'
import { expect, test } from './launch.ts'

let folder: string
test.beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'colornn-work-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

async function draw(name: string, seconds: number): Promise<string> {
  const path = join(folder, name)
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    `testsrc2=size=192x128:rate=24:duration=${seconds}`,
    '-vf',
    'format=gray',
    '-c:v',
    'ffv1',
    path,
  ])
  return path
}

test('an export of a reel out of view is paused, goes on and is told of; leaving the project and quitting ask first', async ({
  launch,
}) => {
  const [long, short] = [await draw('long.mkv', 2), await draw('short.mkv', 0.25)]
  const target = join(folder, 'long (color).mkv')
  const { app, window, pageErrors } = await launch({ args: [long] })
  await expect(window.locator('canvas[data-frame="0"]')).toBeVisible()
  await app.evaluate(
    ({ dialog }, { open, save }) => {
      const asked: string[] = []
      Object.assign(globalThis, { asked })
      const answer = (options: unknown): number => asked.push((options as { message: string }).message) && 0
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: save })
      dialog.showMessageBox = (...args: unknown[]) =>
        Promise.resolve({ response: answer(args.at(-1)), checkboxChecked: false })
      dialog.showMessageBoxSync = (...args: unknown[]) => answer(args.at(-1))
    },
    { open: short, save: target },
  )
  const asked = (): Promise<string[]> => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)

  await window.keyboard.press('Control+KeyE')
  const dialog = window.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await window.getByRole('dialog').getByRole('button', { name: 'Cancel export' }).waitFor()
  await window.keyboard.press('Escape')
  await window.keyboard.press('Control+KeyJ')
  const work = window.getByRole('region', { name: 'Work' })
  await work.getByRole('button', { name: 'Pause: Export: long.mkv' }).click()
  await expect(work.getByText('paused', { exact: true })).toBeVisible()

  await window.keyboard.press('Control+KeyO')
  const films = window.getByRole('combobox', { name: 'Films of the project' })
  await expect(films.locator('option:checked')).toHaveText('short.mkv')
  await window.keyboard.press('Control+KeyW')
  await expect.poll(asked).toHaveLength(1)
  await expect(films.locator('option:checked')).toHaveText(/mkv/)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close())
  await expect.poll(asked).toEqual(['A film is still being exported.', 'A film is still being exported.'])

  await work.getByRole('button', { name: 'Resume: Export: long.mkv' }).click()
  await expect(window.getByText(`The export of “long.mkv” is finished: ${target}`)).toBeVisible({ timeout: 120_000 })
  await expect(work.getByRole('button', { name: 'Show file: Export: long.mkv' })).toBeVisible()
  expect(existsSync(target)).toBe(true)
  await work.getByRole('button', { name: 'Remove what has ended' }).click()
  await expect(work.getByText('Nothing runs.', { exact: false })).toBeVisible()
  expect(pageErrors).toEqual([])
})

test('what is said of a film covers no button of a dialog, and goes with the film', async ({ launch }) => {
  const parts = await Promise.all(
    ['192x128', '96x64'].map(async (size) => {
      const path = join(folder, `${size}.ts`)
      await ffmpeg([
        '-f',
        'lavfi',
        '-i',
        `testsrc2=size=${size}:rate=24:duration=0.25`,
        '-vf',
        'hue=s=0',
        '-c:v',
        'mpeg2video',
        path,
      ])
      return readFile(path)
    }),
  )
  const joined = join(folder, 'joined.ts')
  await writeFile(joined, Buffer.concat(parts))
  const scans = join(folder, 'scans')
  await mkdir(scans)
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    'testsrc2=size=96x64:rate=24:duration=0.25',
    '-vf',
    'format=gray',
    join(scans, 'scan_%03d.png'),
  ])

  const { app, window, pageErrors } = await launch({ args: [joined] })
  await app.evaluate(
    ({ BrowserWindow, dialog }, { open, save }) => {
      BrowserWindow.getAllWindows()[0]!.setSize(1024, 680)
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: save })
    },
    { open: join(scans, 'scan_001.png'), save: join(folder, 'joined (color).mkv') },
  )
  const ofTheFilm = window.getByText('The size, shape or format of the pictures changes within the film')
  await expect(ofTheFilm).toBeVisible()
  await window.keyboard.press('Control+KeyE')
  const dialog = window.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Parts of one size each' }).check()
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(dialog.getByText('The film was written in parts of one size each')).toBeVisible({ timeout: 120_000 })
  await dialog.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(ofTheFilm).toBeVisible()

  await window.keyboard.press('Control+KeyO')
  await expect(dialog.getByRole('button', { name: '24', exact: true })).toBeFocused()
  await dialog.getByRole('button', { name: '16', exact: true }).click()
  await expect(window.getByText('16 fps', { exact: false })).toBeVisible()
  await expect(ofTheFilm).toHaveCount(0)
  await expect(window.getByText('24 frames per second are assumed')).toHaveCount(0)
  expect(pageErrors).toEqual([])
})
