import { setTimeout as passed } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { readAhead } from './readAhead.ts'

describe('a stream that is read ahead', () => {
  /** Counts what was read of it, and knows whether it was left. */
  function counted(
    length: number,
    failsAt = Infinity,
  ): { items: AsyncGenerator<number, void, void>; read: number; left: boolean } {
    const stream = { read: 0, left: false, items: undefined as unknown as AsyncGenerator<number, void, void> }
    stream.items = (async function* (): AsyncGenerator<number, void, void> {
      try {
        for (let n = 0; n < length; n++) {
          await passed(n % 3)
          if (n === failsAt) throw new Error('torn')
          stream.read++
          yield n
        }
      } finally {
        stream.left = true
      }
    })()
    return stream
  }

  it('gives the same items, and knows those that come next', async () => {
    const stream = counted(40)
    const taken: number[] = []
    for await (const { item, soon } of readAhead(stream.items, 5)) {
      taken.push(item)
      await passed(4)
      for (const places of [1, 2, 3, 4]) expect(soon(places) ?? item + places).toBe(item + places)
      expect(stream.read).toBeLessThanOrEqual(item + 6)
      if (item > 10 && item < 30) expect(soon(4)).toBe(item + 4)
      if (item === 39) expect(soon(1)).toBeUndefined()
    }
    expect(taken).toEqual(Array.from({ length: 40 }, (_, n) => n))
    expect(stream.left).toBe(true)
  })

  it('fails behind what was read before', async () => {
    const taken: number[] = []
    const take = async (): Promise<void> => {
      for await (const { item } of readAhead(counted(20, 7).items, 4)) {
        taken.push(item)
        await passed(5)
      }
    }
    await expect(take()).rejects.toThrow('torn')
    expect(taken).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('ends the stream where its reader leaves, and reads no further', async () => {
    const stream = counted(1000)
    for await (const { item } of readAhead(stream.items, 4)) if (item === 3) break
    expect(stream.left).toBe(true)
    const { read } = stream
    expect(read).toBeLessThanOrEqual(9)
    await passed(30)
    expect(stream.read).toBe(read)
  })

  it('is empty where there is nothing', async () => {
    const taken: number[] = []
    for await (const { item } of readAhead(counted(0).items, 4)) taken.push(item)
    expect(taken).toEqual([])
  })
})
