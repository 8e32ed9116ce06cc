/**
 * Numbered pictures in a folder: which number in a picture's name is that of a sequence, and which pictures make up a
 * run.
 */
import { readdir } from 'node:fs/promises'
import { basename, dirname, extname, resolve } from 'node:path'

/** ffmpeg writes numbers into 20 bytes, the last of which ends them. */
const MOST_DIGITS = 19

export interface Numbering {
  readonly folder: string
  readonly before: string
  readonly digits: number
  /** True for %05d and for 00001; false for %d and for 1, 2, ... 10. */
  readonly padded: boolean
  readonly after: string
}

/** The numbers of the files that fit, ascending. Throws the system's error. */
export async function numbersIn(numbering: Numbering): Promise<number[]> {
  const numbers: number[] = []
  for (const name of await readdir(numbering.folder)) {
    if (!name.startsWith(numbering.before) || !name.endsWith(numbering.after)) continue
    const digits = name.slice(numbering.before.length, name.length - numbering.after.length)
    if (!/^\d+$/.test(digits) || digits.length < numbering.digits) continue
    if (digits.length > numbering.digits && digits.startsWith('0')) continue
    numbers.push(Number(digits))
  }
  return numbers.sort((a, b) => a - b)
}

export function fileName(numbering: Numbering, number: number): string {
  return `${numbering.before}${String(number).padStart(numbering.digits, '0')}${numbering.after}`
}

export interface NumberedPicture {
  readonly numbering: Numbering
  readonly chosen: number
}

/**
 * For each number in a picture's name that could be that of a sequence, the last one first: how its files may be named.
 */
function numberingsOf(path: string): NumberedPicture[][] {
  const name = basename(path)
  const stem = basename(path, extname(path))
  const folder = dirname(resolve(path))
  return [...stem.matchAll(/\d+/g)].reverse().flatMap(({ 0: digits, index }) => {
    // A time or a serial number is none of a picture, but zeros in front make it none: up to what ffmpeg fills up to.
    if (Number(digits) >= 1e9 || digits.length > MOST_DIGITS) return []
    const place = { folder, before: name.slice(0, index), after: name.slice(index + digits.length) }
    const padded: Numbering = { ...place, digits: digits.length, padded: true }
    const plain: Numbering = { ...place, digits: 1, padded: false }
    const chosen = Number(digits)
    return [[{ numbering: padded, chosen }, ...(digits.startsWith('0') ? [] : [{ numbering: plain, chosen }])]]
  })
}

/**
 * A picture's number among its neighbors, by whichever number in the name has one; else where it has brothers at all. A
 * number without zeros in front may be of a run that is filled up with them or of one that is not (8, 9, 10): it is of
 * the longer one.
 */
export async function numberOf(path: string): Promise<NumberedPicture | null> {
  let alone: NumberedPicture | null = null
  for (const candidates of numberingsOf(path)) {
    let longest = 1
    let found: NumberedPicture | null = null
    for (const candidate of candidates) {
      const numbers = await numbersIn(candidate.numbering)
      const { first, last } = unbrokenAround(numbers, numbers.indexOf(candidate.chosen))
      if (last - first + 1 > longest) [longest, found] = [last - first + 1, candidate]
      if (numbers.length > 1) alone ??= candidate
    }
    if (found) return found
  }
  return alone
}

/** Where the unbroken run around the number at a place begins and ends, as places in the list. */
export function unbrokenAround(
  numbers: readonly number[],
  at: number,
): { readonly first: number; readonly last: number } {
  let [first, last] = [at, at]
  while (first > 0 && numbers[first - 1] === numbers[first]! - 1) first--
  while (last + 1 < numbers.length && numbers[last + 1] === numbers[last]! + 1) last++
  return { first, last }
}
