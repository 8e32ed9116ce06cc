/** Which films are meant where files and folders are named at once, as by dropping them: each of them, once. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { endingOf, filmEndings, isPicture, isProject } from '../../contract/fileEndings.ts'

const byName = new Intl.Collator('en', { numeric: true })

const isFilm = (name: string): boolean => (filmEndings as readonly string[]).includes(endingOf(name))

/** Pictures whose names differ in numbers alone are taken for one sequence; what it holds is seen when it is opened. */
const sequenceOf = (path: string): string => join(dirname(path), basename(path).replace(/\d+/g, '#'))

/** The films and pictures that lie in a folder, by name, or the one project that does; none of what is no folder. */
async function filmsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'))
  const projects = names.filter((name) => isProject(name))
  const wanted = projects.length === 1 ? projects : names.filter((name) => isFilm(name) || isPicture(name))
  return wanted.sort(byName.compare).map((name) => join(folder, name))
}

/**
 * In the order given; of each sequence of pictures the first. A file is itself whatever it is, and so is a folder that
 * holds no film: whoever opens it says what is wrong with it.
 */
export async function filmsAmong(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const inside = await filmsIn(path)
      return inside.length > 0 ? inside : [path]
    }),
  )
  const first = new Map<string, string>()
  for (const path of found.flat()) {
    const name = isPicture(path) ? sequenceOf(path) : path
    if (!first.has(name)) first.set(name, path)
  }
  return [...first.values()]
}
