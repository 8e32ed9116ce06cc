/**
 * Sound that a movie file holds before its film begins, and hides by an edit list: what was cut off without encoding
 * anew. Movie files hide it again; Matroska can't, and it would be heard before the first picture.
 */
import type { ExportFormat } from '../../../contract/formats.ts'
import { PacketLines } from '../../ffmpeg/packetLines.ts'
import { runFfmpeg, talkArgs } from '../../ffmpeg/runFfmpeg.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import type { Footage } from '../../reading/footage.ts'
import { failedRead, readFailure } from '../../reading/decoding/readEnd.ts'
import type { Carried } from '../carried/carriedStreams.ts'

/**
 * How many packets of each sound that is copied, by its number in the film, are hidden and not needed: the last one of
 * them primes the decoder of what follows. For whole films: of a part nothing before it is taken anyway. Throws
 * UserError 'footage-changed' where the film could not be read, or 'cancelled'.
 */
export async function hiddenLead(
  tools: FfmpegTools,
  { source, inputArgs }: Pick<Footage, 'source' | 'inputArgs'>,
  { container }: Pick<ExportFormat, 'container'>,
  carried: readonly Carried[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const hidden = new Map<number, number>()
  if (container !== 'matroska' || !source.banner.container.includes('mov')) return hidden
  const sounds = carried
    .filter(({ kind, way }) => kind === 'sound' && way.codec === 'copy')
    .map(({ stream }) => stream.index)
  for (const stream of sounds) {
    let count = 0
    const lines = new PacketLines()
    let failure: string | null = null
    await runFfmpeg(
      tools,
      // It is over with the first packet that is heard.
      [
        ...talkArgs,
        '-copyts',
        ...inputArgs,
        '-map',
        `0:${stream}`,
        '-c',
        'copy',
        '-copypriorss',
        '1',
        '-to',
        '0.001',
        '-f',
        'framecrc',
        '-',
      ],
      {
        signal,
        onStderrLine: (line) => void (failure ??= readFailure(line, inputArgs)),
        onStdoutLine: (line) => {
          if (lines.read(line)?.isHidden) count++
        },
      },
    )
    if (failure !== null) throw failedRead(source.file.name, 'unreadable', failure)
    if (count > 1) hidden.set(stream, count - 1)
  }
  return hidden
}
