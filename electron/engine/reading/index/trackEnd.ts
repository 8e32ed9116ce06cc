/**
 * Where a track of a movie file ends. ffmpeg takes what lies before a track's first picture off the duration of its
 * last one, so that a picture that is held at the end of such a film would lose as much. ISO/IEC 14496-12, 8.2.2 and
 * 8.3.2.
 */
import { open, type FileHandle } from 'node:fs/promises'
import { bytesAt, partsAt, partsOf, readBox, type Part } from '../opening/containerParts.ts'

/** Bytes of a head that holds times, up to its longest form's duration. */
const HEAD_BYTES = 40

/** A number that lies behind two times; both have 8 bytes in version 1 of a head, 4 in version 0. */
async function behindTimes(
  file: FileHandle,
  { from }: Part,
  short: number,
  long: number,
  isLong: boolean,
): Promise<number> {
  const head = await bytesAt(file, from, HEAD_BYTES)
  const isVersion1 = head[0] === 1
  return isVersion1 && isLong ? Number(head.readBigUInt64BE(long)) : head.readUInt32BE(isVersion1 ? long : short)
}

/**
 * @param stream as ffmpeg numbers it, which is by the order of tracks
 * @returns seconds on the film's own clock; null where nothing is said, as in fragmented files
 */
export async function trackEnd(path: string, stream: number): Promise<number | null> {
  const file = await open(path, 'r')
  try {
    const whole = { from: 0, to: (await file.stat()).size }
    const [movie] = await partsAt(file, readBox, whole, ['moov'])
    const inside = movie ? await partsOf(file, readBox, movie) : []
    const head = inside.find(({ name }) => name === 'mvhd')
    const track = inside.filter(({ name }) => name === 'trak')[stream]
    const [trackHead] = track ? await partsAt(file, readBox, track, ['tkhd']) : []
    if (!head || !trackHead) return null
    const ticks = await behindTimes(file, trackHead, 20, 28, true)
    const perSecond = await behindTimes(file, head, 12, 20, false)
    return ticks > 0 && ticks < 0xffff_ffff && perSecond > 0 ? ticks / perSecond : null
  } finally {
    await file.close()
  }
}
