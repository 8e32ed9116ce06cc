/**
 * Pictures and colorings that a project needs and its own folder of them lacks: the project file was renamed, copied or
 * moved without that folder, or the folder went away while the project was open.
 */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { AssetFolder, assetsInHistory } from './assets.ts'
import type { HistoryState } from '../history.ts'
import { assetsFolder } from './projectFiles.ts'

/** The ending of the folders that projects keep their assets in. */
const TAIL = /-assets$/

/** Folders of assets beside a project file, its own included. */
async function foldersBeside(path: string): Promise<AssetFolder[]> {
  const folder = dirname(path)
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => TAIL.test(name)).map((name) => new AssetFolder(join(folder, name)))
}

/**
 * Brings over what is missing from the folders of other projects beside one or other of these files: an asset is named
 * by its bytes, so that whatever bears the name is the right one.
 * @param beside project files, this one's own and those that it was before
 * @returns how many stay missing
 */
export async function fetchLostAssets(
  into: AssetFolder,
  { own, done, undone, findings }: HistoryState,
  beside: readonly string[],
): Promise<number> {
  let lost = await into.missing(assetsInHistory(own, [...done, ...undone], findings))
  for (const path of lost.length > 0 ? beside : []) {
    for (const folder of await foldersBeside(path)) {
      if (lost.length === 0) return 0
      // What can not be had from one may lie in another.
      await into.copyFrom(folder, lost, { sharing: true }).catch(() => undefined)
      lost = await into.missing(lost)
    }
  }
  return lost.length
}

/** What to say of so many. @param path of the project whose folder of assets held them */
export function lostAssets(count: number, path: string): { message: Sentence; advice: Sentence } {
  return {
    message:
      count === 1
        ? sentence`A picture that belongs to this project is missing.`
        : sentence`${count} pictures and colorings that belong to this project are missing.`,
    advice: sentence`Put the folder “${basename(assetsFolder(path))}” back beside the project file, and save.`,
  }
}
