/**
 * The clips that are open in the engine: keeps the engine's idea of each equal to the document. Edits are sent one at a
 * time and the latest wins, so that a drag of a hundred steps costs the engine no more than it can do.
 */
import type { FilmEdits } from '../contract/filmEdits.ts'
import type { AssetId } from '../contract/operations.ts'
import type { Clip, FrameEdit } from '../contract/projectDocument.ts'
import type { FootageInfo } from '../contract/schemas.ts'
import { UserError } from '../contract/userError.ts'
import type { EngineClient } from '../host/engineClient.ts'
import { changedFrames, frameColoring, layoutOf, picturesOf } from '../project/filmEdits.ts'
import type { ProjectSession } from '../project/projectSession.ts'

/** Films that stay open beside the one in view; each has a decoder and a frame index in the engine. */
const KEPT_OPEN = 3

interface OpenClip {
  readonly info: FootageInfo
  readonly path: string
  /** Of the film's content, as the document knew it when the film was opened. */
  readonly hash: string
  /** The document as the engine knows it. */
  sent: Clip | null
  /** Ends when everything known so far has been sent; fails with the sentence of what could not be taken. */
  sending: Promise<void> | null
  usedAt: number
}

export interface ClipDeskListeners {
  /** Something of the document that the engine could not take, with nobody waiting for it. */
  readonly onTrouble: (error: unknown) => void
}

export class ClipDesk {
  readonly #open = new Map<string, OpenClip>()
  readonly #opening = new Map<string, Promise<FootageInfo>>()
  #uses = 0

  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly listeners: ClipDeskListeners,
  ) {}

  /** The clip as it is in the document now. Throws UserError where there is none. */
  clip(id: string): Clip {
    const found = this.session.project.clips.find((clip) => clip.id === id)
    if (found) return found
    throw new UserError('not-found', 'This clip is no longer in the project.', 'Choose another one.')
  }

  /** Throws UserError 'not-found' where the film is gone from its place: the artist then says where it is. */
  open(id: string, busy: (clip: string) => boolean): Promise<FootageInfo> {
    const known = this.#opening.get(id)
    if (known) return known
    const opening = this.#openNow(id, busy).finally(() => this.#opening.delete(id))
    this.#opening.set(id, opening)
    return opening
  }

  async #openNow(id: string, busy: (clip: string) => boolean): Promise<FootageInfo> {
    const footage = await this.session.footageOf(id)
    if (footage.state === 'missing') {
      throw new UserError('footage-missing', `The film of “${this.clip(id).name}” is not where it was.`, 'Say where it is now.', this.clip(id).footage.absolutePath)
    }
    const known = this.#open.get(id)
    const { hash } = this.clip(id).footage
    if (known && known.path === footage.path && known.hash === hash) {
      known.usedAt = ++this.#uses
      await this.settled(id)
      return known.info
    }
    const info = await this.engine.call('openFootage', footage.path, id)
    this.#open.set(id, { info, path: footage.path, hash, sent: null, sending: null, usedAt: ++this.#uses })
    await this.settled(id).catch((error: unknown) => this.listeners.onTrouble(error))
    await this.#closeUnused(busy)
    return info
  }

  /** What is open of a clip. Throws UserError where it was never looked at. */
  info(id: string): FootageInfo {
    const open = this.#open.get(id)
    if (open) return open.info
    throw new UserError('not-found', 'This film is not open any more.', 'Open it again.')
  }

  /** To be called after every change of the document. */
  sync(): void {
    if (!this.session.isOpen) return
    const clips = new Map(this.session.project.clips.map((clip) => [clip.id, clip]))
    for (const [id, open] of this.#open) {
      const clip = clips.get(id)
      // A clip that was linked with another film is opened anew by whoever looks at it.
      if (!clip || clip.footage.hash !== open.hash) void this.#close(id)
      else if (clip !== open.sent) this.#send(id, open).catch((error: unknown) => this.listeners.onTrouble(error))
    }
  }

  /** Resolves when the engine knows the document as it is now. Rejects with a UserError where it could not take it. */
  async settled(id: string): Promise<void> {
    const open = this.#open.get(id)
    if (!open) throw new UserError('not-found', 'This film is not open any more.', 'Open it again.')
    await (open.sent === this.clip(id) ? open.sending : this.#send(id, open))
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.#close(id)))
  }

  #send(id: string, open: OpenClip): Promise<void> {
    // While one change is on its way the next ones gather; the last of them goes out then.
    open.sending ??= this.#sendAll(id, open).finally(() => (open.sending = null))
    return open.sending
  }

  async #sendAll(id: string, open: OpenClip): Promise<void> {
    // Lets edits made in one breath gather first.
    await Promise.resolve()
    let trouble: unknown = null
    for (;;) {
      if (!this.session.isOpen || this.#open.get(id) !== open) break
      const clip = this.session.project.clips.find((each) => each.id === id)
      if (!clip || clip === open.sent) break
      try {
        await this.engine.call('setEdits', id, this.#edits(open.sent, clip))
      } catch (error) {
        trouble = error
        await this.#sendWhatCanBeTaken(id, open.sent, clip)
      }
      open.sent = clip
    }
    if (trouble) throw trouble
  }

  /** A picture that is damaged or gone must not keep the rest of the document from the engine. */
  async #sendWhatCanBeTaken(id: string, before: Clip | null, clip: Clip): Promise<void> {
    const edits = this.#edits(before, clip)
    const call = (part: FilmEdits): Promise<boolean> => this.engine.call('setEdits', id, part).then(() => true, () => false)
    await call({ ...edits, frames: [] })
    for (const [frame, coloring] of edits.frames) {
      if (await call({ complete: false, frames: [[frame, coloring]], pictures: edits.pictures })) continue
      await call({ complete: false, frames: [[frame, coloring && { ...coloring, base: { kind: 'automatic' }, operations: [], pinned: false }]], pictures: {} })
    }
  }

  #edits(before: Clip | null, after: Clip): FilmEdits {
    const { assets } = this.session
    const pathOf = (asset: AssetId): string => assets.pathOf(asset)
    const frames = changedFrames(before, after)
    return {
      complete: before === null,
      frames: frames.map(([frame, edit]) => [frame, edit && frameColoring(edit, pathOf)] as const),
      pictures: picturesOf(frames.flatMap(([, edit]): FrameEdit[] => (edit ? [edit] : [])), pathOf),
      layout: layoutOf(after),
    }
  }

  async #closeUnused(busy: (clip: string) => boolean): Promise<void> {
    const byUse = [...this.#open].sort(([, a], [, b]) => b.usedAt - a.usedAt).slice(1 + KEPT_OPEN)
    for (const [id] of byUse) if (!busy(id)) await this.#close(id)
  }

  async #close(id: string): Promise<void> {
    if (!this.#open.delete(id)) return
    await this.engine.call('closeFootage', id).catch(() => undefined)
  }
}
