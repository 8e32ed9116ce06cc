/**
 * Takes the pictures of docs/manual.md anew: drives the real window over the sample film, as the manual tells it, and
 * writes what it shows to docs/pictures. `npm run pictures` has bundled the program before.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../../build/setup/root.ts'
import { SAMPLE } from '../../electron/engine/sample/drawSeaside.ts'
import { clipOf, dialogsAnswer, goTo, orderExport, shown, toDo } from '../e2e/driveWindow.ts'
import { expect, launchStudio } from '../e2e/launch.ts'

const SIZE = { width: 1280, height: 800 }
const QUALITY = 78
/** Machines without a graphics card draw slowly, and the networks take their time as well. */
const PATIENCE = { timeout: 600_000 }
/** For what fades in, and for thumbnails that are still on their way. */
const SETTLED_MS = 1500
/** In the sample's second shot, where the boat is. */
const BOAT_FRAME = 60

type Place = readonly [x: number, y: number]
type Line = readonly [from: Place, to: Place]
/** Where the boat's sail is then, and the sky around it, which is as light. */
const SAIL: readonly Line[] = [
  [
    [0.443, 0.41],
    [0.415, 0.6],
  ],
  [
    [0.454, 0.41],
    [0.476, 0.6],
  ],
]
const SKY: readonly Line[] = [
  [
    [0.425, 0.34],
    [0.382, 0.54],
  ],
  [
    [0.472, 0.34],
    [0.512, 0.54],
  ],
  [
    [0.04, 0.1],
    [0.96, 0.06],
  ],
]

const pictures = join(root, 'docs', 'pictures')
const folder = await mkdtemp(join(tmpdir(), 'films-'))
await mkdir(pictures, { recursive: true })
const { app, window, pageErrors, close } = await launchStudio()
window.setDefaultTimeout(PATIENCE.timeout)
try {
  await takeAll(window)
  if (pageErrors.length > 0) throw new Error(`The page complained: ${pageErrors.join('; ')}`)
} finally {
  await close()
  await rm(folder, { recursive: true, force: true })
}

async function takeAll(window: Page): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]!.setContentSize(width, height),
    SIZE,
  )
  await dialogsAnswer(app, { save: join(folder, 'Seaside 1912, in color.mkv') })
  const sample = window.getByRole('button', { name: 'Try it on the sample film' })
  await sample.waitFor()
  await expect(window.getByText('Starting the networks…')).toHaveCount(0, PATIENCE)
  await take('start')

  await sample.click()
  await shown(window, 0, PATIENCE)
  await expect.poll(async () => (await clipOf(window)).shots.length, PATIENCE).toBe(2)
  await take('opened')

  await window.keyboard.press('KeyC')
  await expect.poll(() => toDo(window), PATIENCE).toEqual([])
  await window.getByRole('button', { name: 'Colorize' }).waitFor()
  await window.keyboard.press('Digit2')
  await take('colored')

  await window.keyboard.press('Digit1')
  await goTo(window, BOAT_FRAME, PATIENCE)
  await window.keyboard.press('KeyB')
  await chooseColor(0.32, 0.14)
  await strokes(...SAIL)
  await take('strokes')
  await window.keyboard.press('KeyE')
  await strokes(...SKY)
  await take('kept')

  await window.keyboard.press('KeyV')
  await window.keyboard.press('KeyP')
  await expect.poll(async () => (await clipOf(window)).frames[BOAT_FRAME]?.pinned, PATIENCE).toBe(true)
  await window.getByRole('button', { name: 'Propagate…' }).click()
  await take('propagate')
  await window.keyboard.press('Escape')
  await window.keyboard.press('Control+ArrowUp')
  await expect.poll(() => toDo(window), PATIENCE).toEqual([])
  await window.getByRole('button', { name: 'Colorize' }).waitFor()
  await goTo(window, SAMPLE.frames - 12, PATIENCE)
  await take('propagated')

  await goTo(window, BOAT_FRAME, PATIENCE)
  await window.keyboard.press('Digit3')
  await window.keyboard.press('F3')
  await window.getByRole('img', { name: 'Vectorscope' }).waitFor()
  await take('scopes')
  await window.keyboard.press('F3')
  await window.keyboard.press('Digit1')

  await window.keyboard.press('Control+KeyH')
  await window.getByRole('dialog').waitFor()
  await take('history')
  await window.keyboard.press('Escape')

  await orderExport(window)
  await window.getByText('The film is finished.').waitFor()
  await take('exported')
}

async function take(name: string): Promise<void> {
  await window.waitForTimeout(SETTLED_MS)
  await window.screenshot({ path: join(pictures, `${name}.jpg`), type: 'jpeg', quality: QUALITY })
  console.log(`docs/pictures/${name}.jpg`)
}

/** A place of the plane of colors: U from left to right, V from bottom to top, 0..1 downward. */
async function chooseColor(x: number, y: number): Promise<void> {
  const plane = window.getByLabel('Color: arrow keys choose')
  const box = (await plane.boundingBox())!
  await plane.click({ position: { x: x * box.width, y: y * box.height } })
}

/** Draws with the tool in the hand; the picture lies in the middle of its canvas, as large as fits. */
async function strokes(...lines: readonly Line[]): Promise<void> {
  const box = (await window.locator('canvas[data-frame]').boundingBox())!
  const scale = Math.min(box.width / SAMPLE.width, box.height / SAMPLE.height)
  const at = ([x, y]: Place): [number, number] => [
    box.x + box.width / 2 + (x - 0.5) * SAMPLE.width * scale,
    box.y + box.height / 2 + (y - 0.5) * SAMPLE.height * scale,
  ]
  const before = await operationsAt(BOAT_FRAME)
  for (const [from, to] of lines) {
    await window.mouse.move(...at(from))
    await window.mouse.down()
    await window.mouse.move(...at(to), { steps: 12 })
    await window.mouse.up()
  }
  await expect.poll(() => operationsAt(BOAT_FRAME), PATIENCE).toBe(before + lines.length)
}

async function operationsAt(frame: number): Promise<number> {
  return (await clipOf(window)).frames[frame]?.operations.length ?? 0
}
