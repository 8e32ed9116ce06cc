/**
 * Puts the label (fileLabel.ts) into finished movie files as XMP, where part 3 of Adobe's specification (2020,
 * "Storage in files") has it: QuickTime in the user data of the movie's box, MP4 in a box of its own, which readers
 * that do not know it pass over. Nothing that lies before it moves.
 */
import { open, type FileHandle } from 'node:fs/promises'
import { partsOf, readBox, type Part } from '../../reading/opening/containerParts.ts'
import { xmpOf, type FileLabel } from './fileLabel.ts'
import { box } from './movieBox.ts'

/** Of XMP in MP4. */
const XMP_UUID = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex')

/** Makes a box longer, whose length stands in its first four bytes. */
async function lengthen(file: FileHandle, part: Part, by: number): Promise<void> {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(part.to - part.from + 8 + by)
  await file.write(length, 0, 4, part.from - 8)
}

/**
 * The boxes that grow with what is put behind the end of a QuickTime file: the movie's, and its user data where that is
 * its last part; null where the file does not end with them.
 */
async function growing(file: FileHandle, size: number): Promise<{ movie: Part; data: Part | null } | null> {
  const movie = (await partsOf(file, readBox, { from: 0, to: size })).at(-1)
  // A longer head than of 8 bytes is for longer boxes than a movie's.
  if (movie?.name !== 'moov' || movie.to !== size || size > 0xffff_ffff) return null
  const parts = await partsOf(file, readBox, movie)
  const data = parts.find(({ name }) => name === 'udta') ?? null
  if (data === null) return { movie, data }
  // Old QuickTime closes user data with a zero, behind which nothing may stand.
  const isOpen = data.to === movie.to && (await partsOf(file, readBox, data)).at(-1)?.to === data.to
  return isOpen ? { movie, data } : null
}

/**
 * @param path of a finished file
 * @throws Error where it can't be read or written
 */
export async function labelMovie(path: string, container: 'mov' | 'mp4', label: FileLabel): Promise<void> {
  const xmp = Buffer.from(xmpOf(label))
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    const grows = container === 'mov' ? await growing(file, size) : null
    if (!grows) {
      const apart = box('uuid', XMP_UUID, xmp)
      await file.write(apart, 0, apart.length, size)
      return
    }
    const inside = box('XMP_', xmp)
    const added = grows.data ? inside : box('udta', inside)
    await file.write(added, 0, added.length, size)
    if (grows.data) await lengthen(file, grows.data, added.length)
    await lengthen(file, grows.movie, added.length)
  } finally {
    await file.close()
  }
}
