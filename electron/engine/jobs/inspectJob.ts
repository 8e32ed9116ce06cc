/** Looks a finished film through (inspect/), and gives pictures of what was found. */
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { filmIn, inspectFilm, type InspectedFootage } from '../inspect/inspectFilm.ts'
import { recordBeside } from '../inspect/recordBeside.ts'
import type { IndexCache } from '../reading/index/indexCache.ts'
import { openFootage } from '../reading/opening/probe.ts'
import { createFrameReader } from '../reading/decoding/reader.ts'
import { smallPicture } from '../writing/smallPicture.ts'
import type { JobContext } from './jobLine.ts'
import type { JobReport } from './jobReport.ts'

/** Height of pictures, in pixels. */
const PICTURE_HEIGHT = 180

interface ToInspect {
  /** A film file, a picture of a sequence, or a folder of pictures. */
  readonly path: string
  /** What it was made of; null where that is not known. */
  readonly original: string | null
}

async function openInspected(
  tools: FfmpegTools,
  indexes: IndexCache,
  { path, original }: ToInspect,
  signal: AbortSignal,
): Promise<InspectedFootage> {
  const open = async (film: string) => openFootage(tools, await filmIn(film), { id: '', indexes, signal })
  return {
    film: await open(path),
    record: await recordBeside(path),
    original: original === null ? null : await open(original),
  }
}

/**
 * A film that was never opened may take minutes until it is: others go before it meanwhile.
 * @throws UserErrors of openFootage
 */
export async function runInspect(
  tools: FfmpegTools,
  indexes: IndexCache,
  films: ToInspect,
  context: JobContext,
  report: JobReport,
): Promise<void> {
  await context.turn()
  const footage = await context.aside(openInspected(tools, indexes, films, context.signal))
  report.setTotal(footage.film.info.frameCount)
  await context.turn()
  const inspection = await inspectFilm(tools, footage, context.signal, async (frame) => {
    await context.turn()
    report.addFrame(frame)
  })
  report.setInspection(inspection)
}

/**
 * Small JPEG pictures of frames, in the order in which they are named; null where one can not be had.
 * @throws UserErrors of openFootage
 */
export async function picturesOf(
  tools: FfmpegTools,
  indexes: IndexCache,
  path: string,
  frames: readonly number[],
): Promise<(Uint8Array | null)[]> {
  const footage = await openFootage(tools, await filmIn(path), { id: '', indexes })
  const reader = createFrameReader(tools, footage)
  try {
    const pictures: (Uint8Array | null)[] = []
    for (const frame of frames) {
      pictures.push(
        await reader.read(frame).then(
          (planes) => smallPicture(tools, footage, planes, PICTURE_HEIGHT, 'jpeg'),
          () => null,
        ),
      )
    }
    return pictures
  } finally {
    await reader.close()
  }
}
