/** Writes single pictures as PNG or TIFF, by the very conversion that exports as such pictures use. */
import { readFile, writeFile } from 'node:fs/promises'
import { endingOf } from '../../contract/fileEndings.ts'
import { exportFormat, type ExportFormatId } from '../../contract/formats.ts'
import type { Originals } from '../../contract/originals.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { eachLine, exited, LogTail, quietArgs, spawnFfmpeg } from '../ffmpeg/runFfmpeg.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import type { Footage } from '../reading/footage.ts'
import { checkWritable } from './encode.ts'
import { encodings } from './encoders.ts'
import type { FileLabel } from './fileLabel.ts'
import { withFootage } from './originals.ts'
import { pictureFilters } from './pictureFilters.ts'
import { labelledPng, labelledTiff } from './pictureLabel.ts'
import { diskFull, isDiskFull, TargetFile, type FinishedFile } from './targetFile.ts'

export interface PictureOptions {
  readonly overwrite: boolean
  readonly originals?: Originals
  /** What the picture is to say of itself; nothing when not given. */
  readonly label?: FileLabel | null
}

/** The format of a picture of this name. */
export function pictureFormat(target: string): ExportFormatId {
  return ['.tif', '.tiff'].includes(endingOf(target)) ? 'tiff-sequence' : 'png-sequence'
}

/** Raw samples as they lie in memory, and how they become the picture that is written. */
interface RawPicture {
  readonly pixelFormat: string
  readonly width: number
  readonly height: number
  readonly parts: readonly Uint8Array[]
  /** Arguments that make ffmpeg write it. */
  readonly writing: readonly string[]
}

/**
 * The file is there whole or not at all. Throws the UserErrors of TargetFile.prepare, 'encoder-missing', 'disk-full'
 * and 'ffmpeg-failed'.
 */
export async function writeRawPicture(
  tools: FfmpegTools,
  footage: Footage,
  { pixelFormat, width, height, parts, writing }: RawPicture,
  target: string,
  { overwrite, originals, label = null }: PictureOptions,
): Promise<FinishedFile> {
  const format = exportFormat(pictureFormat(target))
  checkWritable(tools, format)
  const file = await TargetFile.prepare(target, {
    overwrite,
    originals: withFootage(footage, originals),
    folder: false,
  })
  try {
    const child = spawnFfmpeg(tools, [
      ...quietArgs,
      '-v',
      'level+warning',
      '-f',
      'rawvideo',
      '-pix_fmt',
      pixelFormat,
      '-s',
      `${width}x${height}`,
      '-i',
      'pipe:0',
      '-frames:v',
      '1',
      ...writing,
      '-c:v',
      format.encoder,
      '-f',
      'image2',
      '-update',
      '1',
      '-y',
      `file:${file.part}`,
    ])
    const done = exited(child)
    const log = new LogTail()
    eachLine(child.stderr, (line) => log.add(`${line}\n`))
    for (const part of parts) child.stdin.write(part)
    child.stdin.end()
    if ((await done) !== 0) {
      if (/No space left on device|Disk quota exceeded/.test(log.text) || (await isDiskFull(file.directory))) {
        throw diskFull(file.directory, log.lines(6))
      }
      throw new UserError(
        'ffmpeg-failed',
        sentence`The picture could not be written: ffmpeg stopped.`,
        sentence`Try again, or choose another place. The footage is unharmed.`,
        log.lines(6),
      )
    }
    if (label) {
      const labelled = format.id === 'tiff-sequence' ? labelledTiff : labelledPng
      await writeFile(file.part, labelled(await readFile(file.part), label))
    }
  } catch (error) {
    await file.discard()
    throw error
  }
  return file.commit()
}

/** A frame, with 16 bits a sample. Throws the UserErrors of writeRawPicture. */
export function writePicture(
  tools: FfmpegTools,
  footage: Footage,
  planes: Planes,
  target: string,
  options: PictureOptions,
): Promise<FinishedFile> {
  const { layout, y, u, v } = planes
  const format = exportFormat(pictureFormat(target))
  const { pixelFormat, args } = encodings[format.id](layout, footage.source.field)
  const raw = {
    pixelFormat: layout.ffmpegName,
    width: layout.width,
    height: layout.height,
    parts: [y, u, v].flatMap((plane) => (plane ? [Buffer.from(plane.buffer, plane.byteOffset, plane.byteLength)] : [])),
    writing: [
      '-vf',
      pictureFilters(footage, layout, format, pixelFormat, null).join(','),
      ...args,
      '-pix_fmt',
      pixelFormat,
    ],
  }
  return writeRawPicture(tools, footage, raw, target, options)
}
