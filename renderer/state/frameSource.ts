/**
 * The page's end of the line for pixels and sound. One request for the viewer is under way at a time and the newest
 * wish wins; one that is only stood in for so far makes way for it. Thumbnails wait behind them. Sound is answered
 * beside them.
 */
import type {
  FrameReply,
  FrameRequest,
  FramesPortMessage,
  LineAnswer,
  MaskReply,
  MaskRequest,
  StandInReply,
} from '../../electron/contract/frames.ts'
import { noWords } from '../../electron/contract/sentence.ts'
import type { PeaksReply, PeaksRequest, SoundAnswer, SoundRequest } from '../../electron/contract/sound.ts'
import { UserError } from '../../electron/contract/userError.ts'

interface Wish {
  readonly footageId: string
  readonly frame: number
  readonly maxSide: number
  readonly coloring?: FrameRequest['coloring']
  readonly answer: (reply: FrameReply | null) => void
  readonly fail: (error: UserError) => void
  /** Told of a picture that stands in for the frame until that is there; left out where none is wanted. */
  readonly standIn?: ((reply: StandInReply) => void) | undefined
}

type WithoutId<T> = Omit<T, 'requestId'>

/** What of a MessagePort is used; tests give one of Node's. */
export interface FramesPort {
  postMessage(message: unknown): void
  start(): void
  close(): void
  onmessage: ((event: MessageEvent) => void) | null
}

export class FrameSource {
  #port: FramesPort | null = null
  #nextId = 1
  readonly #underWay = new Map<number, { wish: Wish; slot: 'view' | 'thumb' }>()
  #wantedView: Wish | null = null
  /**
   * What the frame sent last, and the one wanted next, are compared with. It follows its frame even where a newer one
   * is wanted, so that a running film is compared as well.
   */
  #otherOfSent: Wish | null = null
  #otherOfWanted: Wish | null = null
  /** The request that is to be answered before the next is sent, and whether something stands in for its frame. */
  #viewUnderWay: { readonly requestId: number; isStoodIn: boolean } | null = null
  readonly #masks = new Map<number, (reply: MaskReply | null) => void>()
  readonly #sounds = new Map<number, { answer: (reply: SoundAnswer) => void; fail: (error: UserError) => void }>()

  /** Takes the port of a (new) engine; what the old one did not answer is asked again. */
  connect(port: FramesPort): void {
    this.#port?.close()
    this.#port = port
    port.onmessage = ({ data }) => this.#receive(data as LineAnswer)
    port.start()
    const unanswered = [...this.#underWay.values()]
    this.#underWay.clear()
    this.#viewUnderWay = null
    for (const answer of this.#masks.values()) answer(null)
    this.#masks.clear()
    for (const { fail } of this.#sounds.values()) fail(gone())
    this.#sounds.clear()
    for (const { wish, slot } of unanswered) {
      if (slot === 'thumb') this.#send(wish, 'thumb')
      else if (this.#wantedView) wish.answer(null)
      else this.#wantedView = wish
    }
    this.#sendView()
  }

  get connected(): boolean {
    return this.#port !== null
  }

  /**
   * The frame for the viewer; null when a newer wish came first.
   * @param maxSide longest side wanted, pixels
   * @param standIn see Wish
   */
  view(
    footageId: string,
    frame: number,
    maxSide: number,
    coloring?: FrameRequest['coloring'],
    standIn?: (reply: StandInReply) => void,
  ): Promise<FrameReply | null> {
    return new Promise((answer, fail) => {
      this.#wantedView?.answer(null)
      this.#otherOfWanted?.answer(null)
      this.#otherOfWanted = null
      this.#wantedView = { footageId, frame, maxSide, ...(coloring && { coloring }), answer, fail, standIn }
      this.#sendView()
    })
  }

  /**
   * What the frame asked for last is compared with, as large; asked for after that; null when a newer wish came first.
   */
  other(
    footageId: string,
    frame: number,
    maxSide: number,
    coloring?: FrameRequest['coloring'],
  ): Promise<FrameReply | null> {
    return new Promise((answer, fail) => {
      const wish = { footageId, frame, maxSide, ...(coloring && { coloring }), answer, fail }
      if (this.#wantedView) {
        this.#otherOfWanted?.answer(null)
        this.#otherOfWanted = wish
      } else {
        this.#otherOfSent?.answer(null)
        this.#otherOfSent = wish
      }
      this.#sendView()
    })
  }

  /** A small picture for the timeline; null when the timeline was scrolled on before its turn came. */
  thumb(footageId: string, frame: number, maxSide: number): Promise<FrameReply | null> {
    return new Promise((answer, fail) => this.#send({ footageId, frame, maxSide, answer, fail }, 'thumb'))
  }

  /** What a region takes of a frame; null when a newer one was asked for, or it can not be told. */
  mask(region: Omit<MaskRequest, 'type' | 'requestId'>): Promise<MaskReply | null> {
    return new Promise((answer) => {
      if (!this.#port) return answer(null)
      const requestId = this.#nextId++
      this.#masks.set(requestId, answer)
      this.#port.postMessage({ ...region, type: 'mask', requestId })
    })
  }

  /** A block of a film's sound, left and right in turns; null for silence. Throws UserError where it can't be had. */
  async sound(footageId: string, block: number): Promise<Int16Array | null> {
    const reply = await this.#hear({ type: 'sound', footageId, block })
    return reply.type === 'sound' ? reply.samples : null
  }

  /** How loud parts of a film are. Throws UserError where that can't be told. */
  async peaks(part: Omit<WithoutId<PeaksRequest>, 'type'>): Promise<PeaksReply> {
    return (await this.#hear({ type: 'peaks', ...part })) as PeaksReply
  }

  #hear(request: WithoutId<SoundRequest> | WithoutId<PeaksRequest>): Promise<SoundAnswer> {
    return new Promise((answer, fail) => {
      if (!this.#port) return fail(gone())
      const requestId = this.#nextId++
      this.#sounds.set(requestId, { answer, fail })
      this.#port.postMessage({ ...request, requestId })
    })
  }

  #sendView(): void {
    if (this.#viewUnderWay?.isStoodIn && this.#wantedView) {
      this.#viewUnderWay = null
      this.#otherOfSent?.answer(null)
      this.#otherOfSent = null
    }
    const wish = this.#otherOfSent ?? this.#wantedView
    if (this.#viewUnderWay || !wish || !this.#port) return
    if (wish === this.#otherOfSent) this.#otherOfSent = null
    else {
      this.#otherOfSent = this.#otherOfWanted
      this.#wantedView = this.#otherOfWanted = null
    }
    this.#viewUnderWay = { requestId: this.#send(wish, 'view'), isStoodIn: false }
  }

  #send(wish: Wish, slot: 'view' | 'thumb'): number {
    const requestId = this.#nextId++
    this.#underWay.set(requestId, { wish, slot })
    const { footageId, frame, maxSide, coloring } = wish
    this.#port?.postMessage({
      type: 'frame',
      requestId,
      footageId,
      frame,
      maxSide,
      slot,
      ...(coloring && { coloring }),
      ...(wish.standIn && { mayStandIn: true }),
    })
    return requestId
  }

  #receive(answer: LineAnswer): void {
    const sound = this.#sounds.get(answer.requestId)
    if (sound) {
      this.#sounds.delete(answer.requestId)
      if (answer.type === 'sound' || answer.type === 'peaks') sound.answer(answer)
      else sound.fail(answer.type === 'failed' ? UserError.from(answer.error) : gone())
      return
    }
    const mask = this.#masks.get(answer.requestId)
    if (mask) {
      this.#masks.delete(answer.requestId)
      mask(answer.type === 'mask' ? answer : null)
      return
    }
    const asked = this.#underWay.get(answer.requestId)
    if (!asked) return
    const isAwaited = this.#viewUnderWay?.requestId === answer.requestId
    if (answer.type === 'stand-in') {
      if (isAwaited) this.#viewUnderWay!.isStoodIn = true
      asked.wish.standIn?.(answer)
      if (isAwaited) this.#sendView()
      return
    }
    this.#underWay.delete(answer.requestId)
    if (answer.type === 'frame') asked.wish.answer(answer)
    else if (answer.type !== 'failed') asked.wish.answer(null)
    else asked.wish.fail(UserError.from(answer.error))
    if (isAwaited) {
      this.#viewUnderWay = null
      this.#sendView()
    }
  }
}

/** The engine that was asked is there no more; another one may be asked again. */
const gone = (): UserError => new UserError('cancelled', noWords, noWords)

/** Hears the preload hand over the port. @returns the function that stops listening */
export function onFramesPort(listener: (port: MessagePort) => void): () => void {
  const receive = (event: MessageEvent): void => {
    const [port] = event.ports
    if (event.source === window && (event.data as Partial<FramesPortMessage> | null)?.framesPort === true && port)
      listener(port)
  }
  window.addEventListener('message', receive)
  return () => window.removeEventListener('message', receive)
}
