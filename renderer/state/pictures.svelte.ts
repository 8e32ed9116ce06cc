/** The frames that the viewer draws: the one in view, and the one it is compared with. */
import type { FrameReply, FrameRequest, StandInReply } from '../../electron/contract/frames.ts'
import { standInPicture, type DrawnPicture } from '../gl/standInPicture.ts'
import type { OpenFilm } from './film.svelte.ts'
import type { FrameSource } from './frameSource.ts'
import type { Playback } from './playback.svelte.ts'
import type { Viewer } from './viewer.svelte.ts'

/** How long the film stands on a frame before its pinned picture is asked for at full size. */
const WHOLE_PICTURE_DELAY_MS = 150

const coloringOf = (isBase: boolean, whole: boolean): FrameRequest['coloring'] =>
  whole ? (isBase ? 'base-picture' : 'picture') : isBase ? 'base' : undefined

export class Pictures {
  /** Stays while the next one is fetched, so that nothing flickers. */
  shown = $state.raw<FrameReply | null>(null)
  other = $state.raw<FrameReply | null>(null)
  /** Drawn in the place of `shown` until the frame in view is there; nothing is measured in it. */
  standIn = $state.raw<DrawnPicture | null>(null)
  /** The frame asked for last, and the one that `shown` or `standIn` is for: counted as they are asked for. */
  #asked = 0
  #answered = 0

  constructor(
    private readonly frames: FrameSource,
    private readonly playback: Playback,
    private readonly viewer: Viewer,
    private readonly film: () => OpenFilm | null,
    private readonly fail: (error: unknown) => void,
    private readonly hasShown: () => void,
  ) {}

  clear(): void {
    this.shown = null
    this.other = null
    this.standIn = null
    this.#answered = this.#asked
  }

  /** Asks the engine for the frame in view, at the size it is shown. */
  refresh(): void {
    const film = this.film()
    if (!film) return
    const { frame, playing } = this.playback
    const { shown } = this
    // Once drawn at full size, a pinned picture stays so while it is looked at.
    const whole =
      !playing && shown?.footageId === film.id && shown.frame === frame && shown.coloring?.picture === 'drawn'
    this.#show(film, frame, whole)
    this.#refreshOther(film, whole)
  }

  /** @param whole with all that an export writes of pinned pictures */
  #show(film: OpenFilm, frame: number, whole: boolean): void {
    const { playback, viewer } = this
    const coloring = coloringOf(viewer.beforeEdits, whole)
    const isCompared = viewer.mode === 'difference' || viewer.mode === 'onion'
    if (isCompared) this.standIn = null
    const number = ++this.#asked
    const standIn =
      whole || isCompared || playback.playing
        ? undefined
        : (reply: StandInReply) => void this.#showStandIn(film, reply, number)
    void this.frames
      .view(film.id, frame, playback.playing ? viewer.wantedSideInMotion : viewer.wantedSide, coloring, standIn)
      .then((reply) => {
        // Under the same name it may be another film by now.
        if (!reply || film !== this.film()) return
        this.shown = reply
        this.hasShown()
        if (number >= this.#answered) this.standIn = null
        this.#answered = Math.max(this.#answered, number)
        if (reply.coloring?.picture === 'at-hand') this.#askForWholePicture(film, reply)
      })
      .catch((error: unknown) => {
        // Of a film that was closed, and may be open anew by now, nothing is wanted any more.
        if (film !== this.film()) return
        this.standIn = null
        // Under this frame's number another one would be untrue, and drawn upon as if it were this one.
        if (number === this.#asked && this.shown?.frame !== frame) this.shown = null
        this.playback.pause()
        this.fail(error)
      })
  }

  /** @param number of the request */
  async #showStandIn(film: OpenFilm, reply: StandInReply, number: number): Promise<void> {
    const picture = await standInPicture(reply)
    // The frame itself, or a later one, may have come meanwhile.
    if (!picture || film !== this.film() || number <= this.#answered) return
    this.#answered = number
    this.standIn = picture
  }

  /** A pinned picture is decoded at full size when the film stands on it, not while it runs or is scrubbed over. */
  #askForWholePicture(film: OpenFilm, reply: FrameReply): void {
    setTimeout(() => {
      const { playback } = this
      if (this.shown === reply && playback.frame === reply.frame && !playback.playing) {
        this.#show(film, reply.frame, true)
        this.#refreshOther(film, true)
      }
    }, WHOLE_PICTURE_DELAY_MS)
  }

  /**
   * 'difference' compares with the frame before its edits (without edits: with the original), 'onion' with the nearest
   * pin.
   */
  #refreshOther(film: OpenFilm, whole: boolean): void {
    const { mode, wantedSide } = this.viewer
    const { frame } = this.playback
    const pin = mode === 'onion' ? film.nearestPin(frame) : null
    if (mode !== 'difference' && pin === null) {
      this.other = null
      return
    }
    const edited = film.showsEdits(frame)
    void this.frames
      .other(film.id, pin ?? frame, wantedSide, coloringOf(pin === null, whole))
      .then((reply) => {
        if (!reply || film !== this.film() || mode !== this.viewer.mode) return
        this.other = mode === 'difference' && !edited ? { ...reply, coloring: null } : reply
      })
      .catch((error: unknown) => {
        if (film !== this.film()) return
        if (this.other?.frame !== (pin ?? frame)) this.other = null
        this.fail(error)
      })
  }
}
