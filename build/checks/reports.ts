/** Reads the machine-readable reports that vitest, Playwright and pytest leave behind. */
import { isOfOthers } from './onlyOn.ts'

export interface Counts {
  readonly passed: number
  readonly failed: number
  /** Left out, for whatever reason but the system. */
  readonly skipped: number
  /** Of each test that this system can not run: why. */
  readonly ofOthers?: readonly string[]
}

interface VitestResult {
  readonly status: string
  readonly meta?: { readonly onlyOn?: string }
}

interface VitestReport {
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly VitestResult[] }[]
}

/** vitest's `json` report. A file that could not even be loaded has no tests, and counts as one that failed. */
export function countVitest(report: string, system = process.platform): Counts {
  const { testResults } = JSON.parse(report) as VitestReport
  const results = testResults.flatMap(({ status, assertionResults }): readonly VitestResult[] =>
    assertionResults.length === 0 && status === 'failed' ? [{ status }] : assertionResults,
  )
  const count = (state: string): number => results.filter(({ status }) => status === state).length
  const passed = count('passed')
  const failed = count('failed')
  const ofOthers = results.flatMap(({ status, meta }) =>
    status !== 'passed' && status !== 'failed' && meta?.onlyOn && isOfOthers(meta.onlyOn, system) ? [meta.onlyOn] : [],
  )
  return { passed, failed, skipped: results.length - passed - failed - ofOthers.length, ofOthers }
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly tests: readonly {
      readonly status: string
      readonly annotations: readonly { readonly type: string; readonly description?: string }[]
    }[]
  }[]
}

/** Why tests were left out, of those that say so. */
function reasonsIn({ suites = [], specs = [] }: PlaywrightSuite): string[] {
  const leftOut = specs.flatMap(({ tests }) => tests).filter(({ status }) => status === 'skipped')
  const reasons = leftOut.flatMap(
    ({ annotations }) => annotations.find(({ type }) => type === 'skip')?.description ?? [],
  )
  return [...reasons, ...suites.flatMap(reasonsIn)]
}

/** Playwright's `json` report. A test that passed only when tried again counts as failed. */
export function countPlaywright(report: string, system = process.platform): Counts {
  const { stats, errors, ...whole } = JSON.parse(report) as PlaywrightSuite & {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    errors: readonly unknown[]
  }
  const ofOthers = reasonsIn(whole).filter((reason) => isOfOthers(reason, system))
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped - ofOthers.length,
    ofOthers,
  }
}

/** pytest's JUnit report: the counts stand in the attributes of its one `testsuite`. */
export function countPytest(report: string): Counts {
  const attributes = /<testsuite\b([^>]*)>/.exec(report)?.[1] ?? ''
  const number = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0)
  const failed = number('failures') + number('errors')
  const skipped = number('skipped')
  return { passed: number('tests') - failed - skipped, failed, skipped }
}
