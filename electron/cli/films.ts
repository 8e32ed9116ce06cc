/** What a command line asks for, film by film. */
import { lstat, mkdir, readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { endingOf, filmEndings } from '../contract/fileEndings.ts'
import { exportFormat } from '../contract/formats.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import type { FilmOrder } from './arguments.ts'

/** A film that was asked for by itself is told where it can not be; of many it is passed over where it is there. */
export interface ListedOrder {
  readonly order: FilmOrder
  readonly isOneOfMany: boolean
}

/**
 * The films of a folder, or the one film, in the order of their names, each to be written under its own name. Two that
 * would be written to one name keep their endings in it.
 * Throws UserError 'not-found' where there is none, or the system's error; makes the folder that they go to.
 */
export async function filmsIn(order: FilmOrder): Promise<ListedOrder[]> {
  const isFolder = (await stat(order.source).catch(() => null))?.isDirectory() ?? false
  const names = isFolder ? await readdir(order.source) : [basename(order.source)]
  const isFilm = (name: string): boolean =>
    !isFolder || (!name.startsWith('.') && (filmEndings as readonly string[]).includes(endingOf(name)))
  const films = names.filter(isFilm).sort()
  if (films.length === 0) {
    throw new UserError(
      'not-found',
      sentence`“${basename(order.source)}” holds no films.`,
      sentence`Name a folder that does, a film in it, or a picture of a sequence.`,
      order.source,
    )
  }
  await mkdir(order.target).catch((error: unknown) => {
    // What is there, or can not be made, is told where the first film is written.
    if (!(error instanceof Error && 'code' in error)) throw error
  })
  const { endings } = exportFormat(order.format)
  const stem = (name: string): string => basename(name, extname(name))
  const isShared = (name: string): boolean => films.filter((other) => stem(other) === stem(name)).length > 1
  return films.map((name) => ({
    isOneOfMany: isFolder,
    order: {
      ...order,
      source: isFolder ? join(order.source, name) : order.source,
      target: join(order.target, `${isShared(name) ? name : stem(name)}${endings[0] ?? ''}`),
    },
  }))
}

/** Whether it was written as parts of one size each: 'film part 1.mkv' of 'film.mkv'. */
async function isInParts({ target, format, sizes }: FilmOrder): Promise<boolean> {
  if (sizes !== 'parts') return false
  const ending = exportFormat(format).endings.length === 0 ? '' : extname(target)
  const names = await readdir(dirname(target)).catch(() => [])
  const stem = basename(target, ending)
  const isFirst = (name: string): boolean => /^ part 0*1$/.test(basename(name, ending).slice(stem.length))
  return names.some((name) => name.startsWith(stem) && name.endsWith(ending) && isFirst(name))
}

/** Whether an order can not be carried out under its name. Files of shots have other ones, known when the shots are. */
export const isTaken = async (order: FilmOrder): Promise<boolean> => !order.eachShot && isNameTaken(order)

/** Whether something bears the name of the target, so that it may not be written to. */
export async function isNameTaken(order: FilmOrder): Promise<boolean> {
  const { target, overwrite } = order
  if (overwrite) return false
  const there = await lstat(target).catch(() => null)
  if (!there) return isInParts(order)
  // An empty folder is no export.
  return !there.isDirectory() || (await readdir(target).catch(() => [])).length > 0
}
