/** The project's own sources, for tests that hold how they are written. */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const folders = ['build', 'electron', 'findings', 'renderer', 'test']

/** @param endings without the dot */
export function sourceFiles(...endings: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(`.${ending}`)))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
}
