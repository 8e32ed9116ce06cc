/** What a command line asks for, film by film. */
import { mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { endingOf, filmEndings } from '../contract/fileEndings.ts'
import { exportFormat } from '../contract/formats.ts'
import { listed, sentence, type Sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { recordBeside } from '../engine/inspect/recordBeside.ts'
import { isTaken } from '../engine/writing/files/taken.ts'
import type { FilmOrder } from './arguments.ts'

/** A film that was asked for by itself is told where it can not be; of many it is passed over where it is there. */
export interface ListedOrder {
  readonly order: FilmOrder
  readonly isOneOfMany: boolean
}

/** What is to be carried out, and what there is to say before. */
export interface Listed {
  readonly orders: readonly ListedOrder[]
  readonly notes: readonly Sentence[]
}

/** Whether two paths lead to one folder, by whatever names. */
async function isSameFolder(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => realpath(path).catch(() => null)))
  return first !== null && first === second
}

/**
 * What each film is called without its ending, or with it where another would be written to the same name, whatever the
 * case of its letters: disks may not tell them apart.
 */
export function stemsOf(films: readonly string[]): string[] {
  const stems = films.map((name) => basename(name, extname(name)))
  for (;;) {
    const times = new Map<string, number>()
    for (const stem of stems) times.set(stem.toLowerCase(), (times.get(stem.toLowerCase()) ?? 0) + 1)
    const shared = stems.flatMap((stem, n) => (times.get(stem.toLowerCase())! > 1 && stem !== films[n] ? [n] : []))
    if (shared.length === 0) return stems
    // A whole name can be another film's name without its ending.
    for (const n of shared) stems[n] = films[n]!
  }
}

/**
 * The films of a folder, or the one film, in the order of their names, each to be written under its own name. Exports
 * that lie in the folder that they go to are none of them: the same command would color them anew, time after time.
 * Throws UserError 'not-found' where there is none, or the system's error; makes the folder that they go to.
 */
export async function filmsIn(order: FilmOrder): Promise<Listed> {
  const { source, target } = order
  const isFolder = (await stat(source).catch(() => null))?.isDirectory() ?? false
  const names = isFolder ? await readdir(source) : [basename(source)]
  const isFilm = (name: string): boolean =>
    !isFolder || (!name.startsWith('.') && (filmEndings as readonly string[]).includes(endingOf(name)))
  const all = names.filter(isFilm).sort()
  const holdsExports = isFolder && (await isSameFolder(source, target))
  const isExport = await Promise.all(
    all.map(async (name) => holdsExports && (await recordBeside(join(source, name))) !== null),
  )
  const films = all.filter((_, n) => !isExport[n])
  const left = all.filter((_, n) => isExport[n])
  if (films.length === 0) {
    throw new UserError(
      'not-found',
      left.length === 0
        ? sentence`“${basename(source)}” holds no films.`
        : sentence`“${basename(source)}” holds no films but those that this program has written.`,
      left.length === 0
        ? sentence`Name a folder that does, a film in it, or a picture of a sequence.`
        : sentence`To color those, have them written to another folder.`,
      source,
    )
  }
  await mkdir(target).catch((error: unknown) => {
    // What is there, or can not be made, is told where the first film is written.
    if (!(error instanceof Error && 'code' in error)) throw error
  })
  const { endings } = exportFormat(order.format)
  const stems = stemsOf(films)
  return {
    orders: films.map((name, n) => ({
      isOneOfMany: isFolder,
      order: {
        ...order,
        source: isFolder ? join(source, name) : source,
        target: join(target, `${stems[n]!}${endings[0] ?? ''}`),
      },
    })),
    notes:
      left.length === 0
        ? []
        : [
            sentence`What this program has written into the folder is left out: ${listed(left.map((name) => sentence`“${name}”`))}.`,
          ],
  }
}

/** Whether a film becomes several files, whose names follow from it and from the target. */
export const isInFiles = ({ eachShot, sizes }: Pick<FilmOrder, 'eachShot' | 'sizes'>): boolean =>
  eachShot || sizes === 'parts'

/**
 * Whether an order can not be carried out under its name, as far as that is known before its film is open: files of
 * shots and of parts of one size have other names, which follow from the film.
 */
export async function isNameTaken(order: FilmOrder): Promise<boolean> {
  const { target, format, picture, overwrite } = order
  if (overwrite || isInFiles(order)) return false
  return isTaken(target, picture === null && exportFormat(format).container === 'image2')
}
