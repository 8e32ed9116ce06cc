import { describe, expect, it } from 'vitest'
import { Agreements } from './agreements.ts'

describe('the agreement to replace a file', () => {
  it('is used up by what was written, and not by what was refused', async () => {
    const agreements = new Agreements()
    agreements.add('/out.mkv')
    const asked: boolean[] = []
    const refused = agreements.use('/out.mkv', async (agreed) => {
      asked.push(agreed)
      throw new Error('the disk is full')
    })
    await expect(refused).rejects.toThrow('the disk is full')
    for (const target of ['/other.mkv', '/out.mkv', '/out.mkv'])
      await agreements.use(target, async (agreed) => void asked.push(agreed))
    expect(asked).toEqual([true, false, true, false])
  })

  it('is not given to two that are under way at once', async () => {
    const agreements = new Agreements()
    agreements.add('/out.mkv')
    const asked = Array.from({ length: 2 }, () => agreements.use('/out.mkv', async (agreed) => agreed))
    expect(await Promise.all(asked)).toEqual([true, false])
  })
})
