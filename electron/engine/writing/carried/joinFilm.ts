/** Makes the finished film of an export's segments: joins them, and lays beside them what is carried over. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cancelled, UserError } from '../../../contract/userError.ts'
import { temporaryTrouble } from '../../../system/temporaryFolder.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { failedRead, inputFailure } from '../../reading/decoding/readEnd.ts'
import { FedFfmpeg, FfmpegStopped } from '../segments/fedFfmpeg.ts'
import { captionTrack } from './captionTrack.ts'
import type { ExportCaptions } from './exportCaptions.ts'
import { shownSeconds } from '../frameTimes.ts'
import { hiddenLead } from '../segments/hiddenLead.ts'
import { joinCommand, type CaptionInput, type JoinOrder } from './joinCommand.ts'
import { feedSegments } from '../segments/joinSegments.ts'
import { layCarried } from './layCarried.ts'
import type { PictureOrder } from '../segments/segmentCommand.ts'
import type { SegmentFolder } from '../segments/segmentFolder.ts'
import { chooseCarried, type Carrying } from './tryCarried.ts'

/**
 * ffmpeg gave up while it carried something over, and nothing else explains it: joining is worth another try with more
 * care for that (see Carrying).
 */
export class CarryingFailed extends Error {
  constructor(readonly stopped: FfmpegStopped) {
    super(stopped.message)
  }
}

/**
 * ffmpeg fails for want of an encoder of pictures, as its versions say it. Newer ones have the encoder complain as well
 * where it is the muxer that gave up, for whatever stream; what they only warn of is no failure.
 */
function isPictureTrouble(log: string): boolean {
  const streamFails = /\[vost#0:0[^\]]*\] \[(?:error|fatal)\](?!.*(?:to the muxer|Task finished|Terminating thread))/
  return /output stream #?0:0\b|Video encoding failed/.test(log) || streamFails.test(log)
}

/**
 * Chooses what goes along with the pictures. Its folder is the caller's to forget.
 * @throws UserError 'cancelled', or 'footage-changed' where the film could not be read
 */
export async function withCarried(
  tools: FfmpegTools,
  pictures: PictureOrder,
  carrying: Carrying,
  signal?: AbortSignal,
): Promise<JoinOrder> {
  const { footage, format, range, times, pieces } = pictures
  const carried = await chooseCarried(tools, footage, format, carrying, pieces !== null, signal)
  try {
    const laid = await layCarried(tools, footage, carried.carried, range, times.span, signal)
    const isWhole = times.sourceFrom === null
    const hidden = isWhole
      ? await hiddenLead(tools, footage, format, carried.carried, signal)
      : new Map<number, number>()
    return { ...pictures, carried, laid, hidden }
  } catch (error) {
    await carried.forget()
    throw error
  }
}

/** The track that captions lie on beside the pictures, as a file that ffmpeg reads; null where they have none. */
async function captionInput(
  { carried, range, times }: JoinOrder,
  { place, pictures }: ExportCaptions,
): Promise<CaptionInput | null> {
  if (place === null || place === 'pictures') return null
  const file = join(carried.folder, 'captions.mov')
  const track = captionTrack(pictures, range.to - range.from, shownSeconds(times, range), place === 'text')
  await writeFile(file, track).catch((error: unknown) => {
    throw temporaryTrouble(error)
  })
  return { file, place }
}

/**
 * @param part file to write
 * @returns streams of the film, by their numbers, that ffmpeg could not decode everywhere
 * @throws CarryingFailed, FfmpegStopped, Error of feedSegments, or UserError 'cancelled' or 'footage-changed'
 */
export async function joinFilm(
  tools: FfmpegTools,
  order: JoinOrder,
  folder: SegmentFolder,
  part: string,
  signal?: AbortSignal,
): Promise<ReadonlySet<number>> {
  const { footage } = order
  const captions = await order.captions.found
  const beside = await captionInput(order, captions)
  const undecoded = new Set<number>()
  // Why what is carried from the film could not be read on; ffmpeg goes on without it then, and exits with 0.
  let unread: string | null = null
  const child = new FedFfmpeg(tools, joinCommand(tools, order, part, beside), (line) => {
    const failure = unread === null ? inputFailure(line, footage.inputArgs, 1) : null
    if (failure !== null) {
      unread = failure
      void child.kill()
    }
    const stream =
      /Error while decoding stream #[1-9]\d*:(\d+)|#[1-9]\d*:(\d+)\b.*Error submitting packet to decoder/.exec(line)
    if (stream) undecoded.add(Number(stream[1] ?? stream[2]))
  })
  const onAbort = (): void => void child.kill()
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    await feedSegments(child, order, captions, folder)
    await child.finish(null)
    return undecoded
  } catch (error) {
    await child.kill()
    if (signal?.aborted) throw cancelled()
    if (unread !== null) throw failedRead(footage.info.name, 'unreadable', unread)
    const isCarrying =
      error instanceof FfmpegStopped &&
      order.carried.carried.length > 0 &&
      !(error.end instanceof UserError) &&
      error.end.signal === null &&
      !error.isFull &&
      !error.isDiskTrouble &&
      !isPictureTrouble(child.log)
    throw isCarrying ? new CarryingFailed(error) : error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}
