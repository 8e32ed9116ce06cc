import { statfs } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { workFolder } from '../../../../test/material/workFolder.ts'
import { needRoom } from './diskRoom.ts'

it('a disk that lacks a little is said to have less than is needed', async () => {
  const folder = workFolder()
  const { bavail, bsize } = await statfs(folder)
  const refused: unknown = await needRoom(folder, bavail * bsize + 2e7, false).catch((error: unknown) => error)
  const numbers = [...(refused as Error).message.matchAll(/([\d.]+) [GM]B/g)].map(([, number]) => Number(number))
  expect(numbers).toHaveLength(2)
  expect(numbers[0]).toBeGreaterThan(numbers[1]!)
})
