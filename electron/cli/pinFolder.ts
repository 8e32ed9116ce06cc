/**
 * Where colorings lie that the command line pins on its way: in the system's folder for what is temporary. Each says
 * whose it is, so that the next run removes what one that was killed has left.
 */
import { lstat, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { AssetFolder } from '../project/disk/assets.ts'
import { makeTemporary, temporaryTrouble } from '../system/temporaryFolder.ts'
import { judge, lockHolderSchema, thisHolder } from '../project/disk/lockHolder.ts'

const PREFIX = 'colornn-pins-'
/** In each folder, beside the colorings. */
const HOLDER = 'holder.json'

/** Those of this process that are in use, by the ends of their names. */
const inUse = new Set<string>()

export class PinFolder {
  #assets: Promise<AssetFolder> | null = null

  constructor(private readonly parent = tmpdir()) {}

  /** Made when it is first asked for. */
  assets(): Promise<AssetFolder> {
    this.#assets ??= this.#make()
    return this.#assets
  }

  async remove(): Promise<void> {
    const assets = await this.#assets?.catch(() => null)
    if (!assets) return
    await rm(assets.folder, { recursive: true, force: true })
    inUse.delete(basename(assets.folder))
  }

  async #make(): Promise<AssetFolder> {
    const folder = await makeTemporary(PREFIX, this.parent)
    inUse.add(basename(folder))
    try {
      await writeFile(join(folder, HOLDER), JSON.stringify(thisHolder(basename(folder))))
    } catch (error) {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined)
      throw temporaryTrouble(error, this.parent)
    }
    return new AssetFolder(folder)
  }
}

/** Removes such folders of this user whose programs run no more; what can't be told, or removed, stays. */
export async function removeLeftPins(parent = tmpdir()): Promise<void> {
  const names = await readdir(parent).catch(() => [])
  for (const name of names) {
    if (name.startsWith(PREFIX) && (await isLeft(join(parent, name)).catch(() => false)))
      await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

async function isLeft(folder: string): Promise<boolean> {
  const stats = await lstat(folder)
  if (!stats.isDirectory() || (process.getuid && stats.uid !== process.getuid())) return false
  const holder = lockHolderSchema.parse(JSON.parse(await readFile(join(folder, HOLDER), 'utf8')))
  return judge(holder, Date.now() - stats.mtimeMs, (token) => inUse.has(token)) === 'dead'
}
