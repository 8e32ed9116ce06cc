/** Searching in words of the window: they are found as a keyboard types them. */

/** Without accents, capitals and the signs of print: 'À l’épingle : ' is found as "a l'epingle :". */
export function plain(words: string): string {
  return words
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .toLowerCase()
}
