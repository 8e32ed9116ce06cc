/** Reads the machine-readable reports that vitest, Playwright and pytest leave behind. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface VitestReport {
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/** vitest's `json` report. A file that could not even be loaded has no tests, and counts as one that failed. */
export function countVitest(report: string): Counts {
  const { testResults } = JSON.parse(report) as VitestReport
  const states = testResults.flatMap(({ status, assertionResults }) =>
    assertionResults.length > 0
      ? assertionResults.map((result) => result.status)
      : status === 'failed'
        ? ['failed']
        : [],
  )
  const count = (state: string): number => states.filter((each) => each === state).length
  const passed = count('passed')
  const failed = count('failed')
  return { passed, failed, skipped: states.length - passed - failed }
}

/** Playwright's `json` report. A test that passed only when tried again counts as failed. */
export function countPlaywright(report: string): Counts {
  const { stats, errors } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    errors: readonly unknown[]
  }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}

/** pytest's JUnit report: the counts stand in the attributes of its one `testsuite`. */
export function countPytest(report: string): Counts {
  const attributes = /<testsuite\b([^>]*)>/.exec(report)?.[1] ?? ''
  const number = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0)
  const failed = number('failures') + number('errors')
  const skipped = number('skipped')
  return { passed: number('tests') - failed - skipped, failed, skipped }
}
