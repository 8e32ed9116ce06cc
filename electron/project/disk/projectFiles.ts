/** The files of a project: the one that is saved, and what lies beside it under the same name. */
import { copyFile, rename } from 'node:fs/promises'
import { sideFile } from '../../system/sideFile.ts'
import { exists } from '../../system/present.ts'

export const journalFile = (path: string): string => sideFile(path, '-journal')
export const backupFile = (path: string): string => sideFile(path, '-backup')
export const lockFile = (path: string): string => sideFile(path, '-lock')
export const assetsFolder = (path: string): string => sideFile(path, '-assets')

/** Gives a damaged or foreign file a name under which nothing touches it any more, and tells that name. */
export async function keepAside({ path, why, copy }: { path: string; why: string; copy: boolean }): Promise<string> {
  for (let number = 1; ; number++) {
    const aside = sideFile(path, `.${why}-${number}`)
    if (await exists(aside)) continue
    await (copy ? copyFile(path, aside) : rename(path, aside))
    return aside
  }
}
