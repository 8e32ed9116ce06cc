/** A still picture that the artist brings along, read by ffmpeg. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isPicture } from '../../contract/fileEndings.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { fileUrl, protocolArgs } from './inputFile.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { eachLine, exited, LogTail, quietArgs, spawnFfmpeg } from '../ffmpeg/runFfmpeg.ts'

export function badPicture(path: string, what: Sentence, advice: Sentence, detail?: string): UserError {
  return new UserError('bad-picture', sentence`“${basename(path)}” ${what}`, advice, detail)
}

export interface DecodedPicture {
  /** Of the picture itself, before the filters. */
  readonly width: number
  readonly height: number
  /** What the filters give, samples of 16 bits interleaved. */
  readonly samples: Uint16Array
}

/**
 * Decodes one picture. Throws UserError 'bad-picture' where ffmpeg can make nothing of the file.
 * @param filters of ffmpeg; the last one names a packed format of 16 bits a sample
 */
export async function decodePicture(tools: FfmpegTools, path: string, filters: string): Promise<DecodedPicture> {
  const input = isPicture(path) ? ['-f', 'image2', '-pattern_type', 'none'] : []
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
  const bytes = Buffer.concat(chunks)
  const size = shown as RegExpExecArray | null
  if (!size || bytes.length === 0) throw badPicture(path, sentence`can not be read as a picture.`, sentence`Save it again as PNG, TIFF or JPEG.`, log.lines(6))
  const samples = new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~1)))
  return { width: Number(size[1]), height: Number(size[2]), samples }
}

/** The file's bytes. Throws UserError 'no-permission', 'is-a-folder', 'not-found' or 'empty-file'. */
export async function readPictureFile(path: string): Promise<Buffer> {
  const name = `“${basename(path)}”`
  let file: Buffer
  try {
    file = await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EACCES' || code === 'EPERM') {
      throw new UserError('no-permission', sentence`You may not read the picture ${name}.`, sentence`Change the permissions of the file, or copy it to a folder of your own.`, path)
    }
    if (code === 'EISDIR') throw new UserError('is-a-folder', sentence`${name} is a folder, not a picture.`, sentence`Choose a picture file.`, path)
    throw new UserError('not-found', sentence`The picture ${name} was not found.`, sentence`Check whether it was moved or renamed, and choose it again.`, path)
  }
  if (file.length === 0) throw new UserError('empty-file', sentence`The picture ${name} is empty: it holds zero bytes.`, sentence`Save it again.`, path)
  return file
}
