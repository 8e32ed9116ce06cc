/**
 * Answers a window's requests for frames and masks. In the viewer's slot the latest request wins, and so does the
 * latest mask. Where a frame is far, a picture of one nearby is sent first, and the frame makes way for a later
 * request. Thumbnails are begun one by one while the viewer wants nothing, and what it wants does not wait for the
 * one under way. After a step forward the next frame is read ahead.
 */
import type { FrameAnswer, FrameRequest, MaskRequest, StandInReply, ToFrameService } from '../../contract/frames.ts'
import { toUserErrorData, UserError } from '../../contract/userError.ts'
import type { Film } from '../film/film.ts'
import { createFrameReader, GivenUp } from '../reading/decoding/reader.ts'
import type { FrameReader, SourceFrame } from '../reading/footage.ts'
import { FramePictureMaker } from './framePicture.ts'
import { drawMask } from './maskRequest.ts'
import { heldStill, standInFirst } from './standInFirst.ts'

/** Thumbnails that wait; the oldest are dropped, since the timeline has been scrolled on. */
const WAITING_THUMBS = 200

export interface FrameSupply {
  /** Throws UserError for a film that is not open. */
  film(footageId: string): Film
  /** What the viewer waits for goes before whatever else computes. */
  giveWay(work: Promise<void>): void
}

interface Served {
  readonly film: Film
  readonly pictures: FramePictureMaker
  /** Thumbnails have a decoder of their own, so that they never make the viewer's lose its place. */
  thumbs: FrameReader | null
  /** Lets go of all that. */
  readonly forget: () => Promise<void>
}

/** Its reader was closed with it. */
const isOfClosed = (error: unknown): boolean => error instanceof UserError && error.code === 'cancelled'

function isOfOneFrame(one: FrameRequest, other: FrameRequest): boolean {
  return one.footageId === other.footageId && one.frame === other.frame
}

export class FrameService {
  #view: FrameRequest | null = null
  #mask: MaskRequest | null = null
  /** The request that is only stood in for so far. */
  #stoodIn: { readonly request: FrameRequest; readonly giveUp: AbortController } | null = null
  readonly #thumbs: FrameRequest[] = []
  /** What the viewer waits for, until all of it is answered. */
  #viewing: Promise<void> | null = null
  #fillingTimeline = false
  #closed = false
  #lastViewed: { footageId: string; frame: number } | null = null
  readonly #served = new Map<string, Served>()

  constructor(
    private readonly supply: FrameSupply,
    private readonly send: (answer: FrameAnswer) => void,
  ) {}

  request(request: ToFrameService): void {
    if (request.type === 'mask') {
      if (this.#mask) this.#drop(this.#mask)
      this.#mask = request
    } else if (request.slot === 'view') {
      if (this.#view) this.#drop(this.#view)
      this.#view = request
      if (this.#stoodIn && !isOfOneFrame(this.#stoodIn.request, request)) this.#stoodIn.giveUp.abort()
    } else {
      this.#thumbs.push(request)
      if (this.#thumbs.length > WAITING_THUMBS) this.#drop(this.#thumbs.shift()!)
    }
    if (request.type !== 'mask' && request.slot === 'thumb') {
      if (!this.#fillingTimeline) void this.#serveTimeline()
    } else if (!this.#viewing) {
      this.#viewing = this.#serveViewer().finally(() => (this.#viewing = null))
      this.supply.giveWay(this.#viewing)
    }
  }

  close(): void {
    this.#closed = true
    for (const { forget } of this.#served.values()) void forget()
  }

  #drop({ requestId }: ToFrameService): void {
    this.send({ type: 'dropped', requestId })
  }

  async #serveViewer(): Promise<void> {
    for (;;) {
      // A mask follows the hand that draws it, and costs little.
      const request = this.#mask ?? this.#view
      if (!request || this.#closed) break
      if (request === this.#mask) this.#mask = null
      else this.#view = null
      await this.#reply(request)
      // Between two frames, pause and cancel get their turn.
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }

  async #serveTimeline(): Promise<void> {
    this.#fillingTimeline = true
    for (;;) {
      while (this.#viewing) await this.#viewing
      const request = this.#thumbs.shift()
      if (!request || this.#closed) break
      await this.#reply(request)
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    this.#fillingTimeline = false
  }

  async #reply(request: ToFrameService): Promise<void> {
    try {
      const reply =
        request.type === 'mask'
          ? await drawMask(this.supply.film(request.footageId), request)
          : await this.#answer(request)
      if (!this.#closed) this.send(reply)
    } catch (error) {
      if (error instanceof GivenUp || isOfClosed(error)) this.#drop(request)
      else if (!this.#closed) this.send({ type: 'failed', requestId: request.requestId, error: toUserErrorData(error) })
    }
  }

  async #answer(request: FrameRequest): Promise<FrameAnswer> {
    const { film, pictures, thumbs } = this.#servedFilm(request)
    const frame = Math.min(film.info.frameCount - 1, Math.max(0, request.frame))
    const reader = request.slot === 'thumb' && thumbs ? thumbs : film.reader
    const reads: Promise<SourceFrame>[] = []
    const seen = this.#lastViewed?.footageId === request.footageId ? this.#lastViewed.frame : null
    const standIn = await standInFirst(request, frame, { film, pictures, seen })
    const giveUp = standIn && (await this.#standIn(request, standIn))
    const reply = await pictures
      .make(request, frame, () => (reads[0] ??= reader.read(frame, giveUp ?? undefined)))
      .finally(() => (this.#stoodIn = null))
    if (request.slot === 'view') {
      const last = this.#lastViewed
      const forward = last?.footageId === request.footageId && frame > last.frame && frame - last.frame <= 2
      this.#lastViewed = { footageId: request.footageId, frame }
      // The reader keeps it, so that the next step finds it decoded. Among kept pictures nothing needs to be.
      if (reads.length > 0 && forward && frame + 1 < film.info.frameCount)
        film.reader.read(frame + 1).catch(() => undefined)
    }
    return reply
  }

  /** Throws GivenUp where another frame is asked for at once; the signal says when one is. */
  async #standIn(request: FrameRequest, standIn: StandInReply): Promise<AbortSignal> {
    const giveUp = new AbortController()
    this.#stoodIn = { request, giveUp }
    // What was seen before is no longer in view: a frame near it is stood in for as well.
    this.#lastViewed = null
    if (!this.#closed) this.send(standIn)
    // One that came meanwhile waits already.
    if (this.#view && !isOfOneFrame(this.#view, request)) giveUp.abort()
    await heldStill(giveUp.signal)
    if (!giveUp.signal.aborted) return giveUp.signal
    this.#stoodIn = null
    throw new GivenUp()
  }

  #servedFilm({ footageId, slot }: FrameRequest): Served {
    const film = this.supply.film(footageId)
    const known = this.#served.get(footageId)
    const served = known?.film === film ? known : this.#serve(film, footageId)
    if (slot === 'thumb') served.thumbs ??= createFrameReader(film.tools, film.footage, 0)
    return served
  }

  #serve(film: Film, footageId: string): Served {
    const forget = async (): Promise<void> => {
      if (this.#served.get(footageId) === served) this.#served.delete(footageId)
      stopWaiting()
      await served.thumbs?.close()
    }
    const stopWaiting = film.closeAlong({ close: forget })
    const served: Served = { film, pictures: new FramePictureMaker(film), thumbs: null, forget }
    this.#served.set(footageId, served)
    return served
  }
}
