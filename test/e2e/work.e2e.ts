/**
 * All work in one list: seen, paused, ended and told of from whatever is in view, exports even over the program's end.
 */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawGrayFilm } from '../material/films.ts'
import { lumaHashes, pictureHashes } from '../material/inspect.ts'
import { accessFaults } from './access.ts'
import { dialogsAnswer, shown } from './driveWindow.ts'
import { expect, test, type Studio } from './launch.ts'

let folder: string
test.beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'colornn-work-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const draw = (name: string, seconds: number): Promise<string> => drawGrayFilm(join(folder, name), { seconds })

test('exports of several projects are queued, put in order and paused; the next start of the program goes on with them', async ({
  launch,
}) => {
  const [long, short] = [await draw('long.mkv', 12), await draw('short.mkv', 0.25)]
  const targets = ['first.mkv', 'second.mp4', 'third.mkv'].map((name) => join(folder, name))
  const profile = join(folder, 'profile')
  const { app, window, pageErrors, close } = await launch({ args: [long], profile })
  await shown(window, 0)
  await app.evaluate(
    ({ dialog }, { open, saves }) => {
      const asked: string[] = []
      Object.assign(globalThis, { asked })
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: saves.shift()! })
      dialog.showMessageBoxSync = (...args: unknown[]) => asked.push((args.at(-1) as { message: string }).message) && 0
    },
    { open: short, saves: [targets[0]!, targets[1]!, targets[0]!, targets[2]!] },
  )
  const asked = (): Promise<string[]> => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
  const dialog = window.getByRole('dialog')
  const work = window.getByRole('region', { name: 'Work' })

  await window.keyboard.press('Control+KeyE')
  await dialog.getByRole('button', { name: 'Export', exact: true }).press('Enter')
  const add = dialog.getByRole('button', { name: 'Add to queue' })
  await expect(add).toBeFocused()
  await expect(dialog.getByRole('status').filter({ hasText: 'first.mkv' })).toBeAttached()
  await dialog.getByRole('button', { name: 'Show the queue' }).click()
  await work.getByRole('button', { name: 'Pause: Export: first.mkv' }).click()
  await expect(work.getByText('paused', { exact: true })).toBeVisible()
  expect(await accessFaults(window)).toEqual([])

  // Another project takes the place of its own; nothing has to be asked.
  await window.keyboard.press('Control+KeyW')
  await window.keyboard.press('Control+KeyO')
  const films = window.getByRole('combobox', { name: 'Films of the project' })
  await expect(films.locator('option:checked')).toHaveText('short.mkv')
  expect(await asked()).toEqual([])
  await window.keyboard.press('Control+KeyE')
  await dialog.getByRole('button', { name: 'Export', exact: true }).waitFor()
  expect(await accessFaults(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Close', exact: true }).click()
  await work.getByRole('button', { name: 'Resume: Export: first.mkv' }).click()
  await window.keyboard.press('Control+KeyE')
  await dialog.getByText('Viewing copy').click()
  await add.click()
  await expect(dialog.getByText('In the queue: it begins when those before it have ended.')).toBeVisible()
  await dialog.getByText('Archive master').click()
  await add.click()
  await expect(dialog.getByText(`Another export in the list goes to “${targets[0]}” already.`)).toBeVisible()
  await dialog.getByRole('button', { name: 'Choose…' }).click()
  await add.click()
  await expect(work.getByRole('listitem').filter({ hasText: 'third.mkv' })).toBeAttached()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close())
  await expect.poll(asked).toEqual(['3 films are still to be exported.'])
  await dialog.getByRole('button', { name: 'Show the queue' }).click()
  await work.getByRole('button', { name: 'Earlier: Export: third.mkv' }).focus()
  await window.keyboard.press('Enter')
  const rows = work.getByRole('list', { name: 'Exports' }).getByRole('listitem')
  await expect(rows.nth(1)).toContainText('third.mkv')
  await expect(work.getByText('third.mkv: 2 of 3')).toBeAttached()
  await expect(work.getByRole('button', { name: 'Earlier: Export: third.mkv' })).toBeFocused()
  await work.getByRole('button', { name: 'Pause all' }).click()
  await expect(rows.getByText('paused', { exact: true })).toHaveCount(3)
  await close()
  expect(targets.filter((target) => existsSync(target))).toEqual([])

  const goOn = async ({ window: started }: Studio): Promise<void> => {
    await expect(started.getByText('Go on with 3 exports?')).toBeVisible()
    await started.getByRole('button', { name: 'Go on', exact: true }).click()
    await expect(started.getByText('Go on with 3 exports?')).toHaveCount(0)
  }
  // One that is killed in the middle of the first.
  const killed = await launch({ profile })
  await goOn(killed)
  // Its colors are kept, so that it may be over within two seconds: what asks from outside can come too late.
  await killed.window.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        const looking = setInterval(() => {
          const bar = document.querySelector(`[role=progressbar][aria-label="${name}"]`)
          if (!(Number(bar?.getAttribute('aria-valuenow')) > 0)) return
          clearInterval(looking)
          resolve()
        }, 20)
      }),
    'Exporting: first.mkv',
  )
  const gone = new Promise((resolve) => killed.app.process().once('exit', resolve))
  killed.app.process().kill('SIGKILL')
  await gone
  expect(targets.filter((target) => existsSync(target))).toEqual([])

  const next = await launch({ profile })
  // Nobody looks at the window, so that the system is to tell of the end: what it would show is heard of as its click
  // is listened for.
  await next.app.evaluate(({ BrowserWindow, Notification }) => {
    const told: string[] = []
    Object.assign(globalThis, { told })
    Notification.isSupported = () => true
    Notification.prototype.on = function (this: Electron.Notification) {
      told.push(`${this.title} ${this.body}`)
      return this
    }
    BrowserWindow.getAllWindows()[0]!.isFocused = () => false
  })
  await goOn(next)
  await next.window.keyboard.press('Control+KeyJ')
  const list = next.window.getByRole('region', { name: 'Work' })
  await expect(list.getByRole('button', { name: 'Show file' })).toHaveCount(3, { timeout: 180_000 })
  await expect(next.window.getByText(`The export of “short.mkv” is finished: ${targets[1]}`)).toBeAttached()
  const told = (): Promise<string[]> => next.app.evaluate(() => (globalThis as unknown as { told: string[] }).told)
  await expect.poll(told).toEqual(['3 exports are finished. first.mkv, third.mkv, second.mp4'])
  const counts = await Promise.all(targets.map(async (target) => (await pictureHashes(target)).length))
  expect(counts).toEqual([288, 6, 6])
  expect(await lumaHashes(targets[0]!)).toEqual(await lumaHashes(long))
  await list.getByRole('button', { name: 'Remove what has ended' }).click()
  await expect(list.getByText('No export was ordered.')).toBeVisible()
  expect([...pageErrors, ...next.pageErrors]).toEqual([])
})

test('what is said of a film covers no button of a dialog, and goes with the film', async ({ launch }) => {
  const parts = await Promise.all(
    ['192x128', '96x64'].map(async (size) => {
      const codec = ['-c:v', 'mpeg2video']
      return readFile(await drawGrayFilm(join(folder, `${size}.ts`), { size, filters: 'hue=s=0', codec }))
    }),
  )
  const joined = join(folder, 'joined.ts')
  await writeFile(joined, Buffer.concat(parts))
  const scans = join(folder, 'scans')
  await mkdir(scans)
  await drawGrayFilm(join(scans, 'scan_%03d.png'), { size: '96x64', codec: [] })

  const { app, window, pageErrors } = await launch({ args: [joined] })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setSize(1024, 680))
  await dialogsAnswer(app, { open: join(scans, 'scan_001.png'), save: join(folder, 'joined (color).mkv') })
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

test('why an export could not go on is not said any more once it goes on', async ({ launch }) => {
  const [film, other] = [await draw('moved.mkv', 6), await draw('another.mkv', 1)]
  const target = join(folder, 'moved out.mkv')
  const { app, window } = await launch({ args: [film] })
  await shown(window, 0)
  await dialogsAnswer(app, { save: target })
  await window.keyboard.press('Control+KeyE')
  const dialog = window.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Export', exact: true }).press('Enter')
  await dialog.getByRole('button', { name: 'Show the queue' }).click()
  const work = window.getByRole('region', { name: 'Work' })
  await work.getByRole('button', { name: 'Pause: Export: moved out.mkv' }).click()
  await expect(work.getByText('paused', { exact: true })).toBeVisible()

  const exports = <T>(then: string): Promise<T> =>
    window.evaluate(`window.studio.exports().then(({ value: [entry] }) => ${then})`)
  const goOn = (): Promise<unknown> => exports('window.studio.resumeExports([entry.id])')
  await window.keyboard.press('Control+KeyJ')
  await rename(film, `${film} away`)
  await copyFile(other, film)
  await goOn()
  const said = window.getByRole('alert').filter({ hasText: 'moved out.mkv:' })
  await expect(said).toBeVisible()
  await rm(film)
  await rename(`${film} away`, film)
  await goOn()
  await expect.poll(() => exports('entry.state')).toBe('done')
  await expect(said).toHaveCount(0)
})
