import { describe, expect, it } from 'vitest'
import { onlyOnWords } from './onlyOn.ts'
import { countPlaywright, countPytest, countVitest } from './reports.ts'
import { closingLine, ofOthersLines, sum, tally } from './suite.ts'

describe('counting tests', () => {
  it("reads vitest's report, and counts a file that would not load as a failure", () => {
    const report = {
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] },
        { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'pending' }] },
        { status: 'failed', assertionResults: [] },
      ],
    }
    expect(countVitest(JSON.stringify(report))).toMatchObject({ passed: 2, failed: 2, skipped: 1 })
  })

  it("reads Playwright's report, and does not let a flaky test pass", () => {
    expect(
      countPlaywright('{"stats":{"expected":3,"unexpected":1,"flaky":1,"skipped":2},"errors":[{}]}'),
    ).toMatchObject({
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
    expect(tally({ passed: 4, failed: 0, skipped: 1 }, 0)).toMatchObject({ passed: 4, failed: 1 })
  })

  it('counts a test by itself that only other systems can run, with its reason, and any other that was left out as failed', () => {
    const mounts = onlyOnWords(['linux'], 'nobody else mounts disks')
    const vitest = JSON.stringify({
      testResults: [
        {
          status: 'passed',
          assertionResults: [
            { status: 'passed', meta: { onlyOn: mounts } },
            { status: 'skipped', meta: { onlyOn: mounts } },
            { status: 'skipped', meta: {} },
          ],
        },
      ],
    })
    expect(countVitest(vitest, 'win32')).toEqual({ passed: 1, failed: 0, skipped: 1, ofOthers: [mounts] })
    // Where it can be run, it has to be.
    expect(countVitest(vitest, 'linux')).toEqual({ passed: 1, failed: 0, skipped: 2, ofOthers: [] })

    const left = (description?: string) => ({
      tests: [{ status: 'skipped', annotations: [{ type: 'skip', description }] }],
    })
    const playwright = JSON.stringify({
      stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 3 },
      errors: [],
      suites: [{ specs: [left(mounts)], suites: [{ specs: [left(mounts), left('no time')] }] }],
    })
    expect(countPlaywright(playwright, 'darwin')).toEqual({
      passed: 3,
      failed: 0,
      skipped: 1,
      ofOthers: [mounts, mounts],
    })

    const whole = sum([tally(countVitest(vitest, 'darwin'), 0), tally(countPlaywright(playwright, 'darwin'), 0)])
    expect(whole).toMatchObject({ passed: 4, failed: 2 })
    expect(ofOthersLines(whole)).toEqual(['3 tests left out, only on linux: nobody else mounts disks'])
  })

  it('counts a suite that crashed, found nothing or left no report as one failure', () => {
    expect(tally({ passed: 4, failed: 0, skipped: 0 }, 139)).toMatchObject({ passed: 4, failed: 1 })
    expect(tally({ passed: 0, failed: 0, skipped: 0 }, 0)).toMatchObject({ passed: 0, failed: 1 })
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
