/**
 * Tells the text of a film's tags from ffmpeg's own words. When ffmpeg opens a file it prints what is in there, tags
 * included, and these may read like anything: a note on the scan that names a duration, a log that somebody has pasted.
 * Pure.
 */

/** A tag's first line. */
export interface Tag {
  readonly key: string
  readonly value: string
}

/**
 * To be asked of every line of a log, in turn. ffmpeg prints tags below a line 'Metadata:', two columns further in, and
 * the other lines of a value beginning with a colon. These have no level, also where all lines have one.
 */
export class TagLines {
  /** Column of the line that the tags stand below. */
  #column: number | null = null
  /** Of the line that was asked last, where it is a tag's first one. */
  tag: Tag | null = null

  isTag(line: string): boolean {
    const text = line.replace(/^\[info\] /, '')
    this.tag = null
    const column = text.search(/\S/)
    const own = this.#column === null ? 0 : this.#column + 2
    if (this.#column !== null && column >= own) {
      const colon = text[column] === ':' ? -1 : text.indexOf(': ', column)
      if (colon >= 0) this.tag = { key: text.slice(own, colon).trim(), value: text.slice(colon + 2) }
      return true
    }
    // What others say in between begins with their name; it does not end the list.
    if (!text.startsWith('[')) this.#column = /^\s+Metadata:\s*$/.test(text) ? column : null
    return false
  }
}
