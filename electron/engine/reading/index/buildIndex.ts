/**
 * Makes the index of a film that is opened: from its packets alone where that will do, which its container's tables
 * mostly tell without reading them, else by decoding all of it, which tells of damage and of other sizes at once.
 * Indexes that were made before are remembered.
 */
import { pictureGuards } from '../../ffmpeg/inputGuards.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { fullClock, isBroadcast } from './broadcastClock.ts'
import { bystanders } from '../decoding/damageTalk.ts'
import { examine, flawedFrames } from '../decoding/examine.ts'
import { FilmSizes, type PictureSize } from '../opening/filmSizes.ts'
import { lookAtFirstFrame, sizeOf, type FirstLook } from '../opening/firstLook.ts'
import type { FrameIndex } from '../footage.ts'
import { decodeTimes, type DecodedTimes } from './decodedTimes.ts'
import { indexFromBoth, indexFromPackets, isNumbered, looksNumbered, type IndexOptions } from './frameIndex.ts'
import { frameFinder } from './indexLookup.ts'
import { listPackets, maybeNumbered, packetsAreFrames, type PacketList } from './packetList.ts'
import type { IndexCache, KeptIndex } from './indexCache.ts'
import { fileUrl, type InputFile } from '../inputFile.ts'
import { lostAtEnd, withLostPictures } from './lostPictures.ts'
import { sequenceSizes } from '../pictures/sequenceSizes.ts'
import type { Banner } from '../opening/probeText.ts'
import { rangeChange } from './rangeChange.ts'
import { storedPackets } from './storedPackets.ts'
import { trackEnd } from './trackEnd.ts'

/**
 * Films with fewer pixels than this in all are decoded once on opening, and damage is known at once: that takes half a
 * second of a processor where grain makes H.264 slow. Of others it is told when it is met.
 */
const CHECKED_PIXELS = 40e6
/**
 * Of other films the keyframes are, where they have no more pixels than this: some seconds. What sizes those hide is
 * told when they are met.
 */
const KEYFRAME_PIXELS = 4e9
/** So many pictures from a film's head tell whether they are stored in another order than they are shown in. */
const TELLING_PICTURES = 64
/** Codecs whose packets are not one frame each. */
const hiddenFrames = new Set(['vp8', 'vp7', 'cavs'])

/** Containers that store when pictures are shown: a jump lands on known times even where packets are not frames. */
const timedContainers = new Set(['mov', 'matroska', 'mxf', 'mpegts', 'mpeg'])

export function storesTimes({ container }: Banner): boolean {
  return container.some((name) => timedContainers.has(name))
}

export interface BuildOptions {
  readonly signal?: AbortSignal
  /** Films with more pixels than this in all are indexed from their packets, without decoding them. */
  readonly checkedPixels?: number
  /** Where the indexes of films are kept that were opened before; none when left out. */
  readonly indexes?: IndexCache
}

/**
 * Recordings of broadcasts set their clock anew at will; of those a picture is not held longer than this many seconds.
 */
const BROADCAST_HOLD = 10
/** In other files it takes this long a step for a leap of the clock: slides may stay for minutes. */
const LONGEST_HOLD = 1800

/** The container's own word for where the pictures end, where ffmpeg's last packet does not say it. */
async function statedEnd(path: string, { banner, stream, frame }: FirstLook): Promise<number | null> {
  if (banner.container.includes('matroska'))
    return banner.streams.find(({ index }) => index === stream)?.endSeconds ?? null
  return banner.container.includes('mov') && (frame.pts ?? 0) > 0 ? trackEnd(path, stream) : null
}

async function indexOptions(path: string, look: FirstLook): Promise<IndexOptions> {
  const { banner, rate } = look
  return {
    statedRate: rate,
    longestHold: isBroadcast(banner) ? BROADCAST_HOLD : LONGEST_HOLD,
    full: fullClock(banner),
    statedEnd: await statedEnd(path, look),
    storesTimes: storesTimes(banner),
  }
}

export function buildIndex(
  tools: FfmpegTools,
  file: InputFile,
  look: FirstLook,
  options: BuildOptions,
): Promise<KeptIndex> {
  const make = (): Promise<KeptIndex> => makeIndex(tools, file, look, options)
  if (!options.indexes || file.sequence !== null) return make()
  return options.indexes.recall(
    file.path,
    `${tools.version} ${options.checkedPixels ?? CHECKED_PIXELS} ${look.stream}`,
    make,
  )
}

async function makeIndex(
  tools: FfmpegTools,
  file: InputFile,
  look: FirstLook,
  { signal, checkedPixels = CHECKED_PIXELS }: BuildOptions,
): Promise<KeptIndex> {
  if (file.sequence !== null) {
    const { count } = file.sequence
    const pts = Float64Array.from({ length: count }, (_, n) => n)
    const rate = look.rate ?? { num: 24, den: 1 }
    const index = {
      timeBase: { num: rate.den, den: rate.num },
      pts,
      stored: pts,
      end: count,
      seekable: new Uint8Array(count).fill(1),
      isClosed: false,
    }
    const sizes = await sequenceSizes(file.sequence, sizeOf(look), pictureSize)
    const whole = { damaged: [], cutOff: false, checked: false, paired: true, breaks: [], flawed: [], lost: 0 }
    return { index, ...whole, sizes, otherRange: null, interlaced: null, otherOrder: null }
  }
  const stream = `0:${look.stream}`
  const { container } = look.banner
  const known = await storedPackets(tools, file, look.stream, { signal, container })
  const listed = known?.list ?? (await listPackets(tools, file, stream, { signal, container }))
  const list = packetsAreFrames(listed) ? withLostPictures(listed) : listed
  const codec = look.banner.streams.find(({ index }) => index === look.stream)?.codec ?? ''
  const small = list.packets.length * look.frame.width * look.frame.height <= checkedPixels
  const others = bystanders(look.banner, look.stream)
  const paired =
    packetsAreFrames(list) &&
    !hiddenFrames.has(codec) &&
    !(look.frame.field !== 'progressive' && /^(h264|hevc|mpeg2video|vc1)$/.test(codec)) &&
    (small || !maybeNumbered(list, codec) || !looksNumbered(list, await decodeHead()))
  const otherRange = await rangeChange(tools, file, look, signal)
  const stated = await indexOptions(file.path, look)
  const lostLate = lostAtEnd(list, container.includes('mxf') ? look.banner.durationSeconds : stated.statedEnd)
  // What is not there does not hold the last picture that is.
  const options = lostLate > 0 ? { ...stated, statedEnd: null } : stated
  if (paired && !small) {
    const built = indexFromPackets(list, look.frame.pts ?? -Infinity, options)
    const index = { ...built.index, isClosed: known?.isClosed ?? false }
    const keyframes = await decodeKeyframes()
    const sizes = keyframes ? sizesMet(look, index, list, keyframes) : []
    return {
      ...built,
      index,
      paired,
      lost: lostLate,
      flawed: [],
      sizes,
      otherRange,
      interlaced: keyframes && shareOfFields(keyframes),
      otherOrder: keyframes && otherOrder(index, list, keyframes),
    }
  }
  const decoded = await decodeTimes(tools, file, { stream, others, field: look.frame.field }, list.timeBase, signal)
  const built = indexFromBoth(list, decoded, options)
  // Where times only number the packets, nobody can tell in which place a picture is missing.
  const lostWithin = decoded.complained && isNumbered(list, decoded) ? list.packets.length - decoded.times.length : 0
  const lost = lostLate + lostWithin
  const flawed = decoded.suspect ? await flawedOnOpening() : []
  const sizes = sizesMet(look, built.index, list, decoded)
  const fields = { interlaced: shareOfFields(decoded), otherOrder: otherOrder(built.index, list, decoded) }
  return { ...built, paired, lost, flawed, sizes, otherRange, ...fields }

  async function pictureSize(path: string): Promise<PictureSize | null> {
    const alone: InputFile = {
      ...file,
      args: [...pictureGuards, '-pattern_type', 'none', '-i', fileUrl(path)],
    }
    return lookAtFirstFrame(tools, alone, '0:V:0', signal).then(sizeOf, () => null)
  }

  function decodeHead(): Promise<DecodedTimes> {
    const asked = { stream, others, field: 'progressive', most: TELLING_PICTURES } as const
    return decodeTimes(tools, file, asked, list.timeBase, signal)
  }

  /** Most codecs change their size at keyframes alone. Null where that takes too long, or is known without. */
  async function decodeKeyframes(): Promise<DecodedTimes | null> {
    const keys = list.packets.filter(({ key }) => key).length
    if (keys * look.frame.width * look.frame.height > KEYFRAME_PIXELS || known?.areOfOneSize) return null
    return decodeTimes(tools, file, { stream, others, field: look.frame.field, keysOnly: true }, list.timeBase, signal)
  }

  async function flawedOnOpening(): Promise<number[]> {
    const { index } = built
    const examined = await examine(tools, file.args, { stream, others }, index.timeBase, null, signal)
    const first = Math.min(...decoded.times)
    return flawedFrames(index, examined, {
      shift: 0,
      leading: list.packets.some(({ pts }) => pts !== null && pts < first),
    })
  }
}

const shareOfFields = ({ times, interlaced }: DecodedTimes): number | null =>
  times.length === 0 ? null : interlaced / times.length

/** The first frame whose fields come in the other order; null for none. */
function otherOrder(index: FrameIndex, { timeBase }: PacketList, { otherOrder: time }: DecodedTimes): number | null {
  if (time === null) return null
  const finer = (timeBase.num * index.timeBase.den) / (timeBase.den * index.timeBase.num)
  const frame = frameFinder(index)(time * finer, -1)
  return frame < 0 ? null : frame
}

/** Where sizes begin that are not those of the frames before, by what a decoder gave. */
function sizesMet(
  look: FirstLook,
  index: FrameIndex,
  { timeBase }: PacketList,
  { times, sizes }: DecodedTimes,
): FilmSizes['changes'] {
  const met = new FilmSizes(sizeOf(look))
  const finer = (timeBase.num * index.timeBase.den) / (timeBase.den * index.timeBase.num)
  const find = frameFinder(index)
  let place = -1
  times.forEach((time, n) => {
    const number = find(time * finer, place)
    if (number < 0) return
    place = number
    const size = sizes[n]
    if (size) met.meet(number, size)
  })
  return met.changes
}
