import { describe, expect, it } from 'vitest'
import { jpegCutter } from './jpegStream.ts'

/** A picture of a table and two scans; the table holds what looks like an end, the scans stuffed bytes and restarts. */
const jpeg = (n: number): number[] => [
  ...[0xff, 0xd8],
  ...[0xff, 0xdb, 0, 6, 0xff, 0xd9, n, 0],
  ...[0xff, 0xda, 0, 4, 1, 2, 7, 0xff, 0, 0xff, 0xd0, 9, n],
  ...[0xff, 0xda, 0, 3, 1, 5, 0xff, 0, 0xff, 0xd7, n],
  ...[0xff, 0xd9],
]

describe('a stream of JPEG pictures', () => {
  it.each([1, 2, 3, 7, 1000])('is cut into them wherever chunks of %i bytes end', (size) => {
    const stream = [...jpeg(1), ...jpeg(2), ...jpeg(3)]
    const found: number[][] = []
    const hear = jpegCutter((picture) => found.push([...picture]))
    for (let at = 0; at < stream.length; at += size) hear(Uint8Array.from(stream.slice(at, at + size)))
    expect(found).toEqual([jpeg(1), jpeg(2), jpeg(3)])
  })

  it('ends where something else comes: nothing behind it can be told apart', () => {
    const found: number[][] = []
    const hear = jpegCutter((picture) => found.push([...picture]))
    hear(Uint8Array.from([...jpeg(1), 1, 2, 3, 4, ...jpeg(2)]))
    hear(Uint8Array.from(jpeg(3)))
    expect(found).toEqual([jpeg(1)])
  })
})
