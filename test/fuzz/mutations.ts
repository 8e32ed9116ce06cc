/** Ways in which files come to harm: on disks, on the way, and at the hands of programs that lie about them. */
import type { Numbers } from '../material/numbers.ts'

type Mutation = (bytes: Buffer, next: Numbers) => Buffer

/** Sizes and counts that readers trip over: none, one, the ends of what fits, and negative ones for some readers. */
const LIES = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff]
/** What swaps, holes and repeats are made of: a sector of a disk. */
const SECTOR = 512
/** Headers lie at the front. */
const HEADER = 1024

const copyOf = (bytes: Buffer): Buffer => Buffer.from(bytes)

function place(bytes: Buffer, length: number, next: Numbers): { at: number; length: number } {
  const fits = Math.max(1, Math.min(length, Math.floor(bytes.length / 2)))
  return { at: next(Math.max(1, bytes.length - fits + 1)), length: fits }
}

function lie(bytes: Buffer, next: Numbers, within: number): Buffer {
  const copy = copyOf(bytes)
  if (copy.length < 4) return copy
  const value = LIES[next(LIES.length)]!
  const at = next(Math.min(within, copy.length) - 3)
  if (next(2) === 0) copy.writeUInt32BE(value, at)
  else copy.writeUInt32LE(value, at)
  return copy
}

export const mutations: Readonly<Record<string, Mutation>> = {
  'a bit': (bytes, next) => {
    const copy = copyOf(bytes)
    copy[next(copy.length)]! ^= 1 << next(8)
    return copy
  },
  'many bits': (bytes, next) => {
    const copy = copyOf(bytes)
    for (let count = 2 + next(60); count > 0; count--) copy[next(copy.length)]! ^= 1 << next(8)
    return copy
  },
  'a bit of the header': (bytes, next) => {
    const copy = copyOf(bytes)
    copy[next(Math.min(HEADER, copy.length))]! ^= 1 << next(8)
    return copy
  },
  'cut off': (bytes, next) => bytes.subarray(0, next(bytes.length)),
  'swapped blocks': (bytes, next) => {
    const copy = copyOf(bytes)
    const a = place(bytes, SECTOR, next)
    const b = place(bytes, SECTOR, next)
    bytes.copy(copy, a.at, b.at, b.at + b.length)
    bytes.copy(copy, b.at, a.at, a.at + a.length)
    return copy
  },
  'a hole': (bytes, next) => {
    const { at, length } = place(bytes, SECTOR * (1 + next(8)), next)
    return copyOf(bytes).fill(0, at, at + length)
  },
  'a piece missing': (bytes, next) => {
    const { at, length } = place(bytes, 1 + next(SECTOR * 2), next)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)])
  },
  'a piece twice': (bytes, next) => {
    const { at, length } = place(bytes, SECTOR, next)
    return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)])
  },
  'a lying size in the header': (bytes, next) => lie(bytes, next, HEADER),
  'a lying size': (bytes, next) => lie(bytes, next, bytes.length),
  'other bytes behind it': (bytes, next) =>
    Buffer.concat([bytes, Buffer.from(Array.from({ length: 1 + next(4096) }, () => next(256)))]),
}

/** One of them, with its name. Not even an empty file is spared. */
export function mutated(bytes: Buffer, next: Numbers): { how: string; bytes: Buffer } {
  const names = Object.keys(mutations)
  const how = names[next(names.length)]!
  return { how, bytes: bytes.length === 0 ? bytes : mutations[how]!(bytes, next) }
}

/** What a value of a document may be changed to by a program that knows nothing of its rules. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  0.5,
  1e9,
  2 ** 53,
  1e308,
  '',
  'x'.repeat(3000),
  '../../../outside',
  '__proto__',
  '\u0000',
  [],
  {},
  [[[[[]]]]],
]

interface Leaf {
  readonly holder: Record<string, unknown> | unknown[]
  readonly key: string | number
}

function leavesOf(value: unknown): Leaf[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown> | unknown[]
  const keys = Array.isArray(holder) ? holder.keys() : Object.keys(holder)
  return [...keys].flatMap((key) => [{ holder, key }, ...leavesOf((holder as Record<string | number, unknown>)[key])])
}

/** A document of JSON in which one value is another, is gone, or is there twice; and which. */
export function strangeDocument(document: unknown, next: Numbers): { how: string; document: unknown } {
  const copy: unknown = structuredClone(document)
  const leaves = leavesOf(copy)
  if (leaves.length === 0) return { how: 'nothing', document: copy }
  const { holder, key } = leaves[next(leaves.length)]!
  const at = holder as Record<string | number, unknown>
  const manner = next(8)
  if (manner === 0) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete at[key]
    return { how: `“${key}” is gone`, document: copy }
  }
  if (manner === 1 && Array.isArray(holder)) {
    holder.push(structuredClone(at[key]))
    return { how: `“${key}” is there twice`, document: copy }
  }
  at[key] = STRANGE[next(STRANGE.length)]
  return { how: `“${key}” is ${JSON.stringify(at[key]).slice(0, 40)}`, document: copy }
}
