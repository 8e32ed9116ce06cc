import { describe, expect, it } from 'vitest'
import { countPlaywright, countPytest, countVitest } from './reports.ts'
import { closingLine, sum, tally } from './suite.ts'

describe('counting tests', () => {
  it("reads vitest's report, and counts a file that would not load as a failure", () => {
    const report = {
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] },
        { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'pending' }] },
        { status: 'failed', assertionResults: [] },
      ],
    }
    expect(countVitest(JSON.stringify(report))).toEqual({ passed: 2, failed: 2, skipped: 1 })
  })

  it("reads Playwright's report, and does not let a flaky test pass", () => {
    expect(countPlaywright('{"stats":{"expected":3,"unexpected":1,"flaky":1,"skipped":2},"errors":[{}]}')).toEqual({
      passed: 3,
      failed: 3,
      skipped: 2,
    })
  })

  it("reads pytest's report", () => {
    const report =
      '<?xml version="1.0"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="2" skipped="1" tests="9" time="0.1">'
    expect(countPytest(report)).toEqual({ passed: 5, failed: 3, skipped: 1 })
  })

  it('counts a skipped test as failed: it proved nothing', () => {
    expect(tally({ passed: 4, failed: 0, skipped: 1 }, 0)).toEqual({ passed: 4, failed: 1 })
  })

  it('counts a suite that crashed, found nothing or left no report as one failure', () => {
    expect(tally({ passed: 4, failed: 0, skipped: 0 }, 139)).toEqual({ passed: 4, failed: 1 })
    expect(tally({ passed: 0, failed: 0, skipped: 0 }, 0)).toEqual({ passed: 0, failed: 1 })
    expect(tally(null, 0)).toEqual({ passed: 0, failed: 1 })
  })

  it('sums up in one line', () => {
    expect(
      closingLine(
        sum([
          { passed: 3, failed: 1 },
          { passed: 4, failed: 0 },
        ]),
      ),
    ).toBe('7 passed, 1 failed')
  })
})
