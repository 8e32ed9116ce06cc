/** The suites of `npm test`, and how each is run. */
import type { SpawnOptions } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { electronEnvironment } from '../setup/display.ts'
import { findProgram, runInForeground } from '../setup/execute.ts'
import { fetchEveryFfmpeg } from '../setup/ffmpegVersions.ts'
import {
  ensurePythonEnvironment,
  networksRun,
  NO_NETWORKS,
  type PythonEnvironment,
} from '../setup/pythonEnvironment.ts'
import { cacheFolder, modulesFolder, root } from '../setup/root.ts'
import { countPlaywright, countPytest, countVitest, type Counts } from './reports.ts'
import { closingLine, sum, tally, type Suite, type Tally } from './suite.ts'

/** A fresh place for a tool's report: an old one must not speak for a run that crashed. */
function reportFile(name: string): string {
  const folder = join(cacheFolder, 'reports')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, name)
  rmSync(file, { force: true })
  return file
}

function readReport(file: string, count: (report: string) => Counts): Counts | null {
  try {
    return count(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

const script = (...path: string[]): string => join(modulesFolder, ...path)

/** A tool that only says yes or no is one test. */
async function check(
  args: readonly string[],
  program: string = process.execPath,
  options: SpawnOptions = { cwd: root },
): Promise<Tally> {
  const code = await runInForeground(program, args, options)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function runTypes(): Promise<Tally> {
  return sum([
    await check([script('typescript', 'bin', 'tsc'), '--project', root]),
    await check([
      script('svelte-check', 'bin', 'svelte-check'),
      '--workspace',
      join(root, 'renderer'),
      '--tsconfig',
      join(root, 'renderer', 'tsconfig.json'),
      '--output',
      'human',
      '--fail-on-warnings',
    ]),
  ])
}

const NOT_FORMATTED = 'The files named above are not formatted: run `npm run format`.'

/**
 * Whether every file but those of Python stands as `npm run format` writes it. The cache knows files by their content.
 */
async function runFormat(): Promise<Tally> {
  const cache = ['--cache', '--cache-strategy', 'content', '--cache-location', join(cacheFolder, 'prettier')]
  const result = await check([
    script('prettier', 'bin', 'prettier.cjs'),
    '--check',
    '--log-level',
    'warn',
    ...cache,
    root,
  ])
  if (result.failed > 0) console.error(NOT_FORMATTED)
  return result
}

/** What types allow and is a fault all the same, as a promise that nobody waits for: see .oxlintrc.json. */
const runLint = (): Promise<Tally> => check([script('oxlint', 'bin', 'oxlint'), root])

/** @param only tests whose path holds one of these; all when empty */
async function countedVitest(
  only: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ counts: Counts | null; code: number }> {
  const report = reportFile('vitest.json')
  const code = await runInForeground(
    process.execPath,
    [
      script('vitest', 'vitest.mjs'),
      'run',
      '--config',
      join(root, 'test', 'vitest.config.ts'),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...only,
    ],
    { cwd: root, env },
  )
  return { counts: readReport(report, countVitest), code }
}

async function runVitest(only: readonly string[], env: NodeJS.ProcessEnv): Promise<Tally> {
  const { counts, code } = await countedVitest(only, env)
  return tally(counts, code)
}

const runUnit = (): Promise<Tally> => runVitest([], process.env)

/** The tests that start ffmpeg. */
const MEDIA = ['test/integration/', 'electron/engine/reading/', 'electron/engine/writing/', 'electron/engine/ffmpeg/']

/** They on one ffmpeg: the one that the program finds, or the one that COLORNN_FFMPEG names. */
const runMedia = (): Promise<Tally> => runVitest(MEDIA, process.env)

/**
 * They on the system's ffmpeg, where it has one, and on other versions, one after the other, with a line for each at
 * the end. Only the tests that make reading fail need an ffmpeg that loads libraries; of other versions a static build
 * may be all that there is.
 */
export async function runMediaOnEveryFfmpeg(): Promise<Tally> {
  const rows: { readonly name: string; readonly result: Tally; readonly skipped: number }[] = []
  const system = findProgram('ffmpeg')
  const all = [...(system === null ? [] : [{ version: 'system', path: system }]), ...(await fetchEveryFfmpeg())]
  for (const { version, path } of all) {
    const { counts, code } = await countedVitest(MEDIA, { ...process.env, COLORNN_FFMPEG: path })
    rows.push({
      name: version,
      result: tally(counts && { ...counts, skipped: 0 }, code),
      skipped: counts?.skipped ?? 0,
    })
  }
  for (const { name, result, skipped } of rows) {
    const left = skipped > 0 ? ` (${skipped} can not be run on a static build)` : ''
    console.log(`ffmpeg ${name.padEnd(8)}${closingLine(result)}${left}`)
  }
  return sum(rows.map(({ result }) => result))
}

async function runPython(): Promise<Tally> {
  const { python, env } = await ensurePythonEnvironment()
  const inModels = { cwd: join(root, 'models'), env: { ...process.env, ...env } }
  const ruff = (...args: string[]): Promise<Tally> => check(['-m', 'ruff', ...args, '.'], python, inModels)
  const formatted = await ruff('format', '--quiet', '--check')
  if (formatted.failed > 0) console.error(NOT_FORMATTED)
  const checked = sum([formatted, await ruff('check', '--quiet')])
  if (networksRun()) return sum([checked, await runPytest(python, env)])
  console.log(NO_NETWORKS)
  return checked
}

async function runPytest(python: string, env: PythonEnvironment['env']): Promise<Tally> {
  const report = reportFile('pytest.xml')
  const code = await runInForeground(
    python,
    [
      '-m',
      'pytest',
      '--quiet',
      '--continue-on-collection-errors',
      '-p',
      'no:cacheprovider',
      `--junitxml=${report}`,
      'tests',
    ],
    {
      cwd: join(root, 'models'),
      env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
    },
  )
  return tally(readReport(report, countPytest), code)
}

async function runEndToEnd(): Promise<Tally> {
  const report = reportFile('playwright.json')
  const code = await runInForeground(
    process.execPath,
    [script('@playwright', 'test', 'cli.js'), 'test', '--config', join(root, 'test', 'playwright.config.ts')],
    { cwd: root, env: { ...electronEnvironment(), COLORNN_E2E_REPORT: report } },
  )
  return tally(readReport(report, countPlaywright), code)
}

export const SUITES: readonly Suite[] = [
  { name: 'format', run: runFormat },
  { name: 'lint', run: runLint },
  { name: 'types', run: runTypes },
  { name: 'python', run: runPython },
  { name: 'unit', run: runUnit },
  { name: 'e2e', run: runEndToEnd },
]

/** Part of 'unit', to be run alone. */
export const MEDIA_SUITE: Suite = { name: 'media', run: runMedia }
