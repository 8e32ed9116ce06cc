/**
 * Pictures that are files of their own, sample for sample: the ffmpeg that encodes them hashes what its encoder is
 * given in a second output, and the files are hashed likewise when they are read back. Pure.
 */
import type { Delivery } from '../../../contract/delivery.ts'
import type { ExportFormat } from '../../../contract/formats.ts'

/**
 * Of the hashes that ffmpeg knows, the one that takes the least time of those of 128 bits and more. It is no seal: what
 * it is to find are faults.
 */
const HASH = 'murmur3'

/** Labels that no filter of the chain has. */
const [TO_FILE, TO_HASH] = ['[to-file]', '[to-hash]']

/**
 * Whether files of a format hold the very samples that their encoder was given. Halves of OpenEXR are rounded by the
 * encoder. To round what it was given likewise and compare that is no way either: from 8.0 on ffmpeg changes what it
 * decodes as halves before another encoder gets it (findings/exr-halves-change-on-their-way.sh).
 */
export function keepsSamples({ container, encoder }: ExportFormat, { depth }: Pick<Delivery, 'depth'>): boolean {
  return container === 'image2' && (encoder !== 'exr' || depth === 32)
}

/**
 * Arguments that give one and the same picture to the encoder, whose output comes next, and to hashOutput behind it.
 * @param filters of the first input's pictures; empty where there are none
 */
export function splitFilters(filters: string): string[] {
  const chain = filters === '' ? 'split' : `${filters},split`
  return ['-filter_complex', `[0:v:0]${chain}${TO_FILE}${TO_HASH}`, '-map', TO_FILE]
}

/**
 * The second output behind splitFilters: a line for each picture.
 * @param pixelFormat what the encoder is given
 */
export function hashOutput(pixelFormat: string, pipe: string): string[] {
  return ['-map', TO_HASH, ...hashing(pixelFormat), pipe]
}

/** Hashes pictures as they are, and each of them, whatever their times are. */
export function hashing(pixelFormat: string): string[] {
  return [
    ...['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-pix_fmt', pixelFormat],
    ...['-f', 'framehash', '-hash', HASH],
  ]
}

/** The hash that a line tells; null where it is about something else. */
export function hashIn(line: string): string | null {
  return line.startsWith('0,') ? line.slice(line.lastIndexOf(',') + 1).trim() : null
}

/** Those of all lines. */
export function hashesIn(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => hashIn(line) ?? [])
}
