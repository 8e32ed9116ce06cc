/**
 * Answers a window's requests for frames and masks. In the viewer's slot the latest request wins, and so does the latest
 * mask; thumbnails are served one by one when nothing else is wanted. After a step forward the next frame is read ahead.
 */
import type { FrameAnswer, FrameRequest, MaskRequest, ToFrameService } from '../../contract/frames.ts'
import { toUserErrorData } from '../../contract/userError.ts'
import type { Film } from '../film/film.ts'
import { createFrameReader } from '../media/reader.ts'
import type { FrameReader, SourceFrame } from '../media/footage.ts'
import { FramePictureMaker } from './framePicture.ts'
import { drawMask } from './maskRequest.ts'

/** Thumbnails that wait; the oldest are dropped, since the timeline has been scrolled on. */
const WAITING_THUMBS = 200

interface Served {
  readonly film: Film
  readonly pictures: FramePictureMaker
  /** Thumbnails have a decoder of their own, so that they never make the viewer's lose its place. */
  thumbs: FrameReader | null
}

export class FrameService {
  #view: FrameRequest | null = null
  #mask: MaskRequest | null = null
  readonly #thumbs: FrameRequest[] = []
  #busy = false
  #closed = false
  #lastViewed: { footageId: string; frame: number } | null = null
  readonly #served = new Map<string, Served>()

  constructor(
    private readonly findFilm: (footageId: string) => Film,
    private readonly send: (answer: FrameAnswer) => void,
  ) {}

  request(request: ToFrameService): void {
    if (request.type === 'mask') {
      if (this.#mask) this.#drop(this.#mask)
      this.#mask = request
    } else if (request.slot === 'view') {
      if (this.#view) this.#drop(this.#view)
      this.#view = request
    } else {
      this.#thumbs.push(request)
      if (this.#thumbs.length > WAITING_THUMBS) this.#drop(this.#thumbs.shift()!)
    }
    if (!this.#busy) void this.#serve()
  }

  close(): void {
    this.#closed = true
    for (const { thumbs } of this.#served.values()) void thumbs?.close()
    this.#served.clear()
  }

  #drop({ requestId }: ToFrameService): void {
    this.send({ type: 'dropped', requestId })
  }

  async #serve(): Promise<void> {
    this.#busy = true
    for (;;) {
      // A mask follows the hand that draws it, and costs little.
      const request = this.#mask ?? this.#view ?? this.#thumbs.shift()
      if (!request || this.#closed) break
      if (request === this.#mask) this.#mask = null
      if (request === this.#view) this.#view = null
      try {
        const reply = request.type === 'mask' ? await drawMask(this.findFilm(request.footageId), request) : await this.#answer(request)
        if (!this.#closed) this.send(reply)
      } catch (error) {
        if (!this.#closed) this.send({ type: 'failed', requestId: request.requestId, error: toUserErrorData(error) })
      }
      // Between two frames, pause and cancel get their turn.
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    this.#busy = false
  }

  async #answer(request: FrameRequest): Promise<FrameAnswer> {
    const { film, pictures, thumbs } = this.#servedFilm(request)
    const frame = Math.min(film.info.frameCount - 1, Math.max(0, request.frame))
    const source: SourceFrame = await (request.slot === 'thumb' && thumbs ? thumbs : film.reader).read(frame)
    const reply = await pictures.make(request, source)
    if (request.slot === 'view') {
      const last = this.#lastViewed
      const forward = last?.footageId === request.footageId && frame > last.frame && frame - last.frame <= 2
      this.#lastViewed = { footageId: request.footageId, frame }
      // The reader keeps it, so that the next step finds it decoded.
      if (forward && frame + 1 < film.info.frameCount) film.reader.read(frame + 1).catch(() => undefined)
    }
    return reply
  }

  #servedFilm({ footageId, slot }: FrameRequest): Served {
    const film = this.findFilm(footageId)
    let served = this.#served.get(footageId)
    if (served?.film !== film) {
      void served?.thumbs?.close()
      served = { film, pictures: new FramePictureMaker(film), thumbs: null }
      this.#served.set(footageId, served)
    }
    if (slot === 'thumb') served.thumbs ??= createFrameReader(film.tools, film.footage, 0)
    return served
  }
}
