/** From a key to the frame that it asks for, in the real window: what scrubbing feels like. */
import { expect } from '@playwright/test'
import { launchStudio } from '../e2e/launch.ts'

/** How many frames each kind of move is measured on. */
const MOVES = 40
/** Jumps to frames that were not shown before, and how far each is from the one before, in parts of the film. */
const JUMPS = 12
const STRIDE = 5 / 12

export interface Waits {
  readonly medianMs: number
  readonly worstMs: number
}

export interface ScrubLatency {
  /** Frame after frame, none of them shown before. */
  readonly onward: Waits
  /** Back over the same frames. */
  readonly back: Waits
  /** From one end of the film to the other and back, again and again. */
  readonly far: Waits
  /** Into the middle of the film, far from what is decoded: until anything of there is shown, and until the frame. */
  readonly jumpToPicture: Waits
  readonly jumpToFrame: Waits
  /** As `back`, over frames that are colored. */
  readonly backColored: Waits
}

function waitsOf(times: readonly number[]): Waits {
  const sorted = [...times].sort((a, b) => a - b)
  return { medianMs: sorted[sorted.length >> 1] ?? NaN, worstMs: sorted.at(-1) ?? NaN }
}

/** @param film of more than MOVES frames; it is colored at the end */
export async function measureScrubLatency(film: string): Promise<ScrubLatency> {
  const studio = await launchStudio({ args: [film] })
  try {
    await expect(studio.window.locator('canvas[data-frame="0"]')).toBeVisible({ timeout: 60_000 })
    // The window is busy with thumbnails and finding shots at first, as it is for everybody; not measured here.
    await studio.window.waitForTimeout(8000)
    await expect(studio.window.getByText('Finding shots')).toHaveCount(0, { timeout: 10 * 60_000 })
    const press = (keys: readonly string[]): Promise<number[]> =>
      studio.window.evaluate(async (codes) => {
        const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')
        if (!canvas) throw new Error('There is no picture.')
        const times: number[] = []
        for (const code of codes) {
          const shown = canvas.dataset['frame']
          const started = performance.now()
          document.body.dispatchEvent(
            new KeyboardEvent('keydown', { code, key: code, bubbles: true, cancelable: true }),
          )
          while (canvas.dataset['frame'] === shown) {
            if (performance.now() - started > 10_000) throw new Error(`${code} moved nothing.`)
            await new Promise((resolve) => setTimeout(resolve, 1))
          }
          times.push(performance.now() - started)
        }
        return times
      }, keys)
    const several = (key: string): string[] => Array.from({ length: MOVES }, () => key)
    const onward = waitsOf(await press(several('ArrowRight')))
    const back = waitsOf(await press(several('ArrowLeft')))
    await press(['End'])
    const last = Number(await studio.window.locator('canvas[data-frame]').getAttribute('data-frame'))
    await press(['Home'])
    const far = waitsOf(await press(several('').map((_, n) => (n % 2 === 0 ? 'End' : 'Home'))))
    const targets = Array.from({ length: JUMPS }, (_, n) => Math.floor(last * (((n + 1) * STRIDE + 0.04) % 1)))
    const jumps = await studio.window.evaluate(async (frames) => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')
      const field = document.querySelector<HTMLInputElement>('input.timecode')
      if (!canvas || !field) throw new Error('There is no picture.')
      const waits: { picture: number; frame: number }[] = []
      for (const frame of frames.map(String)) {
        const started = performance.now()
        field.focus()
        field.value = frame
        field.dispatchEvent(new Event('input', { bubbles: true }))
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }))
        field.blur()
        let picture = NaN
        while (canvas.dataset['frame'] !== frame) {
          if (performance.now() - started > 60_000) throw new Error(`Frame ${frame} does not come.`)
          if (Number.isNaN(picture) && canvas.dataset['standIn'] === frame) picture = performance.now() - started
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
        const whole = performance.now() - started
        waits.push({ picture: Number.isNaN(picture) ? whole : picture, frame: whole })
      }
      return waits
    }, targets)
    const jumpToPicture = waitsOf(jumps.map(({ picture }) => picture))
    const jumpToFrame = waitsOf(jumps.map(({ frame }) => frame))
    await press(['Home'])
    await studio.window.keyboard.press('c')
    await expect(studio.window.getByText('Colorizing').first()).toBeVisible()
    await expect(studio.window.getByText('Colorizing')).toHaveCount(0, { timeout: 30 * 60_000 })
    await press(several('ArrowRight'))
    const backColored = waitsOf(await press(several('ArrowLeft')))
    return { onward, back, far, jumpToPicture, jumpToFrame, backColored }
  } finally {
    await studio.close()
  }
}
