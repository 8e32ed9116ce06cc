/** The list of films opened lately, newest first. A convenience: a damaged or unwritable list is never an error. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { recentFootageSchema, type RecentFootage } from '../contract/schemas.ts'
import { writeAtomic } from '../system/writeAtomic.ts'

const LENGTH = 12

export class RecentFootageList {
  #items: RecentFootage[] | null = null

  constructor(private readonly file: string) {}

  async list(): Promise<RecentFootage[]> {
    if (this.#items) return this.#items
    try {
      this.#items = z.array(recentFootageSchema).parse(JSON.parse(await readFile(this.file, 'utf8')))
    } catch {
      this.#items = []
    }
    return this.#items
  }

  async add(path: string): Promise<void> {
    const others = (await this.list()).filter((item) => item.path !== path)
    await this.#store([{ path, name: basename(path), openedAt: Date.now() }, ...others].slice(0, LENGTH))
  }

  async clear(): Promise<void> {
    await this.#store([])
  }

  async #store(items: RecentFootage[]): Promise<void> {
    this.#items = items
    await writeAtomic(this.file, JSON.stringify(items, null, 1)).catch(() => undefined)
  }
}
