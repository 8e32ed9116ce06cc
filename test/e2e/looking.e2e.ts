/** Looking closely: differences, onion skin, before the edits, and scopes, on the real window's pixels. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { drawGrayFilm } from '../material/films.ts'
import { drawNumberedFilm, groupsOf, NUMBERED } from '../material/numberedFilm.ts'
import { colorizeAll, draw, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

let folder: string
let film: string
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-looking-'))
  film = await drawGrayFilm(join(folder, 'reel.mkv'), { seconds: 0.5, filters: 'format=gray,format=yuv420p' })
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** RGB of the shown picture in 24 x 16 samples, row by row. */
const samples = (window: Page): Promise<number[][]> =>
  window.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')!
    const scale = Math.min(canvas.width / 192, canvas.height / 128)
    const small = document.createElement('canvas')
    small.width = 24
    small.height = 16
    const to = small.getContext('2d')!
    to.drawImage(
      canvas,
      (canvas.width - 192 * scale) / 2,
      (canvas.height - 128 * scale) / 2,
      192 * scale,
      128 * scale,
      0,
      0,
      24,
      16,
    )
    const { data } = to.getImageData(0, 0, 24, 16)
    return Array.from({ length: 24 * 16 }, (_, n) => [...data.slice(n * 4, n * 4 + 3)])
  })

/** Share of samples that are not middle gray: where two pictures differ. */
const differing = async (window: Page): Promise<number> => {
  const all = await samples(window)
  return all.filter((rgb) => rgb.some((value) => Math.abs(value - 127.5) > 3)).length / all.length
}

async function opened(window: Page): Promise<void> {
  await shown(window, 0)
  await colorizeAll(window)
}

test('differences show what coloring gave, and then what the artist changed', async ({ launch }) => {
  const { window, pageErrors } = await launch({ args: [film] })
  await opened(window)
  await window.keyboard.press('Digit5')
  await expect.poll(() => differing(window)).toBeGreaterThan(0.3)

  // A stroke differs from the frame as it was; the rest of the picture does not.
  await window.keyboard.press('KeyB')
  await draw(window, [
    [0.45, 0.5],
    [0.55, 0.5],
  ])
  await window.keyboard.press('KeyV')
  await expect.poll(() => differing(window)).toBeLessThan(0.9)
  await expect.poll(() => differing(window)).toBeGreaterThan(0.002)

  // Without edits nothing differs, for as long as the key is held.
  await window.keyboard.down('KeyQ')
  await expect.poll(() => differing(window)).toBe(0)
  await window.waitForTimeout(350)
  await window.keyboard.up('KeyQ')
  await expect.poll(() => differing(window)).toBeGreaterThan(0.002)
  expect(pageErrors).toEqual([])
})

test('a pin lies over another frame as onion skin, as strongly as is wished', async ({ launch }) => {
  const { window } = await launch({ args: [film] })
  await opened(window)
  await window.keyboard.press('KeyP')
  await window.keyboard.press('End')
  await shown(window, 11)
  const alone = await samples(window)
  await window.keyboard.press('Digit6')
  const share = window.getByRole('slider', { name: 'Share of the pinned picture' })
  await expect.poll(() => samples(window)).not.toEqual(alone)
  await share.focus()
  await window.keyboard.press('Home')
  await expect.poll(() => samples(window)).toEqual(alone)
})

test('a film that stands asks for nothing, and scopes come and go without taking its picture away', async ({
  launch,
}) => {
  const { window } = await launch({ args: [film] })
  await opened(window)
  await window.evaluate(() => {
    const counted = window as unknown as { asked: number }
    counted.asked = 0
    const post = MessagePort.prototype.postMessage
    MessagePort.prototype.postMessage = function (this: MessagePort, ...sent: unknown[]) {
      if ((sent[0] as { slot?: string }).slot === 'view') counted.asked++
      Reflect.apply(post, this, sent)
    }
  })
  const picture = await samples(window)
  // More often than a browser has graphics contexts.
  const scopes = window.getByRole('complementary', { name: 'Scopes' })
  for (let n = 0; n < 39; n++) {
    await window.keyboard.press('F3')
    await expect(scopes).toHaveCount((n + 1) % 2)
  }
  await expect(scopes.locator('canvas')).toHaveCount(2)
  await expect
    .poll(() =>
      scopes
        .locator('canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) =>
          canvas
            .getContext('2d')!
            .getImageData(0, 0, canvas.width, canvas.height)
            .data.some((value, n) => n % 4 !== 3 && value > 60),
        ),
    )
    .toBe(true)
  await window.keyboard.press('F3')
  await expect.poll(() => samples(window)).toEqual(picture)
  const asked = (): Promise<number> => window.evaluate(() => (window as unknown as { asked: number }).asked)
  // What was asked for the scopes may still be on its way.
  let before = -1
  await expect.poll(async () => before === (before = await asked()), { intervals: [100] }).toBe(true)
  await window.waitForTimeout(500)
  expect(await asked()).toBe(before)
})

test('a far jump shows a picture nearby at once, and then the frame', async ({ launch }) => {
  const last = 1499
  const long = await drawNumberedFilm(folder, 'long.mkv', { frames: last + 1, codec: groupsOf(9999) })
  const { window, pageErrors } = await launch({ args: [long] })
  await shown(window, 0)
  await expect(window.getByText('Finding shots')).toHaveCount(0, { timeout: 30_000 })
  /** What the canvas says it shows, and the number that is seen in it, whenever that changes. */
  const seen = await window.evaluate(
    async ({ to, bits, width, height }) => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')!
      const numberSeen = (): number => {
        const scale = Math.min(canvas.width / width, canvas.height / height)
        const small = document.createElement('canvas')
        ;[small.width, small.height] = [bits, 1]
        const [left, top] = [(canvas.width - width * scale) / 2, (canvas.height - height * scale) / 2]
        const picture = small.getContext('2d')!
        picture.drawImage(canvas, left, top + 8 * scale, width * scale, 16 * scale, 0, 0, bits, 1)
        const { data } = picture.getImageData(0, 0, bits, 1)
        return Array.from({ length: bits }, (_, bit) => (data[4 * bit]! > 170 ? 2 ** bit : 0)).reduce((a, b) => a + b)
      }
      const found: { frame: string; standIn: string; number: number }[] = []
      document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'End', key: 'End', bubbles: true }))
      for (const until = performance.now() + 20_000; performance.now() < until;) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        const { frame = '', standIn = '' } = canvas.dataset
        const before = found.at(-1)
        if (before?.frame !== frame || before.standIn !== standIn) found.push({ frame, standIn, number: numberSeen() })
        if (frame === String(to)) break
      }
      return found
    },
    { to: last, ...NUMBERED },
  )
  expect(seen.map(({ frame, standIn }) => [frame, standIn])).toEqual([
    ['0', ''],
    ['0', String(last)],
    [String(last), ''],
  ])
  expect(Math.abs(seen[1]!.number - last)).toBeLessThanOrEqual(12)
  expect(seen[2]!.number).toBe(last)
  expect(pageErrors).toEqual([])
})
