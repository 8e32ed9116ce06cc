/**
 * What the window draws is what the export writes: the viewer's canvas at 100 % against the same frame as PNG, pixel by
 * pixel. Both evaluate one coloring model (electron/contract/frames.ts), one in a shader, one in the engine.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import type { StudioBridge } from '../../electron/contract/bridge.ts'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import { locateFfmpeg } from '../../electron/engine/media/locateFfmpeg.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { expect, test, type LaunchOptions, type Studio } from './launch.ts'

const SIZE = { width: 320, height: 192 }

/** Mean and greatest difference over all samples, of 255. */
interface Bounds {
  readonly mean: number
  readonly most: number
}
/**
 * The PNG's chroma went through 8-bit codes of limited range, where half a step is up to 1.1 of 255 in blue; luma and
 * the screen's own rounding add half a step each.
 */
const rounding: Bounds = { mean: 0.7, most: 3 }
/** A film with chroma at half size can not hold every pixel's color: noise of single pixels is where they part. */
const halfChroma: Bounds = { mean: 1.2, most: 24 }

let folder: string
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-preview-'))
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** R, G, B of the drawn picture, found by what is not transparent. */
async function drawn(window: Page): Promise<{ width: number; height: number; rgb: Uint8Array }> {
  const { width, height, bytes } = await window.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')!
    const copy = document.createElement('canvas')
    copy.width = canvas.width
    copy.height = canvas.height
    const to = copy.getContext('2d')!
    to.drawImage(canvas, 0, 0)
    const { data } = to.getImageData(0, 0, canvas.width, canvas.height)
    let [left, top, right, bottom] = [canvas.width, canvas.height, 0, 0]
    for (let y = 0; y < canvas.height; y++) {
      for (let x = 0; x < canvas.width; x++) {
        if (data[4 * (y * canvas.width + x) + 3] === 0) continue
        ;[left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)]
      }
    }
    const bytes: number[] = []
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) bytes.push(...data.subarray(4 * (y * canvas.width + x), 4 * (y * canvas.width + x) + 3))
    return { width: right - left, height: bottom - top, bytes }
  })
  return { width, height, rgb: Uint8Array.from(bytes) }
}

async function readPng(path: string): Promise<Uint8Array> {
  const { path: program } = await locateFfmpeg()
  const { stdout } = await promisify(execFile)(program, ['-v', 'error', '-i', `file:${path}`, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

function difference(a: Uint8Array, b: Uint8Array): Bounds {
  let [sum, most] = [0, 0]
  a.forEach((value, i) => {
    const by = Math.abs(value - b[i]!)
    sum += by
    most = Math.max(most, by)
  })
  return { mean: sum / a.length, most }
}

/** Mean distance of R, G and B from their middle: that a picture has color at all. */
const colorfulness = (rgb: Uint8Array): number =>
  rgb.reduce((sum, value, i) => sum + Math.abs(value - rgb[3 * Math.floor(i / 3) + 1]!), 0) / rgb.length

async function edit(window: Page, make: (clip: string) => ProjectCommand): Promise<void> {
  const clip = await window.evaluate(async () => {
    const state = await (globalThis as unknown as { studio: StudioBridge }).studio.projectState()
    return state.ok ? state.value!.project.clips[0]!.id : ''
  })
  const outcome = await window.evaluate((command) => (globalThis as unknown as { studio: StudioBridge }).studio.editProject(command), make(clip))
  expect(outcome.ok).toBe(true)
}

async function openAt100(launch: (options?: LaunchOptions) => Promise<Studio>, film: string): Promise<Studio> {
  const studio = await launch({ args: [film] })
  await expect(studio.window.locator('canvas[data-frame="0"]')).toBeVisible()
  await studio.window.keyboard.press('Control+Digit1')
  return studio
}

async function colorize(window: Page): Promise<void> {
  await window.keyboard.press('KeyC')
  await expect(window.locator('canvas[data-colored="true"]')).toBeVisible({ timeout: 120_000 })
}

/** Writes the frame in view as PNG, and says how far the window's picture is from it. */
async function againstExport({ app, window }: Studio, name: string): Promise<Bounds> {
  const target = join(folder, name)
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, target)
  await window.keyboard.press('Control+Shift+KeyE')
  await expect(window.getByText(`The frame was written to ${target}`)).toBeVisible()
  const exported = await readPng(target)
  const shown = await drawn(window)
  expect({ width: shown.width, height: shown.height }).toEqual(SIZE)
  expect(exported.length).toBe(shown.rgb.length)
  expect(colorfulness(exported)).toBeGreaterThan(4)
  return difference(shown.rgb, exported)
}

function expectWithin(found: Bounds, { mean, most }: Bounds): void {
  expect(found.mean).toBeLessThan(mean)
  expect(found.most).toBeLessThanOrEqual(most)
}

/** All of an artist's means at once: a warm region, a stroke and a look. */
async function paint(window: Page): Promise<void> {
  const shown = (await drawn(window)).rgb
  await edit(window, (clip) => ({
    type: 'add-operation', clip, frame: 0,
    operation: { id: 'sky', enabled: true, type: 'region', inverted: false, feather: 0.03, shape: { kind: 'lasso', points: [[0.1, 0.1], [0.7, 0.05], [0.6, 0.8], [0.2, 0.7]] }, adjustment: { kind: 'recolor', color: { u: 0.16, v: -0.08 }, strength: 1, variation: 1 } },
  }))
  await edit(window, (clip) => ({
    type: 'add-operation', clip, frame: 0,
    operation: { id: 'coat', enabled: true, type: 'hint', kind: 'color', color: { u: -0.1, v: 0.2 }, points: [[0.6, 0.5], [0.9, 0.9]], radius: 0.03 },
  }))
  await expect.poll(async () => difference((await drawn(window)).rgb, shown).mean).toBeGreaterThan(2)
  // Two equal readings, one after the other: the last edit has arrived.
  let before = new Uint8Array(0)
  await expect.poll(async () => {
    const now = (await drawn(window)).rgb
    const same = Buffer.compare(now, before) === 0
    before = Uint8Array.from(now)
    return same
  }, { intervals: [400] }).toBe(true)
}

test('a colored frame of a film with full chroma is shown as it is exported, before and after edits', async ({ launch }) => {
  const film = await drawFilm(folder, 'gray.mkv', { size: '320x192', frames: 3, pixelFormat: 'gray' })
  const studio = await openAt100(launch, film)
  await colorize(studio.window)
  expectWithin(await againstExport(studio, 'gray.png'), rounding)
  await paint(studio.window)
  expectWithin(await againstExport(studio, 'gray edited.png'), rounding)
})

test('a colored frame of a film with half chroma is shown as it is exported, as far as half chroma goes', async ({ launch }) => {
  const film = await drawFilm(folder, 'half.mkv', { size: '320x192', frames: 3, pixelFormat: 'yuv420p', filters: 'hue=s=0' })
  const studio = await openAt100(launch, film)
  await colorize(studio.window)
  await paint(studio.window)
  expectWithin(await againstExport(studio, 'half.png'), halfChroma)
})

test('a pinned picture is shown as it is exported', async ({ launch }) => {
  const film = await drawFilm(folder, 'pinned.mkv', { size: '320x192', frames: 3, pixelFormat: 'gray', filters: 'hue=s=0' })
  const picture = join(folder, 'painted.png')
  // Its colors have borders where luma has none.
  await ffmpeg(['-f', 'lavfi', '-i', 'smptebars=size=320x192', '-frames:v', '1', picture])
  const studio = await openAt100(launch, film)
  await studio.app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, picture)
  await studio.window.keyboard.press('Control+KeyP')
  await expect(studio.window.locator('canvas[data-colored="true"]')).toBeVisible()
  expectWithin(await againstExport(studio, 'pinned as exported.png'), rounding)
})
