/** What the window shows is what an export gives: the same frame, from the graphics card and from a written picture. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ffmpeg } from '../material/films.ts'
import { expect, test } from './launch.ts'

const [WIDTH, HEIGHT] = [320, 192]

let folder: string
test.beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'colornn-preview-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** The shown picture at one screen pixel per picture pixel, as RGB bytes. */
async function shownPicture(window: Page): Promise<Uint8Array> {
  const values = await window.evaluate(
    ([width, height]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')!
      const copy = document.createElement('canvas')
      copy.width = width!
      copy.height = height!
      const to = copy.getContext('2d')!
      to.drawImage(canvas, -Math.round((canvas.width - width!) / 2), -Math.round((canvas.height - height!) / 2))
      return [...to.getImageData(0, 0, width!, height!).data]
    },
    [WIDTH, HEIGHT],
  )
  return Uint8Array.from(values.filter((_, n) => n % 4 !== 3))
}

async function rgbOf(picture: string): Promise<Uint8Array> {
  const raw = join(folder, 'picture.rgb')
  await ffmpeg(['-i', picture, '-f', 'rawvideo', '-pix_fmt', 'rgb24', raw])
  return new Uint8Array(await readFile(raw))
}

for (const [kind, pixelFormat] of [['gray', 'gray'], ['4:2:0', 'yuv420p'], ['10-bit 4:2:2', 'yuv422p10le']] as const) {
  test(`the preview of a ${kind} film equals its export`, async ({ launch }) => {
    const film = join(folder, `${pixelFormat}.mkv`)
    const scene = `testsrc2=size=${WIDTH}x${HEIGHT}:rate=24:duration=0.1`
    await ffmpeg(['-f', 'lavfi', '-i', scene, '-vf', `gblur=1.2,hue=s=0,format=${pixelFormat}`, '-c:v', 'ffv1', film])
    const { app, window } = await launch({ args: [film] })
    await expect(window.locator('canvas[data-frame="0"]')).toBeVisible()
    await window.keyboard.press('KeyC')
    await expect(window.locator('canvas[data-colored="true"]')).toBeVisible({ timeout: 120_000 })
    await window.keyboard.press('Control+Digit1')
    const target = join(folder, `${pixelFormat}.png`)
    await app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
    }, target)
    await window.keyboard.press('Control+Shift+KeyE')
    await expect(window.getByText(/The frame was written to/)).toBeVisible()

    const [shown, exported] = [await shownPicture(window), await rgbOf(target)]
    expect(shown).toHaveLength(exported.length)
    const differences = Array.from(shown, (value, n) => Math.abs(value - exported[n]!)).sort((a, b) => a - b)
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length
    const most = differences.at(-Math.ceil(differences.length / 1000))!
    console.log(`${kind}: mean difference ${mean.toFixed(2)} of 255, a thousandth of the values differ by more than ${most}`)
    // Rounding to 8 bits twice; at edges, that an export has fewer samples of chroma than the screen has pixels.
    expect(mean).toBeLessThan(0.8)
    expect(most).toBeLessThan(8)
    // And it is colors that were compared.
    expect(Array.from(exported).some((value, n) => n % 3 === 0 && Math.abs(value - exported[n + 2]!) > 16)).toBe(true)
  })
}

test('a pinned picture is shown with its own colors, pixel by pixel as they are exported', async ({ launch }) => {
  const film = join(folder, 'pinned.mkv')
  await ffmpeg(['-f', 'lavfi', '-i', `testsrc2=size=${WIDTH}x${HEIGHT}:rate=24:duration=0.1`, '-vf', 'gblur=1.2,hue=s=0,format=gray', '-c:v', 'ffv1', film])
  // Its colors end where the film's luma has no edge, and reach the border of what a screen can show.
  const picture = join(folder, 'painted.png')
  await ffmpeg(['-f', 'lavfi', '-i', `smptebars=size=${WIDTH}x${HEIGHT}`, '-frames:v', '1', picture])
  const target = join(folder, 'pinned.png')
  const { app, window } = await launch({ args: [film] })
  await app.evaluate(
    ({ dialog }, [open, save]) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open!] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: save! })
    },
    [picture, target],
  )
  await expect(window.locator('canvas[data-frame="0"]')).toBeVisible()
  await window.keyboard.press('Control+Digit1')
  await window.keyboard.press('Control+KeyP')
  await expect(window.locator('canvas[data-colored="true"]')).toBeVisible()
  await window.keyboard.press('Control+Shift+KeyE')
  await expect(window.getByText(/The frame was written to/)).toBeVisible()
  const exported = await rgbOf(target)
  const differences = async (): Promise<number[]> => Array.from(await shownPicture(window), (value, n) => Math.abs(value - exported[n]!))
  const mean = async (): Promise<number> => (await differences()).reduce((sum, value) => sum + value, 0) / exported.length
  // At the networks' size first, and whole as soon as the film stands.
  await expect.poll(mean).toBeLessThan(0.8)
  expect((await differences()).reduce((most, value) => Math.max(most, value), 0)).toBeLessThanOrEqual(4)
})
