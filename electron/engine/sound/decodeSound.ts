/** A film's sound from some moment on, as samples that know their place, from one ffmpeg child that waits for us. */
import { constants, setPriority } from 'node:os'
import { BLOCK_SAMPLES, SOUND_CHANNELS, SOUND_RATE } from '../../contract/sound.ts'
import { eachClockedLine } from '../ffmpeg/frameClock.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { ended, quietArgs, spawnFfmpeg } from '../ffmpeg/runFfmpeg.ts'
import type { Footage } from '../reading/footage.ts'
import { secondsOf } from '../reading/index/indexLookup.ts'
import { readsApart } from '../writing/carried/sideClock.ts'
import type { SoundTrack } from './soundTrack.ts'

/** Samples that follow one another without a gap. */
export interface SoundPiece {
  /** Place of the first one, counted from the moment the first picture is shown; negative before it. */
  readonly at: number
  /** Left and right in turns. */
  readonly samples: Int16Array
}

/** Ends with whether that was the sound's own end. */
export type SoundPieces = AsyncGenerator<SoundPiece, boolean, void>

export interface SoundOptions {
  /** Seconds before the place asked for at which reading begins. */
  readonly preroll?: number
  /** False where nobody waits for it: pictures and sound that are looked at and heard go first. */
  readonly isUrgent?: boolean
}

/** Decoders need some packets before the one that is asked for, and containers jump to pictures, not to sounds. */
const PREROLL_SECONDS = 1
const PIECE_BYTES = BLOCK_SAMPLES * SOUND_CHANNELS * 2

/**
 * Writes the place of every piece to stderr before the piece itself is written, as frameClock.ts does for pictures;
 * ticks are samples.
 */
const placeFilters = [
  `aresample=${SOUND_RATE}`,
  'aformat=sample_fmts=s16',
  `asetnsamples=n=${BLOCK_SAMPLES}:p=0`,
  `asettb=1/${SOUND_RATE}`,
  'ametadata=mode=add:key=colornn:value=1',
  'ametadata=mode=print:key=colornn:direct=1:file=pipe\\\\:2',
]

/** Where in the file to begin, in seconds of its own clock; null for its head, where no jump can be relied on. */
function startOf(footage: Footage, from: number, preroll: number): number | null {
  const seconds = from / SOUND_RATE - preroll
  if (seconds <= 0 || !footage.source.seekTrusted || readsApart(footage)) return null
  return secondsOf(footage.index, 0) + seconds
}

function decodeArgs({ inputArgs }: Footage, { stream, filters }: SoundTrack, start: number | null): string[] {
  return [
    '-nostdin',
    ...quietArgs,
    '-v',
    'error',
    '-max_error_rate',
    '1',
    '-copyts',
    ...(start === null ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', start.toFixed(6)]),
    // What is beside it needs no work, and sound no more than one processor.
    '-threads',
    '1',
    ...inputArgs,
    '-map',
    `0:${stream.index}`,
    '-af',
    [filters, ...placeFilters].join(','),
    '-c:a',
    'pcm_s16le',
    '-f',
    's16le',
    'pipe:1',
  ]
}

/** Has a process run when others do not want to; where the system does not let it, it runs as all do. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It may have ended already.
  }
}

/** Times that come by one pipe for pieces that come by another. */
class Places {
  readonly #places: number[] = []
  #waiting: ((place: number | null) => void) | null = null
  #over = false

  add(place: number): void {
    if (this.#waiting) this.#give(place)
    else this.#places.push(place)
  }

  /** No more will come. */
  end(): void {
    this.#over = true
    this.#give(null)
  }

  next(): Promise<number | null> {
    const place = this.#places.shift()
    if (place !== undefined || this.#over) return Promise.resolve(place ?? null)
    return new Promise((resolve) => (this.#waiting = resolve))
  }

  #give(place: number | null): void {
    this.#waiting?.(place)
    this.#waiting = null
  }
}

const samplesOf = (bytes: Buffer): Int16Array =>
  // A copy of its own: views of 16 bits must begin at even addresses.
  new Int16Array(Uint8Array.from(bytes).buffer)

/**
 * Sound from sample `from` on, or from some way before it, to its end. Damage in it is silence; ends early when the
 * signal aborts. Samples are little-endian, as those of every machine that this runs on.
 */
export async function* decodeSound(
  tools: FfmpegTools,
  footage: Footage,
  track: SoundTrack,
  from: number,
  signal: AbortSignal,
  { preroll = PREROLL_SECONDS, isUrgent = true }: SoundOptions = {},
): SoundPieces {
  if (signal.aborted) return false
  const first = Math.round(secondsOf(footage.index, 0) * SOUND_RATE)
  const child = spawnFfmpeg(tools, decodeArgs(footage, track, startOf(footage, from, preroll)))
  if (!isUrgent) giveWay(child.process.pid)
  const kill = (): void => child.kill()
  signal.addEventListener('abort', kill, { once: true })
  const end = ended(child)
  // Whoever gives up early does not wait for it.
  end.catch(() => undefined)
  const places = new Places()
  eachClockedLine(
    child.stderr,
    () => undefined,
    (place) => void (place !== null && places.add(place)),
  )
  child.stderr.once('close', () => places.end())
  try {
    const parts: Buffer[] = []
    let gathered = 0
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      parts.push(chunk)
      gathered += chunk.length
      if (gathered < PIECE_BYTES) continue
      const bytes = Buffer.concat(parts)
      let at = 0
      for (; bytes.length - at >= PIECE_BYTES; at += PIECE_BYTES) {
        const place = await places.next()
        if (place === null || signal.aborted) return false
        yield { at: place - first, samples: samplesOf(bytes.subarray(at, at + PIECE_BYTES)) }
      }
      parts.splice(0, parts.length, bytes.subarray(at))
      gathered = bytes.length - at
    }
    const rest = Buffer.concat(parts)
    const place = rest.length > 0 ? await places.next() : null
    if (place !== null) yield { at: place - first, samples: samplesOf(rest.subarray(0, rest.length & ~3)) }
    return (await end).code === 0
  } finally {
    signal.removeEventListener('abort', kill)
    kill()
  }
}
