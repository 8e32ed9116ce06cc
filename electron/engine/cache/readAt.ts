/** Bytes of an open file by their place. */
import { readSync } from 'node:fs'

/** Throws what the system throws, and RangeError where the file does not hold that much. */
export function readAt(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  if (offset < 0 || readSync(fd, bytes, 0, length, offset) !== length) throw new RangeError('the file is too short')
  return bytes
}
