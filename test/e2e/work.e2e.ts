/** All work in one list: seen, paused, ended and told of from whatever reel is in view; what would end an export asks. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ffmpeg } from '../material/films.ts'
import { expect, test } from './launch.ts'

let folder: string
test.beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'colornn-work-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

async function draw(name: string, seconds: number): Promise<string> {
  const path = join(folder, name)
  await ffmpeg(['-f', 'lavfi', '-i', `testsrc2=size=192x128:rate=24:duration=${seconds}`, '-vf', 'format=gray', '-c:v', 'ffv1', path])
  return path
}

test('an export of a reel out of view is paused, goes on and is told of; leaving the project and quitting ask first', async ({ launch }) => {
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
      dialog.showMessageBox = (...args: unknown[]) => Promise.resolve({ response: answer(args.at(-1)), checkboxChecked: false })
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
