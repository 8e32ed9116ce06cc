/**
 * What a film is known by: its bytes, never its name, its place or its time, so that a copied, touched, moved or
 * renamed film stays the same film. Whole reels are not read: the size and samples of the head, the tail and fifteen
 * places spread between them tell films apart, also those with the same leader. Numbered pictures are known by all
 * pictures of their run, each by its size and samples; whichever of them the run was opened by.
 */
import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isPicture } from '../contract/fileEndings.ts'
import { digest } from './digest.ts'
import { fileName, numberOf, numbersIn, unbrokenAround } from './pictureNumbers.ts'

interface Sampling {
  /** Files up to this size are read whole. */
  readonly whole: number
  /** Bytes at the head and at the tail. */
  readonly ends: number
  /** Bytes at each of the places between. */
  readonly block: number
}

const FILM: Sampling = { whole: 2 * 1024 * 1024, ends: 512 * 1024, block: 64 * 1024 }
/** A run has thousands of pictures: less of each, about as much of a reel. */
const PICTURE: Sampling = { whole: 128 * 1024, ends: 16 * 1024, block: 4 * 1024 }
const PLACES = 15
/** Pictures that are looked at at one time: a share answers many questions as quickly as one. */
const AT_ONCE = 16
const REMEMBERED = 300_000

/** SHA-256, hexadecimal. Opens the file for reading only; throws the system's error. */
async function sampledHash(path: string, { whole, ends, block }: Sampling): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const hash = createHash('sha256').update(`${size}\0`)
    const take = async (start: number, length: number): Promise<void> => {
      const buffer = Buffer.alloc(length)
      let done = 0
      while (done < length) {
        const { bytesRead } = await file.read(buffer, done, length - done, start + done)
        if (bytesRead === 0) break
        done += bytesRead
      }
      hash.update(buffer.subarray(0, done))
    }
    if (size <= whole) await take(0, size)
    else {
      await take(0, ends)
      for (let n = 1; n <= PLACES; n++) await take(Math.floor((n * (size - block)) / (PLACES + 1)), block)
      await take(size - ends, ends)
    }
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}

/** Hashes of pictures by path, size and times: a run is asked for several times while it is opened. */
const remembered = new Map<string, string>()

async function pictureHash(path: string): Promise<string> {
  const { size, mtimeMs, ctimeMs } = await stat(path)
  // A picture that is copied over another may bring its own time along; when that was done it can't choose.
  const name = `${path} ${size} ${mtimeMs} ${ctimeMs}`
  const known = remembered.get(name)
  if (known) return known
  const hash = await sampledHash(path, PICTURE)
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(name, hash)
  return hash
}

/** The pictures of the unbroken run that a picture belongs to, in order; a file that is no numbered picture, alone. */
export async function pictureRun(path: string): Promise<string[]> {
  const numbered = isPicture(path) ? await numberOf(path) : null
  if (!numbered) return [path]
  const { numbering, chosen } = numbered
  const numbers = await numbersIn(numbering)
  const at = numbers.indexOf(chosen)
  if (at < 0) return [path]
  const { first, last } = unbrokenAround(numbers, at)
  return numbers.slice(first, last + 1).map((number) => join(numbering.folder, fileName(numbering, number)))
}

/** Hexadecimal digits by which a picture is told from another at its place. */
export const PICTURE_DIGITS = 16

/** They. One look at the file where it was read before. Throws the system's error. */
export const pictureDigits = async (path: string): Promise<string> => (await pictureHash(path)).slice(0, PICTURE_DIGITS)

/**
 * Stands for the sizes and times of all pictures of a run. The digits of a picture are those of samples: what was
 * written over between them shows here alone, as does one that was merely touched. Throws the system's error.
 */
export async function runStamp(files: readonly string[]): Promise<string> {
  const all = createHash('sha256')
  for (let at = 0; at < files.length; at += AT_ONCE) {
    for (const { size, mtimeMs, ctimeMs } of await Promise.all(files.slice(at, at + AT_ONCE).map((file) => stat(file))))
      all.update(`${size} ${mtimeMs} ${ctimeMs}\0`)
  }
  return all.digest('hex')
}

export interface FilmIdentity {
  /** SHA-256, hexadecimal. */
  readonly hash: string
  /** Of the file, or of all pictures together. */
  readonly bytes: number
  /** Of every picture of a run, PICTURE_DIGITS digits each, in one string; null of a film in one file. */
  readonly pictures: string | null
  /** The files that it is in, in order. */
  readonly files: readonly string[]
}

/** Throws the system's error where the film can't be read. */
export async function filmIdentity(path: string): Promise<FilmIdentity> {
  const run = await pictureRun(path)
  if (run.length === 1)
    return { hash: await sampledHash(path, FILM), bytes: (await stat(path)).size, pictures: null, files: run }
  const all = createHash('sha256')
  let bytes = 0
  let pictures = ''
  for (let at = 0; at < run.length; at += AT_ONCE) {
    const part = run.slice(at, at + AT_ONCE)
    for (const hash of await Promise.all(part.map(pictureHash))) {
      all.update(hash)
      pictures += hash.slice(0, PICTURE_DIGITS)
    }
    for (const { size } of await Promise.all(part.map((each) => stat(each)))) bytes += size
  }
  return { hash: all.digest('hex'), bytes, pictures, files: run }
}

/** By which the film of a project of before was known: its size, its first and its last MiB. */
export async function identityBefore(path: string): Promise<string> {
  const MEBIBYTE = 1024 * 1024
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const hash = createHash('sha256').update(`${size}\0`)
    const buffer = Buffer.alloc(Math.min(MEBIBYTE, size))
    for (const start of [0, Math.max(0, size - MEBIBYTE)]) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start)
      hash.update(buffer.subarray(0, bytesRead))
    }
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}

/**
 * The name under which the color cache of before kept a film: it changed with the film's time. Throws the system's
 * error.
 */
export async function cacheNameBefore(path: string, shape: readonly (string | number)[]): Promise<string> {
  const SAMPLE = 256 * 1024
  const file = await open(path, 'r')
  try {
    const { size, mtimeMs } = await file.stat()
    const hash = createHash('sha256')
    const buffer = Buffer.alloc(Math.min(SAMPLE, size))
    for (const position of [0, Math.max(0, size - buffer.length)]) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
      hash.update(buffer.subarray(0, bytesRead))
    }
    return digest('film', mtimeMs, hash.digest('hex'), ...shape)
  } finally {
    await file.close()
  }
}
