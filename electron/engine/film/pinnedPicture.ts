/** A colored picture that the artist pins to a frame: its chroma, at full size for exports and at the networks' size. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UserError } from '../../contract/userError.ts'
import { coloredLayout } from '../media/exportFormats.ts'
import type { Footage } from '../media/footage.ts'
import { fileUrl, protocolArgs } from '../media/inputFile.ts'
import type { FfmpegTools } from '../media/locateFfmpeg.ts'
import { exited, LogTail, eachLine, quietArgs, spawnFfmpeg } from '../media/runFfmpeg.ts'
import type { NetworkChroma } from '../network/networks.ts'
import { chromaPlanes, networkChroma } from '../picture/pictureChroma.ts'
import type { Plane } from '../picture/pixelLayout.ts'

/** A picture whose shape differs by more than this from the frame's shows something else, or was cropped. */
const ASPECT_TOLERANCE = 0.03

export interface PinnedPicture {
  /** SHA-256 of the picture's file. */
  readonly hash: string
  /** Planes of coloredLayout(footage.layout), at the frame's size. */
  readonly u: Plane
  readonly v: Plane
  readonly chroma: NetworkChroma
}

function badPicture(path: string, what: string, advice: string, detail?: string): UserError {
  return new UserError('bad-picture', `“${basename(path)}” ${what}`, advice, detail)
}

interface Decoded {
  readonly width: number
  readonly height: number
  readonly pixels: Buffer
}

/** One picture through ffmpeg: the bytes after `filters`, and its own size before them. */
async function decodePicture(tools: FfmpegTools, path: string, filters: string, size: number): Promise<Decoded> {
  const input = /\.(png|tiff?|jpe?g|dpx|exr|bmp|jp2|j2k|jxl|tga|pgm|ppm|pnm|webp|sgi|cin)$/i.test(path) ? ['-f', 'image2', '-pattern_type', 'none'] : []
  const child = spawnFfmpeg(tools, [
    '-nostdin', ...quietArgs, '-v', 'level+info', '-noautorotate', ...protocolArgs, ...input, '-i', fileUrl(path),
    '-map', '0:V:0', '-frames:v', '1', '-vf', `showinfo=checksum=0,${filters}`, '-f', 'rawvideo', '-',
  ])
  const done = exited(child)
  const log = new LogTail()
  let shown: RegExpExecArray | null = null
  eachLine(child.stderr, (line) => {
    shown ??= /\bs:(\d+)x(\d+)\b/.exec(line)
    log.add(`${line}\n`)
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  await done
  const pixels = Buffer.concat(chunks)
  const found = shown as RegExpExecArray | null
  if (!found || pixels.length !== size) {
    throw badPicture(path, 'can not be read as a picture.', 'Save it again as PNG, TIFF or JPEG.', log.lines(6))
  }
  return { width: Number(found[1]), height: Number(found[2]), pixels }
}

/**
 * Reads a picture for a frame of `footage`. It may have another size, not another shape. Throws UserError: not-found,
 * no-permission, is-a-folder, empty-file, bad-picture.
 * @param networkWidth of the networks' luma
 */
export async function readPinnedPicture(
  tools: FfmpegTools,
  footage: Footage,
  path: string,
  networkWidth: number,
  networkHeight: number,
): Promise<PinnedPicture> {
  const file = await readPictureFile(path)
  const layout = coloredLayout(footage.layout)
  const { width, height } = layout
  // ffmpeg would dither 16 bit down to 8; so it only scales, and the samples are made here.
  const full = await decodePicture(tools, path, `scale=${width}:${height}:flags=accurate_rnd+full_chroma_int+full_chroma_inp+bicubic,format=rgb48le`, width * height * 6)
  const { info } = footage
  const shape = full.width / full.height
  const stored = info.width / info.height
  const shownAs = stored * (info.pixelAspect.num / info.pixelAspect.den)
  const fits = [stored, shownAs].some((aspect) => Math.abs(Math.log(shape / aspect)) < ASPECT_TOLERANCE)
  if (!fits) {
    throw badPicture(
      path,
      `has another shape than the film: it is ${full.width} x ${full.height}, the film ${info.width} x ${info.height}.`,
      'Crop or extend the picture so that it shows exactly what the frame shows.',
    )
  }
  const rgb = new Uint16Array(full.pixels.buffer.slice(full.pixels.byteOffset, full.pixels.byteOffset + full.pixels.length))
  const [u, v] = chromaPlanes(rgb, layout)
  return {
    hash: createHash('sha256').update(file).digest('hex'),
    u,
    v,
    chroma: networkChroma(rgb, width, height, networkWidth >> 1, networkHeight >> 1),
  }
}

async function readPictureFile(path: string): Promise<Buffer> {
  let file: Buffer
  try {
    file = await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const name = `“${basename(path)}”`
    if (code === 'EACCES' || code === 'EPERM') {
      throw new UserError('no-permission', `You may not read the picture ${name}.`, 'Change the permissions of the file, or copy it to a folder of your own.', path)
    }
    if (code === 'EISDIR') throw new UserError('is-a-folder', `${name} is a folder, not a picture.`, 'Choose a picture file.', path)
    throw new UserError('not-found', `The picture ${name} was not found.`, 'Check whether it was moved or renamed, and choose it again.', path)
  }
  if (file.length === 0) throw new UserError('empty-file', `The picture ${JSON.stringify(basename(path))} is empty: it holds zero bytes.`, 'Save it again.', path)
  return file
}
