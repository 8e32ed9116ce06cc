/**
 * The page's end of the line for pixels. One request for the viewer is under way at a time and the newest wish wins;
 * thumbnails wait behind it.
 */
import type {
  FrameAnswer,
  FrameReply,
  FrameRequest,
  FramesPortMessage,
  MaskReply,
  MaskRequest,
} from '../../electron/contract/frames.ts'
import { UserError } from '../../electron/contract/userError.ts'

interface Wish {
  readonly footageId: string
  readonly frame: number
  readonly maxSide: number
  readonly coloring?: FrameRequest['coloring']
  readonly answer: (reply: FrameReply | null) => void
  readonly fail: (error: UserError) => void
}

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
  #viewUnderWay = false
  readonly #masks = new Map<number, (reply: MaskReply | null) => void>()

  /** Takes the port of a (new) engine; what the old one did not answer is asked again. */
  connect(port: FramesPort): void {
    this.#port?.close()
    this.#port = port
    port.onmessage = ({ data }) => this.#receive(data as FrameAnswer)
    port.start()
    const unanswered = [...this.#underWay.values()]
    this.#underWay.clear()
    this.#viewUnderWay = false
    for (const answer of this.#masks.values()) answer(null)
    this.#masks.clear()
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
   */
  view(
    footageId: string,
    frame: number,
    maxSide: number,
    coloring?: FrameRequest['coloring'],
  ): Promise<FrameReply | null> {
    return new Promise((answer, fail) => {
      this.#wantedView?.answer(null)
      this.#otherOfWanted?.answer(null)
      this.#otherOfWanted = null
      this.#wantedView = { footageId, frame, maxSide, ...(coloring && { coloring }), answer, fail }
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

  #sendView(): void {
    const wish = this.#otherOfSent ?? this.#wantedView
    if (this.#viewUnderWay || !wish || !this.#port) return
    if (wish === this.#otherOfSent) this.#otherOfSent = null
    else {
      this.#otherOfSent = this.#otherOfWanted
      this.#wantedView = this.#otherOfWanted = null
    }
    this.#viewUnderWay = true
    this.#send(wish, 'view')
  }

  #send(wish: Wish, slot: 'view' | 'thumb'): void {
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
    })
  }

  #receive(answer: FrameAnswer): void {
    const mask = this.#masks.get(answer.requestId)
    if (mask) {
      this.#masks.delete(answer.requestId)
      mask(answer.type === 'mask' ? answer : null)
      return
    }
    const asked = this.#underWay.get(answer.requestId)
    if (!asked) return
    this.#underWay.delete(answer.requestId)
    if (answer.type === 'frame') asked.wish.answer(answer)
    else if (answer.type !== 'failed') asked.wish.answer(null)
    else asked.wish.fail(UserError.from(answer.error))
    if (asked.slot === 'view') {
      this.#viewUnderWay = false
      this.#sendView()
    }
  }
}

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
