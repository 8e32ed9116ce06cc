/**
 * Tries a packaged program out as it will be used: the fuses as they stand in it, what it makes of requests to play
 * Node.js, a film colored and exported by its command line, a film opened and colored in its window. The first thing
 * that does not hold ends the trial.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import { onSomeDisplay, sandboxSwitches } from '../setup/display.ts'
import { execute } from '../setup/execute.ts'
import type { Edition } from './edition.ts'
import { readFuses, wrongFuses } from './fuses.ts'
import type { Layout } from './layout.ts'
import { PageProbe } from './pageProbe.ts'

/** Generous: other work may go on on this machine. */
const PATIENCE = 3 * 60_000

export interface Tried {
  readonly layout: Layout
  readonly edition: Edition
  /** Whether the Electron in it is the one that the program is made for. */
  readonly isCurrent: boolean
  /** Draws the film, and looks at the result. */
  readonly ffmpeg: string
}

function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(`The packaged program does not hold: ${otherwise}`)
}

/** @returns a line for each fuse */
async function tryFuses({ layout, isCurrent }: Tried): Promise<string[]> {
  const fuses = await readFuses(process.platform === 'darwin' ? layout.folder : layout.executable)
  const wrong = wrongFuses(fuses, isCurrent)
  demand(wrong.length === 0, wrong.map(({ name, found }) => `the fuse ${name} is ${found}`).join(', '))
  return fuses.map(({ name, found }) => `fuse ${name}: ${found}`)
}

/** An environment with a profile of its own. */
const withProfile = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  COLORNN_USER_DATA: join(folder, 'profile'),
  COLORNN_CACHE: join(folder, 'colorings'),
})

/**
 * Every way at once by which an Electron can be made to run code that it was not packaged with. The engine is started
 * as well, a process of its own.
 */
async function tryToTakeOver({ layout, edition }: Tried, folder: string): Promise<string> {
  const mark = join(folder, 'mark')
  const foreign = join(folder, 'foreign.cjs')
  await writeFile(foreign, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, 'foreign code ran')\n`)
  const planted = join(layout.resources, 'app')
  await mkdir(planted)
  try {
    await writeFile(join(planted, 'package.json'), JSON.stringify({ name: 'planted', main: 'main.cjs' }))
    await writeFile(join(planted, 'main.cjs'), `require(${JSON.stringify(foreign)})\nprocess.exit(0)\n`)
    const [program, line] = onSomeDisplay(layout.executable, [
      ...sandboxSwitches(),
      '--inspect=0',
      '--inspect-brk=0',
      '--version',
      '--verbose',
    ])
    const env = { ...withProfile(folder), NODE_OPTIONS: `--require=${foreign}`, ELECTRON_RUN_AS_NODE: '1' }
    const said = await executeBoth(program, line, env)
    demand(said.startsWith(`${edition.productName} ${edition.version}`), `asked for its version it said: ${said}`)
    demand(/TensorFlow \d/.test(said), `its engine did not start: ${said}`)
    demand(!said.includes('Debugger listening'), 'it opened a port for a debugger')
  } finally {
    await rm(planted, { recursive: true, force: true })
  }
  demand(!existsSync(mark), 'it ran code that it was not packaged with')
  return 'NODE_OPTIONS, ELECTRON_RUN_AS_NODE, --inspect and a folder planted beside the archive: without effect'
}

/** As execute(), with what was written to standard error behind the output. */
function executeBoth(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE)
    child.once('error', reject)
    child.once('close', () => {
      clearTimeout(timer)
      // Electron on Windows begins with an empty line, to be clear of a prompt.
      resolve((output + errors).trim())
    })
  })
}

/** One hash for each frame's luma. */
async function lumaHashes(ffmpeg: string, film: string): Promise<string[]> {
  const listing = await execute(ffmpeg, ['-v', 'error', '-i', film, '-vf', 'extractplanes=y', '-f', 'framemd5', '-'])
  return listing
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '')
}

/** How far the most colorful pixel of each frame is from gray, in steps of 8 bits. */
async function saturations(ffmpeg: string, film: string): Promise<number[]> {
  const filters = 'signalstats,metadata=mode=print:key=lavfi.signalstats.SATMAX:file=-'
  const listing = await execute(ffmpeg, ['-v', 'error', '-i', film, '-vf', filters, '-f', 'null', '-'])
  return [...listing.matchAll(/SATMAX=([\d.]+)/g)].map(([, number]) => Number(number))
}

const FRAMES = 6

async function drawFilm(ffmpeg: string, film: string): Promise<void> {
  const source = `testsrc2=size=192x128:rate=24:duration=${FRAMES / 24}`
  await execute(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', source, '-vf', 'format=gray', '-c:v', 'ffv1', film])
}

/** How a script is started: on Windows by its shell alone. */
function scripted(script: string, args: readonly string[]): [program: string, args: readonly string[]] {
  return process.platform === 'win32' ? ['cmd.exe', ['/d', '/c', script, ...args]] : [script, args]
}

/** The command line: the film's own luma comes back, with colors. */
async function tryCommandLine(
  { layout, edition, ffmpeg, isCurrent }: Tried,
  folder: string,
  film: string,
): Promise<string> {
  const target = join(folder, 'colored.mkv')
  const env = { ...withProfile(folder) }
  // The current Electron needs no screen for this: it is not given one.
  if (isCurrent) for (const name of ['DISPLAY', 'WAYLAND_DISPLAY']) delete env[name]
  const run = (...args: string[]): Promise<string> => {
    const [program, line] = isCurrent ? scripted(layout.launcher, args) : onSomeDisplay(layout.launcher, args)
    return execute(program, line, { env, timeout: PATIENCE })
  }
  const named = (await run('--version')).trim()
  demand(named === `${edition.productName} ${edition.version}`, `its command line calls itself ${named}`)
  const said = await run(film, '-o', target)
  demand(said.trim() === target, `the command line said “${said.trim()}” and not the name of its file`)
  const [before, after] = [await lumaHashes(ffmpeg, film), await lumaHashes(ffmpeg, target)]
  demand(before.length === FRAMES && before.join() === after.join(), 'the luma of what it exported is not the film’s')
  const colors = await saturations(ffmpeg, target)
  demand(
    colors.length === FRAMES && Math.min(...colors) > 8,
    `what it exported has hardly any colors (${colors.join()})`,
  )
  return `command line: ${FRAMES} frames colored and exported, luma bit for bit`
}

/** Whether every frame of the film in view has its colors, asked as the page's own components ask. */
const IS_COLORED = `window.studio.projectState().then(async ({ value }) => {
  const ranges = await window.studio.coloredRanges(value.project.clips[0].id)
  return ranges.value.reduce((sum, { from, to }) => sum + to - from, 0) === ${FRAMES}
})`

/** The window: opens the film it is started with, and colors it at the press of a key. */
async function tryWindow({ layout }: Tried, folder: string, film: string): Promise<string> {
  const env = withProfile(folder)
  const [program, line] = onSomeDisplay(layout.executable, [
    ...sandboxSwitches(),
    '--remote-debugging-port=0',
    '--log-level=3',
    film,
  ])
  const child = spawn(program, line, { env, stdio: 'ignore', detached: process.platform !== 'win32' })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    const page = await PageProbe.of(env['COLORNN_USER_DATA'] ?? '', PATIENCE)
    await page.until(`document.querySelector('canvas[data-frame="0"]') !== null`, PATIENCE)
    await page.press('c')
    await page.until(IS_COLORED, PATIENCE)
    // With its last window the program ends, perhaps before it has answered.
    await page.evaluate('void setTimeout(() => window.close())').catch(() => undefined)
    page.close()
    await Promise.race([ended, passed(60_000)])
    demand(child.exitCode === 0, `it did not end by itself when its window was closed (${child.exitCode})`)
  } finally {
    if (child.exitCode === null && child.pid !== undefined) endGroup(child.pid)
  }
  return 'window: a film opened and colored, ended with its window'
}

/** What was started here, with all that it has started in turn. */
function endGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

/** @returns a line for everything that was found to hold @throws Error that names what does not */
export async function tryPackage(tried: Tried): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'colornn-trial-'))
  const film = join(folder, 'film.mkv')
  try {
    await drawFilm(tried.ffmpeg, film)
    return [
      ...(await tryFuses(tried)),
      await tryToTakeOver(tried, folder),
      await tryCommandLine(tried, folder, film),
      await tryWindow(tried, folder, film),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
