/**
 * `npm test`: sets everything up and runs every test. `npm test -- --only format,lint,types,unit,python,e2e` runs a
 * part, `--only media` the tests of reading and writing films: with `--ffmpeg PATH` on another ffmpeg, with
 * `--every-ffmpeg` on several versions.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle } from '../bundle.ts'
import { MEDIA_SUITE, runMediaOnEveryFfmpeg, SUITES } from '../checks/suites.ts'
import { closingLine, ofOthersLines, sum, type Suite, type Tally } from '../checks/suite.ts'
import { prepareEditor } from '../setup/prepare.ts'
import { SetupProblem } from '../setup/report.ts'

/** They read sources alone. */
const EARLY: ReadonlySet<Suite['name']> = new Set(['format', 'lint', 'types'])

function chosenSuites(args: string[]): readonly Suite[] {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, ffmpeg: { type: 'string' }, 'every-ffmpeg': { type: 'boolean' } },
  })
  if (values.ffmpeg !== undefined) process.env['COLORNN_FFMPEG'] = resolve(values.ffmpeg)
  if (values['every-ffmpeg']) return [{ ...MEDIA_SUITE, run: runMediaOnEveryFfmpeg }]
  if (values.only === undefined) return SUITES
  const wanted = values.only.split(',')
  const known = [...SUITES, MEDIA_SUITE]
  const unknown = wanted.find((name) => !known.some((suite) => suite.name === name))
  if (unknown !== undefined)
    throw new SetupProblem(
      `There is no suite named "${unknown}".`,
      `npm test -- --only ${known.map((suite) => suite.name).join(',')}`,
    )
  return known.filter((suite) => wanted.includes(suite.name))
}

function report(error: unknown): null {
  console.error(error instanceof SetupProblem ? error.message : error)
  return null
}

/** Runs a suite; whatever it throws is shown, and counts as one failure. */
async function run(suite: Suite): Promise<Tally> {
  const started = Date.now()
  console.log(`\n== ${suite.name}`)
  const result = (await suite.run().catch(report)) ?? { passed: 0, failed: 1 }
  console.log(`== ${suite.name}: ${closingLine(result)} (${((Date.now() - started) / 1000).toFixed(0)} s)`)
  return result
}

/** @returns 0 when every test passed; the last line printed is the count */
export async function main(args: string[]): Promise<number> {
  const suites = chosenSuites(args)
  // Python's packages and what reads sources only wait on nothing else: they start while the rest is fetched.
  const python = Promise.all(suites.filter(({ name }) => name === 'python').map(run))
  const early = suites.filter(({ name }) => EARLY.has(name))
  const late = suites.filter(({ name }) => name !== 'python' && !EARLY.has(name))
  const running = early.map(run)
  const tallies: Tally[] = []
  if (late.length > 0) {
    const ready = await prepareEditor().catch(report)
    const bundled = ready && (await bundle({ page: true }).catch(report))
    // Tests of the window and the engine measure time as well: they run one suite after the other. Only the rest of
    // Python's, which keeps one processor busy, goes on beside the first of the engine's, which are several themselves.
    tallies.push(...(await Promise.all(running)))
    if (bundled === null) tallies.push({ passed: 0, failed: 1 })
    if (ready)
      for (const suite of late) {
        if (suite.name === 'e2e') await python
        tallies.push(await run(suite))
      }
  } else tallies.push(...(await Promise.all(running)))
  tallies.push(...(await python))
  const total = sum(tallies)
  console.log('')
  for (const line of ofOthersLines(total)) console.log(line)
  console.log(closingLine(total))
  return total.failed === 0 ? 0 : 1
}
