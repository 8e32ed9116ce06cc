/** What a container says of a film's packets in one place, or in their heads, so that none has to be read. */
import { open, type FileHandle } from 'node:fs/promises'
import type { Rational } from '../../../contract/schemas.ts'
import type { Part, ReadPart } from '../opening/containerParts.ts'

/** Where a film's packets lie and when they are shown, in the order of storing. */
export interface PacketTable {
  /** Seconds per tick. */
  readonly timeBase: Rational
  /** When each is shown, in ticks on the film's clock, edits taken into account. */
  readonly pts: Float64Array
  /** 1 for keyframes. */
  readonly keys: Uint8Array
  /** Bytes of the file. */
  readonly from: Float64Array
  readonly sizes: Float64Array
  /** Null for codecs of which nothing is read but their packets' times. */
  readonly setup: DecoderSetup | null
}

/** What a decoder has to know first, as containers hold it: ISO/IEC 14496-15, 'avcC' or 'hvcC'. */
export interface DecoderSetup {
  readonly codec: 'h264' | 'hevc'
  readonly bytes: Buffer
}

/** The container holds something that is not understood, or that is not whole: the film is read packet by packet. */
class UnusualTable extends Error {}

export function must(holds: boolean): asserts holds {
  if (!holds) throw new UnusualTable()
}

/** What 'read' makes of a file; null where it meets something unusual. Throws the system's error. */
export async function unlessUnusual(
  path: string,
  read: (file: FileHandle) => Promise<PacketTable>,
): Promise<PacketTable | null> {
  const file = await open(path, 'r')
  try {
    return await read(file)
  } catch (error) {
    if (error instanceof UnusualTable) return null
    throw error
  } finally {
    await file.close()
  }
}

/** A part that holds more parts than this is made in another way. */
const MOST_PARTS = 1000

/** Parts that lie one after another and fill what holds them, to the last byte. */
export async function filling(
  file: FileHandle,
  read: ReadPart,
  { from, to }: Pick<Part, 'from' | 'to'>,
): Promise<Part[]> {
  const parts: Part[] = []
  for (let at = from; at < to;) {
    // Looked for beyond the end, so that a part that is cut off tells its length.
    const part = await read(file, at, Number.MAX_SAFE_INTEGER)
    must(part !== null && part.to > at && part.to <= to && parts.length < MOST_PARTS)
    parts.push(part)
    at = part.to
  }
  return parts
}
