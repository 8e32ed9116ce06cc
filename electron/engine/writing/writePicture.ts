/** Writes one picture as PNG, by the very conversion that exports as PNG pictures use. */
import type { Originals } from '../../contract/originals.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import { checkWritable } from './encode.ts'
import { exportFormat } from '../../contract/formats.ts'
import { encodings } from './encoders.ts'
import type { Footage } from '../reading/footage.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { eachLine, exited, LogTail, quietArgs, spawnFfmpeg } from '../ffmpeg/runFfmpeg.ts'
import { pictureFilters } from './pictureFilters.ts'
import { withFootage } from './originals.ts'
import { diskFull, isDiskFull, TargetFile, type FinishedFile } from './targetFile.ts'

/**
 * 16 bits a sample. The file is there whole or not at all. Throws the UserErrors of
 * TargetFile.prepare, 'encoder-missing', 'disk-full' and 'ffmpeg-failed'.
 */
export async function writePicture(
  tools: FfmpegTools,
  footage: Footage,
  planes: Planes,
  target: string,
  options: { readonly overwrite: boolean; readonly originals?: Originals },
): Promise<FinishedFile> {
  const { layout, y, u, v } = planes
  const format = exportFormat('png-sequence')
  checkWritable(tools, format)
  const { pixelFormat, args } = encodings[format.id](layout, footage.source.field)
  const file = await TargetFile.prepare(target, {
    overwrite: options.overwrite,
    originals: withFootage(footage, options.originals),
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
      layout.ffmpegName,
      '-s',
      `${layout.width}x${layout.height}`,
      '-i',
      'pipe:0',
      '-frames:v',
      '1',
      '-vf',
      pictureFilters(footage, layout, format, pixelFormat, null).join(','),
      '-c:v',
      format.encoder,
      ...args,
      '-pix_fmt',
      pixelFormat,
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
    for (const plane of [y, u, v])
      if (plane) child.stdin.write(Buffer.from(plane.buffer, plane.byteOffset, plane.byteLength))
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
  } catch (error) {
    await file.discard()
    throw error
  }
  return file.commit()
}
