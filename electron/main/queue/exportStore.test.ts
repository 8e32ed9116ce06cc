/** The queue of exports on the disk: what a crash, a damaged file or another version of the program leaves of it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { exportOrder as order } from '../../../test/material/exportOrder.ts'
import { workFolder } from '../../../test/material/workFolder.ts'
import type { QueuedExport } from '../../contract/exportQueue.ts'
import { inWords, sentence } from '../../contract/sentence.ts'
import type { UserErrorData } from '../../contract/userError.ts'
import { AssetFolder } from '../../project/disk/assets.ts'
import type { ExportOrder } from './exportOrder.ts'
import { entryOf, ExportStore } from './exportStore.ts'

let folder: string
let project: AssetFolder
let queue: string
beforeEach(() => {
  folder = workFolder()
  project = new AssetFolder(join(folder, 'reel.colornn-assets'))
  queue = join(folder, 'exports')
})

/** Takes these in a store, and writes the list with them. */
async function taken(orders: readonly ExportOrder[]): Promise<QueuedExport[]> {
  const store = new ExportStore(queue)
  expect(await store.load()).toEqual({ entries: [], notices: [] })
  for (const each of orders) await store.take(each, () => project)
  const entries = orders.map(entryOf)
  await store.write(entries)
  return entries
}

const said = async (): Promise<{ ids: string[]; notices: string[] }> => {
  const { entries, notices } = await new ExportStore(queue).load()
  return { ids: entries.map(({ id }) => id), notices: notices.map(({ message }) => inWords(message)) }
}

describe('the queue of exports on the disk', () => {
  it('is there again with every order whole, and with pictures that the project has no more', async () => {
    const asset = await project.put(Buffer.from('frozen colors'), 'chroma')
    const first = order('first', 2, asset)
    const entries = await taken([first, order('second', 1)])
    rmSync(project.folder, { recursive: true })
    const store = new ExportStore(queue)
    expect(await store.load()).toEqual({ entries, notices: [] })
    expect(await store.order('first')).toEqual(first)
    expect((await store.assetsOf('first').read(asset)).toString()).toBe('frozen colors')
    await store.forget('first')
    await expect(store.order('first')).rejects.toMatchObject({ code: 'damaged' })
    expect(readdirSync(queue).sort()).toEqual(['queue.json', 'second'])
  })

  it('takes no order whose pictures are not all there, and keeps nothing of it', async () => {
    const gone = `${'a'.repeat(64)}.chroma`
    const store = new ExportStore(queue)
    await expect(store.take(order('first', 1, gone), () => project)).rejects.toMatchObject({ code: 'not-found' })
    expect(readdirSync(queue)).toEqual([])
  })

  it('takes the pictures from where the project has been saved meanwhile', async () => {
    const asset = await project.put(Buffer.from('frozen colors'), 'chroma')
    const places = [new AssetFolder(join(folder, 'left')), project]
    const store = new ExportStore(queue)
    await store.take(order('first', 1, asset), () => places.shift() ?? project)
    expect((await store.assetsOf('first').read(asset)).toString()).toBe('frozen colors')
  })

  it('drops what an order has left that was cut off before anybody was told that it is taken', async () => {
    await taken([order('first', 1)])
    await new ExportStore(queue).take(order('cut off', 2), () => project)
    expect(await said()).toEqual({ ids: ['first'], notices: [] })
    expect(readdirSync(queue).sort()).toEqual(['first', 'queue.json'])
  })

  it.each([
    ['one bit that is another', (text: string) => text.replace('second.mkv', 'secone.mkv')],
    ['an end that is missing', (text: string) => text.slice(0, text.length / 2)],
    ['nothing in it', () => ''],
    ['zeros in it', (text: string) => '\0'.repeat(text.length)],
    ['what is no list', () => '{"format":"colornn-exports","version":1,"content":7}'],
  ])('is made anew of the orders where the list has %s; the damaged one is kept, and it is said', async (_, damage) => {
    await taken([order('second', 2), order('first', 1)])
    const list = join(queue, 'queue.json')
    const damaged = damage(readFileSync(list, 'utf8'))
    writeFileSync(list, damaged)
    const message = 'The list of exports was damaged; it was put together again from the orders themselves.'
    expect(await said()).toEqual({ ids: ['first', 'second'], notices: [message] })
    expect(readFileSync(`${list}.damaged-1`, 'utf8')).toBe(damaged)
    expect(await said()).toEqual({ ids: ['first', 'second'], notices: [] })
  })

  it('refuses an order that is damaged, and no other', async () => {
    await taken([order('first', 1), order('second', 2)])
    const file = join(queue, 'first', 'order.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('reel.mkv', 'real.mkv'))
    const store = new ExportStore(queue)
    await store.load()
    await expect(store.order('first')).rejects.toMatchObject({ code: 'damaged' })
    expect((await store.order('second')).id).toBe('second')
  })

  it('is left to a later version of the program whole, and begun anew', async () => {
    await taken([order('first', 1)])
    const list = join(queue, 'queue.json')
    const later = readFileSync(list, 'utf8').replace('"version": 1', '"version": 2')
    writeFileSync(list, later)
    const { entries, notices } = await new ExportStore(queue).load()
    const aside = `${queue} of a later version 1`
    expect([entries, notices.map(({ advice }) => inWords(advice))]).toEqual([
      [],
      [expect.stringContaining(`rename the folder “${aside}” to “${queue}”`)],
    ])
    expect(readFileSync(join(aside, 'queue.json'), 'utf8')).toBe(later)
    expect([existsSync(join(aside, 'first', 'order.json')), existsSync(queue)]).toEqual([true, false])
    expect(await said()).toEqual({ ids: [], notices: [] })
  })

  it('holds what failed by an error that this version does not know, with its words', async () => {
    const [entry] = await taken([order('first', 1)])
    const error = {
      code: 'of-a-later-version',
      message: sentence`It failed.`,
      advice: sentence`Try again.`,
    } as unknown as UserErrorData
    await new ExportStore(queue).write([{ ...entry!, state: 'failed', error }])
    const { entries } = await new ExportStore(queue).load()
    expect(entries[0]).toMatchObject({ state: 'failed', error: { ...error, code: 'internal' } })
  })

  it('is not taken for empty where it can not be read', async () => {
    mkdirSync(join(queue, 'queue.json'), { recursive: true })
    await expect(new ExportStore(queue).load()).rejects.toMatchObject({ code: 'is-a-folder' })
  })

  it('writes what was changed last, and says why where it can not', async () => {
    const [entry] = await taken([order('first', 1)])
    const store = new ExportStore(queue)
    const writes = [1, 2, 3].map((done) => store.write([{ ...entry!, progress: { ...entry!.progress, done } }]))
    await Promise.all(writes)
    expect((await new ExportStore(queue).load()).entries[0]!.progress.done).toBe(3)
    writeFileSync(join(folder, 'file'), '')
    const nowhere = new ExportStore(join(folder, 'file', 'exports'))
    await expect(nowhere.write([entry!])).rejects.toMatchObject({ advice: expect.anything() as object })
  })
})
