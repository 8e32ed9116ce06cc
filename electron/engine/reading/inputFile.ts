/**
 * How a path is handed to ffmpeg. Always as an absolute 'file:' URL, so that no character of a name (a leading dash,
 * colons, percent signs, quotes, emoji) is taken for anything else, and behind what guards us from files that
 * are not what they seem.
 */
import { open, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileName, numberOf, numbersIn, unbrokenAround, type Numbering } from '../../content/pictureNumbers.ts'
import { isPicture } from '../../contract/fileEndings.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import type { FootageInfo, Rational } from '../../contract/schemas.ts'
import { UserError } from '../../contract/userError.ts'
import { errorCode } from '../../system/errorCode.ts'
import { filmGuards, pictureGuards } from '../ffmpeg/inputGuards.ts'
import { bytesAt } from './opening/containerParts.ts'
import { readPictureHeader } from './pictures/pictureHeader.ts'
import { picturesWithin } from './pictures/picturesWithin.ts'

/** Who says the rate of a sequence. */
type RateFrom = NonNullable<FootageInfo['rateFrom']>

export interface Sequence {
  /** The number in the name of the first picture; 0 where there is none. */
  readonly first: number
  readonly count: number
  /** Digits that numbers are filled up to; 1 where they are not. */
  readonly digits: number
  /** By the header of the first picture. */
  readonly timecode: string | null
  readonly rateFrom: RateFrom
  /** How its files are named; null for a picture without a number. */
  readonly numbering: Numbering | null
}

export interface InputFile {
  /**
   * A file that is there: the film, the first picture of a pattern's run, or the picture chosen. Opening it opens the
   * same film.
   */
  readonly path: string
  /** Up to and including '-i url'. Seeking options go in front. */
  readonly args: readonly string[]
  /** A numbered run of pictures rather than one file. */
  readonly sequence: Sequence | null
  readonly bytes: number
  readonly name: string
  readonly warnings: readonly Sentence[]
}

/** The first chunk of id Software's RoQ: 0x1084, with a length that is none. */
const ROQ = Buffer.from([0x84, 0x10, 0xff, 0xff, 0xff, 0xff])

/** Where neither the artist nor the pictures' header tells the rate, film's own is assumed, and said. */
const SEQUENCE_RATE = 24

export function fileUrl(path: string): string {
  return `file:${resolve(path)}`
}

/** The name by which ffmpeg's messages call what it reads. */
export function inputUrl(args: readonly string[]): string {
  return args[args.indexOf('-i') + 1] ?? ''
}

/** '%' has a meaning in the names of picture sequences. */
export function patternSafe(path: string): string {
  return path.replaceAll('%', '%%')
}

/** Why a film's file, or its folder, can not be read; of the system's error. */
export function pathError(error: unknown, path: string): UserError {
  const code = errorCode(error)
  const name = basename(path)
  if (code === 'EACCES' || code === 'EPERM') {
    return new UserError(
      'no-permission',
      sentence`You may not read “${name}”.`,
      sentence`Change the permissions of the file, or copy it to a folder of your own.`,
      code,
    )
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UserError(
      'not-found',
      sentence`“${name}” was not found.`,
      sentence`Check whether it was moved, renamed, or lies on a disk that is not connected.`,
      path,
    )
  }
  return new UserError(
    'not-found',
    sentence`“${name}” could not be reached.`,
    sentence`Check the disk or the network drive it lies on, and try again.`,
    code || String(error),
  )
}

function numberingOf(pattern: string): Numbering | null {
  const match = /^(.*)%(?:0(\d+))?d(.*)$/.exec(basename(pattern))
  if (!match) return null
  return {
    folder: dirname(resolve(pattern)),
    before: match[1] ?? '',
    digits: match[2] === undefined ? 1 : Number(match[2]),
    padded: match[2] !== undefined,
    after: match[3] ?? '',
  }
}

interface SequenceRate {
  readonly rate: Rational
  readonly rateFrom: RateFrom
  readonly warnings: readonly Sentence[]
}

function sequenceRate(wanted: Rational | undefined, header: Rational | null): SequenceRate {
  if (wanted) return { rate: wanted, rateFrom: 'artist', warnings: [] }
  if (header) return { rate: header, rateFrom: 'header', warnings: [] }
  return {
    rate: { num: SEQUENCE_RATE, den: 1 },
    rateFrom: 'assumed',
    warnings: [sentence`The pictures do not say their frame rate; ${SEQUENCE_RATE} frames per second are assumed.`],
  }
}

/** @param missing names of the one or two pictures beside the run that are not there, though others are beyond them */
function gapSentence(missing: readonly string[], opened: string, count: number): Sentence {
  const [before, after] = missing
  if (after !== undefined) {
    return count === 1
      ? sentence`“${before!}” and “${after}” are missing, so only the picture “${opened}” is opened.`
      : sentence`“${before!}” and “${after}” are missing, so only the ${count} pictures from “${opened}” on are opened.`
  }
  return count === 1
    ? sentence`“${before!}” is missing, so only the picture “${opened}” is opened.`
    : sentence`“${before!}” is missing, so only the ${count} pictures from “${opened}” on are opened.`
}

/** The unbroken run around 'chosen', or from the first number when none was chosen. */
async function openSequence(
  numbering: Numbering,
  chosen: number | null,
  wanted: Rational | undefined,
): Promise<InputFile> {
  const numbers = await numbersIn(numbering)
  const at = chosen === null ? 0 : numbers.indexOf(chosen)
  const { first, last } = unbrokenAround(numbers, at)
  const firstNumber = numbers[first] ?? 0
  const count = last - first + 1
  const gaps = [...(first > 0 ? [firstNumber - 1] : []), ...(last + 1 < numbers.length ? [firstNumber + count] : [])]
  const missing = gaps.map((number) => fileName(numbering, number))
  const warnings = missing.length > 0 ? [gapSentence(missing, fileName(numbering, firstNumber), count)] : []
  let bytes = 0
  for (let number = firstNumber; number < firstNumber + count; number++) {
    bytes += (await stat(join(numbering.folder, fileName(numbering, number)))).size
  }
  const header = await readPictureHeader(join(numbering.folder, fileName(numbering, firstNumber)))
  const { rate, rateFrom, warnings: assumed } = sequenceRate(wanted, header.rate)
  const pattern = join(
    patternSafe(numbering.folder),
    `${patternSafe(numbering.before)}%${numbering.padded ? `0${numbering.digits}` : ''}d${patternSafe(numbering.after)}`,
  )
  return {
    path: join(numbering.folder, fileName(numbering, chosen ?? firstNumber)),
    args: [
      ...pictureGuards,
      '-framerate',
      `${rate.num}/${rate.den}`,
      '-start_number',
      `${firstNumber}`,
      '-i',
      `file:${pattern}`,
    ],
    sequence: {
      first: firstNumber,
      count,
      digits: numbering.padded ? numbering.digits : 1,
      timecode: header.timecode,
      rateFrom,
      numbering,
    },
    bytes,
    name:
      count === 1
        ? fileName(numbering, firstNumber)
        : `${fileName(numbering, firstNumber)} … ${fileName(numbering, firstNumber + count - 1)}`,
    warnings: [...warnings, ...assumed],
  }
}

/**
 * Finds out what a path stands for: a film; a pattern such as frame_%05d.png; one picture of a numbered run, which
 * opens the whole run; a lone picture. Throws UserError for everything that can not be a film.
 * @param rate of a sequence, in frames per second; by the pictures' header when not given
 */
export async function resolveInput(path: string, rate?: Rational): Promise<InputFile> {
  const name = basename(path)
  const pattern = numberingOf(path)
  let found
  try {
    found = await stat(path)
  } catch (error) {
    if (pattern !== null && isPicture(path)) {
      const numbers = await numbersIn(pattern).catch(() => [])
      if (numbers.length > 0) return openSequence(pattern, null, rate)
    }
    throw pathError(error, path)
  }
  if (found.isDirectory()) {
    throw new UserError(
      'is-a-folder',
      sentence`“${name}” is a folder.`,
      sentence`Open a film file, or one picture of a numbered sequence inside the folder.`,
      path,
    )
  }
  if (!found.isFile())
    throw new UserError('not-a-film', sentence`“${name}” is not a file.`, sentence`Open a film file.`, path)
  if (found.size === 0) {
    throw new UserError(
      'empty-file',
      sentence`“${name}” is empty: it holds zero bytes.`,
      sentence`Copy the film again from where it came from.`,
      path,
    )
  }
  await readable(path)
  const numbered = isPicture(path) ? await numberOf(path) : null
  if (numbered) return openSequence(numbered.numbering, numbered.chosen, rate)
  const within = isPicture(path) ? await picturesWithin(path) : 'film'
  if (within !== 'film') {
    const header = await readPictureHeader(path)
    const {
      rate: { num, den },
      rateFrom,
    } = sequenceRate(rate, header.rate)
    return {
      path: resolve(path),
      args: [...pictureGuards, '-pattern_type', 'none', '-framerate', `${num}/${den}`, '-i', fileUrl(path)],
      sequence: { first: 0, count: 1, digits: 1, timecode: header.timecode, rateFrom, numbering: null },
      bytes: found.size,
      name,
      warnings:
        within === 1
          ? []
          : [
              sentence`“${name}” holds ${within} pictures, of which only the first is opened. Save them as files with numbers to open all of them as a film.`,
            ],
    }
  }
  return {
    path: resolve(path),
    args: [...filmGuards, ...((await isRoq(path)) ? ['-f', 'roq'] : []), '-i', fileUrl(path)],
    sequence: null,
    bytes: found.size,
    name,
    warnings: [],
  }
}

/** Named to ffmpeg, since it is read by rules of its own (erringAtTheEnd). */
async function isRoq(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    return (await bytesAt(file, 0, ROQ.length)).equals(ROQ)
  } finally {
    await file.close()
  }
}

async function readable(path: string): Promise<void> {
  try {
    await (await open(path, 'r')).close()
  } catch (error) {
    throw pathError(error, path)
  }
}
