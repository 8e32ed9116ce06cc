/**
 * Tests that a system can not run whatever is installed on it: they say so, in words that the count of `npm test` reads
 * in the reports. Any other test that is left out counts as failed.
 */

/** As the reports say it. @param systems by Node.js's names for them */
export const onlyOnWords = (systems: readonly NodeJS.Platform[], why: string): string =>
  `only on ${systems.join(', ')}: ${why}`

/** Whether a test that was left out for this reason can not be run on a system. */
export function isOfOthers(reason: string, system: NodeJS.Platform): boolean {
  const systems = /^only on ([a-z0-9, ]+): \S/.exec(reason)?.[1]?.split(', ')
  return systems !== undefined && !systems.includes(system)
}
