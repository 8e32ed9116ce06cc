/**
 * Names of files within what file systems take. Most allow 255 bytes a name, counted in UTF-8, which is 255 letters of
 * English but 127 of Russian and 85 of Chinese; some count UTF-16 units instead, and none of those is reached earlier.
 */

/** Bytes of one name (not of a path) that ext4, XFS, APFS and most others take. */
export const NAME_BYTES = 255

/** Length of a text in UTF-8; a lone surrogate counts as the three bytes that Node.js writes for it. */
export function byteLength(text: string): number {
  let bytes = 0
  for (const letter of text) {
    const code = letter.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** The beginning of a text that takes at most `bytes` in UTF-8; no letter is cut in two. */
export function fitBytes(text: string, bytes: number): string {
  let used = 0
  let end = 0
  for (const letter of text) {
    used += byteLength(letter)
    if (used > bytes) break
    end += letter.length
  }
  return text.slice(0, end)
}

/** True where no usual file system takes a file of this name. */
export function isNameTooLong(name: string): boolean {
  return byteLength(name) > NAME_BYTES
}

/** `stem` + `tail` as one name that fits; what is too much is cut from the end of the stem. */
export function fittingName(stem: string, tail: string, bytes: number = NAME_BYTES): string {
  return `${fitBytes(stem, bytes - byteLength(tail))}${tail}`
}
