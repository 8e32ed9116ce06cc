/** From the order to color a film that was opened just now to its first colors on the screen, in the real window. */
import { launchStudio } from '../e2e/launch.ts'

/** @returns ms */
export async function measureFirstColors(film: string): Promise<number> {
  const { window, close } = await launchStudio({ args: [film] })
  try {
    await window.locator('canvas[data-frame="0"]').waitFor({ timeout: 60_000 })
    const begun = performance.now()
    await window.keyboard.press('KeyC')
    await window.getByText('Not colored yet').waitFor({ state: 'hidden', timeout: 600_000 })
    return performance.now() - begun
  } finally {
    await close()
  }
}
