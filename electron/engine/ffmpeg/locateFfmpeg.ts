/** Finds the ffmpeg to use and learns once what it can do. Only ffmpeg itself is needed, never ffprobe. */
import { createRequire } from 'node:module'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { runFfmpeg } from './runFfmpeg.ts'
import type { Patience } from './stall.ts'

export interface FfmpegTools {
  readonly path: string
  /** As ffmpeg prints it, e.g. 5.1.6 or n7.1. */
  readonly version: string
  readonly encoders: ReadonlySet<string>
  /** Whether it has the filter that makes whole pictures of fields; asked for when somebody wants to know. */
  deinterlaces(): Promise<boolean>
  /** Asks it something that it will answer the same as long as it is the same, unless that is known. */
  recall(question: string, find: () => Promise<string>): Promise<string>
  /** With a child that gets nowhere; the usual one when left out. */
  readonly patience?: Patience
  /** Bytes that a child may hold that reads a film; the usual number when left out. */
  readonly mostMemory?: number
}

/** The filter that makes whole pictures of fields. */
export const DEINTERLACER = 'bwdif'

/** 5.1 brought -fps_mode; builds from git have no version number and are taken to be new. */
const OLDEST: readonly [number, number] = [5, 1]

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The binary that the ffmpeg-static package brings, if its download took place. */
function bundledFfmpeg(): string | null {
  try {
    // From this file on, not from the working folder: that is wherever the artist's films are. The bundle is CommonJS.
    const path: unknown = createRequire(typeof __filename === 'string' ? __filename : import.meta.url)('ffmpeg-static')
    // Inside a packaged app the archive holds only a copy that can't be run; the real file lies beside it.
    return typeof path === 'string' ? path.replace('app.asar', 'app.asar.unpacked') : null
  } catch {
    return null
  }
}

function onPath(name: string, env: NodeJS.ProcessEnv): string | null {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && isExecutableFile(join(folder, file))) return join(folder, file)
  }
  return null
}

/** The path alone, in the order: the COLORNN_FFMPEG setting, the one that came with the program, the system's. */
function findFfmpeg(env: NodeJS.ProcessEnv, bundled: string | null): string {
  const wanted = env.COLORNN_FFMPEG
  if (wanted !== undefined && wanted !== '') {
    if (isExecutableFile(wanted)) return wanted
    throw new UserError(
      'ffmpeg-missing',
      sentence`The ffmpeg that the COLORNN_FFMPEG setting names is not there or can not be run.`,
      sentence`Correct the setting, or remove it to use the ffmpeg that the program finds by itself.`,
      wanted,
    )
  }
  if (bundled !== null && isExecutableFile(bundled)) return bundled
  const system = onPath('ffmpeg', env)
  if (system !== null) return system
  throw new UserError(
    'ffmpeg-missing',
    sentence`The program ffmpeg, which reads and writes the films, was not found on this computer.`,
    sentence`Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to its full path, and start again.`,
  )
}

/** Major and minor of '5.1.9-0+deb12u1', 'n7.1', '6.0'; null for builds that are named by a git revision. */
export function parseFfmpegVersion(text: string): [number, number] | null {
  const match = /^n?(\d+)\.(\d+)/.exec(text)
  return match ? [Number(match[1]), Number(match[2])] : null
}

/** What a program has answered before, or what 'find' makes it answer now; one that throws has not answered. */
export type Recall = (program: string, question: string, find: () => Promise<string>) => Promise<string>

const askEachTime: Recall = (_program, _question, find) => find()

const known = new Map<string, Promise<FfmpegTools>>()

/** Asked for one that it does not have, an ffmpeg says so, and exits with 0. */
async function saysOfFilter(path: string, name: string): Promise<string> {
  return (await runFfmpeg({ path }, ['-h', `filter=${name}`])).stdout
}

const versionIn = (about: string): string | undefined => /^ffmpeg version (\S+)/m.exec(about)?.[1]

/** Its version and encoders, in its own words. */
async function saysOfItself(path: string): Promise<string> {
  const about = await runFfmpeg({ path }, ['-encoders'], { banner: true })
  const said = `${about.stderr}\n${about.stdout}`
  if (versionIn(said) === undefined || about.code !== 0) {
    throw new UserError(
      'ffmpeg-missing',
      sentence`The program found in the place of ffmpeg does not answer as ffmpeg does.`,
      sentence`Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to its full path.`,
      `${path}\n${about.stderr.slice(-500)}`,
    )
  }
  return said
}

async function examine(path: string, recallOf: Recall): Promise<FfmpegTools> {
  const recall: FfmpegTools['recall'] = (question, find) => recallOf(path, question, find)
  // Starting an ffmpeg takes a tenth of a second of a processor: one tells all that every film needs.
  const about = await recall('-encoders', () => saysOfItself(path))
  const version = versionIn(about) ?? ''
  const number = parseFfmpegVersion(version)
  if (number !== null && (number[0] < OLDEST[0] || (number[0] === OLDEST[0] && number[1] < OLDEST[1]))) {
    throw new UserError(
      'ffmpeg-too-old',
      sentence`The ffmpeg on this computer is version ${version}, which is too old.`,
      sentence`Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to the path of a newer one.`,
      path,
    )
  }
  const encoders = new Set<string>()
  for (const match of about.matchAll(/^ [VAS][A-Z.]{5} (\S+)/gm)) encoders.add(match[1] ?? '')
  const deinterlacer = (): Promise<string> =>
    recall(`-h filter=${DEINTERLACER}`, () => saysOfFilter(path, DEINTERLACER))
  let deinterlaces: Promise<boolean> | null = null
  return {
    path,
    version,
    encoders,
    deinterlaces: () => (deinterlaces ??= deinterlacer().then((said) => said.startsWith('Filter '))),
    recall,
  }
}

/**
 * The ffmpeg to work with. Asked once per path, and of what 'recall' knows not even that; a failure is not
 * remembered, so installing ffmpeg helps at once.
 * @throws UserError 'ffmpeg-missing' or 'ffmpeg-too-old'
 */
export async function locateFfmpeg(
  env: NodeJS.ProcessEnv = process.env,
  bundled: string | null = bundledFfmpeg(),
  recall: Recall = askEachTime,
): Promise<FfmpegTools> {
  const path = findFfmpeg(env, bundled)
  let found = known.get(path)
  if (found === undefined) {
    found = examine(path, recall)
    known.set(path, found)
    found.catch(() => known.delete(path))
  }
  return found
}
