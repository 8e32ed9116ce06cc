/**
 * What must never be written over: the films and pictures that a project is made of, and the project's own files.
 * Absolute paths.
 */
export interface Originals {
  readonly files: readonly string[]
  /** One picture of each numbered run; all pictures of the run are meant, and those that would lengthen it. */
  readonly sequences: readonly string[]
  /** Nothing may be written into these. */
  readonly folders: readonly string[]
}

export const noOriginals: Originals = { files: [], sequences: [], folders: [] }
