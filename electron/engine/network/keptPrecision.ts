/**
 * Which precision was chosen on this machine, so that it is chosen once: colors of one are not those of the other, and
 * a trial in a busy moment must not decide anew at every start. Disposable.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolderSync } from '../../system/makeFolder.ts'

const FILE = 'precision.json'
/** By what it was chosen for. */
const keptSchema = z.record(z.string(), z.enum(['fp32', 'bf16']))

/**
 * The choice that was made before; else the one that is made now, which is written down as far as the disk takes it.
 * @param of what it depends on: the processor, the library
 */
export function keptPrecision(folder: string, of: string, choose: () => 'fp32' | 'bf16'): 'fp32' | 'bf16' {
  const known = read(folder)
  const before = known[of]
  if (before !== undefined) return before
  const choice = choose()
  const temporary = join(folder, `${FILE}.${process.pid}`)
  try {
    makeFolderSync(folder)
    writeFileSync(temporary, JSON.stringify({ ...known, [of]: choice }))
    renameSync(temporary, join(folder, FILE))
  } catch {
    removeRest(temporary)
  }
  return choice
}

function removeRest(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // Where nothing can be written nothing is left, either.
  }
}

function read(folder: string): Readonly<Record<string, 'fp32' | 'bf16'>> {
  try {
    return keptSchema.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')))
  } catch {
    return {}
  }
}
