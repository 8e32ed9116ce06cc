/** What makes the editor one's own: first steps, look, language, keys; and that the keyboard alone is enough. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { accessFaults } from './access.ts'
import { ask, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

/** Of the test that starts the program twice. */
let profile: string

test.beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'colornn-comfort-'))
})
// Not after each: the program still writes to it until it is closed.
test.afterAll(() => rm(profile, { recursive: true, force: true }))

const dialog = (window: Page, name: string) => window.getByRole('dialog', { name })

/** Of the focused element; '' where nothing has the keyboard. */
const focused = (window: Page): Promise<string> =>
  window.evaluate(() => {
    const { activeElement } = document
    return activeElement === document.body
      ? ''
      : (activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '').trim()
  })

test('a first start leads to the sample; the next one no longer insists', async ({ launch }) => {
  const { window, pageErrors } = await launch()
  const sample = window.getByRole('button', { name: 'Try it on the sample film' })
  await expect(sample).toHaveClass(/primary/)
  expect(await accessFaults(window)).toEqual([])
  await sample.click()
  await shown(window, 0, { timeout: 90_000 })
  await window.keyboard.press('F3')
  await expect(window.getByRole('img', { name: 'Vectorscope' })).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    expect(await accessFaults(window)).toEqual([])
  }

  // Tab alone reaches every part of the window, and nothing that is not seen.
  const missing = new Set([
    'Colorize',
    'Propagate…',
    'Export…',
    'Close project',
    'Difference',
    'Scopes',
    'Timecode',
    'Play',
    'Pin this frame',
    'Timeline',
  ])
  for (let n = 0; n < 200 && missing.size > 0; n++) {
    await window.keyboard.press('Tab')
    missing.delete(await focused(window))
    expect(
      await window.evaluate(
        () => document.activeElement === document.body || document.activeElement!.checkVisibility(),
      ),
    ).toBe(true)
  }
  expect([...missing]).toEqual([])

  await window.locator(':focus').evaluate((element: HTMLElement) => element.blur())
  await window.keyboard.press('KeyI')
  await expect(window.getByRole('button', { name: 'Undo' })).toHaveAttribute('title', /Set marks/)

  // A dialog takes the keyboard, keeps it, and gives it back.
  await window.getByRole('button', { name: 'Export…' }).focus()
  await window.keyboard.press('Control+KeyH')
  const history = dialog(window, 'History')
  await expect(history.getByRole('button', { name: /^Set marks/ })).toBeFocused()
  expect(await accessFaults(window)).toEqual([])
  for (let n = 0; n < 8; n++) {
    await window.keyboard.press('Tab')
    expect(
      await window.evaluate(
        () => document.activeElement === document.body || document.activeElement!.closest('dialog') !== null,
      ),
    ).toBe(true)
  }
  await window.keyboard.press('Escape')
  await expect(history).toBeHidden()
  expect(await focused(window)).toBe('Export…')

  await window.keyboard.press('Control+KeyW')
  await expect(sample).toBeVisible()
  await expect(sample).not.toHaveClass(/primary/)
  await expect(window.getByRole('button', { name: /^Go on with/ })).toBeVisible()
  expect(pageErrors).toEqual([])
})

test('settings are made by the keyboard alone, take effect at once and last', async ({ launch }) => {
  const first = await launch({ profile })
  const { window } = first
  // What the system says is left to the program here, not to the test.
  await window.emulateMedia({ colorScheme: null })
  await expect(window.getByRole('heading', { name: 'ColoRNN Studio' })).toBeVisible()
  await window.keyboard.press('Control+Comma')
  await expect(dialog(window, 'Settings')).toBeVisible()
  expect(await accessFaults(window)).toEqual([])

  const ground = (): Promise<string> => window.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await window.getByLabel('Appearance').focus()
  await window.keyboard.press('ArrowDown')
  await expect.poll(ground).toBe('rgb(228, 228, 228)')
  await window.keyboard.press('ArrowDown')
  await expect.poll(ground).toBe('rgb(28, 28, 28)')

  // The new key is the palette's, which loses it.
  await window.getByLabel('Search', { exact: true }).focus()
  await window.keyboard.type('Keyboard shortcuts')
  await window.keyboard.press('Tab')
  await window.keyboard.press('Enter')
  await window.keyboard.press('Control+KeyK')
  await expect(window.getByText('Ctrl+K was taken from “All commands”.')).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(dialog(window, 'Settings')).toBeHidden()
  await window.keyboard.press('Control+KeyK')
  await expect(dialog(window, 'Keyboard shortcuts')).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(dialog(window, 'Keyboard shortcuts')).toBeHidden()

  await window.keyboard.press('Control+Comma')
  // A key that waits for its new one waits no more once something else is meant.
  const colorize = window.getByRole('button', { name: /^Key of “Colorize/ })
  const search = window.getByLabel('Search', { exact: true })
  for (const leave of [() => search.click(), () => window.keyboard.press('Tab')]) {
    await colorize.click()
    await expect(colorize).toHaveAttribute('aria-pressed', 'true')
    await leave()
    await expect(colorize).toHaveAttribute('aria-pressed', 'false')
  }
  await search.fill('')
  await search.click()
  await window.keyboard.type('zoom')
  await expect(search).toHaveValue('zoom')
  await window.getByLabel('Language').focus()
  await window.keyboard.type('Deutsch')
  await expect(window.getByRole('button', { name: 'Einstellungen' })).toBeVisible()
  // What nobody has named is called so in the language of the moment.
  await window.keyboard.press('Escape')
  await window.keyboard.press('Control+KeyN')
  await expect(window.getByRole('group', { name: 'Ohne Titel' })).toBeVisible()
  await first.close()

  const { window: again, pageErrors } = await launch({ profile })
  await expect(again.getByRole('button', { name: 'Einstellungen' })).toBeVisible()
  await again.keyboard.press('Control+KeyK')
  await expect(dialog(again, 'Tastenkürzel')).toBeVisible()
  await again.keyboard.press('Escape')
  await expect(dialog(again, 'Tastenkürzel')).toBeHidden()
  await again.keyboard.press('Control+Comma')
  await expect(again.getByLabel('Erscheinungsbild')).toHaveValue('dark')

  // Nobody's finger comes before the keys are the artist's: here it comes with the first words.
  await again.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector('h1')) return
      watch.disconnect()
      const key = { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true }
      document.body.dispatchEvent(new KeyboardEvent('keydown', key))
    })
    watch.observe(document, { childList: true, subtree: true })
  })
  await again.reload()
  await expect(dialog(again, 'Tastenkürzel')).toBeVisible()
  expect(pageErrors).toEqual([])
})

test('a limit of the color cache that there can not be leaves what is so in its field', async ({ launch }) => {
  const { window } = await launch()
  await expect(window.getByRole('heading', { name: 'ColoRNN Studio' })).toBeVisible()
  await window.keyboard.press('Control+Comma')
  const limit = window.getByRole('textbox', { name: 'Color cache, at most' })
  await limit.fill('7')
  await window.keyboard.press('Enter')
  for (const typed of ['abc', '']) {
    await limit.fill(typed)
    await window.keyboard.press('Enter')
    await expect(limit).toHaveValue('7')
  }
  const GIB = 1024 ** 3
  // The least there is, twice: it stays as it is, and the field says so.
  for (const typed of ['0.1', '-3']) {
    await limit.fill(typed)
    await window.keyboard.press('Enter')
    await expect(limit).toHaveValue('0.25')
    expect((await ask(window, 'preferences')).cacheLimitBytes).toBe(GIB / 4)
  }
  // Nights of computing may lie there: it is asked before they are cleared.
  await window.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(window.getByText(/It can not be undone\.$/)).toBeVisible()
  expect(await accessFaults(window)).toEqual([])
  await window.getByRole('button', { name: 'Clear for good?' }).click()
  await expect(window.getByRole('button', { name: 'Clear', exact: true })).toBeVisible()
  await limit.fill('1e300')
  await window.keyboard.press('Enter')
  await expect(limit).toHaveValue('4096')
  await limit.fill('2.5')
  await window.keyboard.press('Enter')
  await expect.poll(async () => (await ask(window, 'preferences')).cacheLimitBytes).toBe(2.5 * GIB)
})
