/**
 * The files that the artist has named: in a dialog, by dropping them on the window, on the command line, in a list of
 * the program's own. The page may send these back and no others, so that one that was taken over reads and writes
 * nothing that was not meant.
 */
import { basename } from 'node:path'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'

/** What a file was named for: being read, being written by an export, being the project's own. */
export type Purpose = 'read' | 'export' | 'save'

export class GivenPaths {
  readonly #given: Readonly<Record<Purpose, Set<string>>> = { read: new Set(), export: new Set(), save: new Set() }

  /** Notes a path on its way to the page. Null, where a dialog was closed, stays null. */
  give<P extends string | null>(purpose: Purpose, path: P): P {
    if (path !== null) this.#given[purpose].add(path)
    return path
  }

  /** Throws UserError 'bad-argument' for a path that was not given, to the letter, for this purpose. */
  demand(purpose: Purpose, path: string): void {
    if (this.#given[purpose].has(path)) return
    throw new UserError(
      'bad-argument',
      sentence`The window asked for “${basename(path)}”, which nobody has chosen.`,
      sentence`Choose the file in a dialog, or drop it on the window.`,
      path,
    )
  }
}
