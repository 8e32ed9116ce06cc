/**
 * The films that a command line was given. None of them is written to, whichever of the orders it is that comes upon
 * it: an export of one film can have the very name of another.
 */
import { realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { isPicture } from '../contract/fileEndings.ts'
import { noOriginals } from '../contract/originals.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { recordBeside } from '../engine/inspect/recordBeside.ts'
import { isOriginal } from '../engine/writing/files/originals.ts'
import type { FilmOrder } from './arguments.ts'

/** All names of a file: where it lies, and what the disk knows it by. */
export async function namesOf(path: string): Promise<string[]> {
  const [real, file] = await Promise.all([
    realpath(path).catch(() => null),
    stat(path, { bigint: true }).catch(() => null),
  ])
  return real === null || file === null ? [] : [real, `${file.dev} ${file.ino}`]
}

export class GivenFilms {
  private constructor(
    private readonly names: ReadonlySet<string>,
    /** A picture of each run. */
    private readonly sequences: readonly string[],
  ) {}

  /** As they lie there when the command begins. What this program has written may be written again. */
  static async of(orders: readonly Pick<FilmOrder, 'source'>[]): Promise<GivenFilms> {
    const names = new Set<string>()
    const sequences: string[] = []
    for (const source of new Set(orders.map((order) => order.source))) {
      const own = await namesOf(source)
      if (own.length === 0 || (await recordBeside(source)) !== null) continue
      for (const name of own) names.add(name)
      if (isPicture(source)) sequences.push(source)
    }
    return new GivenFilms(names, sequences)
  }

  /** Throws UserError 'target-is-source' where a file that is to be written is one of them. */
  async refuse(target: string): Promise<void> {
    const isFilm = (await namesOf(target)).some((name) => this.names.has(name))
    if (!isFilm && !(await isOriginal(target, { ...noOriginals, sequences: this.sequences }))) return
    throw new UserError(
      'target-is-source',
      sentence`“${basename(target)}” is one of the films that are to be colored, and is never written over.`,
      sentence`Choose another name or folder.`,
      target,
    )
  }
}
