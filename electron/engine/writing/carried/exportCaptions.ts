/**
 * The closed captions that lie within a film's pictures, on their way into its export: within the pictures of H.264 and
 * H.265 as they are, beside others as a track, where the container has one.
 */
import type { ExportFormat } from '../../../contract/formats.ts'
import type { FrameRange } from '../../../contract/schemas.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import { filmGuards } from '../../ffmpeg/inputGuards.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import {
  captionsIn,
  firstFieldPairs,
  isCaptionCodec,
  kindOf,
  piecesOf,
  type CaptionKind,
} from '../../reading/decoding/captionData.ts'
import { packetBytes, readCaptions, unitArgs, unread } from '../../reading/decoding/captions.ts'
import type { Footage } from '../../reading/footage.ts'
import { fileUrl } from '../../reading/inputFile.ts'
import { cutCaptions, halvedCaptions, LEAD_SECONDS, type CaptionFrames } from './captionCut.ts'

/** Where an export has them: as they are in its pictures, on a track of line 21, or as text. */
export type CaptionPlace = 'pictures' | 'line 21' | 'text'

export interface ExportCaptions {
  /** cc_data of the export's pictures, counted from 0; none where they have no place. */
  readonly pictures: CaptionFrames
  readonly place: CaptionPlace | null
  readonly notes: readonly Sentence[]
}

/** They lie on a track of their own. */
export const areBeside = ({ place }: ExportCaptions): boolean => place === 'line 21' || place === 'text'

const none: ExportCaptions = { pictures: new Map(), place: null, notes: [] }
const leftOut = sentence`The closed captions within the pictures can not be taken over; they are left out.`
const untold = sentence`Which pictures the closed captions belong to could not be found out; they are left out.`
const asLine21 = sentence`The closed captions within the pictures are a track of their own in the export (CEA-608).`
const firstFieldAlone = sentence`What closed captions say in CEA-708 or in the second field is not in it.`
const asText = sentence`The closed captions within the pictures are a track of subtitles in the export; their text is kept.`

function placeIn({ container, encoder }: Pick<ExportFormat, 'container' | 'encoder'>): CaptionPlace | null {
  if (encoder === 'libx264' || encoder === 'libx265') return 'pictures'
  return container === 'mov' ? 'line 21' : container === 'matroska' ? 'text' : null
}

function kindsOf(captions: CaptionFrames): ReadonlySet<CaptionKind | null> {
  const kinds = new Set<CaptionKind | null>()
  for (const data of captions.values()) for (const piece of piecesOf(data)) kinds.add(kindOf(piece))
  return kinds
}

/** @param pictures cc_data of the export's pictures */
export function captionsFor(format: ExportFormat, pictures: CaptionFrames): ExportCaptions {
  const kinds = kindsOf(pictures)
  const isEmpty = [...kinds].every((kind) => kind === null)
  const place = placeIn(format)
  // Empty ones belong to the pictures of a broadcast as well; a track of nothing is none.
  if (place === 'pictures') return { pictures, place: pictures.size > 0 ? place : null, notes: [] }
  if (isEmpty) return none
  if (place === null) return { ...none, notes: [leftOut] }
  if (!kinds.has('first field'))
    return {
      ...none,
      notes: [
        sentence`The closed captions within the pictures have no form (CEA-608, first field) that ${format.name} files can hold; they are left out.`,
      ],
    }
  const others = kinds.has('digital') || kinds.has('second field')
  return {
    pictures,
    place,
    notes: [place === 'text' ? asText : asLine21, ...(others ? [firstFieldAlone] : [])],
  }
}

/** What is to be carried, and from where. */
interface CaptionOrder {
  readonly footage: Footage
  /** Frames of the film that the export consists of, one piece behind the other. */
  readonly pieces: readonly FrameRange[]
  readonly format: ExportFormat
  /** Pictures that are made of each frame. */
  readonly perFrame: number
}

/** They are read while the pictures are written. */
export class CaptionReading {
  readonly #abort = new AbortController()
  readonly found: Promise<ExportCaptions>

  constructor(tools: FfmpegTools, order: CaptionOrder) {
    this.found = this.#read(tools, order)
    this.found.catch(() => undefined)
  }

  stop(): void {
    this.#abort.abort()
  }

  async #read(tools: FfmpegTools, { footage, pieces, format, perFrame }: CaptionOrder): Promise<ExportCaptions> {
    const { rate, frameCount } = footage.info
    const lead = Math.ceil((LEAD_SECONDS * rate.num) / rate.den)
    const [first, last] = [pieces[0]!, pieces.at(-1)!]
    const range = { from: Math.max(0, first.from - lead), to: Math.min(frameCount, last.to) }
    const { signal } = this.#abort
    const { frames, isUntold } = await readCaptions(tools, footage, range, signal).catch((error: unknown) => {
      // A folder for temporary files that is full says nothing of the film.
      if (signal.aborted || error instanceof UserError) throw error
      return unread(footage)
    })
    if (isUntold) return { ...none, notes: [untold] }
    const cut = cutCaptions(frames, pieces, lead)
    return captionsFor(format, perFrame === 2 ? halvedCaptions(cut) : cut)
  }
}

/** A finished export. */
interface WrittenCaptions {
  /** Its pictures are its first stream, and a track of captions its second. */
  readonly path: string
  /** ffmpeg's name of the pictures' codec. */
  readonly codec: string
  /** When its n-th picture is shown, in seconds. */
  readonly shown: (n: number) => number
}

/** Times of pictures are rounded by containers, by no more than this. */
const ROUNDED_SECONDS = 0.0025

/** Whether an export's pictures carry what they were given, each its own. */
async function areWithin(
  tools: FfmpegTools,
  { path, codec, shown }: WrittenCaptions,
  { pictures }: ExportCaptions,
  signal?: AbortSignal,
): Promise<boolean> {
  if (!isCaptionCodec(codec)) return false
  const read = { input: [...filmGuards, '-i', fileUrl(path)], output: unitArgs(0, codec) }
  const written = await packetBytes(tools, read, signal)
  if (written === null) return false
  const { num, den } = written.timeBase
  const found = written.packets
    .map(({ pts, bytes }) => ({ seconds: ((pts ?? 0) * num) / den, data: captionsIn(codec, bytes).data }))
    .filter(({ data }) => data.length > 0)
    .sort((a, b) => a.seconds - b.seconds)
  const wanted = [...pictures].sort(([a], [b]) => a - b)
  const offset = wanted.length > 0 && found.length > 0 ? found[0]!.seconds - shown(wanted[0]![0]) : 0
  return (
    found.length === wanted.length &&
    wanted.every(([n, data], at) => {
      const one = found[at]!
      return one.data.equals(data) && Math.abs(one.seconds - shown(n) - offset) < ROUNDED_SECONDS
    })
  )
}

/** The track of captions of an export, as it is; null where it could not be read. */
async function trackOf(tools: FfmpegTools, path: string, signal?: AbortSignal): Promise<Buffer | null> {
  const read = { input: [...filmGuards, '-i', fileUrl(path)], output: ['-map', '0:1', '-c', 'copy', '-copyinkf'] }
  const written = await packetBytes(tools, read, signal)
  return written && Buffer.concat(written.packets.map(({ bytes }) => bytes))
}

/** What reading an export's captions back has shown. */
export interface CaptionVerdict {
  /** They are not as they should be. */
  readonly differs: readonly Sentence[]
  /** There is nothing of them, though nothing failed. */
  readonly lost: readonly Sentence[]
}

/** @throws UserError 'cancelled' */
export async function compareCaptions(
  tools: FfmpegTools,
  written: WrittenCaptions,
  captions: ExportCaptions,
  signal?: AbortSignal,
): Promise<CaptionVerdict> {
  const { place, pictures } = captions
  const differ = { differs: [sentence`The closed captions of the export are not those of the film.`], lost: [] }
  const same = { differs: [], lost: [] }
  if (place === null) return same
  if (place === 'pictures') return (await areWithin(tools, written, captions, signal)) ? same : differ
  const track = await trackOf(tools, written.path, signal)
  if (track === null) return differ
  if (place === 'text') {
    // Commands alone, or those of another channel, are no text.
    return track.length > 0 ? same : { differs: [], lost: [sentence`No text could be made of the closed captions.`] }
  }
  const wanted = [...pictures].sort(([a], [b]) => a - b).flatMap(([, data]) => firstFieldPairs(data))
  return Buffer.concat(wanted).equals(Buffer.concat(firstFieldPairs(track))) ? same : differ
}
