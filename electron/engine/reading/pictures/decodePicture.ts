/** A still picture that the artist brings along, read by ffmpeg. */
import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { isPicture } from '../../../contract/fileEndings.ts'
import { uprightSize } from '../../../contract/orientation.ts'
import { assetIdSchema } from '../../../contract/operations.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import { errorCode } from '../../../system/errorCode.ts'
import { fileUrl } from '../inputFile.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { linearSpace, toSrgb } from './iccProfile.ts'
import { uprightFilters } from './orientation.ts'
import { pictureColors } from './pictureColors.ts'
import { pictureOrientation } from './pictureOrientation.ts'
import { decodedFormat } from '../decoding/pixelFormats.ts'
import { parseShownFrame, type ShownFrame } from '../opening/probeText.ts'
import { isHalfFloatTiff, whyUnreadable } from '../opening/unreadable.ts'
import { filmGuards, pictureGuards } from '../../ffmpeg/inputGuards.ts'
import { eachLine, exited, LogTail, quietArgs, spawnFfmpeg } from '../../ffmpeg/runFfmpeg.ts'
import { TagLines } from '../../ffmpeg/tagLines.ts'

export function badPicture(path: string, what: Sentence, advice: Sentence, detail?: string): UserError {
  return new UserError('bad-picture', sentence`“${basename(path)}” ${what}`, advice, detail)
}

export interface DecodedPicture {
  /** Of the picture itself, upright as it says, before the filters. */
  readonly width: number
  readonly height: number
  /** What the filters give, samples of 16 bits interleaved; sRGB, whatever the file's colors are in. */
  readonly samples: Uint16Array
}

/** What the filters are to end in. */
export type PackedFormat = 'rgb48le' | 'rgba64le'

/**
 * Decodes one picture. Throws the UserErrors of readPictureFile, and 'bad-picture' where ffmpeg can make nothing of the
 * file or its colors are told in a way that can't be followed.
 * @param filters of ffmpeg, before the conversion to 'format'
 */
export async function decodePicture(
  tools: FfmpegTools,
  path: string,
  filters: readonly string[],
  format: PackedFormat,
): Promise<DecodedPicture> {
  const file = await readPictureFile(path)
  if (await isHalfFloatTiff(path)) {
    throw badPicture(
      path,
      sentence`holds half-float samples, which can not be read as they are meant.`,
      sentence`Save the pictures again as TIFF of 16 bits, or as EXR.`,
    )
  }
  const colors = pictureColors(file)
  if (colors === 'unknown') {
    throw badPicture(
      path,
      sentence`has a color profile that can not be applied.`,
      sentence`Convert it to sRGB in the program that it was painted with, and save it again.`,
    )
  }
  const orientation = pictureOrientation(file)
  // Turned at full chroma: not every way of storing it could be turned as it is.
  const turn = uprightFilters(orientation)
  const turned =
    turn.length > 0
      ? ['scale=flags=accurate_rnd+full_chroma_int+full_chroma_inp+bicubic', `format=${format}`, ...turn]
      : []
  const input = isPicture(path) ? [...pictureGuards, '-pattern_type', 'none'] : filmGuards
  const child = spawnFfmpeg(tools, [
    '-nostdin',
    ...quietArgs,
    '-v',
    'level+info',
    '-noautorotate',
    ...input,
    '-i',
    fileUrl(path),
    '-map',
    '0:V:0',
    '-frames:v',
    '1',
    '-vf',
    ['showinfo=checksum=0', ...turned, ...filters, `format=${format}`].join(','),
    '-f',
    'rawvideo',
    '-',
  ])
  const done = exited(child)
  const log = new LogTail()
  const tags = new TagLines()
  let shown: ShownFrame | null = null
  eachLine(child.stderr, (line) => {
    if (tags.isTag(line)) return
    shown ??= parseShownFrame(line)
    log.add(`${line}\n`)
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  await done
  const bytes = Buffer.concat(chunks)
  const frame = shown as ShownFrame | null
  if (!frame || bytes.length === 0) {
    const unreadable = await whyUnreadable(path, log.text)
    throw badPicture(
      path,
      unreadable?.what ?? sentence`can not be read as a picture.`,
      unreadable?.advice ?? sentence`Save it again as PNG, TIFF or JPEG.`,
      log.lines(6),
    )
  }
  const samples = new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~1)))
  const space = colors ?? (decodedFormat(frame.format).linear ? linearSpace : null)
  if (space) toSrgb(samples, format === 'rgb48le' ? 3 : 4, space)
  const [width, height] = uprightSize({ width: frame.width, height: frame.height, rotation: orientation.rotation })
  return { width, height, samples }
}

/** The file's bytes. Throws UserError 'no-permission', 'is-a-folder', 'not-found' or 'empty-file'. */
export async function readPictureFile(path: string): Promise<Buffer> {
  const name = `“${basename(path)}”`
  let file: Buffer
  try {
    file = await readFile(path)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EACCES' || code === 'EPERM') {
      throw new UserError(
        'no-permission',
        sentence`You may not read the picture ${name}.`,
        sentence`Change the permissions of the file, or copy it to a folder of your own.`,
        path,
      )
    }
    if (code === 'EISDIR') {
      throw new UserError(
        'is-a-folder',
        sentence`${name} is a folder, not a picture.`,
        sentence`Choose a picture file.`,
        path,
      )
    }
    // Its name is a digest, which says nothing to anybody.
    if (assetIdSchema.safeParse(basename(path)).success) {
      throw new UserError(
        'not-found',
        sentence`A picture that belongs to this project is missing.`,
        sentence`Put the folder “${basename(dirname(path))}” back beside the project file.`,
        path,
      )
    }
    throw new UserError(
      'not-found',
      sentence`The picture ${name} was not found.`,
      sentence`Check whether it was moved or renamed, and choose it again.`,
      path,
    )
  }
  if (file.length === 0) {
    throw new UserError(
      'empty-file',
      sentence`The picture ${name} is empty: it holds zero bytes.`,
      sentence`Save it again.`,
      path,
    )
  }
  return file
}
