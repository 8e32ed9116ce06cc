/** What tests of the window do with it and ask of it again and again: by keys, by the mouse, and of main. */
import type { ElectronApplication, Page } from '@playwright/test'
import type { ProjectState } from '../../electron/contract/project.ts'
import type { Clip } from '../../electron/contract/projectDocument.ts'
import type { RequestArgs, RequestName, RequestResult } from '../../electron/contract/requests.ts'
import type { Outcome } from '../../electron/contract/userError.ts'
import { expect } from './launch.ts'

/** The system's dialogs answer with a file at once. */
export const dialogsAnswer = (app: ElectronApplication, answer: { open?: string; save?: string }): Promise<void> =>
  app.evaluate(({ dialog }, { open, save }) => {
    if (open !== undefined) dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] })
    if (save !== undefined) dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: save })
  }, answer)

interface Patience {
  readonly timeout: number
}

/** Waits until the viewer shows a frame. */
export const shown = (window: Page, frame: number, patience?: Patience): Promise<void> =>
  expect(window.locator(`canvas[data-frame="${frame}"]`)).toBeVisible(patience)

export async function goTo(window: Page, frame: number, patience?: Patience): Promise<void> {
  await window.keyboard.press('KeyG')
  await window.keyboard.press('Control+KeyA')
  await window.keyboard.type(String(frame))
  await window.keyboard.press('Enter')
  await shown(window, frame, patience)
}

/** Where films of the project have no colors, or none that are up to date. */
export async function toDo(window: Page): Promise<[from: number, to: number][]> {
  const { coverage } = await projectOf(window)
  return coverage.flatMap(({ stale, uncolored }) => [...stale, ...uncolored]).map(({ from, to }) => [from, to])
}

/** Colors the film in view, the only one that is to be colored, and waits until all of it is and the work has ended. */
export async function colorizeAll(window: Page): Promise<void> {
  await window.keyboard.press('KeyC')
  await expect.poll(() => toDo(window), { timeout: 120_000 }).toEqual([])
  await expect(window.locator('canvas[data-colored="true"]')).toBeVisible({ timeout: 120_000 })
  await expect(window.getByRole('button', { name: 'Colorize' })).toBeVisible({ timeout: 120_000 })
}

/** Orders an export as the dialog stands when it opens. */
export async function orderExport(window: Page): Promise<void> {
  await window.keyboard.press('Control+KeyE')
  await window.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
}

/** Presses at the first place of the viewer (0..1 of its sides), moves over the others, and lets go. */
export async function draw(window: Page, places: readonly (readonly [x: number, y: number])[]): Promise<void> {
  const box = (await window.locator('canvas[data-frame]').boundingBox())!
  for (const [n, [x, y]] of places.entries()) {
    await window.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: n === 0 ? 1 : 5 })
    if (n === 0) await window.mouse.down()
  }
  await window.mouse.up()
}

/** A request of the page to main, as its components make it. */
export function outcomeOf<N extends RequestName>(
  window: Page,
  name: N,
  ...args: RequestArgs<N>
): Promise<Outcome<RequestResult<N>>> {
  return window.evaluate(
    ([request, given]) => {
      const call = self.studio[request] as unknown as (...args: unknown[]) => Promise<Outcome<RequestResult<N>>>
      return call(...given)
    },
    [name, args as unknown[]] as const,
  )
}

/** Its value; throws where main refuses it. */
export async function ask<N extends RequestName>(
  window: Page,
  name: N,
  ...args: RequestArgs<N>
): Promise<RequestResult<N>> {
  const outcome = await outcomeOf(window, name, ...args)
  if (!outcome.ok) throw new Error(`${name} was refused: ${JSON.stringify(outcome.error)}`)
  return outcome.value
}

/** The open project; throws where there is none. */
export async function projectOf(window: Page): Promise<ProjectState> {
  const state = await ask(window, 'projectState')
  if (!state) throw new Error('no project is open')
  return state
}

/** The first film of the open project. */
export const clipOf = async (window: Page): Promise<Clip> => (await projectOf(window)).project.clips[0]!
