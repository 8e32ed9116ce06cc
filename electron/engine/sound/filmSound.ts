/** The sound of one opened film: blocks of it for playing, and its peaks for the timeline. */
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { digest } from '../../content/digest.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import type { Footage } from '../reading/footage.ts'
import { decodeSound } from './decodeSound.ts'
import { Peaks } from './peaks.ts'
import { readPeaks, writePeaks } from './peakFile.ts'
import { SoundReader } from './soundReader.ts'
import { chooseSound, type SoundTrack } from './soundTrack.ts'

export interface SoundSetup {
  readonly tools: FfmpegTools
  readonly footage: Footage
  /** Folder of kept peaks. */
  readonly folder: string
  /** Names the film by its bytes. */
  readonly film: string
}

export class FilmSound {
  readonly #reader: SoundReader
  readonly #closing = new AbortController()
  #track: Promise<SoundTrack> | null = null
  #peaks: Promise<Peaks> | null = null
  #listening: Promise<void> = Promise.resolve()

  constructor(private readonly setup: SoundSetup) {
    const { tools, footage } = setup
    const read = this.#heard.bind(this)
    this.#reader = new SoundReader((from, signal, preroll) => read(tools, footage, from, signal, preroll))
  }

  async *#heard(
    tools: FfmpegTools,
    footage: Footage,
    from: number,
    signal: AbortSignal,
    preroll: number,
  ): ReturnType<typeof decodeSound> {
    return yield* decodeSound(tools, footage, await this.track(), from, signal, { preroll })
  }

  /** Throws UserError 'sound-unreadable' where the film has none that can be heard. */
  track(): Promise<SoundTrack> {
    if (this.#track === null) {
      this.#track = this.#choose()
      // What could not be read just now may be there again later; that nothing can be heard stays so.
      this.#track.catch((error: unknown) => {
        if (!(error instanceof UserError) || error.code !== 'sound-unreadable') this.#track = null
      })
    }
    return this.#track
  }

  async #choose(): Promise<SoundTrack> {
    const { tools, footage } = this.setup
    const track = await chooseSound(tools, footage, this.#closing.signal)
    if (track) return track
    throw new UserError(
      'sound-unreadable',
      sentence`The sound of “${footage.info.name}” can not be decoded; the film plays without it.`,
      sentence`An export still carries over what can be copied as it is.`,
    )
  }

  /** See SoundReader.block. Throws UserError where there is no sound, or it can not be read. */
  async block(block: number): Promise<Int16Array | null> {
    await this.track()
    return this.#reader.block(block)
  }

  /**
   * As far as they are known; the first question has the film listened through in the background. Throws as `block`
   * does.
   */
  peaks(): Promise<Peaks> {
    if (this.#peaks === null) {
      this.#peaks = this.#listen()
      this.#peaks.catch(() => (this.#peaks = null))
    }
    return this.#peaks
  }

  async #listen(): Promise<Peaks> {
    const { tools, footage, folder, film } = this.setup
    const track = await this.track()
    const seconds = footage.info.durationSeconds
    const name = digest('peaks', film, track.stream.index, track.filters)
    const kept = await readPeaks(folder, name, Peaks.count(seconds))
    const peaks = new Peaks(seconds, kept)
    if (kept) return peaks
    const listen = async (): Promise<void> => {
      const pieces = decodeSound(tools, footage, track, 0, this.#closing.signal, { isUrgent: false })
      for (;;) {
        const next = await pieces.next()
        if (next.done !== true) {
          peaks.add(next.value)
          continue
        }
        if (this.#closing.signal.aborted) return
        peaks.finish()
        if (next.value) await writePeaks(folder, name, peaks.values)
        return
      }
    }
    this.#listening = listen().catch(() => peaks.finish())
    return peaks
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all([this.#reader.close(), this.#listening])
  }
}
