/** Whether a name is one that an export can have, asked in one way by whoever wants to know. */
import { readdir, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { exists } from '../../../system/present.ts'

/** What stands at a path: nothing; a folder that is as good as nothing; or what an export would have to replace. */
export type At = 'nothing' | 'empty folder' | 'folder' | 'file'

export async function whatIsAt(path: string): Promise<At> {
  if (!(await exists(path))) return 'nothing'
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false
  if (!isFolder) return 'file'
  return (await readdir(path).catch(() => ['?'])).length === 0 ? 'empty folder' : 'folder'
}

/** @param isFolder it is a folder of pictures that is to bear the name; an empty one is no export */
export async function isTaken(path: string, isFolder: boolean): Promise<boolean> {
  const at = await whatIsAt(path)
  return at !== 'nothing' && !(isFolder && at === 'empty folder')
}

/** Of a finished file that could not have the name that was asked for. */
export const keptAs = (asked: string, path: string): Sentence =>
  sentence`“${basename(asked)}” could not be had as a name when the export was finished; it is kept as “${basename(path)}”.`
