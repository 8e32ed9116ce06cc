/**
 * Pins as examples for frames of other shots: of the film itself, and of other films of the project, which are opened
 * for it and closed again. What was read is kept: an artist goes from shot to shot, and most of the time is decoding.
 */
import type { PinsElsewhere } from '../../contract/alike.ts'
import { orientationOf, type Orientation } from '../../contract/orientation.ts'
import { listed, sentence, type Sentence } from '../../contract/sentence.ts'
import { toUserErrorData, UserError } from '../../contract/userError.ts'
import { digest } from '../../content/digest.ts'
import { Recent } from '../cache/recent.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { asLarge, partsOf, turnedFrom, type ExamplePicture } from './exampleParts.ts'
import type { Film } from './film.ts'
import { digestsOf, type FilmView } from './filmView.ts'
import { OtherFilms, type OpenFilm, type OtherFilm } from './otherFilms.ts'

/** As many as are asked for at once (MOST_PINS in electron/project): less than 90 megabytes. */
const KEPT = 128

/** As the networks see its film. */
export interface PinExample extends ExamplePicture {
  readonly frame: number
  /** Of another film. */
  readonly clip?: string
  /** How its film is stored. */
  readonly orientation: Orientation
}

/** @property leftOut says what could not be read */
export interface ReadElsewhere {
  readonly examples: readonly PinExample[]
  readonly leftOut: readonly Sentence[]
}

/** Of one film. @property error why it, or the last of its pins that can not be read, can not be */
interface ReadFilm {
  readonly examples: readonly PinExample[]
  readonly of: PinsElsewhere
  readonly error: UserError | null
}

/** How others get their turn meanwhile. */
interface Manner {
  /** Awaited before each pin that has to be decoded. */
  readonly turn: () => Promise<void>
  /** Waits for a film to be opened, which may take minutes. */
  readonly aside: <T>(work: Promise<T>) => Promise<T>
}

const atOnce: Manner = { turn: () => Promise.resolve(), aside: (work) => work }

export class PinExamples {
  readonly #kept = new Recent<ExamplePicture & Pick<PinExample, 'orientation'>>(KEPT)

  readonly #others: OtherFilms

  constructor(open: OpenFilm) {
    this.#others = new OtherFilms(open)
  }

  /** Throws the UserErrors of Film.pinMemory. */
  async own(film: Film, frame: number, view = film.view): Promise<PinExample> {
    const isReplaced = film.footage.source.pictures?.isReplaced(frame) ?? false
    const coloring = view.frames.get(frame)
    const key = coloring && !isReplaced ? nameOf(film.name, frame, view) : null
    const known = key === null ? undefined : this.#kept.get(key)
    if (known) return { ...known, frame }
    const { luma, chroma } = await film.pinMemory(view, frame)
    const example = { luma, chroma, orientation: orientationOf(film.info) }
    if (key !== null) this.#kept.set(key, example)
    return { ...example, frame }
  }

  /** The same of several. @param turn awaited before each */
  async allOwn(
    film: Film,
    frames: readonly number[],
    view: FilmView,
    turn: () => Promise<void>,
  ): Promise<PinExample[]> {
    const examples: PinExample[] = []
    for (const frame of frames) {
      await turn()
      examples.push(await this.own(film, frame, view))
    }
    return examples
  }

  /** What can be had of them. */
  async elsewhere(all: readonly PinsElsewhere[], manner: Manner = atOnce): Promise<ReadElsewhere> {
    const read: ReadFilm[] = []
    // One after the other: each has a decoder while it is open.
    for (const film of all) read.push(await this.#ofFilm(film, manner))
    const names = (films: readonly ReadFilm[]): Sentence[] =>
      films.length === 0
        ? []
        : [sentence`Pins that can not be read are left out, of: ${listed(films.map(({ of }) => of.name))}.`]
    return {
      examples: read.flatMap(({ examples }) => examples),
      leftOut: names(read.filter(({ error }) => error !== null)),
    }
  }

  /** The first of them. Throws UserError where it can't be had. */
  async oneElsewhere(pins: PinsElsewhere, manner: Manner = atOnce): Promise<PinExample> {
    const { examples, error } = await this.#ofFilm({ ...pins, pins: pins.pins.slice(0, 1) }, manner)
    const [example] = examples
    if (!example) throw error ?? new RangeError('there is no pin to be read')
    return example
  }

  async #ofFilm(of: PinsElsewhere, { turn, aside }: Manner): Promise<ReadFilm> {
    const examples: PinExample[] = []
    let other: OtherFilm | null = null
    let error: UserError | null = null
    try {
      for (const pin of of.pins) {
        const key = digest('elsewhere', of.film, JSON.stringify([of.rate, pin]))
        let example = this.#kept.get(key)
        if (!example) {
          await turn()
          if (!other) {
            other = this.#others.take(of)
            try {
              await aside(other.film)
            } catch (thrown) {
              error = userError(thrown)
              break
            }
            await turn()
          }
          try {
            example = await this.#read(other, of, pin, key)
          } catch (thrown) {
            error = userError(thrown)
            continue
          }
        }
        examples.push({ ...example, frame: pin.frame, clip: of.clip })
      }
    } finally {
      await other?.release()
    }
    return { examples, of, error }
  }

  #read(
    other: OtherFilm,
    { pictures }: PinsElsewhere,
    { frame, coloring }: PinsElsewhere['pins'][number],
    key: string,
  ): Promise<Omit<PinExample, 'frame' | 'clip'>> {
    return other.read(async (film) => {
      // Whoever read it before may have wanted the same.
      const known = this.#kept.get(key)
      if (known) return known
      await film.setEdits({ complete: true, frames: [[frame, coloring]], pictures })
      const { luma, chroma } = await film.pinMemory(film.view, frame)
      return this.#kept.set(key, { luma, chroma, orientation: orientationOf(film.info) })
    })
  }
}

/** As the networks see a film's pictures, for looking for it in one of its frames. */
export function lumaFor(film: Film, example: PinExample): NetworkLuma {
  const turned = turnedFrom(example, example.orientation, orientationOf(film.info))
  return asLarge(turned, Math.min(film.networkWidth, film.networkHeight)).luma
}

/** As the pass reads it beside a frame of a film. */
export function partsFor(film: Film, example: PinExample): ExamplePicture[] {
  const turned = turnedFrom(example, example.orientation, orientationOf(film.info))
  return partsOf(turned, film.networkWidth, film.networkHeight)
}

/** Equal names: equal examples. */
function nameOf(film: string, frame: number, view: FilmView): string {
  const { base, operations } = digestsOf(view.frames.get(frame)!)
  return digest('own', film, frame, base, operations)
}

/** Of whatever kind: a disk's error, or a decoder that can't be started, costs one film's pins and not all the work. */
function userError(thrown: unknown): UserError {
  const error = UserError.from(toUserErrorData(thrown))
  if (error.code === 'cancelled') throw error
  return error
}
