/** A part of `npm test`: it runs one tool over its tests and counts what came of them. */
import type { Counts } from './reports.ts'

export interface Tally {
  readonly passed: number
  readonly failed: number
  /** Of each test that this system can not run: why. */
  readonly ofOthers?: readonly string[]
}

export interface Suite {
  /** As `--only` names it. */
  readonly name: 'format' | 'lint' | 'types' | 'unit' | 'python' | 'e2e' | 'media'
  /** Writes what a developer needs to see; a suite that crashes counts as one failure. */
  readonly run: () => Promise<Tally>
}

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((total, tally) => total + tally.passed, 0),
  failed: tallies.reduce((total, tally) => total + tally.failed, 0),
  ofOthers: tallies.flatMap(({ ofOthers = [] }) => ofOthers),
})

/** What stands above the closing line: how many tests this system can not run, by their reasons. */
export function ofOthersLines({ ofOthers = [] }: Tally): string[] {
  return [...new Set(ofOthers)].map((reason) => {
    const count = ofOthers.filter((each) => each === reason).length
    return `${count} ${count === 1 ? 'test' : 'tests'} left out, ${reason}`
  })
}

/** The closing line of `npm test`. */
export const closingLine = ({ passed, failed }: Tally): string => `${passed} passed, ${failed} failed`

/**
 * A tool's own count, held against its exit code: a tool that found nothing or ended badly without a failed test has
 * crashed. A skipped test proves nothing, and so counts as failed, unless it is of other systems.
 */
export function tally(counts: Counts | null, exitCode: number): Tally {
  if (!counts) return { passed: 0, failed: 1 }
  const failed = counts.failed + counts.skipped
  const crashed = failed === 0 && (exitCode !== 0 || counts.passed === 0)
  return { passed: counts.passed, failed: crashed ? 1 : failed, ofOthers: counts.ofOthers ?? [] }
}
