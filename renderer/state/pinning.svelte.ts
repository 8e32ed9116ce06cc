/** Pins of the clip in view: making, moving and finding them. */
import { ALIKE } from '../../electron/contract/alike.ts'
import type { RequestResult } from '../../electron/contract/requests.ts'
import { ask } from '../studio.ts'
import { text } from '../text/catalog.ts'
import type { Editor } from './editor.svelte.ts'
import type { OpenFilm } from './film.svelte.ts'

/** A frame that is to be pinned, whatever is in view by then. */
export interface PinPlace {
  readonly film: OpenFilm
  readonly frame: number
}

/** What takes longer is said while it is done. */
const SLOW_MS = 400

export class Pinning {
  /** The frame where a new pin would help most, as far as is known. */
  suggestion = $state<number | null>(null)

  constructor(
    private readonly editor: Pick<
      Editor,
      'film' | 'playback' | 'project' | 'coloring' | 'notices' | 'attempt' | 'edit' | 'steps' | 'tellOf'
    >,
  ) {}

  /** Null where no film is in view. */
  get inView(): PinPlace | null {
    const { film, playback } = this.editor
    return film && { film, frame: playback.frame }
  }

  /** Keeps what the frame in view shows as a pin. @returns whether it is one now */
  async pin(): Promise<boolean> {
    return this.#pinned((clip, frame) => ask('pinFrame', { clip, frame }))
  }

  async choosePicture(): Promise<void> {
    const place = this.inView
    await this.editor.attempt(async () => {
      const path = await ask('choosePicture')
      if (path) await this.pinPicture(path, place)
    })
  }

  async pinPicture(path: string, place = this.inView): Promise<void> {
    await this.#pinned((clip, frame) => ask('pinPicture', { clip, frame, path }), place)
  }

  /** What a frame can be colored like, the likest first. Null where that is not wanted any more. */
  async likeness(
    { film, frame }: PinPlace,
    signal = new AbortController().signal,
  ): Promise<RequestResult<'pinLikeness'> | null> {
    await this.editor.steps.allMade()
    return signal.aborted ? null : ask('pinLikeness', { clip: film.id, frame })
  }

  /** Pins a frame in the colors of a pin of another shot. @param of the clip of that */
  async pinLikePin(place: PinPlace, of: string, pin: number): Promise<void> {
    await this.#pinnedLike(place, (clip, frame) => ask('pinLikePin', { clip, frame, of, pin }))
  }

  /** The same in those of a picture of something else, which the artist chooses. */
  async pinLikePicture(place: PinPlace): Promise<void> {
    await this.editor.attempt(async () => {
      const path = await ask('choosePicture')
      if (path) await this.#pinnedLike(place, (clip, frame) => ask('pinLikePicture', { clip, frame, path }))
    })
  }

  async #pinnedLike(place: PinPlace, pin: (clip: string, frame: number) => Promise<number>): Promise<void> {
    await this.#pinned(async (clip, frame) => {
      const share = await pin(clip, frame)
      if (share < ALIKE) this.editor.tellOf(place.film, text.pins.hardlyAlike)
    }, place)
  }

  /** Has the shots without a pin looked through, of the marked range where there is one. */
  async pinAlike(): Promise<void> {
    const { film, playback } = this.editor
    if (!film) return
    const { range } = playback
    await this.editor.steps.allMade()
    await this.editor.attempt(async () => {
      const job = await ask('pinAlike', { clip: film.id, ...(range && { range }) })
      if (!job) this.editor.tellOf(film, text.pins.allPinned)
    }, film.id)
  }

  async #pinned(pin: (clip: string, frame: number) => Promise<void>, place = this.inView): Promise<boolean> {
    if (!place) return false
    const { film, frame } = place
    const make = this.#maker(film)
    return this.editor.steps.inOrder(() =>
      make(async () => {
        await pin(film.id, frame)
        const isTakenIn = this.editor.coloring.takesIn(film.id, frame)
        this.editor.tellOf(film, isTakenIn ? text.pins.doneUnderWay(frame) : text.pins.done(frame))
      }),
    )
  }

  /**
   * For what is asked for now and made in its turn: a project is not left before long for a pin that is being made;
   * then it is said that there is none.
   */
  #maker(film: OpenFilm): (work: () => Promise<void>) => Promise<boolean> {
    const { project } = this.editor
    const before = project.document?.id
    const name = project.clip(film.id)?.name ?? film.info.name
    return async (work) => {
      const isMade = await this.editor.attempt(work, film.id)
      if (!isMade && project.document?.id !== before) this.editor.notices.warn(text.pins.notMade, '', name)
      return isMade
    }
  }

  async unpin(frame = this.editor.playback.frame): Promise<void> {
    const { film } = this.editor
    if (!film) return
    // It may be the frame that is being pinned just now.
    await this.editor.steps.afterAll(async () => {
      if (!this.editor.project.clip(film.id)?.frames[frame]?.pinned) return this.editor.tellOf(film, text.pins.noneHere)
      if (await this.editor.edit({ type: 'unpin', clip: film.id, frame, keepColoring: false }))
        this.editor.tellOf(film, text.pins.removed(frame))
    })
  }

  async move(from: number, to: number, copy: boolean): Promise<void> {
    const { film } = this.editor
    if (!film || from === to) return
    const make = this.#maker(film)
    await this.editor.steps.afterAll(() => this.#moveNow(make, film, from, to, copy))
  }

  /** The same as part of work that has its turn (UndoSteps.inOrder). */
  async moveInTurn(film: OpenFilm, from: number, to: number, copy: boolean): Promise<void> {
    await this.#moveNow(this.#maker(film), film, from, to, copy)
  }

  async #moveNow(
    make: (work: () => Promise<void>) => Promise<boolean>,
    film: OpenFilm,
    from: number,
    to: number,
    copy: boolean,
  ): Promise<void> {
    // Its colors may have to be carried there first.
    const slow = setTimeout(() => this.editor.tellOf(film, text.pins.carrying(to)), SLOW_MS)
    await make(async () => {
      const share = await ask('movePin', { clip: film.id, from, to, copy })
      if (share < ALIKE) this.editor.tellOf(film, text.pins.hardlyAlike)
    })
    clearTimeout(slow)
  }

  /** Goes to the frame where a new pin would help most. */
  async goToSuggested(): Promise<void> {
    const { film, playback } = this.editor
    if (!film) return
    const { range } = playback
    await this.editor.steps.allMade()
    await this.editor.attempt(async () => {
      const suggestion = await ask('suggestPin', { clip: film.id, ...(range && { range }) })
      if (this.editor.film !== film) return
      if (suggestion) this.editor.playback.seek(suggestion.frame)
      else this.editor.notices.tell(text.pins.noneNeeded)
    })
  }

  /** Looks for the frame where a new pin would help most. */
  async suggest(film: OpenFilm): Promise<void> {
    // Where nothing is colored, nothing is known of where the pass is at a loss.
    const found = film.present.length > 0 ? await ask('suggestPin', { clip: film.id }) : null
    if (this.editor.film === film) this.suggestion = found?.frame ?? null
  }

  goTo(direction: 1 | -1): void {
    const { film, playback, notices } = this.editor
    const frame = film?.neighborPin(playback.frame, direction) ?? null
    if (frame === null) notices.tell(direction > 0 ? text.pins.noneAfter : text.pins.noneBefore)
    else playback.seek(frame)
  }
}
