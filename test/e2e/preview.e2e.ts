/** What the window shows is what an export gives: the same frame, from the graphics card and from a written picture. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { drawFieldFilm, drawFieldPin, type FieldFilm } from '../material/fields.ts'
import { ffmpeg, ffv1, withDisplayMatrix } from '../material/films.ts'
import { clipOf, colorizeAll, dialogsAnswer, orderExport, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

const [WIDTH, HEIGHT] = [320, 192]

let folder: string
test.beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'colornn-preview-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** The shown picture at one screen pixel per picture pixel, as RGB bytes. */
async function shownPicture(window: Page, size: readonly [width: number, height: number]): Promise<Uint8Array> {
  // As text: of a million numbers each would be packed by itself on its way here.
  const text = await window.evaluate(([width, height]) => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')!
    const copy = document.createElement('canvas')
    copy.width = width!
    copy.height = height!
    const to = copy.getContext('2d')!
    to.drawImage(canvas, -Math.round((canvas.width - width) / 2), -Math.round((canvas.height - height) / 2))
    const { data } = to.getImageData(0, 0, width, height)
    const parts: string[] = []
    for (let at = 0; at < data.length; at += 32_768) parts.push(String.fromCharCode(...data.subarray(at, at + 32_768)))
    return btoa(parts.join(''))
  }, size)
  return Uint8Array.from(Buffer.from(text, 'base64')).filter((_, n) => n % 4 !== 3)
}

async function rgbOf(picture: string): Promise<Uint8Array> {
  const raw = join(folder, 'picture.rgb')
  await ffmpeg(['-i', picture, '-f', 'rawvideo', '-pix_fmt', 'rgb24', raw])
  return new Uint8Array(await readFile(raw))
}

/** Films in color that had none, drawn without sharp edges; with the size at which they are shown. */
const films = [
  { kind: 'gray', pixelFormat: 'gray', shown: [WIDTH, HEIGHT] },
  // Stored lying on its side, and mirrored.
  { kind: '4:2:0', pixelFormat: 'yuv420p', shown: [HEIGHT, WIDTH], stored: 'turned and mirrored' },
  { kind: '10-bit 4:2:2', pixelFormat: 'yuv422p10le', shown: [WIDTH, HEIGHT] },
] as const

for (const { kind, pixelFormat, shown: size, ...more } of films) {
  const stored = 'stored' in more ? more.stored : null
  test(`the preview of a ${kind} film equals its export`, async ({ launch }) => {
    const drawn = join(folder, `${pixelFormat}.${stored ? 'mp4' : 'mkv'}`)
    const scene = `testsrc2=size=${WIDTH}x${HEIGHT}:rate=24:duration=0.1`
    const codec = stored ? ['-c:v', 'libx264', '-qp', '0'] : ['-c:v', 'ffv1']
    await ffmpeg(['-f', 'lavfi', '-i', scene, '-vf', `gblur=1.2,hue=s=0,format=${pixelFormat}`, ...codec, drawn])
    const film = stored ? await withDisplayMatrix(drawn, stored, join(folder, 'lying.mp4')) : drawn
    const { app, window } = await launch({ args: [film] })
    await shown(window, 0)
    await colorizeAll(window)
    await window.keyboard.press('Control+Digit1')
    const target = join(folder, `${pixelFormat}.png`)
    await dialogsAnswer(app, { save: target })
    await window.keyboard.press('Control+Shift+KeyE')
    await expect(window.getByText(/The frame was written to/)).toBeVisible()

    const [preview, exported] = [await shownPicture(window, size), await rgbOf(target)]
    expect(preview).toHaveLength(exported.length)
    const differences = Array.from(preview, (value, n) => Math.abs(value - exported[n]!)).sort((a, b) => a - b)
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length
    const most = differences.at(-Math.ceil(differences.length / 1000))!
    console.log(
      `${kind}: mean difference ${mean.toFixed(2)} of 255, a thousandth of the values differ by more than ${most}`,
    )
    // Rounding to 8 bits twice; at edges, that an export has fewer samples of chroma than the screen has pixels.
    expect(mean).toBeLessThan(0.8)
    expect(most).toBeLessThan(8)
    // And it is colors that were compared.
    expect(Array.from(exported).some((value, n) => n % 3 === 0 && Math.abs(value - exported[n + 2]!) > 16)).toBe(true)
    if (stored) await paintsWhereItIsPut(window, preview, size)
  })
}

/**
 * A dab of color lies at the place of the stored picture that is shown where it was put, and that place takes its
 * color.
 */
async function paintsWhereItIsPut(
  window: Page,
  before: Uint8Array,
  [width, height]: readonly [number, number],
): Promise<void> {
  const box = (await window.locator('canvas[data-frame]').boundingBox())!
  const [x, y] = [Math.round(0.2 * width), Math.round(0.3 * height)]
  const density = await window.evaluate(() => devicePixelRatio)
  await window.keyboard.press('KeyB')
  await window.mouse.move(
    box.x + box.width / 2 + (x - width / 2) / density,
    box.y + box.height / 2 + (y - height / 2) / density,
  )
  await window.mouse.down()
  await window.mouse.up()
  const points = async (): Promise<unknown> => {
    const operation = (await clipOf(window)).frames[0]?.operations[0]
    return operation?.type === 'hint' ? operation.points : null
  }
  // What was turned and mirrored has changed its axes for one another.
  await expect.poll(points).toEqual([[expect.closeTo(0.3, 1), expect.closeTo(0.2, 1)]])
  const changeAt = async (): Promise<number> => {
    const [after, at] = [await shownPicture(window, [width, height]), 3 * (y * width + x)]
    return [0, 1, 2].reduce((sum, part) => sum + Math.abs(after[at + part]! - before[at + part]!), 0)
  }
  await expect.poll(changeAt, { timeout: 60_000 }).toBeGreaterThan(8)
}

/**
 * Share of the values that lie beside an edge: of an interlaced film's chroma there are fewer samples than a screen has
 * pixels.
 */
const EDGES: Readonly<Record<string, number>> = { 'a gray film': 0, 'an interlaced film': 0.015 }

const pinned = {
  'a gray film': async (): Promise<[film: string, picture: string]> => {
    const film = join(folder, 'pinned.mkv')
    const scene = `testsrc2=size=${WIDTH}x${HEIGHT}:rate=24:duration=0.1`
    await ffmpeg(['-f', 'lavfi', '-i', scene, '-vf', 'gblur=1.2,hue=s=0,format=gray', '-c:v', 'ffv1', film])
    // Its colors end where the film's luma has no edge, and reach the border of what a screen can show.
    const picture = join(folder, 'painted.png')
    await ffmpeg(['-f', 'lavfi', '-i', `smptebars=size=${WIDTH}x${HEIGHT}`, '-frames:v', '1', picture])
    return [film, picture]
  },
  'an interlaced film': async (): Promise<[film: string, picture: string]> => {
    const drawing: FieldFilm = { mode: 'tff', width: WIDTH, height: HEIGHT, frames: 2, codec: ffv1 }
    return [
      await drawFieldFilm(folder, 'fields.mkv', drawing),
      await drawFieldPin(join(folder, 'fields pin.png'), drawing, 0),
    ]
  },
}

for (const [kind, draw] of Object.entries(pinned)) {
  test(`a picture pinned in ${kind} is shown with its own colors, pixel by pixel as they are exported`, async ({
    launch,
  }) => {
    const [film, picture] = await draw()
    const target = join(folder, `pinned in ${kind}.png`)
    const { app, window } = await launch({ args: [film] })
    await dialogsAnswer(app, { open: picture, save: target })
    await shown(window, 0)
    await window.keyboard.press('Control+Digit1')
    await window.keyboard.press('Control+KeyP')
    await expect(window.locator('canvas[data-colored="true"]')).toBeVisible()
    await window.keyboard.press('Control+Shift+KeyE')
    await expect(window.getByText(/The frame was written to/)).toBeVisible()
    const exported = await rgbOf(target)
    const differences = async (): Promise<number[]> =>
      Array.from(await shownPicture(window, [WIDTH, HEIGHT]), (value, n) => Math.abs(value - exported[n]!))
    const mean = async (): Promise<number> =>
      (await differences()).reduce((sum, value) => sum + value, 0) / exported.length
    // At the networks' size first, and whole as soon as the film stands.
    await expect.poll(mean).toBeLessThan(0.8)
    const sorted = (await differences()).sort((a, b) => a - b)
    const beyond = sorted.at(-1 - Math.ceil(sorted.length * EDGES[kind]!))!
    console.log(
      `${kind}: mean difference ${(await mean()).toFixed(2)} of 255, at most ${beyond} but for edges, and ${sorted.at(-1)} there`,
    )
    expect(beyond).toBeLessThanOrEqual(4)
  })
}

test('frames colored from a pinned picture are shown with its fine color, as an export of the film has it', async ({
  launch,
}) => {
  // Large enough that exports compose on a thread of their own.
  const size = [768, 432] as const
  const [film, picture, target] = ['cloth.mkv', 'stripes.png', 'cloth in color.mkv'].map((name) => join(folder, name))
  const cloth = `nullsrc=s=768x472:r=24,format=yuv444p,geq='255*random(1)':128:128,gblur=3,normalize,loop=99:1:0`
  const seen = `${cloth},crop=768:432:0:'40-4*n'`
  await ffmpeg(['-f', 'lavfi', '-i', `${seen},format=gray`, '-frames:v', '4', '-c:v', 'ffv1', film!])
  const stripes = "geq='lum(X,Y)':128:'if(lt(mod(Y,24),3),170,128)'"
  await ffmpeg(['-f', 'lavfi', '-i', `${seen},${stripes}`, '-frames:v', '1', '-pix_fmt', 'rgb24', picture!])
  const { app, window } = await launch({ args: [film!] })
  await dialogsAnswer(app, { open: picture!, save: target! })
  await shown(window, 0)
  await window.keyboard.press('Control+KeyP')
  await expect(window.locator('canvas[data-colored="true"]')).toBeVisible()
  await orderExport(window)
  await expect(window.getByText('The film is finished.')).toBeVisible({ timeout: 120_000 })
  await window.keyboard.press('Escape')
  await window.keyboard.press('KeyC')
  await window.keyboard.press('Control+Digit1')
  for (const frame of [1, 2]) {
    await window.keyboard.press('ArrowRight')
    await expect(window.locator(`canvas[data-frame="${frame}"][data-colored="true"]`)).toBeVisible({ timeout: 60_000 })
    const still = join(folder, `cloth ${frame}.png`)
    await ffmpeg(['-i', target!, '-vf', `select='eq(n,${frame})'`, '-frames:v', '1', '-y', still])
    const exported = await rgbOf(still)
    const mean = async (): Promise<number> => {
      const picture = await shownPicture(window, size)
      return picture.reduce((sum, value, n) => sum + Math.abs(value - exported[n]!), 0) / exported.length
    }
    await expect.poll(mean).toBeLessThan(0.8)
    // Stripes of three lines: half of their red is left, which at the networks' size a fifth is.
    const redder = (line: number): number => exported[3 * (line * 768 + 384)]! - exported[3 * (line * 768 + 384) + 2]!
    expect(redder(241 + 4 * frame) - redder(253 + 4 * frame)).toBeGreaterThan(40)
  }
})
