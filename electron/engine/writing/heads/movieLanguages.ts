/**
 * Languages in QuickTime files. ffmpeg's muxer writes those that old Macintoshes had a number for, each by one name of
 * several ('fra' and not 'fre'), and leaves the rest unsaid. The format takes three letters of ISO 639-2 as well
 * ("QuickTime File Format", Language Code Values), which are put where nothing is said.
 */
import { open } from 'node:fs/promises'
import { bytesAt, partsAt, readBox } from '../../reading/opening/containerParts.ts'
import { threeLetterLanguage } from '../carried/languages.ts'

/** No language is said. */
const UNSAID = 0x7fff
/** From the head of a track's media header to its language, where its times have 32 and 64 bits. */
const [SHORT_OFFSET, LONG_OFFSET] = [20, 32]

/** Three letters of five bits each, from 'a' at 1 on. */
function packed(letters: string): number {
  return letters.split('').reduce((bits, letter) => (bits << 5) | (letter.charCodeAt(0) - 0x60), 0)
}

/**
 * @param path of a finished QuickTime file
 * @param languages of its tracks, in their order
 * @throws Error where it can't be read or written
 */
export async function sayLanguages(path: string, languages: readonly (string | undefined)[]): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    const heads = await partsAt(file, readBox, { from: 0, to: size }, ['moov', 'trak', 'mdia', 'mdhd'])
    for (const [n, language] of languages.entries()) {
      const letters = language === undefined ? null : threeLetterLanguage(language)
      const head = heads[n]
      if (letters === null || !head) continue
      const isLong = (await bytesAt(file, head.from, 1))[0] === 1
      const at = head.from + (isLong ? LONG_OFFSET : SHORT_OFFSET)
      if ((await bytesAt(file, at, 2)).readUInt16BE(0) !== UNSAID) continue
      const word = Buffer.alloc(2)
      word.writeUInt16BE(packed(letters))
      await file.write(word, 0, 2, at)
    }
  } finally {
    await file.close()
  }
}
