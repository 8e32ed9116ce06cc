/**
 * The clips that are open in the engine: keeps the engine's idea of each equal to the document. Edits are sent one at a
 * time and the latest wins, so that a drag of a hundred steps costs the engine no more than it can do.
 */
import { stat } from 'node:fs/promises'
import type { FilmEdits } from '../contract/filmEdits.ts'
import { filmOf, type Clip } from '../contract/projectDocument.ts'
import { isSameRate } from '../contract/frameRate.ts'
import type { FootageInfo, Rational } from '../contract/schemas.ts'
import { sentence } from '../contract/sentence.ts'
import { unlessExpected, UserError, type UserErrorData } from '../contract/userError.ts'
import type { EngineClient } from '../host/engineClient.ts'
import { editsOf } from '../project/passes/filmEdits.ts'
import type { ProjectSession } from '../project/session/projectSession.ts'
import { pictureCount } from '../project/films/replacedPictures.ts'

/** Films that stay open beside the one in view; each has a decoder and a frame index in the engine. */
const KEPT_OPEN = 3

interface OpenClip {
  readonly info: FootageInfo
  readonly path: string
  /** Stands for the film's content, as the document knew it when the film was opened. */
  readonly film: string
  /** Of a sequence of pictures, as the artist said by then. */
  readonly rate: Rational | undefined
  /** What its file was by size and time; null for numbered pictures, and where nobody could tell. */
  readonly stamp: string | null
  /** How many pictures its run had when it was looked at last; undefined for other films. */
  pictures: number | undefined
  /** The document as the engine knows it. */
  sent: Clip | null
  /** Where that said the project's pictures and colorings are. */
  assets: string
  /** Ends when everything known so far has been sent; fails with the sentence of what could not be taken. */
  sending: Promise<void> | null
  usedAt: number
}

export interface ClipDeskListeners {
  /** The clip's film was opened, and the engine knows its document. */
  readonly onOpened: (clip: string) => void
  /** Work on the clip is under way, which would end if its film were closed. */
  readonly isBusy: (clip: string) => boolean
  /** Something of the document that the engine could not take, with nobody waiting for it. */
  readonly onTrouble: (error: unknown) => void
  /** The clip's film is wanted but not to be had: not where it was, or the engine could not open it again. */
  readonly onAway: (clip: string) => void
  /** Pictures of the clip's film were replaced while it was open; it was opened anew. */
  readonly onPicturesReplaced: (clip: string, info: FootageInfo) => void
  /** The file of the clip's film was written to, or is another one; it was opened anew. */
  readonly onFileReplaced: (clip: string) => void
  /** Something that the artist should know of a film that is open. */
  readonly onNotice: (notice: Pick<UserErrorData, 'message' | 'advice'>) => void
  /** Pictures of the clip's film are others than those in which its cuts were found. */
  readonly onCutsUnsure: (clip: string) => Promise<void>
  /** Resolves when no search is under way that may give the clip other shots than those it has. */
  readonly shotsFound: (clip: string) => Promise<void>
}

/** Null where the file can not be reached: a share that hiccups just now is no change. */
const stampOf = (path: string): Promise<string | null> =>
  stat(path).then(
    ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
    () => null,
  )

const noted = (): void => undefined

const isSameStamp = (one: string | null, other: string | null): boolean =>
  one === null || other === null || one === other

export class ClipDesk {
  readonly #open = new Map<string, OpenClip>()
  readonly #opening = new Map<string, { readonly era: number; readonly info: Promise<FootageInfo> }>()
  /** Counts how often all films were closed: what was begun before belongs to a project that was left. */
  #era = 0
  #uses = 0
  #inView: string | null = null
  #showings = 0

  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly listeners: ClipDeskListeners,
  ) {}

  /** The clip as it is in the document now. Throws UserError where there is none. */
  clip(id: string): Clip {
    const found = this.session.project.clips.find((clip) => clip.id === id)
    if (found) return found
    throw new UserError('not-found', sentence`This clip is no longer in the project.`, sentence`Choose another one.`)
  }

  /** Clips whose films are open. */
  get openClips(): string[] {
    return [...this.#open.keys()]
  }

  /** Throws UserError 'footage-missing' where the film is gone from its place: the artist then says where it is. */
  open(id: string): Promise<FootageInfo> {
    const known = this.#opening.get(id)
    if (known?.era === this.#era) return known.info
    // The engine knows both by one name: what was begun for the project before ends first, however it ends.
    const begin = known ? known.info.then(noted, noted).then(() => this.#openNow(id)) : this.#openNow(id)
    const info = begin.finally(() => {
      if (this.#opening.get(id)?.info === info) this.#opening.delete(id)
    })
    this.#opening.set(id, { era: this.#era, info })
    return info
  }

  /** The same for the film that comes into view: it stays open until another one does, whatever else is opened. */
  async show(id: string): Promise<FootageInfo> {
    const showing = ++this.#showings
    // Until then the one before is in view.
    const info = await this.open(id)
    if (showing === this.#showings) this.#inView = id
    return info
  }

  async #openNow(id: string): Promise<FootageInfo> {
    const footage = await this.session.footageOf(id)
    // What is being colored is noted by what was known when it began.
    if (footage.state !== 'missing' && !this.listeners.isBusy(id)) {
      this.session.noteReplaced(id, footage.run?.replaced ?? [], footage.run?.files ?? [])
    }
    const { artistRate: rate, footage: link } = this.clip(id)
    const film = filmOf(link)
    const known = this.#open.get(id)
    const pictures = footage.state === 'missing' ? undefined : footage.run?.files.length
    if (known) this.#tellLength(known, link.pictures, pictures)
    // A film that was moved while work on it is under way stays open where it was found: opening it anew would end the
    // work.
    // The engine reads nothing more of a file that was written to since, be its content the same.
    const stamp = footage.state === 'missing' || link.pictures !== undefined ? null : await stampOf(footage.path)
    const isSame =
      known?.film === film &&
      isSameRate(known.rate, rate) &&
      (this.listeners.isBusy(id) ||
        (footage.state !== 'missing' && known.path === footage.path && isSameStamp(known.stamp, stamp)))
    if (known && isSame) {
      known.usedAt = ++this.#uses
      await this.#settle(id, known)
      return known.info
    }
    if (footage.state === 'missing') {
      this.listeners.onAway(id)
      throw new UserError(
        'footage-missing',
        sentence`The film of “${this.clip(id).name}” is not where it was.`,
        sentence`Say where it is now.`,
        this.clip(id).footage.absolutePath,
      )
    }
    // The engine closes what it has under this name before it opens the next.
    this.#open.delete(id)
    const info = await this.engine.call('openFootage', footage.path, id, rate)
    const open: OpenClip = {
      info,
      path: footage.path,
      film,
      rate,
      stamp,
      pictures,
      sent: null,
      assets: '',
      sending: null,
      usedAt: ++this.#uses,
    }
    this.#open.set(id, open)
    await this.#settle(id, open).catch(async (error: unknown) => {
      // Undo may have taken the clip out while its film was being opened: that is told to whoever wanted it.
      if (!this.session.isOpen || !this.session.project.clips.some((clip) => clip.id === id)) {
        await this.#close(id)
        throw error
      }
      this.listeners.onTrouble(error)
    })
    await this.#closeUnused()
    if (link.pictures !== undefined && this.clip(id).cuts === 'automatic' && !(await this.engine.call('shots', id))) {
      await this.listeners.onCutsUnsure(id)
    }
    this.listeners.onOpened(id)
    return info
  }

  /**
   * A run that grew or shrank while it is open keeps the frames that are known until the artist links it anew; it is
   * said once.
   */
  #tellLength(open: OpenClip, linked: string | undefined, pictures: number | undefined): void {
    if (linked === undefined || pictures === undefined || pictures === open.pictures) return
    open.pictures = pictures
    const known = pictureCount(linked)
    if (pictures === known) return
    this.listeners.onNotice({
      message: sentence`“${open.info.name}” has ${pictures} pictures now; this project knows ${known}.`,
      advice: sentence`See “Where the films lie” to use it as it is now, or bring its folder back to what it was.`,
    })
  }

  /**
   * Looks whether a clip's film was replaced while it is open, or pictures of its run: scans are mended beside the
   * program. Then they are noted, and it is opened anew. While work on it is under way it stays as it is; the next look
   * sees to it.
   */
  async lookAgain(id: string): Promise<void> {
    if (!this.#open.has(id)) return
    if (this.clip(id).footage.pictures === undefined) return this.#lookAtFile(id)
    await this.listeners.shotsFound(id)
    const before = this.#open.get(id)
    if (!before || this.listeners.isBusy(id)) return
    const info = await this.open(id)
    if (this.#open.get(id) === before) return
    this.listeners.onPicturesReplaced(id, info)
    await this.listeners.shotsFound(id)
  }

  async #lookAtFile(id: string): Promise<void> {
    const before = this.#open.get(id)
    if (!before || isSameStamp(before.stamp, await stampOf(before.path))) return
    if (this.#open.get(id) !== before || this.listeners.isBusy(id)) return
    await this.open(id)
    if (this.#open.get(id) !== before) this.listeners.onFileReplaced(id)
  }

  /** The same for all clips that are open, for whoever comes back to the program. */
  async lookAtAll(): Promise<void> {
    // A film that is away is looked for by others.
    for (const id of this.openClips) await this.lookAgain(id).catch(unlessExpected(this.listeners.onTrouble))
  }

  /** What the clip's film is; it is opened where it is not open. */
  async info(id: string): Promise<FootageInfo> {
    return this.#open.get(id)?.info ?? this.open(id)
  }

  /** The engine has no such film any more: it is opened anew by whoever wants it next. */
  lost(id: string): void {
    if (this.#open.delete(id)) this.listeners.onAway(id)
  }

  /** The same of all films, whether they are there or not. */
  allLost(): void {
    this.#open.clear()
  }

  /** To be called after every change of the document. */
  sync(): void {
    if (!this.session.isOpen) return
    const clips = new Map(this.session.project.clips.map((clip) => [clip.id, clip]))
    for (const [id, open] of this.#open) {
      const clip = clips.get(id)
      // A clip that was linked with another film, or runs at another rate, is opened anew by whoever looks at it.
      if (!clip || filmOf(clip.footage) !== open.film || !isSameRate(clip.artistRate, open.rate)) void this.#close(id)
      else if (!this.#knows(open, clip)) this.#send(id, open).catch((error: unknown) => this.listeners.onTrouble(error))
    }
  }

  /**
   * Resolves when the clip is open and the engine knows the document as it is now. Rejects with a UserError where it
   * could not take it.
   */
  async settled(id: string): Promise<void> {
    if (!this.#open.has(id)) await this.open(id)
    const open = this.#open.get(id)
    if (open) await this.#settle(id, open)
  }

  /**
   * Plans by the document in a moment in which the engine knows it just so. What 'work' asks of the engine before its
   * first await goes by that very document; edits made from then on come behind it. Whatever has to be asked for the
   * plan is asked before: colors made by an edit that came in between would be kept under the name of those before it.
   */
  async whenSettled<T>(id: string, work: (clip: Clip) => T): Promise<Awaited<T>> {
    for (;;) {
      await this.settled(id)
      const open = this.#open.get(id)
      const clip = this.clip(id)
      if (open?.sending === null && this.#knows(open, clip)) return await work(clip)
    }
  }

  async #settle(id: string, open: OpenClip): Promise<void> {
    await (this.#knows(open, this.clip(id)) ? open.sending : this.#send(id, open))
  }

  async closeAll(): Promise<void> {
    this.#era++
    await Promise.all([...this.#open.keys()].map((id) => this.#close(id)))
  }

  /** A project that was saved in another place has its pictures there. */
  #knows(open: OpenClip, clip: Clip): boolean {
    return open.sent === clip && open.assets === this.session.assets.folder
  }

  #send(id: string, open: OpenClip): Promise<void> {
    // While one change is on its way the next ones gather; the last of them goes out then.
    open.sending ??= this.#sendAll(id, open).finally(() => (open.sending = null))
    return open.sending
  }

  async #sendAll(id: string, open: OpenClip): Promise<void> {
    // Lets edits made in one breath gather first.
    await Promise.resolve()
    const troubles: unknown[] = []
    for (;;) {
      if (!this.session.isOpen || this.#open.get(id) !== open) break
      const clip = this.session.project.clips.find((each) => each.id === id)
      if (!clip || this.#knows(open, clip)) break
      const { folder } = this.session.assets
      const before = open.assets === folder ? open.sent : null
      try {
        await this.engine.call('setEdits', id, this.#edits(before, clip))
      } catch (error) {
        troubles.push(error)
        await this.#sendWhatCanBeTaken(id, before, clip)
      }
      open.sent = clip
      open.assets = folder
    }
    if (troubles.length > 0) throw troubles.at(-1)
  }

  /** A picture that is damaged or gone must not keep the rest of the document from the engine. */
  async #sendWhatCanBeTaken(id: string, before: Clip | null, clip: Clip): Promise<void> {
    const edits = this.#edits(before, clip)
    const call = (part: FilmEdits): Promise<boolean> =>
      this.engine.call('setEdits', id, part).then(
        () => true,
        () => false,
      )
    await call({ ...edits, frames: [] })
    for (const [frame, coloring] of edits.frames) {
      if (await call({ complete: false, frames: [[frame, coloring]], pictures: edits.pictures })) continue
      await call({
        complete: false,
        frames: [[frame, coloring && { ...coloring, base: { kind: 'automatic' }, operations: [], pinned: false }]],
        pictures: {},
      })
    }
  }

  #edits(before: Clip | null, after: Clip): FilmEdits {
    const { assets } = this.session
    return editsOf(before, after, (asset) => assets.pathOf(asset))
  }

  async #closeUnused(): Promise<void> {
    const usedAt = ([id, open]: readonly [string, OpenClip]): number => (id === this.#inView ? Infinity : open.usedAt)
    const byUse = [...this.#open].sort((a, b) => usedAt(b) - usedAt(a)).slice(1 + KEPT_OPEN)
    // Another one may have come into view while one was being closed.
    for (const [id] of byUse) if (id !== this.#inView && !this.listeners.isBusy(id)) await this.#close(id)
  }

  async #close(id: string): Promise<void> {
    if (!this.#open.delete(id)) return
    await this.engine.call('closeFootage', id).catch(() => undefined)
  }
}
