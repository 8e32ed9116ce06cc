/** Writes single pictures as PNG or TIFF, by the very conversion that exports as such pictures use. */
import { readFile, writeFile } from 'node:fs/promises'
import { endingOf } from '../../contract/fileEndings.ts'
import { asItIs } from '../../contract/delivery.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { exportFormat, type ExportFormatId } from '../../contract/formats.ts'
import type { Originals } from '../../contract/originals.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import type { Planes } from '../picture/pixelLayout.ts'
import type { Footage } from '../reading/footage.ts'
import { checkWritable } from './encode.ts'
import { encodeRaw, pictureFailed, rawSamples, type RawSamples } from './encodeRaw.ts'
import { encodings, type Encoding } from './segments/encoders.ts'
import type { FileLabel } from './heads/fileLabel.ts'
import { withFootage } from './files/originals.ts'
import { pictureFilters } from './filters/pictureFilters.ts'
import { finishedPng, finishedTiff } from './heads/pictureHeads.ts'
import { hashOfFile } from './check/readBackFiles.ts'
import { hashesIn, hashOutput, splitFilters } from './check/sampleHash.ts'
import { diskFull, isDiskFull, TargetFile, type FinishedFile } from './files/targetFile.ts'

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

interface RawPicture extends RawSamples {
  /** What makes of them what is written; empty where they are that. */
  readonly filters: string
  /** What the encoder is given, and how it is asked. */
  readonly encoding: Encoding
}

/**
 * The file is there whole or not at all, and holds the very samples that its encoder was given. Throws the UserErrors
 * of TargetFile.prepare, 'encoder-missing', 'disk-full' and 'ffmpeg-failed'.
 */
export async function writeRawPicture(
  tools: FfmpegTools,
  footage: Footage,
  { filters, encoding, ...raw }: RawPicture,
  target: string,
  { overwrite, originals, label = null }: PictureOptions,
): Promise<FinishedFile> {
  const format = exportFormat(pictureFormat(target))
  await checkWritable(tools, format)
  const file = await TargetFile.prepare(target, {
    overwrite,
    originals: withFootage(footage, originals),
    folder: false,
  })
  try {
    const { pixelFormat, args } = encoding
    const { bytes, trouble } = await encodeRaw(tools, raw, [
      ...splitFilters(filters),
      ...[...args, '-pix_fmt', pixelFormat, '-c:v', format.encoder],
      ...['-f', 'image2', '-update', '1', '-y', `file:${file.part}`],
      ...hashOutput(pixelFormat, 'pipe:1'),
    ])
    if (trouble !== null) {
      const isFull =
        /No space left on device|Disk quota exceeded/.test(trouble.text) || (await isDiskFull(file.directory))
      throw isFull ? diskFull(file.directory, trouble.lines(6)) : pictureFailed(trouble)
    }
    const finished = format.id === 'tiff-sequence' ? finishedTiff : finishedPng
    await writeFile(file.part, finished(await readFile(file.part), label))
    const [hash] = hashesIn(Buffer.from(bytes).toString('latin1'))
    const written = await hashOfFile(tools, file.part, format.encoder, pixelFormat).catch(() => {
      throw pictureFailed(null)
    })
    if (hash === undefined || written !== hash) throw otherPicture()
  } catch (error) {
    await file.discard()
    throw error
  }
  return file.commit()
}

function otherPicture(): UserError {
  return new UserError(
    'ffmpeg-failed',
    sentence`The picture that was written is not the one that was to be written, sample for sample; it was removed.`,
    sentence`Try again, or choose another place. The footage is unharmed.`,
  )
}

/** A frame, with 16 bits a sample. Throws the UserErrors of writeRawPicture. */
export function writePicture(
  tools: FfmpegTools,
  footage: Footage,
  planes: Planes,
  target: string,
  options: PictureOptions,
): Promise<FinishedFile> {
  const { layout } = planes
  const format = exportFormat(pictureFormat(target))
  const encoding = encodings[format.id](layout, footage.source.field, asItIs)
  const filters = pictureFilters(footage, layout, format, encoding.pixelFormat, null, null).join(',')
  return writeRawPicture(tools, footage, { ...rawSamples(planes), filters, encoding }, target, options)
}
