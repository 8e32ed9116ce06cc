/**
 * Projects that are not this program's alone, and disks that take no more: the window says so, and asks before anything
 * is lost.
 */
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { drawGrayFilm } from '../material/films.ts'
import { onlyOnWords } from '../../build/checks/onlyOn.ts'
import { clipOf, dialogsAnswer, shown } from './driveWindow.ts'
import { expect, test, type Studio } from './launch.ts'

let folder: string
test.beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'colornn-trouble-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const ready = (window: Page) => shown(window, 0)

async function savedProject({ app, window }: Studio, file: string): Promise<void> {
  await dialogsAnswer(app, { save: file })
  await window.keyboard.press('Control+KeyS')
  await expect(window.getByText('The project is saved.')).toBeVisible()
}

test('a project that another computer has open is opened as a copy, or taken over after a second question', async ({
  launch,
}) => {
  const file = join(folder, 'regatta.colornn')
  const first = await launch({ args: [await drawGrayFilm(join(folder, 'film.mkv'))] })
  await ready(first.window)
  await savedProject(first, file)
  await first.close()
  await writeFile(`${file}-lock`, JSON.stringify({ pid: 1, host: 'another computer', token: 'theirs' }))

  const { window } = await launch({ args: [file] })
  const question = window.getByRole('dialog', { name: '“regatta.colornn” is open elsewhere' })
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Open a copy' }).click()
  await ready(window)
  await expect(window.getByText('it was opened as a copy: save it in a place of your own')).toBeVisible()

  const second = await launch({ args: [file] })
  await second.window.getByRole('button', { name: 'Take over…' }).click()
  const really = second.window.getByRole('dialog', { name: 'Take over “regatta.colornn”?' })
  await expect(really).toBeVisible()
  await really.getByRole('button', { name: 'Take over' }).click()
  await ready(second.window)

  // Changed by another program: asked before it is saved over, and kept.
  const theirs = (await readFile(file, 'utf8')).replace('"clips"', '"clips" ')
  await writeFile(file, theirs)
  await second.window.keyboard.press('Control+KeyS')
  const changed = second.window.getByRole('dialog', { name: '“regatta” was changed by another program' })
  await expect(changed).toBeVisible()
  // No key is meant for what is behind it.
  for (const key of ['KeyM', 'Control+KeyK', 'Control+KeyW']) await second.window.keyboard.press(key)
  await expect(second.window.getByRole('dialog')).toHaveCount(1)
  expect((await clipOf(second.window)).markers ?? []).toEqual([])
  await changed.getByRole('button', { name: 'Replace it' }).click()
  await expect(second.window.getByText('kept as “regatta.colornn.changed-1”')).toBeVisible()
  expect(await readFile(`${file}.changed-1`, 'utf8')).toBe(theirs)
})

test('a full disk is shown for as long as it is full, and the program does not end before it is asked', async ({
  launch,
}) => {
  test.skip(process.platform !== 'linux', onlyOnWords(['linux'], 'a disk that runs full is mounted'))
  const disk = join(folder, 'disk')
  await mkdir(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    test.skip(true, 'no file system may be mounted here')
  }
  const studio = await launch({ args: [await drawGrayFilm(join(folder, 'reel.mkv'))] })
  const { app, window } = studio
  try {
    await ready(window)
    await savedProject(studio, join(disk, 'full.colornn'))
    execFileSync('sh', ['-c', `dd if=/dev/zero of='${join(disk, 'filler')}' bs=1k 2>/dev/null || true`])
    await window.evaluate(async () => {
      for (let count = 0; count < 30; count++)
        await self.studio.editProject({
          type: 'rename-project',
          title: `${count} ${'long '.repeat(90)}`,
        })
    })
    const bar = window.getByRole('alert').filter({ hasText: 'The disk is full' })
    // The last block that the journal has may take one or two of them.
    await expect(bar).toContainText(
      /(2\d|30) edits are not on the project’s disk yet\. Your edits are kept in the program’s own folder/,
    )
    await bar.getByRole('button', { name: 'Try again' }).click()
    await expect(bar).toBeVisible()

    const asked = await app.evaluate(({ BrowserWindow, dialog }) => {
      return new Promise<string>((resolve) => {
        dialog.showMessageBox = (...args: unknown[]) => {
          const { message, buttons, cancelId } = args.at(-1) as Electron.MessageBoxOptions
          resolve(`${message} ${buttons!.join(', ')}`)
          return Promise.resolve({ response: cancelId!, checkboxChecked: false })
        }
        BrowserWindow.getAllWindows()[0]!.close()
      })
    })
    expect(asked).toMatch(
      /^(2\d|30) edits could not be written\. Try again, Save elsewhere…, Cancel, Leave them there$/,
    )
    await expect(bar).toBeVisible()

    // Once there is room it goes on by itself.
    await rm(join(disk, 'filler'))
    await expect(bar).toBeHidden()
  } finally {
    // With edits that can not be written it would ask, and stay.
    await rm(join(disk, 'filler'), { force: true })
    await studio.close()
    execFileSync('umount', ['-l', disk])
  }
})
