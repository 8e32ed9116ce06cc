/** How long main's event loop is held up while the real editor colorizes a film: timers that come late tell. */
import { expect } from '@playwright/test'
import { launchStudio } from '../e2e/launch.ts'

export interface MainLag {
  readonly frames: number
  readonly worstMs: number
  readonly meanMs: number
}

const TIMER_MS = 5

interface LagRecord {
  worst: number
  sum: number
  count: number
  timer: NodeJS.Timeout
}

export async function measureMainLag(film: string): Promise<MainLag> {
  const studio = await launchStudio({ args: [film] })
  try {
    await expect(studio.window.locator('canvas[data-frame="0"]')).toBeVisible({ timeout: 60_000 })
    await studio.app.evaluate((_electron, every) => {
      let last = performance.now()
      const lag: LagRecord = {
        worst: 0,
        sum: 0,
        count: 0,
        timer: setInterval(() => {
          const now = performance.now()
          const late = Math.max(0, now - last - every)
          last = now
          lag.worst = Math.max(lag.worst, late)
          lag.sum += late
          lag.count++
        }, every),
      }
      ;(globalThis as unknown as { lag: LagRecord }).lag = lag
    }, TIMER_MS)
    await studio.window.keyboard.press('KeyC')
    const bar = studio.window.locator('footer [role=progressbar]').last()
    await bar.waitFor({ timeout: 60_000 })
    const frames = Number(await bar.getAttribute('aria-valuemax'))
    await bar.waitFor({ state: 'detached', timeout: 600_000 })
    const { worst, mean } = await studio.app.evaluate(() => {
      const { lag } = globalThis as unknown as { lag: LagRecord }
      clearInterval(lag.timer)
      return { worst: lag.worst, mean: lag.sum / lag.count }
    })
    return { frames, worstMs: worst, meanMs: mean }
  } finally {
    await studio.close()
  }
}
