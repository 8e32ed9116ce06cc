/**
 * The queue of exports on the disk, in a folder of the program: the list, and a folder for each order that may still
 * be carried out, with the order and the pictures and frozen colorings that its document names.
 *
 *   queue.json         what was ordered, in order, and what has become of it
 *   <id>/order.json    never changed, but for where its film lies: the list can be made anew from these
 *   <id>/assets/       kept alive here, whatever becomes of the project
 */
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { exportOrderSchema, isRearranged, type ExportOrder } from './exportOrder.ts'
import { isPicture } from '../../contract/fileEndings.ts'
import { queuedExportSchema, type QueuedExport } from '../../contract/exportQueue.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError, type UserErrorData } from '../../contract/userError.ts'
import { AssetFolder } from '../../project/disk/assets.ts'
import { isMissing, readError, writeError } from '../../project/disk/diskErrors.ts'
import { assetsOf } from '../../project/document.ts'
import { keepAside } from '../../project/disk/projectFiles.ts'
import { sideFile } from '../../system/sideFile.ts'
import { syncFolder } from '../../system/durable.ts'
import { makeFolder } from '../../system/makeFolder.ts'
import { exists } from '../../system/present.ts'
import { toBeLookedThrough } from './exportList.ts'
import { readSealed, writeSealed, type Seal } from './sealedFile.ts'

const LIST: Seal<QueuedExport[]> = { format: 'colornn-exports', version: 1, content: z.array(queuedExportSchema) }
const ORDER: Seal<ExportOrder> = { format: 'colornn-export-order', version: 1, content: exportOrderSchema }

export type StoreNotice = Pick<UserErrorData, 'message' | 'advice'>

export interface LoadedQueue {
  readonly entries: readonly QueuedExport[]
  /** What the artist should know of it. */
  readonly notices: readonly StoreNotice[]
}

/** How an order looks in the list before anything has become of it. */
export function entryOf(order: ExportOrder): QueuedExport {
  const { id, project, clip, target, format, range, comparison, delivery, pieces, lookThrough } = order
  const { from, to } = range ?? { from: 0, to: clip.frameCount }
  return {
    id,
    project: project.title,
    clip: clip.id,
    reel: clip.name,
    target,
    file: basename(target),
    format,
    range,
    ...(comparison && { comparison }),
    ...(delivery && { delivery }),
    ...(pieces && { pieces: pieces.length }),
    ...(isRearranged(order) && { rearranged: true }),
    ...(lookThrough && { lookedThrough: toBeLookedThrough(lookThrough) }),
    state: 'waiting',
    progress: { done: 0, total: to - from, framesPerSecond: 0, secondsLeft: null },
    notes: [],
    found: [],
    error: null,
    told: false,
    left: false,
  }
}

export class ExportStore {
  #wanted: readonly QueuedExport[] = []
  #written: readonly QueuedExport[] = []
  #writing: Promise<void> | null = null

  /** @param folder is made when the first export is ordered */
  constructor(readonly folder: string) {}

  get #list(): string {
    return join(this.folder, 'queue.json')
  }
  #place(id: string): string {
    return join(this.folder, id)
  }
  #orderFile(id: string): string {
    return join(this.#place(id), 'order.json')
  }

  /** The pictures and frozen colorings that an order's document names. */
  assetsOf(id: string): AssetFolder {
    return new AssetFolder(join(this.#place(id), 'assets'))
  }

  /** To be called once, before anything is written. Throws UserError where the folder can't be read. */
  async load(): Promise<LoadedQueue> {
    try {
      return await this.#load()
    } catch (error) {
      throw readError(this.#list, error)
    }
  }

  async #load(): Promise<LoadedQueue> {
    const list = await readSealed(this.#list, LIST)
    switch (list.state) {
      case 'sound':
        this.#written = this.#wanted = list.content
        await this.#removeAllBut(list.content)
        return { entries: list.content, notices: [] }
      case 'missing':
        await this.#removeAllBut([])
        return { entries: [], notices: [] }
      case 'newer':
        return { entries: [], notices: [await this.#leaveToNewer()] }
      case 'damaged':
        return this.#restore()
    }
  }

  /**
   * Takes an order for good, with what its document needs of the project's pictures. Throws UserError where that can't
   * be had or written; then nothing is left of it.
   * @param assetsNow the project's folder of pictures, wherever that is at the moment
   */
  async take(order: ExportOrder, assetsNow: () => AssetFolder): Promise<void> {
    const place = this.#place(order.id)
    try {
      await makeFolder(place)
      await this.#bringAssets(order, assetsNow)
      await writeSealed(this.#orderFile(order.id), ORDER, order)
      await syncFolder(this.folder)
    } catch (error) {
      await rm(place, { recursive: true, force: true }).catch(() => undefined)
      throw writeError(place, error)
    }
  }

  /** A project that is saved elsewhere just now has its pictures there a moment later. */
  async #bringAssets(order: ExportOrder, assetsNow: () => AssetFolder): Promise<void> {
    const ids = assetsOf({ clips: [order.clip] })
    const own = this.assetsOf(order.id)
    for (;;) {
      const source = assetsNow()
      await own.copyFrom(source, ids, { sharing: true })
      const [missing] = await own.missing(ids)
      if (missing === undefined) return
      // Says why it can't be had.
      if (assetsNow().folder === source.folder) await source.read(missing)
    }
  }

  /** Throws UserError where the order can't be read any more. */
  async order(id: string): Promise<ExportOrder> {
    const read = await readSealed(this.#orderFile(id), ORDER)
    if (read.state === 'sound') return read.content
    throw new UserError(
      'damaged',
      sentence`What was written down of this order is damaged or gone.`,
      sentence`Order the export again from its project.`,
      this.#orderFile(id),
    )
  }

  /** Notes where the film of an order lies by now. Throws UserError where that can not be written. */
  async moveFilm(order: ExportOrder, footage: ExportOrder['clip']['footage']): Promise<void> {
    const { originals, clip } = order
    const kind = isPicture(footage.absolutePath) ? 'sequences' : 'files'
    const moved: ExportOrder = {
      ...order,
      clip: { ...clip, footage },
      originals: { ...originals, [kind]: [...new Set([...originals[kind], footage.absolutePath])] },
    }
    try {
      await writeSealed(this.#orderFile(order.id), ORDER, moved)
    } catch (error) {
      throw writeError(this.#orderFile(order.id), error)
    }
  }

  /** It is done, or was taken out of the list: nobody asks for it any more. */
  async forget(id: string): Promise<void> {
    await rm(this.#place(id), { recursive: true, force: true }).catch(() => undefined)
  }

  /** Resolves when the list, or a later one, is on the disk. Throws UserError where it can't be written. */
  write(entries: readonly QueuedExport[]): Promise<void> {
    this.#wanted = entries
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = null))
    return this.#writing
  }

  async #writeAll(): Promise<void> {
    // What is changed in one breath is written once.
    await Promise.resolve()
    while (this.#written !== this.#wanted) {
      const entries = this.#wanted
      try {
        await makeFolder(this.folder)
        await writeSealed(this.#list, LIST, [...entries])
      } catch (error) {
        throw writeError(this.#list, error)
      }
      this.#written = entries
    }
  }

  /** Whatever an interrupted order, or one that has ended, has left. */
  async #removeAllBut(entries: readonly QueuedExport[]): Promise<void> {
    const known = new Set(entries.filter(({ state }) => state !== 'done').map(({ id }) => id))
    for (const id of await this.#places()) if (!known.has(id)) await this.forget(id)
  }

  async #places(): Promise<string[]> {
    try {
      const entries = await readdir(this.folder, { withFileTypes: true })
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  /** The list is made anew of the orders; which of them have failed or were cancelled, it alone knew. */
  async #restore(): Promise<LoadedQueue> {
    await keepAside({ path: this.#list, why: 'damaged', copy: false })
    const orders: ExportOrder[] = []
    for (const id of await this.#places()) {
      const read = await readSealed(this.#orderFile(id), ORDER)
      if (read.state === 'sound') orders.push(read.content)
    }
    const entries = orders.sort((a, b) => a.orderedAt - b.orderedAt).map(entryOf)
    await this.write(entries)
    return {
      entries,
      notices: [
        {
          message: sentence`The list of exports was damaged; it was put together again from the orders themselves.`,
          advice:
            entries.length > 0
              ? sentence`Look through the list: some of them may have been cancelled before.`
              : sentence`Nothing was waiting to be exported.`,
        },
      ],
    }
  }

  /** Nothing of it is touched: that program may be started again. */
  async #leaveToNewer(): Promise<StoreNotice> {
    let aside = ''
    for (let number = 1; aside === '' || (await exists(aside)); number++)
      aside = sideFile(this.folder, ` of a later version ${number}`)
    await rename(this.folder, aside)
    await syncFolder(dirname(this.folder))
    return {
      message: sentence`The exports that wait were ordered with a later version of ColoRNN Studio, and are left to it.`,
      advice: sentence`To go on with them in that version, close the program and rename the folder “${aside}” to “${this.folder}”.`,
    }
  }
}
