/** A picture of all pictures: for whoever wants to see that each export looks like its film. */
import { rm, writeFile } from 'node:fs/promises'
import { ffmpeg } from '../material/films.ts'
import { HEIGHT, WIDTH } from './sources.ts'

/** First pictures in RGB of 16 bits; null where there is no export. */
export type SheetRow = readonly (Uint16Array | null)[]

/** Rows from top to bottom, half as wide and high as the pictures are. */
export async function writeSheet(path: string, rows: readonly SheetRow[]): Promise<void> {
  const columns = Math.max(...rows.map((row) => row.length))
  const empty = new Uint16Array(WIDTH * HEIGHT * 3).fill(12_000)
  const pictures = rows.flatMap((row) => Array.from({ length: columns }, (_, n) => row[n] ?? empty))
  const raw = `${path}.rgb`
  await writeFile(
    raw,
    Buffer.concat(pictures.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength))),
  )
  await ffmpeg([
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb48le', '-s', `${WIDTH}x${HEIGHT}`, '-i', raw],
    ...['-vf', `scale=iw/2:ih/2,tile=${columns}x${rows.length}:padding=4`, '-frames:v', '1', '-pix_fmt', 'rgb24', path],
  ])
  await rm(raw)
}
