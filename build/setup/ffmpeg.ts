/** ffmpeg, which reads and writes the films: where the engine will look for it, one has to be. */
import { copyFileSync, existsSync, linkSync, lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { execute, findProgram } from './execute.ts'
import { fetchFfmpeg, NEWEST } from './ffmpegVersions.ts'
import { hostAnswers } from './network.ts'
import { SetupProblem } from './report.ts'
import { cacheFolder, modulesFolder, root } from './root.ts'
import { firstThatWorks } from './sources.ts'
import { readStamp, writeStamp } from './stamps.ts'
import { ensureSystemPackages, installLine } from './systemPackages.ts'

const requireFromRoot = createRequire(join(root, 'package.json'))
const KEY = `ffmpeg-static 5.3.0, ${NEWEST} ${process.platform}-${process.arch}`

const isLinuxX64 = process.platform === 'linux' && process.arch === 'x64'

/** Where the ffmpeg-static package expects its binary; null on machines it has none for. */
function staticBinary(): string | null {
  return requireFromRoot('ffmpeg-static') as string | null
}

async function requireWorking(binary: string): Promise<string> {
  await execute(binary, ['-hide_banner', '-version'], { timeout: 20_000 })
  return binary
}

/** A file in a second place without a second copy, where the file system can do that. */
function place(file: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true })
  rmSync(target, { force: true })
  try {
    linkSync(file, target)
  } catch {
    copyFileSync(file, target)
  }
}

/** Whether what lies where the ffmpeg-static package expects its binary is a link to another build, made by us. */
function isStandIn(binary: string): boolean {
  return lstatSync(binary, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

/** The ffmpeg-static package's own binary, whose licence it carries; null where that could not be downloaded. */
export function ownBinary(): string | null {
  const binary = staticBinary()
  return binary !== null && existsSync(binary) && !isStandIn(binary) ? binary : null
}

async function runStaticInstaller(): Promise<string> {
  const binary = staticBinary()
  if (binary === null) throw new Error('it has no binary for this kind of machine')
  if (isStandIn(binary)) rmSync(binary)
  const kept = join(cacheFolder, 'ffmpeg-static-5.3.0', process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg')
  if (existsSync(kept)) place(kept, binary)
  else if (!existsSync(binary)) {
    if (!(await hostAnswers('github.com'))) throw new Error('github.com does not answer')
    const home = join(modulesFolder, 'ffmpeg-static')
    await execute(process.execPath, ['install.js'], { cwd: home, timeout: 15 * 60_000 })
  }
  await requireWorking(binary)
  if (!existsSync(kept)) place(binary, kept)
  return binary
}

/** Put where the package's own binary would lie, the engine finds it without being told. */
async function indexFfmpeg(): Promise<string> {
  const fetched = await fetchFfmpeg(NEWEST)
  const binary = staticBinary()
  if (binary === null) throw new Error('there is no place for it')
  rmSync(binary, { force: true })
  symlinkSync(fetched, binary)
  return binary
}

async function systemFfmpeg(): Promise<string> {
  if (!findProgram('ffmpeg')) await ensureSystemPackages(['ffmpeg'])
  const found = findProgram('ffmpeg')
  if (!found) throw new SetupProblem('ffmpeg was not found, and could not be fetched.', installHint())
  return requireWorking(found)
}

function installHint(): string {
  if (process.platform === 'darwin') return 'brew install ffmpeg'
  if (process.platform === 'win32') return 'winget install ffmpeg'
  return installLine(['ffmpeg'])
}

/**
 * @returns path of an ffmpeg that starts, in the order in which the engine looks for one; ffprobe is not needed
 * @throws SetupProblem
 */
export async function ensureFfmpeg(): Promise<string> {
  const chosen = process.env['COLORNN_FFMPEG']
  if (chosen) {
    if (existsSync(chosen)) return chosen
    throw new SetupProblem(`COLORNN_FFMPEG names a file that is not there: ${chosen}`, 'unset COLORNN_FFMPEG')
  }
  const known = readStamp('ffmpeg', KEY)
  const path = known?.['path']
  if (path && existsSync(path)) return path
  const found = await firstThatWorks<string>(
    'ffmpeg',
    [
      { name: 'the ffmpeg-static package', fetch: runStaticInstaller },
      { name: 'the Python package index', fits: () => isLinuxX64, fetch: indexFfmpeg },
      { name: 'this system', fetch: () => systemFfmpeg() },
    ],
    (reasons) => new SetupProblem(`ffmpeg could not be set up (${reasons}).`, installHint()),
  )
  writeStamp('ffmpeg', KEY, { path: found })
  return found
}
