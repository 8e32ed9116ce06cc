/**
 * Writes an export of drawn pictures, whatever becomes of it: for tests that kill it. Needs no networks.
 *   writeFilm.ts <film> <target> <format> <pictures of a segment>
 * Prints the number of the frame that it begins with, and of each frame that is written.
 */
import { join } from 'node:path'
import { exportFormats, type ExportFormatId } from '../../electron/contract/formats.ts'
import { PartRegister } from '../../electron/engine/writing/files/partFiles.ts'
import { recolor } from './recolor.ts'

const [film, target, format, length] = process.argv.slice(2)
if (!film || !target || !format || !(format in exportFormats))
  throw new Error('usage: writeFilm.ts <film> <target> <format> <pictures of a segment>')
const say = (frame: number): void => void process.stdout.write(`${frame}\n`)
await recolor(film, target, format as ExportFormatId, {
  content: 'drawn',
  segmentPictures: Number(length),
  parts: new PartRegister(join(target, '..', '..', 'notes')),
  onFrame: say,
})
