/** The real ffmpeg under a name of its own, whose reads can be made to fail and whose processes can be ended. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'

export type ReadError = 'EIO' | 'ESTALE' | 'ETIMEDOUT' | 'EACCES' | 'ENODEV' | 'ENXIO'

export interface FaultyFfmpeg {
  readonly tools: FfmpegTools
  /** False where reads can't be made to fail: no compiler, or an ffmpeg that loads no libraries. */
  readonly canFail: boolean
  /**
   * From now on processes that are started can't read the film beyond a byte: all of them, or those alone that write an
   * export.
   */
  breakReads(film: string, offset: number, error?: ReadError, of?: 'all' | 'exports'): void
  mendReads(): void
  /** Ends all that run, as a system without memory does; gives how many there were. */
  killAll(): number
}

/** The ffmpeg that the program finds; where that is a static build, which loads no libraries, the system's. */
export async function faultyFfmpeg(folder: string): Promise<FaultyFfmpeg> {
  const own = makeFaulty(folder, await locateFfmpeg())
  if (own.canFail) return own
  const system = await locateFfmpeg(process.env, null).catch(() => null)
  return system === null ? own : makeFaulty(folder, system)
}

function makeFaulty(folder: string, real: FfmpegTools): FaultyFfmpeg {
  const path = join(folder, 'faulty-ffmpeg')
  const [library, order, ofExports, started] = [`${path}.so`, `${path}.order`, `${path}.exports`, `${path}.started`]
  try {
    execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, join(import.meta.dirname, 'failingReads.c')], {
      stdio: 'ignore',
    })
  } catch {
    // Tests that need failing reads are left out then, and say so.
  }
  writeFileSync(
    path,
    `#!/bin/sh
echo $$ >> '${started}'
fail() { export LD_PRELOAD='${library}' FAILING_READS="$(cat "$1")"; }
if [ -f '${order}' ]; then fail '${order}'; fi
if [ -f '${ofExports}' ]; then case " $* " in *" -i pipe:0 "*) fail '${ofExports}';; esac; fi
exec '${real.path}' "$@"
`,
  )
  chmodSync(path, 0o755)
  const breakReads: FaultyFfmpeg['breakReads'] = (film, offset, error = 'EIO', of = 'all') =>
    writeFileSync(of === 'all' ? order : ofExports, `${constants.errno[error]} ${offset} ${film}`)
  const mendReads = (): void => [order, ofExports].forEach((file) => rmSync(file, { force: true }))
  const killAll = (): number => {
    const ids = existsSync(started) ? readFileSync(started, 'utf8').trim().split('\n').map(Number) : []
    return ids.filter((id) => {
      try {
        return process.kill(id, 'SIGKILL')
      } catch {
        return false
      }
    }).length
  }
  return {
    tools: { ...real, path },
    canFail: existsSync(library) && fails(path, breakReads, mendReads),
    breakReads,
    mendReads,
    killAll,
  }
}

/** Whether a film that can't be read at all is refused. */
function fails(path: string, breakReads: FaultyFfmpeg['breakReads'], mendReads: () => void): boolean {
  breakReads(path, 0)
  // It may well exit with 0.
  const { stderr } = spawnSync(
    path,
    ['-v', 'error', '-nostdin', '-f', 'rawvideo', '-video_size', '8x8', '-i', path, '-f', 'null', '-'],
    { encoding: 'utf8' },
  )
  mendReads()
  return stderr.includes('Input/output error')
}
