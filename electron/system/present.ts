/** Whether something lies at a path. */
import { lstat, stat } from 'node:fs/promises'

/** Something has this name, be it a link that leads nowhere. */
export const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** What the name stands for can be reached. */
export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
