/**
 * Small files of the program itself: JSON that says what it is, of which version, and its content's digest, so that one
 * bit that is another is noticed. Whoever reads one finds it whole, or learns why not.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { digest } from '../../content/digest.ts'
import { isMissing } from '../../project/disk/diskErrors.ts'
import { writeAtomic } from '../../system/writeAtomic.ts'

export interface Seal<T> {
  readonly format: string
  readonly version: number
  readonly content: z.ZodType<T>
}

export type Unsealed<T> =
  | { readonly state: 'sound'; readonly content: T }
  | { readonly state: 'missing' | 'damaged' }
  /** Of a later version of the program. */
  | { readonly state: 'newer' }

/** Whole on the disk, and there to stay, when it resolves. Throws the system's error; then the old one is as it was. */
export async function writeSealed<T>(path: string, { format, version }: Seal<T>, content: T): Promise<void> {
  await writeAtomic(path, `${JSON.stringify({ format, version, digest: digest(content), content }, null, 1)}\n`)
}

/** Throws the system's error where the file is there and can't be read: then nothing is damaged. */
export async function readSealed<T>(path: string, seal: Seal<T>): Promise<Unsealed<T>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return { state: 'missing' }
    throw error
  }
  try {
    const head = z
      .object({ format: z.literal(seal.format), version: z.number().int(), digest: z.unknown(), content: z.unknown() })
      .parse(JSON.parse(text))
    if (head.version > seal.version) return { state: 'newer' }
    if (head.digest !== digest(head.content)) return { state: 'damaged' }
    return { state: 'sound', content: seal.content.parse(head.content) }
  } catch {
    return { state: 'damaged' }
  }
}
