/** What screen readers and weak eyes would stumble over, as axe finds it: WCAG 2.2 A and AA, and good practice. */
import type { Page } from '@playwright/test'
import axe from 'axe-core'

/** One line for each element that breaks a rule; none where all is well. */
export async function accessFaults(window: Page): Promise<string[]> {
  // By the debugger, as the page's own policy would run no script that comes from elsewhere.
  await window.evaluate(axe.source)
  return window.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    )
  })
}
